"""Asking to correct, remove or add something (AVG 12, 16, 17; BW 7:454 lid 2, 7:455; rows 1 to 3, 14, 15, 48)."""

from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection

from tests.conftest import acting
from tests.factories import corrections, documents, world
from tests.record_corrections.asking import ask, decide, withdraw
from zorgbalie.access.models import AccessRequest
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.practice.models import Account, Enrolment
from zorgbalie.record.models import CorrectionEvent, CorrectionRequest, Document, DocumentSharing
from zorgbalie.record.queries.corrections import get_my_correction, list_my_corrections, list_unread_answers
from zorgbalie.record.rules.corrections import first_due_date, longest_due_date
from zorgbalie.record.types.corrections import CorrectionDecided, CorrectionNotUsable, CorrectionState, RecordItem, Wish
from zorgbalie.worklist.models import WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def file():
    """A patient with one item of each kind, the practice, and the items."""
    patient, practice = world.make_patient_with_open_record()
    documents.switch_on(practice)
    episode = world.make_episode(patient, practice)
    contact = world.make_encounter(patient, practice)
    report = world.make_lab_report(
        patient, practice, "Kalium goed", world.make_employee(practice), state="published", published_at=world.MOMENT
    )
    items = {
        "klacht": episode,
        "contact": contact,
        "regel": world.make_entry(contact, episode),
        "meting": world.make_observation(patient, practice),
        "uitslag": report,
        "allergie": world.make_allergy(patient, practice),
        "medicijn": world.make_medication(patient, practice),
        "brief": documents.make_document(patient, practice, state="shared"),
    }
    return patient, practice, items


def test_every_kind_of_item_is_tried():
    assert set(RecordItem) == {"klacht", "contact", "regel", "meting", "uitslag", "allergie", "medicijn", "brief"}


@pytest.mark.parametrize("kind", list(RecordItem))
def test_ux35_each_kind_of_item_can_be_asked_about_and_comes_in_the_inbox_with_the_legal_term(file, now, kind):
    patient, practice, items = file
    correction_id = ask(patient, now, item=(kind, items[kind]))
    row = CorrectionRequest.objects.get(pk=correction_id)
    assert (row.practice_id, row.item_kind, row.item_id, row.state) == (practice.pk, kind, items[kind].pk, "sent")
    assert row.due_on == date(2026, 12, 24)
    item = WorkItem.objects.get(kind="correction")
    assert (item.about_id, item.person_id, item.for_right) == (row.pk, patient.pk, "release_record")
    assert item.due_at == datetime(2026, 12, 24, 22, 59, tzinfo=UTC)
    assert list(row.events.values_list("step", "by_person")) == [("asked", patient.pk)]
    line = AuditEvent.objects.get(event="correction.ask")
    assert (line.patient_id, line.kind, line.outcome) == (patient.pk, "corrections", "0")


@pytest.mark.parametrize("kind", list(RecordItem))
def test_rows_1_3_an_item_of_somebody_else_is_as_one_that_does_not_exist(file, now, kind):
    _, practice, items = file
    other, _ = world.make_patient_with_open_record(practice)
    for item_id in (items[kind].pk, 987654321):
        row = type("Row", (), {"pk": item_id})
        with pytest.raises(NotVisible):
            ask(other, now, item=(kind, row))
    assert not CorrectionRequest.objects.exists()


@pytest.mark.parametrize("kind", ["klacht", "contact", "regel", "meting", "allergie", "medicijn"])
def test_r3_an_item_that_is_hidden_cannot_be_asked_about(file, now, kind):
    patient, _, items = file
    type(items[kind]).objects.filter(pk=items[kind].pk).update(visible_to_patient=False)
    with pytest.raises(NotVisible):
        ask(patient, now, item=(kind, items[kind]))


@pytest.mark.parametrize(
    "close",
    [
        lambda letter: Document.objects.update(state="withdrawn"),
        lambda letter: Document.objects.update(state="private"),
        lambda letter: DocumentSharing.objects.all().delete(),
        lambda letter: DocumentSharing.objects.update(starts_on=date(2026, 10, 2)),
        lambda letter: Account.objects.update(facilities=["episodes"]),
        lambda letter: Enrolment.objects.update(ended_at=world.MOMENT),
    ],
)
def test_r4_r14_a_letter_that_is_not_served_cannot_be_asked_about_and_a_request_shows_it_no_more(file, now, close):
    patient, _, items = file
    viewer = world.viewer_of_patient(patient)
    before = ask(patient, now, item=("brief", items["brief"]))
    with acting(viewer):
        found = get_my_correction(viewer=viewer, correction_id=before, now=now)
        assert found.item.letter.title == items["brief"].title
    close(items["brief"])
    with pytest.raises(NotVisible):
        ask(patient, now, item=("brief", items["brief"]))
    if not Enrolment.objects.filter(ended_at__isnull=False).exists():
        with acting(viewer):
            assert get_my_correction(viewer=viewer, correction_id=before, now=now).item is None


