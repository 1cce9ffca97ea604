"""The inbox of questions as the desk's database role reads it (REQ 41, 42; ux 47; security rows 5, 6, 40)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conftest import acting
from tests.factories import consult, world
from tests.factories.consult_inbox import attach, be_there, make_waiting
from zorgbalie.audit.models import AuditEvent
from zorgbalie.audit.types import AuditOutcome
from zorgbalie.consult.models import Consult, ConsultMessage
from zorgbalie.consult.queries.inbox import count_inbox, list_inbox, may_see_inbox
from zorgbalie.consult.types import InboxFilter, InboxSort, InboxState, InboxWith, Presence
from zorgbalie.kernel.errors import NotAllowed
from zorgbalie.kernel.viewer import StaffRight, StaffRole

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    return world.make_practice()


@pytest.fixture
def employee(practice):
    return world.make_employee(practice, role="assistant", name="Samira Bakker")


def _page(employee, now, page=1, **wanted):
    viewer = world.viewer_of_employee(employee)
    with acting(viewer):
        return list_inbox(viewer=viewer, wanted=InboxFilter(**wanted), page=page, now=now)


def _ids(employee, now, **wanted):
    return [row.consult_id for row in _page(employee, now, **wanted).listing.rows]


def test_ux47_late_first_then_urgent_then_the_nearest_promise(practice, employee, now):
    soon, later = make_waiting(practice, now, hours=2), make_waiting(practice, now, hours=30)
    urgent = make_waiting(practice, now, hours=40, item={"is_urgent": True})
    late, latest = make_waiting(practice, now, hours=-1), make_waiting(practice, now, hours=-20)
    assert _ids(employee, now) == [latest.pk, late.pk, urgent.pk, soon.pk, later.pk]
    assert _ids(employee, now, search="sporten") == [latest.pk, late.pk, urgent.pk, soon.pk, later.pk]
    rows = {row.consult_id: row for row in _page(employee, now).listing.rows}
    assert [rows[one.pk].is_late for one in (latest, urgent, soon)] == [True, False, False]
    assert rows[urgent.pk].is_urgent


def test_sorted_by_age_and_by_name(practice, employee, now):
    def of(name, **values):
        person = world.make_person(family_name=name)
        world.enrol(person, practice)
        return make_waiting(practice, now, patient=person, **values)

    young, old = of("Aalders", sent_at=now - timedelta(hours=1)), of("Zwaluw", sent_at=now - timedelta(days=9))
    assert _ids(employee, now, sort=InboxSort.AGE) == [old.pk, young.pk]
    assert _ids(employee, now, sort=InboxSort.NAME) == [young.pk, old.pk]


def test_filters_by_state(practice, employee, now):
    sent, with_doctor = make_waiting(practice, now, hours=1), make_waiting(practice, now, hours=2, state="with_doctor")
    answered, closed = make_waiting(practice, now, state="answered"), make_waiting(practice, now, state="closed")
    assert _ids(employee, now) == [sent.pk, with_doctor.pk]
    assert _ids(employee, now, state=InboxState.WAITING) == [sent.pk]
    assert _ids(employee, now, state=InboxState.WITH_DOCTOR) == [with_doctor.pk]
    assert _ids(employee, now, state=InboxState.ANSWERED) == [answered.pk]
    assert _ids(employee, now, state=InboxState.CLOSED) == [closed.pk]
    assert len(_ids(employee, now, state=InboxState.ALL)) == 4


def test_filters_by_doctor_assistants_mine_and_nobody(practice, employee, now):
    account, own = world.make_account(practice), world.make_account(practice)
    own.members.add(employee)
    at_doctor = make_waiting(practice, now, hours=1, item={"account": account})
    at_own = make_waiting(practice, now, hours=2, item={"account": own})
    free = make_waiting(practice, now, hours=3)
    mine = make_waiting(practice, now, hours=4, item={"assigned_to": employee})
    assert _ids(employee, now, account_id=account.pk) == [at_doctor.pk]
    assert _ids(employee, now, lies_with=InboxWith.ME) == [at_own.pk, mine.pk]
    assert _ids(employee, now, lies_with=InboxWith.ASSISTANTS) == [free.pk, mine.pk]
    assert _ids(employee, now, lies_with=InboxWith.NOBODY) == [at_doctor.pk, at_own.pk, free.pk]


def test_an_answered_question_is_found_with_the_doctor_who_had_it(practice, employee, now):
    account = world.make_account(practice)
    row = make_waiting(practice, now, state="answered", with_account=account)
    make_waiting(practice, now, state="answered")
    assert _ids(employee, now, state=InboxState.ANSWERED, account_id=account.pk) == [row.pk]


def test_ux47_a_promise_that_was_not_kept_stays_late_when_the_patient_got_a_new_one(practice, employee, now):
    soon, late = make_waiting(practice, now, hours=2), make_waiting(practice, now, hours=-1)
    urgent = make_waiting(practice, now, hours=40, item={"is_urgent": True})
    broken = now - timedelta(hours=20)
    slipped = make_waiting(practice, now, hours=50, item={"due_at": broken, "is_urgent": True})
    assert _ids(employee, now) == [late.pk, slipped.pk, urgent.pk, soon.pk]
    assert _ids(employee, now, search="sporten") == [late.pk, slipped.pk, urgent.pk, soon.pk]
    assert _ids(employee, now, only_late=True) == [late.pk, slipped.pk]
    rows = {row.consult_id: row for row in _page(employee, now).listing.rows}
    marks = {one.pk: (rows[one.pk].is_late, rows[one.pk].is_slipped) for one in (late, slipped, urgent)}
    assert marks == {late.pk: (True, False), slipped.pk: (True, True), urgent.pk: (False, False)}
    assert _count(employee, now).late == 2


def test_filters_urgent_late_and_period(practice, employee, now):
    urgent = make_waiting(practice, now, item={"is_urgent": True})
    late = make_waiting(practice, now, hours=-3, sent_at=now - timedelta(days=10))
    assert _ids(employee, now, only_urgent=True) == [urgent.pk]
    assert _ids(employee, now, only_late=True) == [late.pk]
    day = (now - timedelta(days=10)).date()
    assert _ids(employee, now, sent_until=day) == [late.pk]
    assert _ids(employee, now, sent_from=day + timedelta(days=1)) == [urgent.pk]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("hoest", True), ("hoesten", True), ("HOEST", True), ("antibiotica", True), ("antibio", True),
        ("hoest antibiotica", True), ("vogelaar", True), ("vogel hoest", True), ("4-5-1970", True),
        ("hoest 4-5-1970", True), ("keelpijn", True), ("de hoest", True),
        ("hoest breuk", False), ("5-5-1970", False), ("hoest 5-5-1970", False), ("breuk", False),
        ("vogelaar breuk", False),
        ("geheime", False), ("practice", False), ("' OR 1=1 --", False), ("hoest & !x | <->", False), ("\\", False),
    ],
)  # fmt: skip
def test_dutch_full_text_and_names_and_birth_dates(practice, employee, now, typed, found):
    person = world.make_person(family_name="Vogelaar", birth_date="1970-05-04")
    world.enrol(person, practice)
    row = make_waiting(practice, now, patient=person, subject="Keelpijn", text="Ik heb gehoest. De hoest blijft.")
    consult.add_text(row, "Antibiotica hoeft niet.", employee)
    consult.add_note(row, employee, "Geheime notitie")
    assert _ids(employee, now, search=typed) == ([row.pk] if found else [])


def test_a_search_stays_within_the_practice_and_finds_no_draft(practice, employee, now):
    make_waiting(world.make_practice(), now, text="Eczeem")
    person = world.make_person()
    world.enrol(person, practice)
    consult.make_draft(person, practice, subject="Eczeem", text="Eczeem")
    gone = world.make_person()
    world.enrol(gone, practice, ended_at=now)
    make_waiting(practice, now, patient=gone, text="Eczeem")
    assert _ids(employee, now, search="eczeem", state=InboxState.ALL) == []
    assert _ids(employee, now, state=InboxState.ALL) == []


def test_row6_without_the_right_or_as_a_manager_there_is_no_inbox_nor_a_text(practice, now):
    row = make_waiting(practice, now, text="Eczeem")
    without = world.make_employee(practice, rights=[one for one in StaffRight if one != StaffRight.ANSWER_CONSULTS])
    for employee in (without, world.make_employee(practice, role=StaffRole.MANAGER)):
        viewer = world.viewer_of_employee(employee)
        assert not may_see_inbox(viewer=viewer)
        for ask in (lambda: _page(employee, now), lambda: _count(employee, now)):  # noqa: B023  (called within the turn)
            with pytest.raises(NotAllowed):
                ask()
        with acting(viewer):
            assert not Consult.objects.exists()
        with acting(viewer.about(row.patient_id)):
            assert not ConsultMessage.objects.exists()
    assert AuditEvent.objects.filter(event="consult.inbox", outcome=AuditOutcome.REFUSED).count() == 4


def test_texts_open_one_patient_at_a_time_also_for_who_may_answer(practice, employee, now):
    row = make_waiting(practice, now)
    make_waiting(practice, now)
    viewer = world.viewer_of_employee(employee)
    with acting(viewer):
        assert Consult.objects.count() == 2
        assert not ConsultMessage.objects.exists()
    with acting(viewer.about(row.patient_id)):
        assert ConsultMessage.objects.count() == 1


def test_row40_each_patient_shown_gives_one_line_and_counting_none(practice, employee, now):
    rows = [make_waiting(practice, now), make_waiting(practice, now)]
    make_waiting(practice, now, patient=rows[0].patient)
    _count(employee, now)
    assert not AuditEvent.objects.exists()
    _page(employee, now)
    lines = AuditEvent.objects.filter(event="consult.inbox")
    assert sorted(lines.values_list("patient_id", flat=True)) == sorted(row.patient_id for row in rows)


def _count(employee, now):
    viewer = world.viewer_of_employee(employee)
    with acting(viewer):
        return count_inbox(viewer=viewer, now=now)


def test_ux49_counts_of_what_waits(practice, employee, now):
    make_waiting(practice, now, hours=-1)
    make_waiting(practice, now, item={"is_urgent": True})
    make_waiting(practice, now, item={"assigned_to": employee})
    make_waiting(practice, now, state="answered")
    make_waiting(world.make_practice(), now)
    counts = _count(employee, now)
    assert (counts.waiting, counts.late, counts.mine, counts.urgent) == (3, 1, 1, 1)


def test_ux47_notes_attachments_and_colleagues_are_marked(practice, employee, now):
    row, bare = make_waiting(practice, now, hours=1), make_waiting(practice, now, hours=2)
    consult.add_note(row, employee)
    attach(row)
    there, gone = world.make_employee(practice, name="dr. J. de Wit"), world.make_employee(practice)
    be_there(row, there, now, types=True)
    be_there(row, gone, now - timedelta(seconds=46))
    be_there(row, employee, now)
    first, second = _page(employee, now).listing.rows
    assert (first.consult_id, second.consult_id) == (row.pk, bare.pk)
    assert (first.has_note, first.has_attachment) == (True, True)
    assert first.present == (Presence(name="dr. J. de Wit", is_typing=True),)
    assert (second.has_note, second.has_attachment, second.present) == (False, False, ())


def _copy_threads(practice, employee, now, number):
    """Threads with a text and an item each, as the owner, the way a large practice fills up."""
    person = world.make_person(family_name="Zwaluw")
    world.enrol(person, practice)
    columns = (
        "practice_id, patient_id, asked_by_id, addressed_name, about_kind, about_id, about_title, subject, draft_text,"
        " state, revision, changed_by_name, changed_at, sent_at, answer_by"
    )
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY consult_consult ({columns}) FROM STDIN") as copy:
            for one in range(number):
                moment, promise = now - timedelta(minutes=one), now + timedelta(minutes=one - number // 2)
                whose = (practice.pk, person.pk, person.pk)
                copy.write_row((*whose, "", "", 0, "", f"Eczeem {one}", "", "sent", 3, "", moment, moment, promise))
        cursor.execute(
            "INSERT INTO worklist_workitem"
            " (practice_id, person_id, kind, about_id, for_right, state, is_urgent, due_at)"
            " SELECT practice_id, patient_id, 'consult', id, 'answer_consults', 'open', id %% 100 = 0, answer_by"
            " FROM consult_consult WHERE patient_id = %s",
            [person.pk],
        )
        cursor.execute("ANALYZE consult_consult, worklist_workitem")


@pytest.mark.parametrize("wanted", [{}, {"search": "eczeem"}, {"state": InboxState.ALL}, {"sort": InboxSort.NAME}])
def test_ux56_ten_thousand_threads_cost_as_many_queries_as_one(practice, employee, now, wanted):
    make_waiting(practice, now, subject="Eczeem")
    costs = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            found = _page(employee, now, page=40 if costs else 1, **wanted)
        costs.append(len(captured))
        if len(costs) == 1:
            _copy_threads(practice, employee, now, 10_000)
    assert costs[0] == costs[1]
    assert (found.is_cut, found.listing.total, len(found.listing.rows)) == (True, 1000, 25)
