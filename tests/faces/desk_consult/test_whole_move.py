"""A question that was about somebody else, from the inbox to the file of declarations (REQ 43, 44, 50; R12; row 40)."""

import csv
import io
import re
from uuid import uuid4

import pytest

from tests.conftest import acting
from tests.consult.steps import Scene
from tests.faces.desk_consult.test_reporting import Pages
from tests.factories import billing, world
from tests.factories.reporting import store_by_itself
from zorgbalie.audit.models import AuditEvent
from zorgbalie.billing.actions import declarations, exporting
from zorgbalie.billing.models import Declaration, TimeEntry
from zorgbalie.billing.queries.declarations import get_file
from zorgbalie.consult.actions import billing as consult_billing
from zorgbalie.consult.models import Consult
from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.practice.models import Enrolment
from zorgbalie.record.actions.journal_moves import MOVED_TEXT
from zorgbalie.record.models import JournalEntry
from zorgbalie.worklist.models import WorkItem

pytestmark = pytest.mark.django_db


class House(Pages):
    """A practice that lets threads go into the record and declares at closing."""

    def __init__(self, client):
        super().__init__(client)
        store_by_itself(self.practice, "lines")
        billing.switch_on(self.practice, proposes_at_close=True)
        billing.make_tariffs(year=self.now.year)

    def spend(self, seconds):
        viewer = self.staff()
        with acting(viewer):
            consult_billing.add_time(
                viewer=viewer, patient_id=self.person.pk, consult_id=self.consult_id, seconds=seconds, token=uuid4(),
                now=self.now,
            )  # fmt: skip

    def put_with(self, person):
        answer = self.client.post(self.to(person), {"revision": self.revision()}, follow=True)
        assert "De vraag is overgezet" in answer.content.decode()

    def finish(self):
        page = self.text(self.thread)
        hidden = {name: re.search(rf'name="{name}" value="([^"]+)"', page)[1] for name in ("revision", "token")}
        return self.client.post(self.thread, {**hidden, "doen": "afhandelen", "zeker": "ja"}, follow=True)

    def live(self):
        return Declaration.objects.get(line_kind="charge", is_credited=False, source_id=self.consult_id)

    def export(self):
        """Confirm what waits, and the lines of the file that it goes in."""
        viewer = self.staff()
        row = self.live()
        with acting(viewer):
            declarations.confirm(viewer=viewer, chosen={row.pk: row.revision}, now=self.now)
        with acting(viewer):
            batch = exporting.export(viewer=viewer, token=uuid4(), now=self.now)
        with acting(viewer):
            content = get_file(viewer=viewer, batch_id=batch.batch_id)[1]
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))

    def whose(self):
        """In whose record the lines stand that can be read, whose the time is, and whose the live declaration."""
        lines = JournalEntry.objects.exclude(text=MOVED_TEXT)
        return (
            set(lines.values_list("patient_id", flat=True)),
            set(TimeEntry.objects.values_list("patient_id", flat=True)),
            self.live().patient_id,
        )


def test_r12_moved_closed_stored_and_declared_in_the_other_record_and_back_again(desk_client, portal_client):
    house = House(desk_client)
    parent, child = house.person, house.child
    house.spend(360)
    house.put_with(child)
    page = house.finish().content.decode()
    assert "De vraag en het antwoord staan nu ook in het dossier." in page
    assert house.whose() == ({child.pk}, {child.pk}, child.pk)
    assert (house.live().bsn, house.live().state) == (child.bsn, "proposed")

    portal_client.sign_in(parent)
    read = portal_client.get(f"/vragen/{house.consult_id}/").content.decode()
    assert "Ja, dat mag." in read, "the sender still reads the answer"
    assert child.given_name not in read
    portal_client.sign_in(parent, subject=child)
    assert portal_client.get(f"/vragen/{house.consult_id}/").status_code == 404, "it is no thread of the child"

    [line] = house.export()
    assert (line["soort"], line["bsn"]) == ("debet", child.bsn)

    house.put_with(parent)
    assert house.whose() == ({parent.pk}, {parent.pk}, parent.pk)
    exported = {(one["soort"], one["bsn"]) for one in house.export()}
    assert exported == {("credit", child.bsn), ("debet", parent.bsn)}, "what left in a file is taken back there"
    portal_client.sign_in(parent)
    assert "Ja, dat mag." in portal_client.get(f"/vragen/{house.consult_id}/").content.decode()
    for person in (parent, child):
        events = set(AuditEvent.objects.filter(patient_id=person.pk, outcome="0").values_list("event", flat=True))
        assert {"billing.move", "journal.write"} & events, person
    assert AuditEvent.objects.filter(patient_id=child.pk, event="consult.moved_here").exists()
    assert AuditEvent.objects.filter(patient_id=child.pk, event="consult.moved_away").exists()


# What the lists of the desk say.


@pytest.fixture
def waiting(desk_client):
    """A question that waits and concerns a child."""
    house = House(desk_client)
    house.follow_up(house.consult_id)
    house.move(house.consult_id, house.child)
    return house


@pytest.mark.parametrize("path", ["/vragen/", "/", "/?soort=consult"])
def test_r12_row40_the_lists_say_whom_a_question_concerns_with_a_line(waiting, path):
    before = AuditEvent.objects.filter(event="consult.named", patient_id=waiting.child.pk).count()
    assert f"gaat over Sem {waiting.child.family_name}" in waiting.text(path)
    assert AuditEvent.objects.filter(event="consult.named", patient_id=waiting.child.pk).count() == before + 1


def test_r12_a_question_about_its_sender_says_nothing_of_it(waiting):
    waiting.move(waiting.consult_id, waiting.person)
    for path in ("/vragen/", "/"):
        assert "gaat over" not in waiting.text(path)


def test_r12_who_left_the_practice_is_not_named(waiting):
    Enrolment.objects.filter(person=waiting.child).update(ended_at=waiting.now)
    for path in ("/vragen/", "/"):
        text = waiting.text(path)
        assert "gaat over iemand anders" in text
        assert f"Sem {waiting.child.family_name}" not in text


def test_row6_without_the_right_nobody_is_named(waiting):
    others = [right for right in StaffRight if right is not StaffRight.ANSWER_CONSULTS]
    waiting.client.sign_in(world.make_employee(waiting.practice, rights=others))
    assert waiting.client.get("/vragen/").status_code == 403
    text = waiting.text("/")
    assert "gaat over" not in text
    assert "Sem" not in text


def test_row5_another_practice_sees_nothing_of_it(waiting):
    other = Scene(waiting.now)
    waiting.client.sign_in(world.make_employee(other.practice))
    for path in ("/vragen/", "/"):
        assert "gaat over" not in waiting.text(path)
    assert WorkItem.objects.filter(kind="consult", about_id=waiting.consult_id, state="open").exists()
    assert Consult.objects.get(pk=waiting.consult_id).concerns_id == waiting.child.pk
