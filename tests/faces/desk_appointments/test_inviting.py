"""A doctor asks a patient to come, and the patient books just that (REQ 36, 63; R14)."""

import pytest
from django.utils.html import escape

from tests.agenda.steps import Scene
from tests.faces.desk_lab.test_process import Desk as LabDesk
from tests.faces.patient_booking.test_booking_pages import Portal
from tests.factories import agenda as rows
from tests.factories import world
from zorgbalie.kernel.clock import current_moment
from zorgbalie.record.models import LabInvitation

pytestmark = pytest.mark.django_db


class Asked:
    """A patient with an open invitation that names a kind and an agenda."""

    def __init__(self, client, facilities=None):
        self.client = client
        self.patient, self.practice = world.make_patient_with_open_record()
        self.agenda, self.kind = rows.make_agenda(self.practice), rows.make_kind(self.practice)
        if facilities is not None:
            self.practice.accounts.update(facilities=list(facilities))
        employee = world.make_employee(self.practice)
        world.make_lab_report(self.patient, self.practice, "Uitslag", employee)
        LabInvitation.objects.update(
            booking_kind=self.kind.pk,
            booking_agenda=self.agenda.pk,
            booking_words=f"{self.kind.name}, {self.agenda.name}",
        )
        client.sign_in(self.patient)

    def page(self):
        return self.client.get("/dossier/uitslagen/").content.decode()


def test_the_patient_gets_a_button_that_begins_with_what_the_doctor_chose(portal_client):
    asked = Asked(portal_client)
    page = asked.page()
    href = f"/afspraak-maken/?soort={asked.kind.pk}&amp;agenda={asked.agenda.pk}"
    assert href in page
    assert f"Maak zelf online een afspraak: {escape(asked.kind.name)}" in page
    assert "Kijk hoe u de afspraak maakt" in portal_client.get("/").content.decode()


@pytest.mark.parametrize("field", ["is_active", "is_online"])
def test_a_kind_that_is_gone_begins_plainly_and_is_not_named(portal_client, field):
    asked = Asked(portal_client)
    setattr(asked.kind, field, False)
    asked.kind.save()
    page = asked.page()
    assert f'href="/afspraak-maken/?uitslag={LabInvitation.objects.get().report_id}"' in page
    assert asked.kind.name not in page


def test_an_agenda_that_is_gone_leaves_the_kind(portal_client):
    asked = Asked(portal_client)
    asked.agenda.is_active = False
    asked.agenda.save()
    report = LabInvitation.objects.get().report_id
    assert f'href="/afspraak-maken/?soort={asked.kind.pk}&amp;uitslag={report}"' in asked.page()


def test_r14_with_the_facility_off_the_patient_is_asked_to_call(portal_client):
    asked = Asked(portal_client, facilities=("diagnostic_values", "journal_ep"))
    page = asked.page()
    assert "/afspraak-maken/" not in page
    assert "Bel de praktijk voor een afspraak" in page


def test_without_a_choice_the_patient_is_asked_to_call(portal_client):
    asked = Asked(portal_client)
    LabInvitation.objects.update(booking_kind=None, booking_agenda=None, booking_words="")
    assert "/afspraak-maken/" not in asked.page()


class Invited(Portal):
    """A patient on the way that an invitation begins; somebody else has one too."""

    def __init__(self, client):
        super().__init__(client)
        employee = world.make_employee(self.practice)
        world.make_lab_report(self.person, self.practice, "Uitslag", employee)
        other = world.make_patient_with_open_record()
        world.make_lab_report(*other, "Uitslag", world.make_employee(other[1]))
        rows.every_day(rows.make_agenda(self.practice, name="Iemand anders"), self.kind, ends=10 * 60)
        self.own, self.others = LabInvitation.objects.order_by("pk")
        self.query = f"soort={self.kind.pk}&agenda={self.agenda.pk}"

    def pass_warning(self, report_id):
        address = f"/afspraak-maken/?{self.query}&uitslag={report_id}"
        assert f'name="agenda" value="{self.agenda.pk}"' in self.text(address)
        return self.client.post(address, {"none_of_these": "on"})

    def book(self):
        here = self.press()["Location"].removesuffix("gegevens/")
        self.fill(here)
        for _press in range(2):
            assert self.press_book(here)["Location"] == f"{here}klaar/"

    def open_invitations(self):
        return list(LabInvitation.objects.filter(done_at__isnull=True).order_by("pk"))


def test_req63_the_warning_leads_to_the_kind_and_the_agenda_that_were_asked_for(portal_client):
    invited = Invited(portal_client)
    wanted = f"{invited.times}?agenda={invited.agenda.pk}"
    assert invited.client.get(wanted)["Location"] == f"/afspraak-maken/?{invited.query}", "R17: the warning first"
    assert invited.pass_warning(invited.own.report_id)["Location"] == wanted
    assert f'<option value="{invited.agenda.pk}" selected' in invited.text(wanted)
    for bad in ("x", "0", "-1", "9" * 30, "%00", "1%27"):
        answer = invited.client.post(
            f"/afspraak-maken/?soort={bad}&agenda={bad}&uitslag={bad}", {"none_of_these": "on"}
        )
        assert answer["Location"] == "/afspraak-maken/soort/"


def test_req63_who_books_on_an_invitation_is_asked_no_more(portal_client):
    invited = Invited(portal_client)
    invited.pass_warning(invited.own.report_id)
    assert invited.open_invitations() == [invited.own, invited.others]
    invited.book()
    assert invited.open_invitations() == [invited.others]
    assert "Maak een afspraak over uw uitslag" not in invited.text("/")


def test_the_invitation_of_somebody_else_stays_and_so_does_ones_own_at_another_appointment(portal_client):
    invited = Invited(portal_client)
    invited.pass_warning(invited.others.report_id)
    invited.book()
    assert invited.open_invitations() == [invited.own, invited.others]


def test_the_doctor_chooses_kind_and_agenda_and_sees_what_the_patient_sees(desk_client):
    desk = LabDesk(desk_client)
    practice = desk.practice
    agenda, kind = rows.make_agenda(practice, name="dr. Smit"), rows.make_kind(practice, name="Uitslag bespreken")
    elsewhere = rows.make_kind(world.make_practice(), name="Van een ander")
    chosen = {"booking_kind": kind.pk, "booking_agenda": agenda.pk}
    sure = desk.post("uitnodigen", **chosen).content.decode()
    assert "Maak zelf online een afspraak: Uitslag bespreken, dr. Smit." in sure
    assert desk.post("uitnodigen", booking_kind=elsewhere.pk).status_code == 422
    assert desk.post("uitnodigen", booking_kind="x\0").status_code == 422
    desk.post("uitnodigen", zeker="ja", **chosen)
    row = LabInvitation.objects.get()
    assert (row.booking_kind, row.booking_agenda, row.booking_words) == (
        kind.pk, agenda.pk, "Uitslag bespreken, dr. Smit",
    )  # fmt: skip


def test_a_practice_without_kinds_is_asked_nothing(desk_client):
    desk = LabDesk(desk_client)
    assert "booking_kind" not in desk.post("voorbeeld").content.decode()
    assert Scene(current_moment()).kind.name not in desk.post("voorbeeld").content.decode()