def test_r13_asking_about_a_letter_is_no_reading_of_it(file, now):
    """The letter stays new for who did not open it; the look itself leaves its line."""
    patient, _, items = file
    ask(patient, now, item=("brief", items["brief"]))
    lines = AuditEvent.objects.filter(kind="documents", object_id=str(items["brief"].pk))
    assert set(lines.values_list("event", flat=True)) == {"record.read"}


def test_avg16_one_can_ask_about_the_record_as_a_whole_also_after_the_release_was_withdrawn(file, now):
    patient, practice, items = file
    before = ask(patient, now, item=("klacht", items["klacht"]), text="Over mijn klacht")
    AccessRequest.objects.all().delete()
    assert ask(patient, now, practice_id=practice.pk)
    viewer = world.viewer_of_patient(patient)
    with acting(viewer):
        found = get_my_correction(viewer=viewer, correction_id=before, now=now)
    assert (found.text, found.item) == ("Over mijn klacht", None)
    with pytest.raises(NotVisible):
        ask(patient, now, item=("klacht", items["klacht"]))


def test_row_3_one_cannot_ask_at_a_practice_where_one_is_not_enrolled(file, now):
    with pytest.raises(NotVisible):
        ask(file[0], now, practice_id=world.make_practice().pk)


def test_a_request_about_a_medicine_of_the_pharmacy_goes_to_the_pharmacy(file, now):
    patient, _, _ = file
    pharmacy = world.make_practice("pharmacy")
    world.enrol(patient, pharmacy, world.make_account(pharmacy))
    world.sign_agreement(patient, pharmacy)
    world.release_record(patient, pharmacy)
    medicine = world.make_medication(patient, pharmacy)
    correction_id = ask(patient, now, item=("medicijn", medicine))
    assert CorrectionRequest.objects.get(pk=correction_id).practice_id == pharmacy.pk


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 3001])
def test_a_request_without_words_or_with_too_many_is_refused(file, now, text):
    with pytest.raises(CorrectionNotUsable) as refusal:
        ask(file[0], now, item=("klacht", file[2]["klacht"]), text=text)
    assert refusal.value.field == "text"


def test_row_48_the_same_form_twice_is_one_request(file, now):
    patient, _, items = file
    token = uuid4().hex
    first = ask(patient, now, item=("klacht", items["klacht"]), token=token)
    assert ask(patient, now, item=("klacht", items["klacht"]), token=token) == first
    assert (CorrectionRequest.objects.count(), CorrectionEvent.objects.count()) == (1, 1)
    assert WorkItem.objects.filter(kind="correction").count() == 1


