"""Every kind of notice by every way: nothing of what it tells of is in what goes out (R9, R15; security row 61)."""

import pytest

from tests.conftest import acting
from tests.factories import consult, world
from tests.factories.outgoing import make_plan
from tests.messaging.notices import work_off
from zorgbalie.integrations.mail.folder import list_stored as mails
from zorgbalie.integrations.sms.folder import list_stored as texts
from zorgbalie.kernel.clock import current_moment
from zorgbalie.messaging.actions import addresses
from zorgbalie.messaging.actions.outbox import put
from zorgbalie.messaging.models import Notice, NoticePreference
from zorgbalie.messaging.types import CONSENT_KINDS, Channel, NoticeKind
from zorgbalie.people import queries as people

pytestmark = pytest.mark.django_db
WAYS = (Channel.EMAIL, Channel.SMS)
# What a reader could learn from: texts, names and the kind of practice, each in words of its own.
CANARIES = {
    "subject": "kanarie-onderwerp", "text": "kanarie-vraag", "answer": "kanarie-antwoord", "reason": "kanarie-reden",
    "title": "kanarie-episode", "doctor": "kanarie-dokter", "writer": "kanarie-medewerker", "first": "kanarie-voor",
    "last": "kanarie-achter", "planned": "kanarie-vervolg",
}  # fmt: skip
KIND_OF_PRACTICE = ("huisarts", "apothe", "general practi", "pharmac", "gp")


@pytest.fixture(autouse=True)
def sinks(settings, tmp_path):
    settings.PORTAL_URL = "https://portaal.example"
    settings.MAIL_BACKEND, settings.MAIL_FOLDER = "folder", str(tmp_path / "mail")
    settings.SMS_BACKEND, settings.SMS_FOLDER = "folder", str(tmp_path / "sms")


class Told:
    """A patient who wants to be told of everything by every way, with a question full of canaries."""

    def __init__(self, practice_kind, language):
        self.practice = world.make_practice(practice_kind, name="De Linde")
        account = world.make_account(self.practice, name=CANARIES["doctor"])
        employee = world.make_employee(self.practice, name=CANARIES["writer"])
        self.patient = world.make_person(
            given_name=CANARIES["first"], family_name=CANARIES["last"], email="a@post.example", mobile="+31612345678",
            language=language,
        )  # fmt: skip
        world.enrol(self.patient, self.practice, account)
        world.make_episode(self.patient, self.practice, title=CANARIES["title"])
        self.row = consult.make_consult(
            self.patient, self.practice, CANARIES["text"], subject=CANARIES["subject"], with_account=account,
            about_title=CANARIES["title"], reason_name=CANARIES["reason"], addressed_name=CANARIES["doctor"],
        )  # fmt: skip
        consult.add_text(self.row, CANARIES["answer"], employee)
        make_plan(self.row, employee, text=CANARIES["planned"])
        self.staff = world.viewer_of_employee(employee)
        for kind in CONSENT_KINDS:
            for channel in WAYS:
                NoticePreference.objects.create(person=self.patient, kind=kind, channel=channel, is_on=True)

    def put(self, kind, channel):
        if kind is NoticeKind.ADDRESS_CHECK:
            viewer = world.viewer_of_patient(self.patient)
            typed = self.patient.email if channel is Channel.EMAIL else self.patient.mobile
            with acting(viewer):
                addresses.ask_code(viewer=viewer, address=typed, channel=channel, now=current_moment())
            return
        with acting(self.staff):
            person = people.list_names(person_ids=[self.patient.pk])[self.patient.pk]
            put(
                person=person, practice_id=self.practice.pk, kind=kind, channel=channel,
                event_key=f"consult_message:{self.row.pk}:{kind}",
                address=self.patient.email if channel is Channel.EMAIL else self.patient.mobile,
            )  # fmt: skip


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("practice_kind", ["gp", "pharmacy"])
def test_row61_no_kind_by_no_way_says_what_it_is_about(practice_kind, language):
    told = Told(practice_kind, language)
    for kind in NoticeKind:
        for channel in WAYS:
            told.put(kind, channel)
    for notice in Notice.objects.all():
        assert work_off(notice) is None
    assert set(Notice.objects.values_list("kind", "channel", "state")) == {
        (kind.value, channel.value, "sent") for kind in NoticeKind for channel in WAYS
    }
    sent = {
        Channel.EMAIL: [f"{one.sender}\n{one.subject}\n{one.body}".lower() for one in mails(limit=99)],
        Channel.SMS: [one.body.lower() for one in texts(limit=99)],
    }
    for channel, found in sent.items():
        assert len(found) == len(NoticeKind), channel
        for text in found:
            for canary in ("kanarie", told.patient.bsn, f"/{told.row.pk}", *KIND_OF_PRACTICE):
                assert canary not in text, (channel, canary)
            assert "de linde" in text
