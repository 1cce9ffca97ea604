"""A time that came free is offered to who waits for it (ux 43; R9, R11, R14, R15)."""

from datetime import datetime, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.agenda.working import EARLIER, Working, as_worker, refused, today_at
from tests.factories import agenda as rows
from zorgbalie.agenda import tasks
from zorgbalie.agenda.actions import clearing, offers
from zorgbalie.agenda.models import AgendaSettings, Appointment, AppointmentAnswer, Claim, EarlierOffer, EarlierWish
from zorgbalie.agenda.rules.offers import Wish, quiet_ends, stands_until, suits
from zorgbalie.agenda.types import PartOfDay, Place
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.clock import AMSTERDAM
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.messaging.models import Notice, NoticePreference
from zorgbalie.practice.models import Enrolment

database = pytest.mark.django_db


@pytest.fixture
def scene():
    return Working()


def _offered():
    return list(EarlierOffer.objects.filter(state="open").order_by("pk").values_list("wish_id", flat=True))


def _jobs():
    return ProcrastinateJob.objects.filter(task_name="agenda.offer_time")


def _at(clock):
    return datetime.fromisoformat(clock).replace(tzinfo=AMSTERDAM)


# The rules


@pytest.mark.parametrize(
    ("now", "ends"),
    [
        ("2026-11-24T20:59", None),
        ("2026-11-24T21:00", "2026-11-25T08:00"),
        ("2026-11-25T07:59", "2026-11-25T08:00"),
        ("2026-11-25T08:00", None),
        ("2027-03-27T22:00", "2027-03-28T08:00"),
        ("2027-03-28T03:30", "2027-03-28T08:00"),
        ("2026-10-24T23:00", "2026-10-25T08:00"),
    ],
)
def test_quiet_hours_over_midnight_and_over_both_changes_of_the_clock(now, ends):
    found = quiet_ends(now=_at(now), quiet_from=21 * 60, quiet_until=8 * 60)
    assert found == (_at(ends) if ends else None)


def test_quiet_hours_within_a_day_and_none_at_all():
    assert quiet_ends(now=_at("2026-11-24T12:15"), quiet_from=12 * 60, quiet_until=13 * 60) == _at("2026-11-24T13:00")
    assert quiet_ends(now=_at("2026-11-24T13:00"), quiet_from=12 * 60, quiet_until=13 * 60) is None
    assert quiet_ends(now=_at("2026-11-24T12:15"), quiet_from=600, quiet_until=600) is None
    assert quiet_ends(now=_at("2026-11-24T23:30"), quiet_from=1380, quiet_until=1440) == _at("2026-11-25T00:00")


_WISH = {
    "agenda_id": 1, "starts_at": _at("2026-12-10T10:00"), "change_until": _at("2026-12-09T10:00"),
    "only_same_agenda": False, "part_of_day": PartOfDay.ANY, "from_date": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("wish", "clock", "agenda", "expected"),
    [
        ({}, "2026-12-01T09:00", 2, True),
        ({}, "2026-12-10T10:00", 1, False),
        ({"only_same_agenda": True}, "2026-12-01T09:00", 2, False),
        ({"only_same_agenda": True}, "2026-12-01T09:00", 1, True),
        ({"part_of_day": PartOfDay.MORNING}, "2026-12-01T11:59", 1, True),
        ({"part_of_day": PartOfDay.MORNING}, "2026-12-01T12:00", 1, False),
        ({"part_of_day": PartOfDay.AFTERNOON}, "2026-12-01T12:00", 1, True),
        ({"part_of_day": PartOfDay.AFTERNOON}, "2026-12-01T11:59", 1, False),
        ({"from_date": _at("2026-12-02T00:00").date()}, "2026-12-01T23:50", 1, False),
        ({"from_date": _at("2026-12-02T00:00").date()}, "2026-12-02T00:10", 1, True),
    ],
)
def test_ux43_only_what_is_wished_for(wish, clock, agenda, expected):
    begins = _at(clock)
    place = Place(agenda_id=agenda, starts_at=begins, ends_at=begins + timedelta(minutes=10))
    assert suits(wish=Wish(**{**_WISH, **wish}), place=place) is expected


