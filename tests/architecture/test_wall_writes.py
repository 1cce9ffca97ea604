"""What the portal's and the desk's roles may write by themselves, were the code above them wrong (security rows 3, 10).

Each test runs SQL as the face's role, with a viewer named as the middleware does it.
"""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from tests.conftest import acting
from tests.factories import consult, world
from zorgbalie.access.models import AccessRequest, Agreement, Invitation
from zorgbalie.consult.models import Consult
from zorgbalie.people.models import Person
from zorgbalie.worklist.models import WorkItem

pytestmark = pytest.mark.django_db
_REQUEST = (
    "INSERT INTO access_accessrequest (practice_id, person_id, asked_by_id, state, reason, automatic)"
    " VALUES (%s, %s, %s, 'asked', '', false)"
)
_ITEM = (
    "INSERT INTO worklist_workitem (practice_id, person_id, kind, about_id, for_right, state, is_urgent)"
    " VALUES (%s, %s, 'access_request', 1, '', 'open', false)"
)
_NOTICE = (
    "INSERT INTO messaging_notice (practice_id, person_id, kind, channel, event_key, address, language, state,"
    " attempts, last_error) VALUES (%s, %s, '{kind}', 'email', 'x:1', 'wie@dan.example', 'nl', 'waiting', 0, '')"
)
_LINE = (
    "INSERT INTO audit_auditevent (request_id, event, action, outcome, user_kind, user_id, user_name, role,"
    " organisation_name, purpose, assurance_level, network_address, kind, object_type, object_id, basis, relation,"
    " consent, emergency, detail, source_id, site_id, patient_id) VALUES ('r', 'record.read', 'R', '0', %s, %s, 'Naam',"
    " '', '', 'TREAT', '', '', '', '', '', '', '', '', false, '{}', 's', '', %s)"
)


def refused(viewer, query, parameters=()):
    """Whether the database refuses a statement of this viewer."""
    try:
        with acting(viewer), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(query, parameters)
    except DatabaseError as error:
        return "row-level security" in str(error) or "permission denied" in str(error)
    return False


def changed(viewer, query, parameters=()):
    """How many rows a statement of this viewer changes."""
    with acting(viewer), connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.rowcount


@pytest.fixture
def patient():
    person, practice = world.make_patient_with_open_record()
    return person, practice, world.viewer_of_patient(person)


@pytest.mark.parametrize("query", [_REQUEST, _ITEM, _NOTICE.format(kind="record_released")])
def test_the_portal_writes_only_to_a_practice_where_the_patient_is_enrolled(patient, query):
    person, practice, viewer = patient
    AccessRequest.objects.all().delete()
    people = [person.pk] * (query.count("%s") - 1)
    assert refused(viewer, query, [world.make_practice().pk, *people])
    assert not refused(viewer, query, [practice.pk, *people])


def test_the_portal_sends_no_invitation(patient):
    person, practice, viewer = patient
    assert refused(viewer, _NOTICE.format(kind="invitation"), [practice.pk, person.pk])


def test_r7_the_portal_cannot_bring_an_ended_agreement_back(patient):
    person, _, viewer = patient
    Agreement.objects.update(ended_at=world.MOMENT)
    assert changed(viewer, "UPDATE access_agreement SET ended_at = NULL WHERE person_id = %s", [person.pk]) == 0
    assert refused(viewer, "UPDATE access_agreement SET practice_signed_at = now()")


def test_the_portal_cannot_reopen_a_refused_request_or_release_one(patient):
    _, _, viewer = patient
    AccessRequest.objects.update(state="refused")
    assert changed(viewer, "UPDATE access_accessrequest SET state = 'asked'") == 0
    AccessRequest.objects.update(state="asked")
    assert refused(viewer, "UPDATE access_accessrequest SET state = 'released'")
    assert changed(viewer, "UPDATE access_accessrequest SET state = 'withdrawn'") == 1


def test_the_portal_cannot_take_up_a_revoked_invitation(patient):
    person, practice, viewer = patient
    world.invite(person, practice, world.make_employee(practice), revoked_at=world.MOMENT)
    assert changed(viewer, "UPDATE access_invitation SET accepted_at = now()") == 0
    assert Invitation.objects.get().accepted_at is None


def test_row15_acting_for_one_child_the_portal_changes_no_address_of_another():
    parent = world.make_person()
    first, second = (world.make_person(birth_date=date(2020, 1, 1)) for _ in range(2))
    for child in (first, second):
        world.represent(parent, child)
    viewer = world.viewer_of_patient(parent, subject=first)
    assert changed(viewer, "UPDATE people_person SET email = 'nieuw@post.example'") == 1
    assert set(Person.objects.filter(email="nieuw@post.example")) == {first}


def test_row41_nobody_writes_a_log_line_in_the_name_of_another(patient):
    person, practice, viewer = patient
    employee = world.make_employee(practice)
    assert refused(viewer, _LINE, ["staff", f"employee:{employee.pk}", person.pk])
    assert refused(viewer, _LINE, ["patient", f"person:{world.make_person().pk}", person.pk])
    assert refused(viewer, _LINE, ["system", "task:notice.send", person.pk])
    assert not refused(viewer, _LINE, ["patient", f"person:{person.pk}", person.pk])
    at_desk = world.viewer_of_employee(employee)
    assert refused(at_desk, _LINE, ["staff", f"employee:{world.make_employee(practice).pk}", person.pk])
    assert refused(at_desk, _LINE, ["patient", f"person:{person.pk}", person.pk])
    assert not refused(at_desk, _LINE, ["staff", f"employee:{employee.pk}", person.pk])
    elsewhere = world.make_employee(world.make_practice(), user=employee.user)
    assert not refused(at_desk, _LINE, ["staff", f"employee:{elsewhere.pk}", None])


