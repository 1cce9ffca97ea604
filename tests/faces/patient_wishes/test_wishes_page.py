"""How the patient wants to hear results (ux 32; R13, R14; rows 3, 7, 14, 48), and the page that asks first (ux 33)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import world
from tests.factories.result_kinds import make_kind, make_wish
from tests.record_lab.reports import decide, new_report, receive
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.clock import current_moment
from zorgbalie.practice.types import PracticeKind
from zorgbalie.record.models import ResultWish
from zorgbalie.record.types.lab import LabAction

pytestmark = pytest.mark.django_db
PAGE = "/uitslag-horen/"
XSS = "<script>alert(1)</script>"


@pytest.fixture
def patient(portal_client):
    person, practice = world.make_patient_with_open_record()
    portal_client.sign_in(person)
    return person, practice


def stored():
    return sorted(ResultWish.objects.values_list("kind__name", "hear_by"), key=str)


def test_ux32_nothing_is_chosen_beforehand_and_the_choice_is_kept_and_changed(portal_client, patient):
    _, practice = patient
    kind = make_kind(practice, name="Test op soa")
    text = portal_client.get(PAGE).content.decode()
    assert "Test op soa" in text
    assert ResultWish.objects.count() == 0
    for general, own in (("call", "visit"), ("online", "geen"), ("geen", "call")):
        answer = portal_client.post(PAGE, {"general": general, f"kind_{kind.pk}": own}, follow=True)
        assert "Uw keuze is bewaard" in answer.content.decode()
        kept = {None: general, "Test op soa": own}
        assert dict(stored()) == {name: "" if wish == "geen" else wish for name, wish in kept.items()}
        assert answer.context["form"].initial == {"general": general, f"kind_{kind.pk}": own}


def test_row48_the_same_form_many_times_is_one_wish(portal_client, patient):
    for _ in range(5):
        portal_client.post(PAGE, {"general": "call"})
    assert stored() == [(None, "call")]


def test_r13_looking_and_choosing_stand_in_the_log_in_words(portal_client, patient):
    portal_client.get(PAGE)
    portal_client.post(PAGE, {"general": "call"})
    events = AuditEvent.objects.filter(kind="result_wishes").values_list("event", "outcome", "detail")
    assert set(dict.fromkeys(name for name, _, _ in events)) == {"wishes.read", "wishes.changed"}
    assert ("wishes.changed", "0", {"general": "call", "kinds": 0}) in list(events)
    log = portal_client.get("/logboek/").content.decode()
    assert "koos hoe de patiënt uitslagen wil horen" in log


def test_rows3_7_another_practices_kind_and_another_patient_cannot_be_set(portal_client, patient):
    person, practice = patient
    foreign = make_kind(world.make_practice(), name="Vreemd")
    removed = make_kind(practice, name="Weg", removed_at=world.MOMENT)
    other, _ = world.make_patient_with_open_record(practice)
    values = {"general": "call", f"kind_{foreign.pk}": "call", f"kind_{removed.pk}": "call"}
    hostile = {"patient": other.pk, "patient_id": other.pk, "practice_id": foreign.practice_id, "changed_at": "2020"}
    portal_client.post(PAGE, {**values, **hostile})
    assert [(row.patient_id, row.practice_id, row.kind_id) for row in ResultWish.objects.all()] == [
        (person.pk, practice.pk, None)
    ]
    text = portal_client.get(PAGE).content.decode()
    assert "Vreemd" not in text
    assert "Weg" not in text


def test_a_kind_that_is_not_for_the_portal_is_named_and_not_asked(portal_client, patient):
    _, practice = patient
    kind = make_kind(practice, name="Erfelijk onderzoek", uses_portal=False)
    text = portal_client.get(PAGE).content.decode()
    assert "Erfelijk onderzoek" in text
    assert f"kind_{kind.pk}" not in text


def test_what_the_practice_does_in_any_case_is_told(portal_client, patient):
    make_kind(patient[1], first="call")
    assert "Uw praktijk belt u hierover altijd eerst." in portal_client.get(PAGE).content.decode()


@pytest.mark.parametrize("value", ["", "fax", "\x00", "9" * 400, "ONLINE"])
def test_row32_nonsense_is_refused_at_the_field_and_nothing_is_stored(portal_client, patient, value):
    answer = portal_client.post(PAGE, {"general": value})
    assert (answer.status_code, ResultWish.objects.count()) == (422, 0)


def test_row27_the_name_of_a_kind_is_text(portal_client, patient):
    make_kind(patient[1], name=XSS)
    make_kind(patient[1], name=XSS + "2", uses_portal=False)
    assert b"<script>alert" not in portal_client.get(PAGE).content


def test_r14_who_is_enrolled_nowhere_or_at_a_pharmacy_alone_gets_404_and_no_link(portal_client, patient):
    _, practice = patient
    assert PAGE in portal_client.get("/meldingen/").content.decode()
    practice.enrolments.update(ended_at=world.MOMENT)
    for path, values in ((PAGE, None), (PAGE, {"general": "call"})):
        answer = portal_client.get(path) if values is None else portal_client.post(path, values)
        assert answer.status_code == 404
    person = world.make_person()
    pharmacy = world.make_practice(PracticeKind.PHARMACY)
    world.enrol(person, pharmacy, world.make_account(pharmacy))
    portal_client.sign_in(person)
    assert portal_client.get(PAGE).status_code == 404
    assert PAGE not in portal_client.get("/meldingen/").content.decode()


@pytest.mark.parametrize(
    ("birth", "kind", "values", "expected"),
    [
        ("2018-01-01", "parent", {}, 200),
        ("2018-01-01", "parent", {"closed_for_safety_at": world.MOMENT}, 404),
        ("2012-01-01", "parent", {}, 404),
        ("2012-01-01", "parent", {"child_consent_at": world.MOMENT}, 200),
        ("1950-01-01", "helper", {}, 200),
    ],
)
def test_row14_parent_and_helper_wish_for_whom_they_may_act(portal_client, birth, kind, values, expected):
    child, practice = world.make_patient_with_open_record(birth_date=birth)
    parent, _ = world.make_patient_with_open_record(practice)
    world.represent(parent, child, kind, **values)
    portal_client.sign_in(parent, subject=child)
    answer = portal_client.post(PAGE, {"general": "call"})
    assert (answer.status_code == 302) is (expected == 200)
    assert [row.patient_id for row in ResultWish.objects.all()] == ([child.pk] if expected == 200 else [])


def test_the_page_costs_the_same_for_one_and_thirty_kinds(portal_client, patient):
    person, practice = patient

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert portal_client.get(PAGE).status_code == 200
        return len(queries)

    make_wish(person, practice, "call", make_kind(practice))
    portal_client.get(PAGE)
    few = cost()
    for _ in range(29):
        make_wish(person, practice, "visit", make_kind(practice))
    assert cost() == few


# The page that asks first (ux 33)


def test_ux33_it_tells_the_number_and_that_one_may_wait_and_te_doen_keeps_it(portal_client, patient):
    person, practice = patient
    now = current_moment()
    report_id = receive(person, practice, now, new_report(reported_at=now, sampled_at=now)).report_id
    doctor = world.make_employee(practice)
    decide(doctor, person, report_id, LabAction.PUBLISH, now, conclusion="Schrik niet.", is_upsetting=True)
    path = f"/dossier/uitslagen/onderzoek/{report_id}/"
    text = portal_client.get(path).content.decode()
    for words in (
        "U kunt wachten tot uw huisarts belt.",
        practice.phone,
        "tel:",
        "blijft de uitslag bij Te doen",
        PAGE,
    ):
        assert words in text
    home = portal_client.get("/").content.decode()  # "Ik wacht nog"
    assert path in home
    assert not AuditEvent.objects.filter(event="result.read").exists()
    assert "Schrik niet." in portal_client.get(f"{path}?lees=nu").content.decode()
    assert path not in portal_client.get("/").content.decode()