@pytest.mark.django_db(transaction=True)
def test_row_48_the_same_form_pressed_at_once_in_eight_windows_is_one_request(file, now):
    patient, _, items = file
    token, together, sent = uuid4().hex, Barrier(8), []

    def press():
        try:
            together.wait()
            sent.append(ask(patient, now, item=("klacht", items["klacht"]), token=token))
        finally:
            connection.close()

    windows = [Thread(target=press) for _ in range(8)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert len(sent) == 8
    assert len(set(sent)) == 1
    assert (CorrectionRequest.objects.count(), CorrectionEvent.objects.count()) == (1, 1)


def test_withdrawn_it_leaves_the_inbox_and_twice_is_once(file, now):
    patient, _, items = file
    correction_id = ask(patient, now, item=("klacht", items["klacht"]))
    withdraw(patient, correction_id, now)
    withdraw(patient, correction_id, now)
    row = CorrectionRequest.objects.get()
    assert (row.state, list(row.events.values_list("step", flat=True))) == ("withdrawn", ["asked", "withdrawn"])
    assert WorkItem.objects.get(kind="correction").state == "done"


def test_what_was_decided_is_not_withdrawn(file, now):
    patient, practice, items = file
    correction_id = ask(patient, now, item=("klacht", items["klacht"]))
    decide(world.make_employee(practice), patient, correction_id, "refused", now, answer="Dit klopt wel.")
    with pytest.raises(CorrectionDecided):
        withdraw(patient, correction_id, now)
    assert CorrectionRequest.objects.get().state == "refused"


def test_rows_1_3_nobody_else_reads_or_withdraws_it(file, now):
    patient, practice, items = file
    correction_id = ask(patient, now, item=("klacht", items["klacht"]))
    other, _ = world.make_patient_with_open_record(practice)
    viewer = world.viewer_of_patient(other)
    with pytest.raises(NotVisible):
        withdraw(other, correction_id, now)
    with acting(viewer), pytest.raises(NotVisible):
        get_my_correction(viewer=viewer, correction_id=correction_id, now=now)


@pytest.mark.parametrize(
    ("birth_date", "kind", "consent", "may"),
    [
        (date(2016, 1, 1), "parent", False, True),
        (date(2012, 1, 1), "parent", False, False),
        (date(2012, 1, 1), "parent", True, True),
        (date(2009, 1, 1), "parent", True, False),
        (date(1950, 1, 1), "helper", False, True),
    ],
)
def test_rows_14_15_parents_and_helpers_ask_for_whom_they_may_act_and_both_names_are_kept(
    now, birth_date, kind, consent, may
):
    person, practice = world.make_patient_with_open_record(birth_date=birth_date)
    other = world.make_person()
    world.represent(other, person, kind, child_consent_at=world.MOMENT if consent else None)
    episode = world.make_episode(person, practice)
    viewer = world.viewer_of_patient(other, subject=person)
    if not may:
        with pytest.raises(NotVisible):
            ask(person, now, item=("klacht", episode), viewer=viewer)
        return
    ask(person, now, item=("klacht", episode), viewer=viewer)
    row = CorrectionRequest.objects.get()
    assert (row.patient_id, row.asked_by_id) == (person.pk, other.pk)
    line = AuditEvent.objects.get(event="correction.ask")
    assert (line.patient_id, line.user_id) == (person.pk, f"person:{other.pk}")


def test_a_child_under_12_asks_nothing_itself(now):
    child, practice = world.make_patient_with_open_record(birth_date=date(2018, 1, 1))
    with pytest.raises(NotVisible):
        ask(child, now, practice_id=practice.pk)


@pytest.mark.parametrize(
    ("asked_on", "first", "longest"),
    [
        (date(2026, 11, 24), date(2026, 12, 24), date(2027, 2, 24)),
        (date(2027, 1, 31), date(2027, 2, 28), date(2027, 4, 30)),
        (date(2027, 12, 31), date(2028, 1, 31), date(2028, 3, 31)),
    ],
)
def test_avg12_the_term_is_a_month_and_at_most_two_more(asked_on, first, longest):
    asked_at = datetime(asked_on.year, asked_on.month, asked_on.day, 12, tzinfo=UTC)
    assert first_due_date(asked_at=asked_at) == first
    assert longest_due_date(asked_at=asked_at) == longest


def test_the_list_says_how_far_each_is_and_names_no_item_and_home_tells_of_unread_answers(file, now):
    patient, practice, items = file
    sent = ask(patient, now, item=("klacht", items["klacht"]))
    answered = ask(patient, now, item=("medicijn", items["medicijn"]), wish=Wish.ADD)
    decide(world.make_employee(practice), patient, answered, "granted", now)
    viewer = world.viewer_of_patient(patient)
    with acting(viewer):
        found = list_my_corrections(viewer=viewer, now=now, page=1)
        assert [one.correction_id for one in list_unread_answers(viewer=viewer, now=now)] == [answered]
        get_my_correction(viewer=viewer, correction_id=answered, now=now)
    assert {one.correction_id: one.state for one in found.items} == {
        sent: CorrectionState.SENT,
        answered: CorrectionState.GRANTED,
    }
    assert items["klacht"].title not in repr(found)
    with acting(viewer):
        assert list_unread_answers(viewer=viewer, now=now) == ()


def test_ux17_an_answer_stays_news_until_it_is_read_whatever_came_after_it(file, now):
    patient, practice, _ = file
    viewer, values = world.viewer_of_patient(patient), {"state": "refused", "answer": "Nee."}
    unread = corrections.make_correction(patient, practice, decided_at=now, **values)
    for number in range(1, 7):
        later = corrections.make_correction(patient, practice, decided_at=now + timedelta(minutes=number), **values)
        with acting(viewer):
            get_my_correction(viewer=viewer, correction_id=later.pk, now=now)
    with acting(viewer):
        found = list_unread_answers(viewer=viewer, now=now)
    assert [one.correction_id for one in found] == [unread.pk]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_the_same_whatever_its_length(file, now, rows, django_assert_num_queries):
    patient, practice, _ = file
    for number in range(rows):
        state = {"state": "granted", "decided_at": now} if number % 2 else {}
        corrections.make_correction(patient, practice, **state)
    corrections.make_correction(patient, practice, state="granted", decided_at=now)
    viewer = world.viewer_of_patient(patient)
    with acting(viewer):
        list_my_corrections(viewer=viewer, now=now, page=1)
        with django_assert_num_queries(5):
            list_my_corrections(viewer=viewer, now=now, page=1)