@pytest.mark.parametrize(
    ("now", "starts", "before", "until"),
    [
        ("2026-12-01T10:00", "2026-12-05T09:00", 2, "2026-12-01T14:00"),
        ("2026-12-01T19:00", "2026-12-05T09:00", 2, "2026-12-02T08:00"),  # would end at night
        ("2026-12-01T10:00", "2026-12-01T13:00", 2, "2026-12-01T11:00"),  # no longer than it can be booked
        ("2026-12-01T10:00", "2026-12-01T12:10", 2, None),  # ten minutes is no offer
        ("2026-12-09T08:00", "2026-12-09T20:00", 2, "2026-12-09T10:00"),  # nor than the own one can be moved
        ("2026-12-09T11:00", "2026-12-09T20:00", 2, None),
    ],
)
def test_ux43_how_long_an_offer_stands(now, starts, before, until):
    begins = _at(starts)
    place = Place(agenda_id=1, starts_at=begins, ends_at=begins + timedelta(minutes=10))
    found = stands_until(
        wish=Wish(**_WISH), place=place, hours=4, hours_before=before, quiet_from=21 * 60, quiet_until=8 * 60,
        now=_at(now),
    )  # fmt: skip
    assert found == (_at(until) if until else None)


# The round


@database
def test_ux43_the_oldest_wishes_first_three_at_a_time_and_told_once(scene):
    wishes = [scene.waiting(minutes=480 + 10 * one, created_at=scene.now - timedelta(days=one)) for one in range(5)]
    for _ in range(3):
        scene.offer()
    assert _offered() == [one.pk for one in (wishes[4], wishes[3], wishes[2])]
    assert Notice.objects.filter(kind=EARLIER).count() == 3
    assert AuditEvent.objects.filter(event="appointment.offer").count() == 3
    row = EarlierOffer.objects.first()
    assert (row.starts_at, row.expires_at) == (scene.place().starts_at, scene.now + timedelta(hours=4))


@database
def test_ux43_after_the_time_limit_the_next_are_told_and_nobody_twice(scene):
    wishes = [scene.waiting(minutes=480 + 10 * one, created_at=scene.now + timedelta(hours=one)) for one in range(5)]
    scene.offer()
    _jobs().delete()
    later = scene.now + timedelta(hours=4)
    scene.end(later - timedelta(minutes=1))
    assert len(_offered()) == 3
    scene.end(later)
    scene.end(later)
    assert (_offered(), _jobs().count()) == ([], 3)
    scene.offer(now=later)
    assert _offered() == [one.pk for one in wishes[3:]]
    assert EarlierOffer.objects.filter(state="expired").count() == 3


def _hold(scene, _wish):
    row = scene.appointment(day=scene.day, state="held", booked_at=None)
    Claim.objects.filter(pk=row.claim_id).update(expires_at=scene.now + timedelta(minutes=5))


def _refuse(scene, wish):
    place = scene.place()
    EarlierOffer.objects.create(
        practice=scene.practice, patient=wish.patient, wish=wish, agenda=scene.agenda, state="refused",
        starts_at=place.starts_at, ends_at=place.ends_at, offered_at=scene.now, expires_at=scene.now,
    )  # fmt: skip


def _cancel(scene, _wish):
    Appointment.objects.update(state="cancelled", claim=None, cancelled_at=scene.now)


_WHY_NOT = {
    "no consent (R15)": lambda *_: NoticePreference.objects.filter(kind=EARLIER).update(is_on=False),
    "appointments are off (R14)": lambda s, _: type(s.account).objects.update(facilities=["e_consult"]),
    "left the practice": lambda s, w: Enrolment.objects.filter(person=w.patient).update(ended_at=s.now),
    "only from a later day": lambda s, w: EarlierWish.objects.update(from_date=s.day + timedelta(days=1)),
    "only in the afternoon": lambda *_: EarlierWish.objects.update(part_of_day="afternoon"),
    "another kind": lambda s, _: Appointment.objects.update(kind=rows.make_kind(s.practice)),
    "the kind is not online any more": lambda s, _: type(s.kind).objects.update(is_online=False),
    "taken": lambda s, _: s.appointment(day=s.day),
    "held by somebody": _hold,
    "urgent reserve (R11)": lambda s, _: type(s.agenda).objects.update(urgent_reserve=12),
    "the practice offers nothing": lambda s, _: AgendaSettings.objects.create(practice=s.practice, earlier_on=False),
    "the wish is over": lambda *_: EarlierWish.objects.update(state="ended"),
    "the appointment is off": _cancel,
    "refused before": _refuse,
}


@database
@pytest.mark.parametrize("why", _WHY_NOT)
def test_ux43_nothing_is_offered_that_does_not_fit(scene, why):
    wish = scene.waiting()
    _WHY_NOT[why](scene, wish)
    scene.offer()
    assert (_offered(), Notice.objects.filter(kind=EARLIER).count()) == ([], 0)


