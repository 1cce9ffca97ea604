"""Agendas and texts as the manager sets them: each rule with its refusal (REQ 72 to 74; R11; rows 5, 6, 32)."""

from dataclasses import replace

import pytest

from tests.agenda.steps import Scene
from tests.agenda.test_managing_kinds import Managing, somebody_else
from tests.conftest import acting
from tests.factories import agenda as rows
from tests.factories import world
from zorgbalie.agenda.actions import managing_agendas as actions
from zorgbalie.agenda.actions.managing_settings import change_agenda_rules
from zorgbalie.agenda.models import Agenda, AgendaSettings, Appointment, Claim, WeekBlock
from zorgbalie.agenda.queries import managing, managing_agendas
from zorgbalie.agenda.rules.managing import wrong_field_of_agenda
from zorgbalie.agenda.types import AgendaRules, ReleasePlan
from zorgbalie.agenda.types.managing import BOUNDS, ManagedAgenda, SettingRefused, StillBooked
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.practice.types import ChangedMeanwhile

pytestmark = pytest.mark.django_db
GOOD = ManagedAgenda(name="dr. De Wit", function="huisarts")


@pytest.fixture
def manage(db):
    return Managing()


def test_r11_a_new_agenda_keeps_five_places_a_day_for_urgent_cases(manage, now):
    agenda_id = manage(actions.save_agenda, agenda=GOOD, now=now)
    found = manage(managing_agendas.get_managed_agenda, agenda_id=agenda_id)
    assert found == replace(GOOD, agenda_id=agenda_id, revision=1)
    assert (found.urgent_reserve, found.release_plan) == (5, ReleasePlan.ALL)
    assert AuditEvent.objects.filter(event="agenda.agenda_saved").count() == 1


def test_two_managers_at_once_the_second_is_told(manage, now):
    agenda_id = manage(actions.save_agenda, agenda=GOOD, now=now)
    seen = manage(managing_agendas.get_managed_agenda, agenda_id=agenda_id)
    manage(actions.save_agenda, agenda=replace(seen, urgent_reserve=6), now=now)
    with pytest.raises(ChangedMeanwhile):
        manage(actions.save_agenda, agenda=replace(seen, urgent_reserve=7), now=now)
    assert Agenda.objects.get(pk=agenda_id).urgent_reserve == 6


def test_a_name_stands_once_in_a_practice(manage, now):
    manage(actions.save_agenda, agenda=GOOD, now=now)
    with pytest.raises(SettingRefused) as refused:
        manage(actions.save_agenda, agenda=GOOD, now=now)
    assert refused.value.field == "name"


@pytest.mark.parametrize("name", ["urgent_reserve", "days_ahead"])
def test_row32_each_number_has_bounds(name):
    lowest, highest = BOUNDS[name]
    assert [wrong_field_of_agenda(agenda=replace(GOOD, **{name: one})) for one in (lowest, highest)] == ["", ""]
    for wrong in (lowest - 1, highest + 1):
        assert wrong_field_of_agenda(agenda=replace(GOOD, **{name: wrong})) == name


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"function": " "}, "function"),
        ({"function": "x" * 61}, "function"),
    ],
)
def test_row32_each_text_is_there_and_has_a_bound(values, wrong):
    assert wrong_field_of_agenda(agenda=replace(GOOD, **values)) == wrong


def test_row5_an_agenda_belongs_to_somebody_of_the_own_practice(manage, now):
    stranger = world.make_practice()
    account, employee = world.make_account(stranger), world.make_employee(stranger)
    for values, field in (({"account_id": account.pk}, "account"), ({"employee_id": employee.pk}, "employee")):
        with pytest.raises(SettingRefused) as refused:
            manage(actions.save_agenda, agenda=replace(GOOD, **values), now=now)
        assert refused.value.field == field
    own = {"account_id": world.make_account(manage.practice).pk, "employee_id": world.make_employee(manage.practice).pk}
    agenda_id = manage(actions.save_agenda, agenda=replace(GOOD, **own), now=now)
    assert Agenda.objects.filter(pk=agenda_id, **own).exists()


def test_row5_row6_only_the_own_practice_and_only_who_manages_it(manage, now):
    foreign, own = rows.make_agenda(world.make_practice()), rows.make_agenda(manage.practice)
    tries = (
        (managing_agendas.get_managed_agenda, {"agenda_id": foreign.pk}),
        (managing.count_coming_at_agenda, {"agenda_id": foreign.pk, "now": now}),
        (actions.move_agenda, {"agenda_id": foreign.pk, "up": True}),
        (actions.use_agenda, {"agenda_id": foreign.pk, "is_active": False, "seen": 0, "now": now}),
        (actions.copy_agenda, {"source_id": foreign.pk, "target_id": own.pk, "now": now}),
        (actions.copy_agenda, {"source_id": own.pk, "target_id": foreign.pk, "now": now}),
        (actions.save_agenda, {"agenda": replace(GOOD, agenda_id=foreign.pk), "now": now}),
    )
    for act, values in tries:
        with pytest.raises(NotVisible):
            manage(act, **values)
    doctor = somebody_else(manage.practice)
    with acting(doctor):
        for act, values in tries:
            with pytest.raises(NotAllowed):
                act(viewer=doctor, **values)
    foreign.refresh_from_db()
    assert (foreign.is_active, foreign.revision) == (True, 0)


