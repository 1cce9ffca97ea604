"""What the settings page tells of what patients see now (ux 44; R11, R14): the same as patients find."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.agenda.steps import Scene
from tests.agenda.test_managing_kinds import Managing
from tests.factories import agenda as rows
from tests.factories import world
from zorgbalie.agenda.models import Agenda, AppointmentKind, WeekBlock
from zorgbalie.agenda.queries.managing_advice import get_advice
from zorgbalie.agenda.queries.schedules import load_agendas
from zorgbalie.agenda.rules.advice import weeks_of
from zorgbalie.agenda.types.managing import Notice
from zorgbalie.kernel.clock import current_moment, local_date

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(now):
    found = Scene(now, release_plan="staggered", days_ahead=20)
    AppointmentKind.objects.update(days_ahead=20)
    return found


def advice_of(scene):
    return Managing(scene.practice)(get_advice, now=scene.now)


def notices(scene):
    return [(one.notice, one.name) for one in advice_of(scene).warnings]


def test_ux44_the_advice_is_what_a_patient_finds(scene):
    found, [kind] = scene.found(), advice_of(scene).kinds
    weeks = weeks_of(today=local_date(scene.now))
    assert kind.first == found.first[0].starts_at
    assert kind.this_week == sum(count for day, count in found.days if day in weeks.this)
    assert kind.next_week == sum(count for day, count in found.days if day in weeks.next)
    assert kind.next_week > 0


def test_ux44_a_booked_place_is_no_longer_counted(scene):
    before = advice_of(scene).kinds[0]
    place = scene.found().first[0]
    scene.booked(place)
    after = advice_of(scene).kinds[0]
    assert before.this_week + before.next_week - after.this_week - after.next_week in (0, 1)
    assert after.first > place.starts_at


def test_kinds_that_share_their_blocks_are_told_apart_by_what_they_ask(scene):
    """Looked up together only where they ask the same."""
    same = rows.make_kind(scene.practice, name="zelfde", days_ahead=20, position=1)
    longer = rows.make_kind(scene.practice, name="langer", minutes=60, days_ahead=20, position=2)
    for block in WeekBlock.objects.all():
        block.kinds.add(same, longer)
    one, two, three = advice_of(scene).kinds
    assert (two.name, two.kind_id) == ("zelfde", same.pk)
    assert (one.first, one.this_week, one.next_week) == (two.first, two.this_week, two.next_week)
    assert three.next_week < one.next_week


def test_r11_what_is_kept_for_urgent_cases_is_counted_and_not_offered(scene):
    Agenda.objects.update(urgent_reserve=3)
    [agenda] = advice_of(scene).agendas
    days = [day for day in weeks_of(today=local_date(scene.now)).next if not _closed(scene, day)]
    assert agenda.next_week == 3 * len(days)
    Agenda.objects.update(urgent_reserve=12)
    assert (Notice.ALL_RESERVED, scene.agenda.name) in notices(scene)
    assert advice_of(scene).kinds[0].first is None


def _closed(scene, day):

    [agenda] = load_agendas(practice_id=scene.practice.pk, first=day, until=day, now=scene.now)
    return day in agenda.closed


def test_ux44_nothing_to_mend_is_no_warning(scene):
    assert notices(scene) == []


def test_r14_patients_of_an_account_without_the_facility_are_named(scene):
    other = world.make_account(scene.practice, facilities=["medication"])
    assert (Notice.HIDDEN_FROM, other.name) in notices(scene)
    scene.practice.accounts.update(facilities=[])
    found = notices(scene)
    assert (Notice.FACILITY_OFF, "") in found
    assert Notice.HIDDEN_FROM not in [one for one, _name in found]


def test_ux44_an_online_kind_that_fits_nowhere_is_named(scene):
    lost = rows.make_kind(scene.practice, name="Zonder blok")
    long = rows.make_kind(scene.practice, name="Te lang", minutes=180)
    WeekBlock.objects.first().kinds.add(long)
    rows.make_kind(scene.practice, name="Niet online", is_online=False)
    found = {name for notice, name in notices(scene) if notice is Notice.KIND_WITHOUT_BLOCK}
    assert found == {lost.name, long.name}


def test_ux44_a_kind_without_times_is_named_and_for_how_long(scene):
    AppointmentKind.objects.update(hours_before=24 * 6)  # from Monday 10.00: this week is past
    assert (Notice.KIND_FULL, scene.kind.name) in notices(scene)
    AppointmentKind.objects.update(hours_before=24 * 13)
    assert (Notice.KIND_FULL_LONGER, scene.kind.name) in notices(scene)


def test_ux44_a_week_in_which_nobody_works_any_more_is_no_warning(scene):
    WeekBlock.objects.filter(weekday__gt=local_date(scene.now).weekday()).delete()
    WeekBlock.objects.filter(weekday=local_date(scene.now).weekday()).update(starts=6 * 60, ends=7 * 60)
    scene.now += timedelta(hours=12)
    [kind] = advice_of(scene).kinds
    assert (kind.this_week, kind.next_week > 0) == (0, True)
    assert notices(scene) == []


def test_ux44_how_an_agenda_opens_is_judged(scene):
    closed = rows.make_agenda(scene.practice, name="Dicht")
    rows.make_block(closed, scene.kind, is_online=False)
    Agenda.objects.filter(pk=scene.agenda.pk).update(release_plan="all")
    found = notices(scene)
    assert (Notice.AGENDA_WITHOUT_BLOCK, "Dicht") in found
    assert (Notice.ALL_AT_ONCE, scene.agenda.name) in found
    other = rows.make_agenda(scene.practice, name="ook", release_plan="all", position=1)
    rows.make_block(other, scene.kind)
    assert (Notice.ALL_AT_ONCE, f"{scene.agenda.name}, ook") in notices(scene)


def test_ux44_an_empty_practice_is_told_where_to_begin():
    manage = Managing()

    found = [one.notice for one in manage(get_advice, now=current_moment()).warnings]
    assert found == [Notice.FACILITY_OFF, Notice.NO_AGENDA, Notice.NO_KIND]


def test_ux44_a_practice_out_of_use_and_another_practice_do_not_count(scene):
    Agenda.objects.update(is_active=False)
    Scene(scene.now)
    advice = advice_of(scene)
    assert advice.agendas == ()
    assert advice.kinds[0].first is None
    assert len(advice.kinds) == 1


def test_the_advice_costs_as_many_queries_whatever_is_there(scene):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as found:
            advice_of(scene)
        return len(found)

    few = cost()
    for _ in range(5):
        agenda = rows.make_agenda(scene.practice)
        rows.every_day(agenda, rows.make_kind(scene.practice), ends=9 * 60)
    person = scene.patient()
    for days in range(3, 12):
        rows.make_appointment(person, agenda, scene.kind, scene.place(day=scene.day + timedelta(days=days)).starts_at)
    assert cost() == few
