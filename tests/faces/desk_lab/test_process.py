"""`Verwerk postbericht` and the action list as pages (REQ 62 to 64; R1, R2; ux 50)."""

from datetime import timedelta

import pytest

from tests.factories import world
from tests.record_lab.reports import new_report, new_result, receive
from zorgbalie.kernel.clock import current_moment, local_date
from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.record.models import LabReport, LabResult, Observation, ReplyTemplate
from zorgbalie.worklist.models import WorkItem

pytestmark = pytest.mark.django_db
XSS = "<script>alert(1)</script>"


class Desk:
    """A doctor at the desk with a report that came in."""

    def __init__(self, client, portal=None, **values):
        self.client, self.portal = client, portal
        self.now = current_moment()
        self.today = local_date(self.now)
        self.patient, self.practice = world.make_patient_with_open_record()
        self.doctor = world.make_employee(self.practice, name="dr. J. de Wit")
        moments = {"reported_at": self.now - timedelta(hours=3), "sampled_at": self.now - timedelta(days=1)}
        received = receive(self.patient, self.practice, self.now, new_report(**{**moments, **values}))
        self.report_id = received.report_id
        self.path = f"/postberichten/{self.patient.pk}/{self.report_id}/"
        client.sign_in(self.doctor)
        if portal:
            portal.sign_in(self.patient)

    def post(self, doen, ticked=None, **values):
        results = LabResult.objects.filter(report_id=self.report_id)
        ticks = list(results.values_list("pk", flat=True)) if ticked is None else ticked
        revision = LabReport.objects.get(pk=self.report_id).revision
        return self.client.post(self.path, {"revision": revision, "toon": ticks, "doen": doen, **values})

    def state(self):
        return LabReport.objects.get(pk=self.report_id).state

    def page_of_patient(self):
        return self.portal.get(f"/dossier/uitslagen/onderzoek/{self.report_id}/")


@pytest.fixture
def desk(desk_client, portal_client):
    return Desk(desk_client, portal_client)


def test_req62_the_inbox_leads_to_the_page_which_shows_values_and_the_patients_side(desk):
    inbox = desk.client.get("/").content.decode()
    assert desk.path in inbox
    text = desk.client.get(desk.path).content.decode()
    assert "Kalium" in text
    assert "5,9" in text
    assert "Zo ziet de patiënt het" in text


def test_ux50_publishing_asks_once_more_and_shows_what_the_patient_will_read(desk):
    asked = desk.post("publiceren", conclusion="Uw kalium is iets hoog.")
    assert (asked.status_code, desk.state()) == (200, "new")
    assert "Publiceer de uitslag" in asked.content.decode()
    assert "Uw kalium is iets hoog." in asked.content.decode()
    done = desk.post("publiceren", conclusion="Uw kalium is iets hoog.", zeker="ja")
    assert (done.status_code, desk.state()) == (302, "published")
    assert "Uw kalium is iets hoog." in desk.page_of_patient().content.decode()


def test_r1_without_a_conclusion_the_form_says_so_and_keeps_the_rest(desk):
    answer = desk.post("publiceren", advice="Drink genoeg water.", zeker="ja")
    assert (answer.status_code, desk.state()) == (422, "new")
    text = answer.content.decode()
    assert "Zonder conclusie kunt u niet publiceren" in text
    assert "Drink genoeg water." in text
    assert desk.page_of_patient().status_code == 404


def test_only_the_ticked_values_go_along(desk):
    first = LabResult.objects.get(report_id=desk.report_id, title="Kreatinine")
    desk.post("publiceren", ticked=[first.pk], conclusion="Goed.", zeker="ja")
    text = desk.page_of_patient().content.decode()
    assert "Kreatinine" in text
    assert "Kalium" not in text


def test_a_tick_of_another_report_shares_nothing(desk):
    other = receive(desk.patient, desk.practice, desk.now)
    foreign = LabResult.objects.filter(report_id=other.report_id).values_list("pk", flat=True)
    desk.post("publiceren", ticked=list(foreign), conclusion="Goed.", zeker="ja")
    assert Observation.objects.count() == 0
    assert not LabResult.objects.filter(report_id=other.report_id, shared=True).exists()


def test_r2_saved_it_is_on_the_action_list_with_its_day_and_late_ones_on_top(desk):
    day = desk.today + timedelta(days=3)
    assert desk.post("opslaan", due_on=day.isoformat(), conclusion="Overleg").status_code == 302
    late = receive(desk.patient, desk.practice, desk.now)
    WorkItem.objects.create(
        practice=desk.practice, person=desk.patient, kind="action", about_id=late.report_id,
        for_right="publish_results", due_at=desk.now - timedelta(days=1),
    )  # fmt: skip
    answer = desk.client.get("/?soort=action")
    rows = [row for row, _kind, _href in answer.context["items"]]
    assert [(row.about_id, row.is_overdue) for row in rows] == [(late.report_id, True), (desk.report_id, False)]
    assert "te laat" in answer.content.decode()
    desk.post("publiceren", conclusion="Goed.", zeker="ja")
    done = desk.client.get("/?gedaan=1&soort=action")
    assert [row.about_id for row, _kind, _href in done.context["items"]] == [desk.report_id]


def test_r2_opslaan_without_a_day_is_refused_at_the_field(desk):
    answer = desk.post("opslaan")
    assert answer.status_code == 422
    assert "Kies de dag" in answer.content.decode()


