"""The patient's own settings: a yes or no per kind, and an address that proves itself (R15; security row 63)."""

from datetime import timedelta

import pytest

from tests.conftest import acting, as_role
from tests.factories import world
from tests.messaging.fake_smtp import fake_smtp
from tests.messaging.notices import work_off
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.messaging import codes
from zorgbalie.messaging.actions import addresses, preferences
from zorgbalie.messaging.models import AddressCheck, Notice
from zorgbalie.messaging.queries.preferences import get_settings, needs_first_choice
from zorgbalie.messaging.tasks import clear_codes
from zorgbalie.messaging.types import AddressAnswer, Channel, NoticeKind, TooManyCodes

pytestmark = pytest.mark.django_db
NOW = current_moment()
NEW = "nieuw@post.example"


@pytest.fixture
def viewer():
    patient, _ = world.make_patient_with_open_record()
    return world.viewer_of_patient(patient)


def _ask(viewer, now=NOW) -> AddressCheck:
    with acting(viewer):
        addresses.ask_code(viewer=viewer, address=NEW, channel=Channel.EMAIL, now=now)
    return AddressCheck.objects.latest("pk")


def _confirm(viewer, typed, now=NOW) -> AddressAnswer:
    with acting(viewer):
        return addresses.confirm_code(viewer=viewer, typed=typed, channel=Channel.EMAIL, now=now)


def _email(viewer) -> str:
    return world.Person.objects.get(pk=viewer.subject_id).email


def test_r15_first_visit_asks_and_a_choice_of_nothing_is_a_choice(viewer):
    with acting(viewer):
        assert needs_first_choice(viewer=viewer, now=NOW)
        preferences.set_preferences(viewer=viewer, on=[], channels=[Channel.EMAIL], now=NOW, language=None)
        assert not needs_first_choice(viewer=viewer, now=NOW)
        settings = get_settings(viewer=viewer, now=NOW)
    assert (settings.on, settings.chosen) == (frozenset(), True)


def test_r15_choices_are_kept_per_kind_and_can_be_changed(viewer):
    with acting(viewer):
        preferences.set_preferences(
            viewer=viewer,
            on=[NoticeKind.AGREEMENT, NoticeKind.RECORD_RELEASED],
            channels=[Channel.EMAIL],
            now=NOW,
            language=None,
        )
        preferences.set_preferences(
            viewer=viewer, on=[NoticeKind.AGREEMENT], channels=[Channel.EMAIL], now=NOW, language=None
        )
        assert get_settings(viewer=viewer, now=NOW).on == {NoticeKind.AGREEMENT}
    assert AuditEvent.objects.filter(event="notices.changed", patient_id=viewer.subject_id).count() == 1


def test_stranger_can_neither_read_nor_change_settings(viewer):
    stranger = world.viewer_of_patient(world.make_person(), subject=world.Person.objects.get(pk=viewer.subject_id))
    for step in (
        lambda: get_settings(viewer=stranger, now=NOW),
        lambda: preferences.set_preferences(
            viewer=stranger, on=list(NoticeKind), channels=[Channel.EMAIL], now=NOW, language=None
        ),
        lambda: addresses.ask_code(viewer=stranger, address=NEW, channel=Channel.EMAIL, now=NOW),
        lambda: addresses.confirm_code(viewer=stranger, typed="000000", channel=Channel.EMAIL, now=NOW),
    ):
        with pytest.raises(NotVisible), acting(stranger):
            step()
    assert (AddressCheck.objects.count(), Notice.objects.count()) == (0, 0)


def test_row_63_address_counts_only_after_the_code_that_was_mailed_to_it(viewer, settings):
    old = _email(viewer)
    check = _ask(viewer)
    with fake_smtp(settings) as smtp:
        work_off(Notice.objects.get())
    ((recipients, text),) = smtp.accepted
    assert (recipients, _email(viewer)) == ([NEW], old)
    code = codes.code_of(check)
    assert code in text
    assert _confirm(viewer, f"{code[:3]} {code[3:]}") is AddressAnswer.CONFIRMED
    assert _email(viewer) == NEW
    assert _confirm(viewer, code) is AddressAnswer.OVER


def test_row_63_wrong_code_counts_and_after_five_the_code_is_over(viewer):
    code = codes.code_of(_ask(viewer))
    wrong = "111111" if code != "111111" else "222222"
    assert [_confirm(viewer, wrong) for _ in range(5)] == [AddressAnswer.WRONG] * 5
    assert _confirm(viewer, code) is AddressAnswer.OVER
    assert _email(viewer) != NEW


def test_row_63_code_is_over_after_half_an_hour_and_is_then_not_mailed_either(viewer):
    check = _ask(viewer)
    assert _confirm(viewer, codes.code_of(check), NOW + timedelta(minutes=31)) is AddressAnswer.OVER
    AddressCheck.objects.update(expires_at=NOW - timedelta(minutes=1))
    notice = Notice.objects.get()
    work_off(notice)
    notice.refresh_from_db()
    assert notice.state == "cancelled"


def test_row_63_code_of_another_person_is_wrong(viewer):
    patient, _ = world.make_patient_with_open_record()
    other = world.viewer_of_patient(patient)
    code = codes.code_of(_ask(viewer))
    assert _confirm(other, code) is AddressAnswer.OVER


def test_codes_are_asked_at_most_five_times_an_hour(viewer):
    for _ in range(5):
        _ask(viewer)
    with pytest.raises(TooManyCodes):
        _ask(viewer)
    _ask(viewer, NOW + timedelta(minutes=61))


def test_row_45_code_stands_in_no_table(viewer):
    code = codes.code_of(_ask(viewer))
    stored = [str(list(model.objects.values())) for model in (AddressCheck, Notice, AuditEvent)]
    assert code not in "".join(stored).replace(str(list(AuditEvent.objects.values("request_id"))), "")


def test_clear_expired_codes_leaves_running_ones(viewer):
    _ask(viewer)
    old = _ask(viewer)
    AddressCheck.objects.filter(pk=old.pk).update(expires_at=NOW - timedelta(days=1))
    with as_role("zorgbalie_worker"):
        clear_codes(timestamp=0)
    assert AddressCheck.objects.count() == 1