def test_the_desk_writes_nothing_at_another_practice(patient):
    person, practice, _ = patient
    stranger = world.viewer_of_employee(world.make_employee(world.make_practice())).about(person.pk)
    item = world.add_work_item(person, practice)
    assert refused(stranger, _ITEM, [practice.pk, person.pk])
    assert changed(stranger, "UPDATE worklist_workitem SET state = 'done'") == 0
    assert changed(stranger, "UPDATE access_agreement SET practice_signed_at = NULL") == 0
    assert WorkItem.objects.get(pk=item.pk).state == "open"


_MESSAGE = (
    "INSERT INTO consult_consultmessage (consult_id, practice_id, patient_id, author_kind, author_person_id,"
    " author_employee_id, author_name, text, token, sent_at)"
    " VALUES (%s, %s, %s, %s, %s, %s, 'Naam', 'Tekst', gen_random_uuid(), now())"
)


def test_row3_nobody_writes_in_a_question_in_the_name_of_another(patient):
    person, practice, viewer = patient
    other, _ = world.make_patient_with_open_record(practice)
    row, foreign = consult.make_consult(person, practice), consult.make_consult(other, practice)
    employee = world.make_employee(practice)
    at_desk = world.viewer_of_employee(employee).about(person.pk)
    place = (practice.pk, person.pk)
    assert not refused(viewer, _MESSAGE, [row.pk, *place, "patient", person.pk, None])
    assert refused(viewer, _MESSAGE, [row.pk, *place, "staff", None, employee.pk])
    assert refused(viewer, _MESSAGE, [row.pk, *place, "patient", other.pk, None])
    assert refused(viewer, _MESSAGE, [foreign.pk, *place, "patient", person.pk, None])
    assert not refused(at_desk, _MESSAGE, [row.pk, *place, "staff", None, employee.pk])
    assert refused(at_desk, _MESSAGE, [row.pk, *place, "staff", None, world.make_employee(practice).pk])
    assert refused(at_desk, _MESSAGE, [row.pk, *place, "patient", person.pk, None])
    assert refused(at_desk, _MESSAGE, [foreign.pk, *place, "staff", None, employee.pk])


def test_texts_and_notes_of_a_question_are_never_changed_and_the_portal_answers_nothing(patient):
    person, practice, viewer = patient
    row = consult.make_consult(person, practice)
    employee = world.make_employee(practice)
    consult.add_note(row, employee)
    at_desk = world.viewer_of_employee(employee).about(person.pk)
    for one in (viewer, at_desk):
        assert refused(one, "UPDATE consult_consultmessage SET text = 'x'")
        assert refused(one, "DELETE FROM consult_consultmessage")
    assert refused(viewer, "SELECT text FROM consult_consultnote")
    assert refused(at_desk, "UPDATE consult_consultnote SET text = 'x'")
    assert refused(viewer, "UPDATE consult_consult SET state = 'answered'")
    assert refused(viewer, "UPDATE consult_consult SET with_account_id = NULL")
    assert refused(at_desk, "UPDATE consult_consult SET subject = 'x'")
    Consult.objects.update(state="closed")
    assert changed(viewer, "UPDATE consult_consult SET state = 'sent'") == 0


def test_row15_the_wall_shows_a_draft_to_its_writer_alone(patient):
    person, practice, viewer = patient
    helper = world.make_person()
    world.represent(helper, person, "helper")
    consult.make_draft(person, practice)
    seen = {}
    for name, one in (
        ("writer", viewer),
        ("helper", world.viewer_of_patient(helper, subject=person)),
        ("desk", world.viewer_of_employee(world.make_employee(practice)).about(person.pk)),
    ):
        with acting(one):
            seen[name] = Consult.objects.count()
    assert seen == {"writer": 1, "helper": 0, "desk": 0}


@pytest.mark.parametrize(
    ("kind", "birth_date", "day", "opens"),
    [
        ("parent", date(2014, 1, 1), date(2025, 12, 31), True),  # 11 years, 11 months and 30 days
        ("parent", date(2014, 1, 1), date(2026, 1, 1), False),
        ("parent", date(2012, 2, 29), date(2024, 2, 28), True),
        ("parent", date(2012, 2, 29), date(2024, 2, 29), False),
        ("helper", date(2010, 1, 1), date(2025, 12, 31), False),  # 15 years, 11 months and 30 days
        ("helper", date(2010, 1, 1), date(2026, 1, 1), True),
    ],
)
def test_row14_the_wall_knows_the_same_birthdays_as_the_gate(kind, birth_date, day, opens):
    other, subject = world.make_person(), world.make_person(birth_date=birth_date)
    world.represent(other, subject, kind)
    with connection.cursor() as cursor:
        cursor.execute("SELECT wall_represented_on(%s, %s)", [other.pk, day])
        assert (cursor.fetchall() == [(subject.pk,)]) is opens