@database
def test_r11_of_a_day_with_a_reserve_only_the_other_places_are_offered(scene):
    type(scene.agenda).objects.update(urgent_reserve=11)
    scene.waiting()
    whole = scene.place(length=120)
    scene.offer(whole)
    found = EarlierOffer.objects.get()
    free = scene.found().on_day
    assert [found.starts_at] == [one.starts_at for one in free]


@database
def test_a_longer_kind_gets_a_place_only_when_the_whole_is_free(scene):
    long = rows.make_kind(scene.practice, minutes=20)
    for block in scene.agenda.blocks.all():
        block.kinds.add(long)
    wish = scene.waiting(minutes=540)
    Appointment.objects.filter(pk=wish.appointment_id).update(kind=long)
    scene.appointment(day=scene.day, minutes=490)
    scene.offer(scene.place(480))
    assert _offered() == []
    scene.offer(scene.place(500))
    assert _offered() == [wish.pk]


@database
def test_who_cannot_be_told_is_passed_over_for_the_next(scene):
    silent = [scene.waiting(minutes=480 + 10 * one, created_at=scene.now - timedelta(days=9)) for one in range(3)]
    NoticePreference.objects.filter(kind=EARLIER, person__in=[one.patient for one in silent]).update(is_on=False)
    wish = scene.waiting(minutes=540)
    scene.offer()
    assert _offered() == [wish.pk]


@database
def test_ux43_in_the_quiet_hours_nothing_goes_out_and_it_is_looked_at_again_in_the_morning(scene):
    scene.waiting()
    scene.offer(now=today_at(23))
    assert (_offered(), Notice.objects.count()) == ([], 0)
    job = _jobs().get()
    assert job.scheduled_at.astimezone(AMSTERDAM).hour == 8
    assert set(job.args) == {"practice_id", "lower", "upper"}
    with as_worker():
        tasks.offer_all(now=job.scheduled_at, **job.args)
    assert len(_offered()) == 1


@database
def test_when_somebody_has_the_place_the_offers_are_over_and_nobody_else_is_told(scene):
    scene.waiting()
    scene.offer()
    scene.appointment(day=scene.day)
    _jobs().delete()
    scene.end(scene.now + timedelta(minutes=5))
    assert EarlierOffer.objects.get().state == "gone"
    assert _jobs().count() == 0
    assert Notice.objects.filter(kind=EARLIER).count() == 1


@database
def test_an_offer_ends_with_its_wish(scene):
    wish = scene.waiting()
    scene.offer()
    EarlierWish.objects.filter(pk=wish.pk).update(state="ended")
    scene.end(scene.now + timedelta(minutes=5))
    assert EarlierOffer.objects.get().state == "expired"


@database
def test_row57_a_fault_at_one_leaves_the_others_and_a_second_round_completes_it(scene, monkeypatch):
    first, second = scene.waiting(created_at=scene.now - timedelta(days=9)), scene.waiting(minutes=500)
    tell = offers.tell_where_served
    monkeypatch.setattr(
        offers, "tell_where_served", lambda **v: 1 / 0 if v["patient_id"] == first.patient_id else tell(**v)
    )
    scene.offer()
    assert _offered() == [second.pk]
    monkeypatch.undo()
    scene.offer()
    assert sorted(_offered()) == sorted([first.pk, second.pk])
    assert Notice.objects.filter(kind=EARLIER).count() == 2


