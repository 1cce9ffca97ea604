"""Two people, or many presses, at the same moment (security row 48; REQ 50)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from tests.billing.steps import Money
from tests.factories import billing, world
from zorgbalie.access.unit_of_work import unit_of_work
from zorgbalie.billing.actions import declarations, exporting
from zorgbalie.billing.models import Declaration, DeclarationEvent, ExportBatch, TimeEntry
from zorgbalie.billing.types import BillingRefused
from zorgbalie.consult.actions import billing as consult_billing

_AT_ONCE = 6
pytestmark = pytest.mark.django_db(transaction=True)


def _together(acts):
    """Run all at the same moment, each on a connection of its own; returns what came of each."""
    start = Barrier(len(acts))

    def run(act):
        start.wait()
        try:
            return act()
        except BillingRefused as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def money(now):
    return Money(now).answered()


def test_row48_one_page_counted_by_many_requests_is_one_entry_with_the_most(money):
    token = uuid4()

    def spend(seconds):
        viewer = money.staff()
        with unit_of_work(viewer):
            return consult_billing.add_time(
                viewer=viewer, patient_id=money.person.pk, consult_id=money.consult_id, seconds=seconds, token=token,
                now=money.now,
            )  # fmt: skip

    _together([lambda seconds=seconds: spend(seconds) for seconds in (30, 60, 90, 120, 45, 15)])
    assert [one.seconds for one in TimeEntry.objects.all()] == [120]


def test_of_two_who_confirm_at_once_one_does_and_the_other_is_told(money):
    money.spend(360)
    money.propose()
    shown = money.row()
    colleagues = [world.make_employee(money.practice, name=f"Collega {number}") for number in range(2)]

    def confirm(employee):
        viewer = money.staff(employee)
        with unit_of_work(viewer):
            return declarations.confirm(viewer=viewer, chosen={shown.pk: shown.revision}, now=money.now)

    found = _together([lambda employee=employee: confirm(employee) for employee in colleagues])
    assert sorted(map(str, found)) == ["1", "DeclarationChanged"]
    assert DeclarationEvent.objects.filter(step="confirmed").count() == 1


def test_proposed_by_many_at_once_is_one_proposal(money):
    money.spend(360)

    def propose():
        viewer = money.staff()
        with unit_of_work(viewer):
            return consult_billing.propose(
                viewer=viewer, patient_id=money.person.pk, consult_id=money.consult_id, now=money.now
            ).code

    _together([propose] * _AT_ONCE)
    assert Declaration.objects.count() == 1


def test_a_line_goes_into_one_file_when_many_export_at_once(money):
    for _ in range(3):
        billing.make_declaration(money.person, money.practice, state="confirmed")

    def export():
        viewer = money.staff()
        with unit_of_work(viewer):
            return exporting.export(viewer=viewer, token=uuid4(), now=money.now).number

    found = _together([export] * _AT_ONCE)
    assert sorted(map(str, found)) == ["1", *["NothingToExport"] * (_AT_ONCE - 1)]
    assert ExportBatch.objects.get().lines == Declaration.objects.filter(state="exported").count() == 3
