"""Time on a thread and what is proposed (REQ 50): several employees, refusals, corrections, presses (rows 6, 48)."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tests.billing.steps import TODAY, Money
from tests.factories import billing, world
from zorgbalie.audit.models import AuditEvent
from zorgbalie.billing.models import BillingTariff, Declaration, DeclarationEvent, TimeEntry
from zorgbalie.billing.types import (
    LONGEST_SECONDS,
    BillingOff,
    DeclarationChanged,
    DeclarationFixed,
    NotBillable,
    Obstacle,
    TimeRefused,
)
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.practice.models import Enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture
def money(now):
    return Money(now).answered()


def test_req50_several_employees_add_up_whoever_did_it(money):
    doctor = world.make_employee(money.practice, name="dr. J. de Wit")
    money.spend(299)
    money.spend(901, doctor)
    found = money.panel()
    assert (found.seconds, found.proposal.code, found.proposal.amount_cents) == (1200, "12001", 2485)
    assert [(one.employee_name, one.seconds, one.is_own) for one in found.entries] == [
        ("Samira Bakker", 299, True), ("dr. J. de Wit", 901, False),
    ]  # fmt: skip
    assert money.propose().performer_name == "dr. J. de Wit"


def test_req50_the_code_and_the_amount_of_the_day_stand_in_the_proposal(money):
    money.spend(360)
    row = money.propose()
    assert (row.code, row.amount_cents, row.day, row.state) == ("12011", 1243, TODAY, "proposed")
    assert (row.patient_name.startswith("Anna"), row.birth_date) == (True, money.person.birth_date)


def test_req50_without_a_tariff_of_the_day_no_amount_is_guessed(money):
    BillingTariff.objects.filter(valid_from__year=money.now.year).delete()
    money.spend(360)
    assert (money.propose().code, money.row().amount_cents) == ("12011", None)


def test_row48_the_same_page_twice_counts_once_and_is_never_lowered(money):
    token = uuid4()
    assert [money.spend(seconds, token=token) for seconds in (60, 60, 90, 30)] == [True, False, True, False]
    assert TimeEntry.objects.get().seconds == 90
    money.spend(10, token=uuid4())
    assert money.panel().seconds == 100


def test_row48_proposed_twice_is_one_proposal_that_follows_the_time(money):
    money.spend(200)
    first = money.propose()
    assert money.propose().declaration_id == first.declaration_id
    money.spend(200)
    assert (money.row().seconds, money.row().code) == (400, "12011")
    assert Declaration.objects.count() == 1


@pytest.mark.parametrize("seconds", [-1, LONGEST_SECONDS + 1, 2**40])
def test_no_time_that_cannot_be_spent_on_one_answer(money, seconds):
    with pytest.raises(TimeRefused):
        money.spend(seconds)


def test_time_is_corrected_by_who_spent_it_with_the_revision_on_the_screen(money):
    money.spend(600)
    entry = TimeEntry.objects.get()
    money.correct_time(entry, 120)
    assert money.panel().seconds == 120
    with pytest.raises(DeclarationChanged):
        money.correct_time(entry, 60, revision=0)
    with pytest.raises(NotVisible):
        money.correct_time(entry, 60, world.make_employee(money.practice))
    assert not money.spend(900, token=entry.token), "what was typed holds: the page that counted raises it no more"


def test_req50_refused_without_an_answer_of_the_practice(now):
    money = Money(now)
    money.spend(360)
    assert money.panel().obstacle is Obstacle.NO_ANSWER
    with pytest.raises(NotBillable, match="nog niet beantwoord"):
        money.propose()


def test_req50_refused_without_time(money):
    with pytest.raises(NotBillable, match="geen tijd"):
        money.propose()
    assert not money.spend(0)


def test_req50_refused_for_who_was_not_enrolled_on_the_day_of_the_contact(money):
    Enrolment.objects.update(starts_on=TODAY + timedelta(days=1))
    money.spend(360)
    with pytest.raises(NotBillable, match="niet bij uw praktijk ingeschreven"):
        money.propose()


@pytest.mark.parametrize("values", [{"bsn": None}, {"bsn_verified_at": None}])
def test_req50_refused_without_a_verified_bsn(money, values):
    for name, value in values.items():
        setattr(money.person, name, value)
    money.person.save()
    money.spend(360)
    with pytest.raises(NotBillable, match="BSN"):
        money.propose()


def test_req50_a_mere_repeat_order_or_administration_is_not_declared_and_that_can_be_taken_back(money):
    money.spend(120)
    money.mark(True)
    money.mark(True)
    assert (money.row().state, money.row().reason) == ("refused", "administration")
    with pytest.raises(NotBillable, match="administratie"):
        money.propose()
    money.spend(300)
    money.mark(False)
    assert (money.row().state, money.row().reason, money.row().seconds) == ("proposed", "", 420)
    assert DeclarationEvent.objects.filter(step="refused").count() == 1


def test_req50_refused_when_it_was_decided_already(money):
    money.spend(360)
    money.propose()
    money.confirm(money.row())
    with pytest.raises(NotBillable, match="al besloten"):
        money.propose()
    with pytest.raises(DeclarationFixed):
        money.spend(60)
    with pytest.raises(DeclarationFixed):
        money.mark(True)


def test_several_a_day_for_other_threads(money):
    money.spend(360)
    money.propose()
    money.consult_id = money.ask(subject="Nog iets")
    money.answered()
    money.spend(360)
    money.propose()
    assert Declaration.objects.count() == 2


def test_switched_off_nothing_is_kept_or_shown(money):
    money.settings.is_on = False
    money.settings.save()
    assert money.panel() is None
    with pytest.raises(BillingOff):
        money.spend(60)
    with pytest.raises(BillingOff):
        money.propose()


def test_rounding_of_the_practice_decides_the_code_and_the_real_time_is_kept(now):
    money = Money(now, rounding="up").answered()
    money.spend(299)
    assert (money.propose().code, money.row().seconds) == ("12011", 299)


def test_the_contact_is_on_the_day_of_the_latest_answer(money):
    money.follow_up(money.consult_id)
    money.now = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
    money.answer(money.consult_id, "En dit nog.")
    money.spend(360)
    assert money.propose().day.isoformat() == "2026-12-01"


def test_row6_time_needs_the_right_to_answer(money):
    without = [right for right in StaffRight if right is not StaffRight.ANSWER_CONSULTS]
    other = world.make_employee(money.practice, rights=without)
    with pytest.raises(NotAllowed):
        money.spend(60, other)


def test_row5_another_practice_sees_and_adds_no_time(money):
    stranger = world.make_employee(world.make_practice())
    for act in (lambda: money.spend(60, stranger), lambda: money.propose(stranger)):
        with pytest.raises(NotVisible):
            act()
    assert money.panel(stranger) is None, "a practice that does not declare has no panel at all"
    billing.switch_on(stranger.practice)
    with pytest.raises(NotVisible):
        money.panel(stranger)
    assert not TimeEntry.objects.exists()


def test_r13_each_look_and_change_is_in_the_log(money):
    money.spend(360)
    money.panel()
    money.propose()
    events = set(AuditEvent.objects.filter(patient_id=money.person.pk).values_list("event", flat=True))
    assert {"billing.time", "billing.time_read", "billing.propose"} <= events


def test_the_known_amounts_are_shipped_with_their_source():
    from importlib import import_module

    from django.apps import apps

    fill = import_module("zorgbalie.billing.migrations.0002_known_tariffs").fill
    BillingTariff.objects.all().delete()
    fill(apps, None)
    fill(apps, None)
    found = {(one.valid_from.year, one.code): one.amount_cents for one in BillingTariff.objects.all()}
    assert found == {
        (2022, "12010"): 542, (2022, "12011"): 1083, (2022, "12001"): 2167,
        (2023, "12010"): 575, (2023, "12011"): 1151, (2023, "12001"): 2302,
        (2025, "12010"): 621, (2025, "12011"): 1243, (2025, "12001"): 2485,
    }  # fmt: skip
    assert not BillingTariff.objects.filter(source="").exists()
    billing.make_tariffs()
