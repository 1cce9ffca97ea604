"""Notices of appointments say nothing of the appointment (R9; security row 61)."""

import pytest

from tests.agenda.working import CHANGED, EARLIER, REMINDER, Working, says_yes
from tests.conftest import acting
from zorgbalie.agenda.actions.desk import cancel_for
from zorgbalie.kernel.ids import PersonId
from zorgbalie.kernel.viewer import system_viewer
from zorgbalie.messaging.actions import delivery
from zorgbalie.messaging.models import Notice
from zorgbalie.messaging.texts import short_text_for, text_for
from zorgbalie.messaging.types import NoticeKind

_KINDS = (NoticeKind.APPOINTMENT_REMINDER, NoticeKind.APPOINTMENT_CHANGED, NoticeKind.EARLIER_TIME)
_NEVER = (
    "afspraak", "appointment", "morgen", "tomorrow", "dokter", "doctor", "huisarts", "klacht", "spreekuur", "uur",
    "bezoek", "visit", "datum",
)  # fmt: skip
_CANARY = "Spataderen"


@pytest.mark.parametrize("kind", _KINDS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_row61_only_that_something_waits_and_where_to_sign_in(kind, language, settings):
    text = text_for(kind=kind, practice="De Linde", language=language)
    short = short_text_for(kind=kind, practice="De Linde", language=language)
    for one in (text.subject, text.body, short):
        assert [word for word in _NEVER if word in one.lower()] == []
        assert "De Linde" in one
    assert settings.PORTAL_URL in text.body
    assert settings.PORTAL_URL in short
    assert len(short) <= 160


def test_r9_they_cannot_be_told_from_any_other_notice():
    for kind in _KINDS:
        texts = [text_for(kind=one, practice="De Linde", language="nl") for one in (kind, NoticeKind.RECORD_RELEASED)]
        assert texts[0] == texts[1]


@pytest.mark.django_db
def test_row61_no_field_of_an_appointment_is_in_what_is_sent():
    """A word of its own in every field that anybody can fill; then each notice as it is handed to the carrier."""
    scene = Working(name=f"dr. {_CANARY}", function=_CANARY)
    type(scene.kind).objects.update(name=_CANARY, description=_CANARY, with_whom=_CANARY, room=_CANARY, bring=_CANARY)
    says_yes(scene.person, REMINDER, EARLIER, CHANGED, channel="sms")
    type(scene.person).objects.update(email_verified_at=scene.now, mobile="+31612345678")
    scene.kind.refresh_from_db()
    row = scene.appointment(reason=_CANARY, kind_name=_CANARY)
    scene.remind()
    scene.waiting(person=scene.person)
    scene.offer()
    scene.at_desk(
        cancel_for,
        patient_id=scene.person.pk, appointment_id=row.pk, revision=row.revision, text=_CANARY, now=scene.now,
    )  # fmt: skip
    kinds = set()
    for notice in Notice.objects.all():
        viewer = system_viewer(task="test", subject_id=PersonId(notice.person_id))
        with acting(viewer):
            claimed = delivery.claim(viewer=viewer, notice_id=notice.pk, now=scene.now)
        assert claimed is not None
        assert _CANARY not in repr(claimed)
        kinds.add(notice.kind)
    assert kinds == {REMINDER, EARLIER, CHANGED}
