"""What a patient filled in, above the question; and the desk of a pharmacist (REQ 30, 41, 79; row 6)."""

import pytest

from tests.factories import consult, world
from tests.factories.reasons import make_answer
from zorgbalie.consult.models import ConsultMessage
from zorgbalie.kernel.viewer import StaffRight

pytestmark = pytest.mark.django_db
XSS = "<script>alert(1)</script>"


def thread_of(kind="gp", role="assistant", **values):
    """A question at a practice, and somebody who answers there."""
    practice = world.make_practice(kind)
    person = world.make_person()
    world.enrol(person, practice, world.make_account(practice))
    row = consult.make_consult(person, practice, **values)
    return row, world.make_employee(practice, role=role), f"/vragen/{person.pk}/{row.pk}/"


def test_req30_the_answers_stand_above_the_question(desk_client):
    row, employee, path = thread_of(text="Wat nu?")
    make_answer(row, 1)
    make_answer(row, 2, label="Wordt het erger?", kind="yes_no", answer="", is_unknown=True)
    make_answer(row, 3, label="Nog iets?", answer="")
    desk_client.sign_in(employee)
    text = desk_client.get(path).content.decode()
    assert text.index("Op mijn arm") < text.index("Wat nu?")
    assert "Weet ik niet" in text
    assert "Niet ingevuld" in text


def test_row26_answers_are_text(desk_client):
    row, employee, path = thread_of()
    make_answer(row, label=XSS, answer=XSS)
    desk_client.sign_in(employee)
    assert b"<script>alert" not in desk_client.get(path).content


def test_a_question_without_a_form_shows_no_empty_list(desk_client):
    _row, employee, path = thread_of()
    desk_client.sign_in(employee)
    assert "Ingevuld door de patiënt" not in desk_client.get(path).content.decode()


@pytest.mark.parametrize("role", ["pharmacist", "pharmacy_assistant"])
def test_req79_a_pharmacy_answers_its_own_question_on_the_same_page(desk_client, role):
    about = {"about_kind": "medicine", "about_id": 3, "about_title": "AMLODIPINE"}
    row, employee, path = thread_of("pharmacy", role, text="Bij het eten?", **about)
    desk_client.sign_in(employee)
    assert "Vraag van een patiënt" in desk_client.get("/?soort=consult").content.decode()
    page = desk_client.get(path).content.decode()
    assert "Bij het eten?" in page
    assert "Medicijn: AMLODIPINE" in page
    medicines = f"/dossier/{row.patient_id}/?deel=medicijnen"
    assert f'href="{medicines}"' in page
    assert desk_client.get(medicines).status_code == 200
    values = {"doen": "versturen", "revision": row.revision, "answer": "Ja, bij het eten.", "vragen_gezien": "ja"}
    token = page.split('name="token" value="')[1].split('"')[0]
    assert desk_client.post(path, {**values, "token": token}).status_code == 302
    assert ConsultMessage.objects.get(author_kind="staff").author_employee_id == employee.pk


def test_row6_a_pharmacist_without_the_right_is_refused_and_never_sees_one_of_the_gp(desk_client):
    row, _employee, path = thread_of("pharmacy", "pharmacist")
    rights = [right for right in StaffRight if right is not StaffRight.ANSWER_CONSULTS]
    desk_client.sign_in(world.make_employee(row.practice, role="pharmacist", rights=rights))
    assert desk_client.get(path).status_code == 403
    at_gp, _staff, gp_path = thread_of()
    world.enrol(at_gp.patient, row.practice, row.practice.accounts.first())
    desk_client.sign_in(world.make_employee(row.practice, role="pharmacist"))
    assert desk_client.get(gp_path).status_code == 404


def test_row6_a_gp_practice_sees_no_question_to_the_pharmacy_of_its_patient(desk_client):
    row, _employee, path = thread_of("pharmacy", "pharmacist")
    practice = world.make_practice()
    world.enrol(row.patient, practice, world.make_account(practice))
    desk_client.sign_in(world.make_employee(practice))
    assert desk_client.get(path).status_code == 404
