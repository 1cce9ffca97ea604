"""What a mail may say: the practice, that something is ready, where to sign in (R9; security rows 30, 45, 61)."""

import re

import pytest
from django.utils.translation import override

from tests.conftest import acting
from tests.factories import world
from tests.messaging.fake_smtp import fake_smtp
from tests.messaging.notices import report, say_yes, work_off
from zorgbalie.integrations.mail import Mail, as_message
from zorgbalie.kernel.clock import current_moment
from zorgbalie.messaging.models import Notice
from zorgbalie.messaging.texts import text_for
from zorgbalie.messaging.types import CONSENT_KINDS, NoticeKind

ADDRESS = re.compile(r"https?://\S+")


@pytest.mark.parametrize("kind", list(NoticeKind))
@pytest.mark.parametrize("language", ["nl", "en"])
def test_r9_text_names_practice_and_portal_and_nothing_else(settings, kind, language):
    settings.PORTAL_URL = "https://portaal.example"
    text = text_for(kind=kind, practice="Praktijk Zuid", language=language, code="123456")
    assert text.subject.startswith("Praktijk Zuid")
    # No link but the front door: nothing that signs in or points at what is ready (ux 38).
    assert set(ADDRESS.findall(text.body)) <= {"https://portaal.example"}
    assert ("123456" in text.body) == (kind is NoticeKind.ADDRESS_CHECK)
    assert "%(" not in text.subject + text.body


def test_r9_all_kinds_of_news_read_the_same():
    texts = {text_for(kind=kind, practice="P", language="nl") for kind in CONSENT_KINDS}
    assert len(texts) == 1


def test_text_is_in_the_language_of_the_reader_not_of_who_caused_it():
    with override("en"):
        text = text_for(kind=NoticeKind.RECORD_RELEASED, practice="P", language="nl")
    assert text.subject == "P: er staat een bericht voor u klaar"


@pytest.mark.parametrize("name", ["De Linde\r\nBcc: x@y.example", "De Linde\nSubject: x", "De\u2028Linde\x00"])
def test_row_30_line_breaks_in_a_practice_name_make_no_header(name):
    text = text_for(kind=NoticeKind.RECORD_RELEASED, practice=name, language="nl")
    mail = Mail(
        message_id="m", sender_name=name, recipient="a@post.example", subject=text.subject, body=text.body,
        language="nl", written_at=current_moment(),
    )  # fmt: skip
    message = as_message(mail)
    assert message["Bcc"] is None
    assert message.as_bytes().count(b"\nSubject:") == 1
    assert len(message["To"].addresses) == 1


@pytest.mark.django_db
def test_row_61_no_canary_in_two_hundred_mails_of_every_kind(settings):
    practice = world.make_practice()
    account = world.make_account(practice, name="Dokter Canariepiet")
    viewer = world.viewer_of_employee(world.make_employee(practice, name="Medewerker Canariepiet"))
    with fake_smtp(settings) as smtp:
        for number in range(50):
            patient = world.make_person(
                given_name=f"Canarievoornaam{number}",
                family_name=f"Canarienaam{number}",
                email=f"a{number}@post.example",
            )
            world.enrol(patient, practice, account)
            world.make_episode(patient, practice, title="Canarieziekte")
            say_yes(patient, *CONSENT_KINDS)
            with acting(viewer):
                for kind in CONSENT_KINDS:
                    report(viewer, patient, practice, key=f"canarie:{kind}:{number}", kind=kind)
        for notice in Notice.objects.all():
            work_off(notice)
        patients = list(type(patient).objects.filter(pk__in=Notice.objects.values("person_id")))
    assert len(smtp.accepted) == 50 * len(CONSENT_KINDS)
    told = "".join(text for _, text in smtp.accepted).lower()
    assert "canarie" not in told
    assert not any(patient.bsn in told for patient in patients)
    assert {len(recipients) for recipients, _ in smtp.accepted} == {1}
