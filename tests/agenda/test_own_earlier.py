"""Waiting for an earlier time, and who says yes first (ux 43; R11; rows 1, 46, 48)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from tests.agenda.steps import Scene
from tests.conftest import acting
from tests.factories import earlier, world
from zorgbalie.access.unit_of_work import unit_of_work
from zorgbalie.agenda.actions import wishes
from zorgbalie.agenda.models import (
    Agenda,
    AgendaSettings,
    Appointment,
    AppointmentKind,
    Claim,
    EarlierOffer,
    EarlierWish,
    WeekBlock,
)
from zorgbalie.agenda.queries import offers, own
from zorgbalie.agenda.rules.offering import answer_until
from zorgbalie.agenda.types import AppointmentChanged, PartOfDay, TooLate
from zorgbalie.agenda.types.own import OfferOver, WishRefused
from zorgbalie.audit.models import AuditEvent
from zorgbalie.faces.patient.log.words import _special
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.messaging.models import NoticePreference
from zorgbalie.messaging.types import Channel
from zorgbalie.practice.models import Account


class Waiting(Scene):
    """Somebody with an appointment at 9.50, who waits, and who is offered 8.00 of that day."""

    def __init__(self, **agenda):
        super().__init__(current_moment(), **agenda)
        self.card = self.booked(self.place(9 * 60 + 50))
        self.row = Appointment.objects.get(pk=self.card.appointment_id)

    def ask(self, person=None, **values):
        asked = {"only_same_agenda": False, "part_of_day": PartOfDay.ANY, "from_date": None, "now": self.now, **values}
        return self.as_patient(wishes.ask_earlier, person, appointment_id=self.card.appointment_id, **asked)

    def offered(self, place=None, row=None, **values):
        wish = EarlierWish.objects.filter(appointment=row or self.row).first()
        return earlier.make_offer(
            wish or earlier.make_wish(row or self.row, self.now), place or self.place(), self.now, **values
        )

    def accept(self, offer, person=None, revision=None, now=None):
        return self.as_patient(
            wishes.accept_offer, person, offer_id=offer.pk, now=now or self.now,
            revision=self.card.revision if revision is None else revision,
        )  # fmt: skip

    def look(self, offer, person=None, now=None):
        return self.as_patient(offers.get_offer, person, offer_id=offer.pk, now=now or self.now)


@pytest.fixture
def scene(db):
    return Waiting()


def test_ux43_one_puts_oneself_on_the_list_changes_it_and_stops(scene):
    scene.ask()
    scene.ask(only_same_agenda=True, part_of_day=PartOfDay.MORNING, from_date=scene.day)
    (wish,) = EarlierWish.objects.all()
    assert (wish.state, wish.only_same_agenda, wish.part_of_day) == ("waiting", True, "morning")
    for _again in range(2):
        scene.as_patient(wishes.stop_earlier, None, appointment_id=scene.card.appointment_id, now=scene.now)
    assert EarlierWish.objects.get().state == "ended"
    scene.ask()
    assert EarlierWish.objects.filter(state="waiting").count() == 1


def test_no_list_when_the_practice_has_it_off_or_it_is_not_moved_online(scene):
    AgendaSettings.objects.create(practice=scene.practice, earlier_on=False)
    with pytest.raises(WishRefused):
        scene.ask()
    AgendaSettings.objects.update(earlier_on=True)
    AppointmentKind.objects.update(is_online=False)
    with pytest.raises(WishRefused):
        scene.ask()
    AppointmentKind.objects.update(is_online=True)
    with pytest.raises(WishRefused) as refused:
        scene.ask(from_date=date(9999, 12, 31))
    assert refused.value.field == "from_date"
    AppointmentKind.objects.update(cancel_hours=24 * 30)
    with pytest.raises(TooLate):
        scene.ask()
    assert not EarlierWish.objects.exists()


def test_yes_moves_the_appointment_at_once_and_twice_is_once(scene):
    offer = scene.offered()
    card = scene.accept(offer)
    assert (card.starts_at, card.revision) == (scene.place().starts_at, scene.card.revision + 1)
    assert scene.accept(offer) == card
    assert EarlierOffer.objects.get().state == "taken"
    assert EarlierWish.objects.get().state == "done"
    assert scene.place(9 * 60 + 50) in scene.found().on_day, "the old time is free"
    assert Claim.objects.count() == 1
    assert not Claim.objects.filter(expires_at__isnull=False).exists()


def test_no_keeps_the_appointment_and_the_place_on_the_list(scene):
    offer = scene.offered()
    for _again in range(2):
        scene.as_patient(wishes.refuse_offer, None, offer_id=offer.pk, now=scene.now)
    assert EarlierOffer.objects.get().state == "refused"
    assert EarlierWish.objects.get().state == "waiting"
    with pytest.raises(OfferOver):
        scene.accept(offer)
    assert Appointment.objects.get(pk=scene.row.pk).starts_at == scene.card.starts_at


def test_who_comes_second_reads_that_it_is_gone_and_stays_on_the_list(scene):
    offer, other = scene.offered(), scene.patient()
    theirs = scene.booked(scene.place(9 * 60), other)
    their_offer = scene.offered(row=Appointment.objects.get(pk=theirs.appointment_id))
    assert scene.look(offer).is_open
    scene.accept(their_offer, other, theirs.revision)
    assert not scene.look(offer).is_open
    with pytest.raises(OfferOver, match="Iemand anders was eerder"):
        scene.accept(offer)
    assert EarlierWish.objects.get(appointment=scene.row).state == "waiting"
    assert Appointment.objects.get(pk=scene.row.pk).starts_at == scene.card.starts_at


@pytest.mark.django_db(transaction=True)
def test_row46_two_patients_say_yes_at_once_and_exactly_one_has_it():
    scene = Waiting()
    people = [scene.person] + [scene.patient() for _ in range(3)]
    cards = [scene.card] + [scene.booked(scene.place(9 * 60 + 10 * n), one) for n, one in enumerate(people[1:])]
    made = [scene.offered(row=Appointment.objects.get(pk=card.appointment_id)) for card in cards]
    start = Barrier(len(people))

    def say_yes(number):
        viewer = scene.viewer(people[number])
        start.wait()
        try:
            with unit_of_work(viewer):
                return wishes.accept_offer(
                    viewer=viewer, offer_id=made[number].pk, revision=cards[number].revision, now=scene.now
                )
        except OfferOver as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        outcomes = list(pool.map(say_yes, range(len(people))))
    assert sum(isinstance(one, OfferOver) for one in outcomes) == len(people) - 1
    assert Appointment.objects.filter(starts_at=scene.place().starts_at).count() == 1
    assert Claim.objects.count() == len(people), "nobody lost the own time"
    assert EarlierOffer.objects.filter(state="taken").count() == 1
    assert EarlierWish.objects.filter(state="waiting").count() == len(people) - 1


def test_r11_an_offer_is_taken_before_its_release_and_never_from_the_reserve(scene):
    Agenda.objects.update(release_plan="staggered", days_ahead=1)
    assert scene.place() not in scene.found().on_day
    offer = scene.offered()
    Agenda.objects.update(urgent_reserve=12)
    with pytest.raises(OfferOver):
        scene.accept(offer)
    Agenda.objects.update(urgent_reserve=0)
    WeekBlock.objects.update(is_online=False)
    with pytest.raises(OfferOver):
        scene.accept(offer)
    WeekBlock.objects.update(is_online=True)
    assert scene.accept(offer).starts_at == scene.place().starts_at


def test_a_held_time_is_not_open_until_it_lapses(scene):
    offer, other = scene.offered(), scene.patient()
    scene.hold(person=other)
    assert not scene.look(offer).is_open
    assert scene.look(offer, now=scene.now + timedelta(minutes=5)).is_open


def test_too_late_lapsed_ended_or_changed_meanwhile_leaves_all_as_it_was(scene):
    offer = scene.offered()
    with pytest.raises(OfferOver):
        scene.accept(offer, now=offer.expires_at + timedelta(microseconds=1))
    with pytest.raises(AppointmentChanged):
        scene.accept(offer, revision=99)
    AppointmentKind.objects.update(cancel_hours=24 * 30)
    with pytest.raises(TooLate):
        scene.accept(offer)
    AppointmentKind.objects.update(cancel_hours=0)
    EarlierWish.objects.update(state="ended")
    with pytest.raises(OfferOver):
        scene.accept(offer)
    assert Appointment.objects.get(pk=scene.row.pk).starts_at == scene.card.starts_at


def test_an_offer_that_is_no_longer_earlier_is_over(scene):
    scene.move(scene.card, scene.place(8 * 60 + 20))
    offer = scene.offered(scene.place(9 * 60))
    with pytest.raises(OfferOver):
        scene.accept(offer, revision=scene.card.revision + 1)


def test_at_the_very_bound_one_may_and_it_counts_hours_over_the_change_of_the_clock():
    # 28 March 2027: between 1.00 and 4.00 on the clock lie two hours.
    change = datetime(2027, 3, 28, 2, 0, tzinfo=UTC)
    until = answer_until(
        expires_at=change + timedelta(days=2), starts_at=change + timedelta(hours=1), hours_before=3,
        change_until=change + timedelta(days=1),
    )  # fmt: skip
    assert until == datetime(2027, 3, 28, 0, 0, tzinfo=UTC)


def test_row1_an_offer_or_wish_of_another_is_not_there(scene):
    offer, other = scene.offered(), scene.patient()
    for act in (scene.accept, scene.look):
        with pytest.raises(NotVisible):
            act(offer, other)
    with pytest.raises(NotVisible):
        scene.ask(other)
    with pytest.raises(NotVisible):
        scene.as_patient(wishes.refuse_offer, other, offer_id=offer.pk, now=scene.now)
    with pytest.raises(NotVisible):
        scene.as_patient(wishes.stop_earlier, other, appointment_id=scene.card.appointment_id, now=scene.now)
    assert EarlierOffer.objects.get().state == "open"


def test_r14_off_is_off_for_offers_too(scene):
    offer = scene.offered()
    Account.objects.update(facilities=[])
    for act in (scene.accept, scene.look):
        with pytest.raises(NotVisible):
            act(offer)


def test_r15_by_which_ways_an_offer_would_come(scene):
    def ways():
        viewer = scene.viewer()
        with acting(viewer):
            return own.get_own(viewer=viewer, appointment_id=scene.card.appointment_id, now=scene.now).ways

    assert ways() == frozenset()
    NoticePreference.objects.create(person=scene.person, kind="earlier_time", channel="email", is_on=True)
    scene.person.email_verified_at = None
    scene.person.save()
    assert ways() == frozenset(), "an address that was not proved reaches nobody"
    scene.person.email_verified_at = world.MOMENT
    scene.person.save()
    assert ways() == frozenset({Channel.EMAIL})


def test_r13_each_step_is_a_line_with_words(scene):
    scene.ask()
    offer = scene.offered(scene.place(8 * 60 + 10))
    scene.look(offer)
    scene.as_patient(wishes.refuse_offer, None, offer_id=offer.pk, now=scene.now)
    scene.as_patient(wishes.stop_earlier, None, appointment_id=scene.card.appointment_id, now=scene.now)
    events = set(AuditEvent.objects.filter(patient_id=scene.person.pk).values_list("event", flat=True))
    wanted = {
        "appointment.earlier_ask", "appointment.earlier_stop", "appointment.offer_read", "appointment.offer_refuse",
    }  # fmt: skip
    assert wanted <= events
    assert all(_special(one) for one in {*wanted, "appointment.offer_accept"})