def test_an_agenda_with_appointments_goes_out_of_use_only_by_who_saw_how_many(now):
    scene = Scene(now)
    manage = Managing(scene.practice)
    scene.booked()
    scene.occupy(scene.place(9 * 60))
    values = {"agenda_id": scene.agenda.pk, "is_active": False, "now": now}
    for wrong in (-1, 0, 2):
        with pytest.raises(StillBooked) as refused:
            manage(actions.use_agenda, seen=wrong, **values)
        assert refused.value.coming == 1, "a meeting is no appointment"
    before = list(Appointment.objects.values()), list(Claim.objects.values())
    for _ in range(2):
        manage(actions.use_agenda, seen=1, **values)
    scene.agenda.refresh_from_db()
    assert not scene.agenda.is_active
    assert (list(Appointment.objects.values()), list(Claim.objects.values())) == before
    assert AuditEvent.objects.filter(event="agenda.agenda_used").count() == 1, "twice is once, and a refusal no deed"
    assert scene.found().days == ()
    manage(actions.use_agenda, agenda_id=scene.agenda.pk, is_active=True, seen=-1, now=now)
    assert scene.found().days


def test_order_is_changed_one_place_at_a_time(manage, now):
    first, second = (manage(actions.save_agenda, agenda=replace(GOOD, name=name), now=now) for name in "ab")
    manage(actions.move_agenda, agenda_id=second, up=True)
    manage(actions.move_agenda, agenda_id=second, up=True)
    manage(actions.move_agenda, agenda_id=first, up=False)
    assert [one.name for one in manage(managing_agendas.list_managed_agendas)] == ["b", "a"]


def test_a_pattern_is_taken_over_once_with_its_kinds_and_never_over_another(manage, now):
    source = rows.make_agenda(manage.practice, urgent_reserve=7, release_plan="staggered", days_ahead=14)
    target, kind = rows.make_agenda(manage.practice), rows.make_kind(manage.practice)
    rows.make_block(source, kind, weekday=1)
    rows.make_block(source, weekday=2, valid_from=local_date(now), valid_until=local_date(now))
    rows.make_block(source, kind, weekday=3, valid_until=rows.date(2026, 1, 9))
    assert manage(actions.copy_agenda, source_id=source.pk, target_id=target.pk, now=now) == 2, "not what is over"
    copied = WeekBlock.objects.filter(agenda=target)
    assert [(one.weekday, [two.pk for two in one.kinds.all()]) for one in copied.order_by("weekday")] == [
        (1, [kind.pk]), (2, []),
    ]  # fmt: skip
    target.refresh_from_db()
    assert (target.urgent_reserve, target.release_plan, target.days_ahead) == (7, "staggered", 14)
    for wrong in (source.pk, target.pk):
        with pytest.raises(SettingRefused):
            manage(actions.copy_agenda, source_id=wrong, target_id=target.pk, now=now)
    assert WeekBlock.objects.count() == 5


# Texts and switches


def test_req73_texts_and_switches_are_stored_once_per_revision(manage):
    wanted = AgendaRules(intro_text="Bel bij twijfel.", reminders_on=False, offer_hours=2, quiet_from=0)
    manage(change_agenda_rules, wanted=wanted)
    assert manage(managing.get_managed_rules) == replace(wanted, revision=1)
    with pytest.raises(ChangedMeanwhile):
        manage(change_agenda_rules, wanted=wanted)
    manage(change_agenda_rules, wanted=replace(wanted, reminders_on=True, revision=1))
    assert manage(managing.get_managed_rules).revision == 2
    assert AuditEvent.objects.filter(event="agenda.settings_changed").count() == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [("intro_text", "x" * 601), ("route_text", "x" * 601), ("confirm_text", "x" * 601), ("offer_hours", 0),
     ("offer_hours", 73), ("quiet_from", 1440), ("quiet_until", -1)],
)  # fmt: skip
def test_row32_texts_and_numbers_have_bounds(manage, name, value):
    with pytest.raises(SettingRefused) as refused:
        manage(change_agenda_rules, wanted=AgendaRules(**{name: value}))
    assert refused.value.field == name
    assert not AgendaSettings.objects.exists()


def test_row6_only_who_manages_the_practice_changes_them(manage):
    doctor = somebody_else(manage.practice)
    with acting(doctor), pytest.raises(NotAllowed):
        change_agenda_rules(viewer=doctor, wanted=AgendaRules())
