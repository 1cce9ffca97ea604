"""Decisions, exports and moves of declarations (REQ 50; R12; security rows 5, 6, 29, 40, 48)."""

import csv
import hashlib
import io
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.billing.steps import Money
from tests.conftest import acting
from tests.factories import billing, world
from zorgbalie.audit.models import AuditEvent
from zorgbalie.billing.models import Declaration, DeclarationEvent, ExportBatch, TimeEntry
from zorgbalie.billing.types import (
    BillingRefused,
    DeclarationChanged,
    DeclarationFixed,
    NotBillable,
    NothingToExport,
    TimeRefused,
)
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.people.models import Person
from zorgbalie.practice.models import Enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture
def money(now):
    money = Money(now).answered()
    money.spend(360)
    money.propose()
    return money


def parsed(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_req50_confirmed_by_who_has_the_right_and_the_trail_tells(money):
    assert money.confirm(money.row()) == 1
    row = money.row()
    assert (row.state, row.confirmed_by_name) == ("confirmed", "Samira Bakker")
    assert [one.step for one in row.events.order_by("pk")] == ["proposed", "confirmed"]


def test_row48_confirmed_twice_is_once(money):
    shown = money.row()
    assert (money.confirm(shown), money.confirm(shown)) == (1, 0)
    assert DeclarationEvent.objects.filter(step="confirmed").count() == 1


def test_of_two_who_confirm_what_changed_the_second_is_told(money):
    shown = money.row()
    money.refuse(shown)
    other = world.make_employee(money.practice)
    with pytest.raises(DeclarationChanged):
        money.confirm(shown, employee=other)
    assert money.row().state == "refused"


def test_bulk_is_all_or_nothing(money):
    good = billing.make_declaration(money.other_patient(), money.practice, day=money.now.date())
    bad = billing.make_declaration(money.other_patient(), money.practice, day=money.now.date(), bsn="")
    with pytest.raises(NotBillable, match="BSN"):
        money.confirm(good, bad, money.row())
    assert not Declaration.objects.filter(state="confirmed").exists()
    assert money.confirm(good, money.row()) == 2


@pytest.mark.parametrize("values", [{"seconds": 0}, {"bsn": ""}])
def test_req50_nothing_is_confirmed_without_time_or_bsn(money, values):
    Declaration.objects.update(**values)
    with pytest.raises(NotBillable):
        money.confirm(money.row())


def test_req50_not_confirmed_for_a_day_before_the_enrolment_and_still_for_who_left_after(money):
    Enrolment.objects.filter(person=money.person).update(ended_at=money.now)
    assert money.confirm(money.row()) == 1
    money.reopen(money.row())
    Declaration.objects.update(day="2009-01-01")
    with pytest.raises(NotBillable, match="ingeschreven"):
        money.confirm(money.row())


@pytest.mark.parametrize(
    "act", ["confirm", "refuse", "reopen", "correct", "export", "listed"],
)  # fmt: skip
def test_row6_deciding_needs_the_right_to_bill(money, act):
    without = [right for right in StaffRight if right is not StaffRight.BILL]
    money.employee.rights = without
    money.employee.save()
    arguments = {"confirm": (money.row(),), "refuse": (money.row(),), "reopen": (money.row(),)}
    more = {"correct": (money.row(), 60)}
    with pytest.raises(NotAllowed):
        getattr(money, act)(*{**arguments, **more}.get(act, ()))


def test_row5_another_practice_sees_and_decides_nothing(money):
    stranger = world.make_employee(world.make_practice())
    billing.switch_on(stranger.practice)
    for act in (
        lambda: money.confirm(money.row(), employee=stranger),
        lambda: money.refuse(money.row(), employee=stranger),
    ):
        with pytest.raises(NotVisible):
            act()
    assert money.listed(stranger)[0] == ()
    with pytest.raises(NothingToExport):
        money.export(employee=stranger)
    money.confirm(money.row())
    batch = money.export()
    with pytest.raises(NotVisible):
        money.file(batch, stranger)


def test_only_a_doctor_confirms_where_the_practice_wants_that(money):
    money.settings.confirmed_by = "doctors"
    money.settings.save()
    with pytest.raises(BillingRefused, match="arts"):
        money.confirm(money.row())
    assert money.confirm(money.row(), employee=world.make_employee(money.practice, role="gp")) == 1


def test_a_manager_may_bill_and_a_pharmacist_may_not(money):
    manager = world.make_employee(money.practice, role="manager", rights=[StaffRight.BILL])
    assert len(money.listed(manager)[0]) == 1
    pharmacist = world.make_employee(world.make_practice("pharmacy"), role="pharmacist")
    with pytest.raises(NotVisible):
        money.listed(pharmacist)


def test_req50_not_declared_with_a_reason_and_taken_back(money):
    money.refuse(money.row())
    money.refuse(money.row(), revision=0)
    assert (money.row().state, money.row().reason) == ("refused", "no_advice")
    shown = money.row()
    money.reopen(shown)
    money.reopen(shown)
    assert (money.row().state, money.row().reason) == ("proposed", "")


def test_req50_corrected_before_the_export_with_a_trail_and_a_new_confirmation(money):
    money.confirm(money.row())
    money.correct(money.row(), 1200)
    row = money.row()
    assert (row.state, row.code, row.amount_cents, row.confirmed_by_name) == ("proposed", "12001", 2485, "")
    assert [(one.step, one.code, one.seconds) for one in row.events.order_by("pk")] == [
        ("proposed", "12011", 360), ("confirmed", "12011", 360), ("corrected", "12001", 1200),
    ]  # fmt: skip
    money.spend(60)
    assert money.row().seconds == 1200, "what was chosen by hand is not changed by the clock"


def test_another_performance_is_chosen_by_hand_if_it_holds_on_that_day(money):
    billing.make_tariffs(money.practice, year=2026, amounts=(("12110", 0, None, 1500),))
    money.correct(money.row(), 360, "12110")
    assert (money.row().code, money.row().amount_cents) == ("12110", 1500)
    with pytest.raises(BillingRefused, match="geldt niet"):
        money.correct(money.row(), 360, "99999")
    for seconds in (0, -60, 10**9):
        with pytest.raises(TimeRefused):
            money.correct(money.row(), seconds)


def test_req50_an_export_is_a_batch_with_number_hash_and_the_same_file_again(money):
    money.confirm(money.row())
    batch = money.export()
    content = money.file(batch)
    assert (batch.number, batch.lines, batch.amount_cents) == (1, 1, 1243)
    assert hashlib.sha256(content).hexdigest() == batch.sha256
    [line] = parsed(content)
    assert (line["soort"], line["bsn"], line["prestatiecode"]) == ("debet", money.person.bsn, "12011")
    assert (line["bedrag"], line["minuten"], line["datum"]) == ("12,43", "6:00", "2026-11-24")
    Person.objects.update(family_name="Anders")
    assert money.file(batch) == content


def test_a_line_is_in_one_batch_only_and_stays_as_it_is(money):
    money.confirm(money.row())
    money.export()
    with pytest.raises(NothingToExport):
        money.export()
    for act in (money.refuse, money.reopen, lambda row: money.correct(row, 60), money.confirm):
        with pytest.raises(DeclarationFixed):
            act(money.row())


def test_row48_the_same_press_is_one_file(money):
    money.confirm(money.row())
    token = uuid4()
    assert money.export(token).batch_id == money.export(token).batch_id
    assert ExportBatch.objects.count() == 1


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+31", "-1", "@x", "\t=1", "Bos;\r\n=1"])
def test_row29_a_formula_in_a_name_is_neutralised_in_the_file(money, name):
    Declaration.objects.update(patient_name=name, performer_name=name)
    money.confirm(money.row())
    [line] = parsed(money.file(money.export()))
    for cell in line.values():
        assert not cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r")), cell


def test_row40_a_list_a_file_and_its_download_leave_a_line_per_patient(money):
    money.listed()
    money.confirm(money.row())
    money.file(money.export())
    events = AuditEvent.objects.filter(patient_id=money.person.pk).values_list("event", flat=True)
    assert {"billing.list", "billing.confirm", "billing.export", "billing.download"} <= set(events)


def test_the_list_filters_sorts_and_adds_up(money):
    other = money.other_patient()
    billing.make_declaration(other, money.practice, patient_name="Zus Bakker", amount_cents=None, day="2025-01-02")
    rows, totals = money.listed(sort="name")
    assert [row.patient_name.split()[0] for row in rows] == ["Anna", "Zus"]
    assert (totals.lines, totals.amount_cents, totals.without_amount, totals.seconds) == (2, 1243, 1, 720)
    assert len(money.listed(words="zus bak")[0]) == 1
    assert len(money.listed(state="confirmed")[0]) == 0
    assert len(money.listed(since=money.now.date())[0]) == 1
    assert len(money.listed(words="\x00%_")[0]) == 0


def test_export_of_ten_thousand_lines_takes_a_fixed_number_of_queries(money):
    def lines(count):
        Declaration.objects.bulk_create(
            [
                Declaration(
                    practice=money.practice, patient=money.person, source_kind="consult", source_id=10**9 + number,
                    day=money.now.date(), seconds=360, code="12011", description="Consult", amount_cents=1243,
                    state="confirmed", patient_name=f"Anna {number}", birth_date=money.person.birth_date,
                    bsn=money.person.bsn, performer_name="Samira", proposed_at=money.now,
                )
                for number in range(count)
            ]
        )  # fmt: skip
        with CaptureQueriesContext(connection) as captured:
            batch = money.export()

        return len(captured), batch

    few, _batch = lines(1)
    Declaration.objects.filter(state="exported").update(source_id=1)
    many, batch = lines(10_000)
    assert (few, batch.lines) == (many, 10_000)
    assert len(parsed(money.file(batch))) == 10_000


def test_r12_time_and_proposal_move_to_the_patient_concerned(money):
    money.confirm(money.row())
    child = money.other_patient()
    money.move(child)
    money.move(child)
    row = money.row()
    assert (row.patient_id, row.bsn, row.patient_name) == (child.pk, child.bsn, f"Sem {child.family_name}")
    assert (row.state, row.confirmed_by_name) == ("proposed", ""), "it is about somebody else: confirm it anew"
    assert set(TimeEntry.objects.values_list("patient_id", flat=True)) == {child.pk}
    for person in (money.person, child):
        assert AuditEvent.objects.filter(event="billing.move", patient_id=person.pk).exists()


def test_r12_an_exported_line_stays_and_is_credited_and_a_new_one_waits(money):
    money.confirm(money.row())
    money.export()
    before = Declaration.objects.get()
    child = money.other_patient()
    money.move(child)
    kept, credit = Declaration.objects.get(pk=before.pk), Declaration.objects.get(line_kind="credit")
    assert (kept.patient_id, kept.state, kept.is_credited) == (money.person.pk, "exported", True)
    assert (credit.patient_id, credit.amount_cents, credit.state) == (money.person.pk, -1243, "confirmed")
    assert (money.row().patient_id, money.row().state) == (child.pk, "proposed")
    money.confirm(money.row())
    lines = parsed(money.file(money.export()))
    assert {(line["soort"], line["bsn"]) for line in lines} == {("credit", money.person.bsn), ("debet", child.bsn)}
    [taken_back] = [line for line in lines if line["soort"] == "credit"]
    assert taken_back["crediteert"] == f"1/{before.pk}"
    assert taken_back["bedrag"] == "12,43"
    with pytest.raises(NotVisible):
        money.refuse(credit)


def test_r12_nothing_moves_to_a_patient_of_another_practice(money):
    stranger = world.make_person()
    world.enrol(stranger, world.make_practice())
    with pytest.raises(NotVisible):
        money.move(stranger)
    assert money.row().patient_id == money.person.pk


def test_the_database_keeps_one_live_line_per_source(money):
    with pytest.raises(IntegrityError), transaction.atomic():
        billing.make_declaration(money.person, money.practice, source_id=money.consult_id)


@pytest.mark.parametrize(
    "query",
    [
        "UPDATE billing_declarationevent SET code = 'x'",
        "DELETE FROM billing_declarationevent",
        "UPDATE billing_exportbatchcontent SET content = 'x'",
        "DELETE FROM billing_declaration",
        "DELETE FROM billing_timeentry",
        "UPDATE billing_timeentry SET employee_id = 1",
    ],
)
def test_trail_files_and_time_cannot_be_rubbed_out(money, query):
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        acting(money.staff()),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(query)


def test_row10_the_portal_reads_no_line_and_another_practice_none(money):
    with acting(money.viewer()), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        list(Declaration.objects.all())
    stranger = world.viewer_of_employee(world.make_employee(world.make_practice()))
    with acting(stranger):
        assert not Declaration.objects.exists()
        assert not TimeEntry.objects.exists()
        assert not DeclarationEvent.objects.exists()