@database
@pytest.mark.parametrize("count", [1, 12])
def test_finding_who_fits_costs_the_same_however_many_wait(scene, count, django_assert_num_queries):
    from zorgbalie.agenda.queries.settings import get_rules
    from zorgbalie.agenda.queries.waiting import list_fitting

    for one in range(count):
        scene.waiting(minutes=480 + 10 * (one % 12), days=7 + one // 12)
    rules = get_rules(practice_id=scene.practice.pk)
    with django_assert_num_queries(9):
        list_fitting(practice_id=scene.practice.pk, stretch=scene.place(), rules=rules, now=scene.now)


# What lapsed


@database
def test_a_held_place_that_lapsed_is_cleared_and_never_comes_back(scene):
    held = scene.appointment(day=scene.day, state="held", booked_at=None, created_at=scene.now - timedelta(hours=1))
    Claim.objects.filter(pk=held.claim_id).update(expires_at=scene.now - timedelta(days=1))
    for _ in range(2):
        scene.clear()
    held.refresh_from_db()
    assert (held.state, held.claim_id, held.cancelled_by) == ("cancelled", None, "lapsed")
    assert Claim.objects.count() == 0
    assert AuditEvent.objects.filter(event="appointment.lapse").count() == 1


@database
def test_req36_what_was_typed_for_a_time_that_lapsed_is_not_kept(scene):
    """Nor seen by the worker, which removes it; what was typed for an appointment stays."""
    hour = scene.now - timedelta(hours=1)
    held = scene.appointment(day=scene.day, state="held", booked_at=None, created_at=hour, reason="Keelpijn")
    booked = scene.appointment(day=scene.day, minutes=500, person=scene.patient(), created_at=hour, reason="Hoofdpijn")
    for one in (held, booked):
        AppointmentAnswer.objects.create(
            practice=scene.practice, patient=one.patient, appointment=one, place=1, label="Waar?", kind="short",
            answer="Aan mijn been", is_answered=True,
        )  # fmt: skip
    Claim.objects.filter(pk=held.claim_id).update(expires_at=scene.now - timedelta(days=1))
    assert refused("SELECT answer FROM agenda_appointmentanswer")
    scene.clear()
    held.refresh_from_db()
    booked.refresh_from_db()
    assert (held.state, held.reason, booked.reason) == ("cancelled", "", "Hoofdpijn")
    assert [one.appointment_id for one in AppointmentAnswer.objects.all()] == [booked.pk]


@database
def test_ux8_who_types_longer_than_five_minutes_keeps_what_was_typed(scene):
    """The clock gives the time back; the draft stays for an hour, so that nothing typed is lost."""
    held = scene.appointment(
        day=scene.day, state="held", booked_at=None, created_at=scene.now - timedelta(minutes=59), reason="Keelpijn"
    )
    Claim.objects.filter(pk=held.claim_id).update(expires_at=scene.now - timedelta(days=1))
    scene.clear()
    held.refresh_from_db()
    assert (held.state, held.claim_id, held.reason) == ("held", None, "Keelpijn")


@database
def test_what_is_held_still_or_firm_stays(scene):
    firm = scene.appointment(day=scene.day)
    held = scene.appointment(day=scene.day, minutes=500, person=scene.patient(), state="held", booked_at=None)
    Claim.objects.filter(pk=held.claim_id).update(expires_at=scene.now + timedelta(days=2))
    scene.clear()
    assert Claim.objects.count() == 2
    assert [Appointment.objects.get(pk=one.pk).state for one in (firm, held)] == ["booked", "held"]


@database
def test_time_that_was_held_in_vain_is_offered_to_who_waits(scene):
    held = scene.appointment(day=scene.day, state="held", booked_at=None)
    Claim.objects.filter(pk=held.claim_id).update(expires_at=scene.now - timedelta(days=1))
    scene.waiting()
    scene.clear()
    assert _jobs().count() == 1


@database
def test_old_offers_are_forgotten_and_open_or_coming_ones_stay(scene):
    wish = scene.waiting()
    base = {"practice": scene.practice, "patient": wish.patient, "wish": wish, "agenda": scene.agenda}
    times = {"offered_at": scene.now, "expires_at": scene.now}
    for days, state in ((-40, "expired"), (-40, "open"), (-5, "taken"), (5, "refused")):
        begins = scene.now + timedelta(days=days, hours=len(state))
        EarlierOffer.objects.create(
            **base, **times, state=state, starts_at=begins, ends_at=begins + timedelta(minutes=10)
        )
    with as_worker():
        tasks.forget_offers(timestamp=0)
    assert sorted(EarlierOffer.objects.values_list("state", flat=True)) == ["open", "refused", "taken"]


@database
def test_ux43_a_wish_ends_with_its_appointment(scene):
    idle, waits = scene.waiting(), scene.waiting(minutes=500)
    Appointment.objects.filter(pk=idle.appointment_id).update(state="done")
    for _ in range(2):
        with as_worker():
            tasks.forget_all(now=scene.now)
    assert [EarlierWish.objects.get(pk=one.pk).state for one in (idle, waits)] == ["ended", "waiting"]
    assert AuditEvent.objects.filter(event="appointment.wish_end").count() == 1


# Walls


@database
def test_only_the_worker_looks_who_waits(scene):
    for ask in (
        lambda v: offers.list_over(viewer=v, now=scene.now),
        lambda v: clearing.list_lapsed(viewer=v, now=scene.now),
    ):
        with pytest.raises(NotVisible):
            ask(scene.viewer())


@database
def test_the_walls_keep_the_worker_to_its_task(scene):
    scene.waiting()
    assert refused("UPDATE agenda_earlieroffer SET expires_at = now()")
    assert refused("UPDATE agenda_earlierwish SET part_of_day = 'any'")
    assert refused("DELETE FROM agenda_appointment")
    assert refused("INSERT INTO agenda_claim (practice_id, agenda_id, place) VALUES (1, 1, '[1,2)')")