def test_req63_inviting_shows_the_patient_the_number_and_nothing_of_the_result(desk):
    assert "Nodig de patiënt uit" in desk.post("uitnodigen", conclusion="Erg hoog").content.decode()
    desk.post("uitnodigen", conclusion="Erg hoog", zeker="ja")
    home = desk.portal.get("/").content.decode()
    assert "Maak een afspraak over uw uitslag" in home
    page = desk.portal.get("/dossier/uitslagen/").content.decode()
    assert "wil een uitslag met u bespreken" in page
    assert desk.practice.phone in page
    for word in ("Kalium", "Erg hoog"):
        assert word not in home + page


def test_req64_a_template_letter_fills_in_its_fields(desk):
    letter = ReplyTemplate.objects.create(
        practice=desk.practice, title="Alles goed", conclusion="Beste {naam}, uw bloed van {datum} is goed. {arts}"
    )
    text = desk.post("sjabloon", template=letter.pk).content.decode()
    assert f"Beste {desk.patient.given_name}" in text
    assert "dr. J. de Wit" in text


def test_a_template_of_another_practice_cannot_be_picked(desk):
    letter = ReplyTemplate.objects.create(practice=world.make_practice(), title="Vreemd", conclusion="Geheim")
    answer = desk.post("sjabloon", template=letter.pk)
    assert answer.status_code == 422
    assert "Geheim" not in answer.content.decode()


def test_htmx_gets_the_patients_side_alone(desk):
    revision = {"revision": 0, "doen": "voorbeeld", "conclusion": "Nieuwe tekst"}
    text = desk.client.post(desk.path, revision, headers={"HX-Request": "true"}).content.decode()
    assert "Nieuwe tekst" in text
    assert "<html" not in text


def test_second_of_two_is_told_and_nothing_changes(desk):
    desk.post("publiceren", conclusion="Goed.", zeker="ja")
    answer = desk.post("publiceren", conclusion="Anders.", zeker="ja")
    assert answer.status_code == 302
    assert Observation.objects.count() == 2
    assert LabReport.objects.get(pk=desk.report_id).conclusion == "Goed."
    stale = Desk(desk.client)
    stale.post("opslaan", due_on=stale.today.isoformat())
    answer = stale.client.post(
        stale.path, {"revision": 0, "doen": "publiceren", "conclusion": "X", "zeker": "ja"}, follow=True
    )
    assert "heeft deze uitslag net verwerkt" in answer.content.decode()
    assert stale.state() == "saved"


def test_row39_refused_without_the_right_and_not_found_for_a_stranger(desk):
    without = [right for right in StaffRight if right is not StaffRight.PUBLISH_RESULTS]
    desk.client.sign_in(world.make_employee(desk.practice, rights=without))
    assert desk.client.get(desk.path).status_code == 403
    assert desk.path not in desk.client.get("/").content.decode()
    desk.client.sign_in(world.make_employee(world.make_practice()))
    assert desk.client.get(desk.path).status_code == 404
    assert desk.post("publiceren", conclusion="X", zeker="ja").status_code == 404


def test_row27_text_of_laboratory_and_doctor_is_text_everywhere(desk_client, portal_client):
    result = new_result(title=XSS, value_number=None, value_text=XSS, remark=XSS, unit=XSS, reference_text=XSS)
    desk = Desk(desk_client, portal_client, results=(result,), laboratory=XSS, remark=XSS, requested_by_name=XSS)
    pages = [desk.client.get(desk.path), desk.post("publiceren", conclusion=XSS, advice=XSS)]
    desk.post("publiceren", conclusion=XSS, advice=XSS, zeker="ja")
    pages += [desk.page_of_patient(), desk.portal.get("/dossier/uitslagen/"), desk.portal.get("/")]
    for page in pages:
        assert page.status_code == 200
        assert b"<script>alert" not in page.content


def test_a_patient_who_reads_nothing_online_is_pointed_out_first(desk_client):
    desk = Desk(desk_client)
    desk.practice.enrolments.update(online_access="copy_only")
    assert "leest nu geen uitslagen online" in desk.client.get(desk.path).content.decode()


def test_ux50_nobody_is_told_that_a_closed_record_shows_it_at_once(desk_client):
    """The page before and the message after say what is true for who does not read results online."""
    desk = Desk(desk_client)
    desk.practice.enrolments.update(online_access="copy_only")
    asked = desk.post("publiceren", conclusion="Uw kalium is iets hoog.").content.decode()
    assert "zodra het dossier open is" in asked
    assert "ziet dit meteen" not in asked
    desk.post("uitnodigen", zeker="ja")
    text = desk.client.get("/").content.decode()
    assert "kan dit nu niet lezen: bel de patiënt" in text
    desk.post("publiceren", conclusion="Uw kalium is iets hoog.", zeker="ja")
    text = desk.client.get("/").content.decode()
    assert "kan hem lezen zodra het dossier open is" in text
    assert "kan hem nu lezen" not in text


@pytest.mark.parametrize("values", [{"revision": "x"}, {"publish_on": "morgen"}, {"revision": ""}])
def test_nonsense_is_answered_with_the_form(desk, values):
    answer = desk.client.post(desk.path, {"revision": 0, "doen": "publiceren", "conclusion": "X", **values})
    assert answer.status_code == 422
    assert desk.state() == "new"


def test_the_page_costs_the_same_for_one_and_for_a_hundred_results(desk_client, django_assert_max_num_queries):
    many = tuple(new_result(title=f"Bepaling {number}", code=str(number)) for number in range(100))
    desk = Desk(desk_client, results=many)
    with django_assert_max_num_queries(40):
        assert "Bepaling 99" in desk.client.get(desk.path).content.decode()
