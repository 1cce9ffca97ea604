"""Random interleavings of hold, book, lapse, move, cancel, occupy and changed blocks (R10, R11; security row 47).

After each step: no two live appointments overlap, every firm one has its time, no claim belongs to nobody, nothing
booked online lies in the urgent reserve of its day, and what was cancelled stays so.

`ZB_EXAMPLES=400` makes it ten thousand steps, for before a release.
"""

import os
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.agenda.steps import Scene
from tests.factories import agenda as rows
from zorgbalie.agenda.actions import desk
from zorgbalie.agenda.models import Appointment, Claim, Occupation, WeekBlock
from zorgbalie.agenda.models.changes import AppointmentChange
from zorgbalie.agenda.queries.schedules import load_agendas
from zorgbalie.agenda.rules.grid import cells_of
from zorgbalie.agenda.rules.opening import reserved
from zorgbalie.agenda.types import AgendaRefused
from zorgbalie.kernel.clock import current_moment

_RESERVE = 2
_TIMES = st.integers(0, 12).map(lambda number: 8 * 60 + number * 10)
_PICK = st.integers(0, 1000)


class Interleavings(RuleBasedStateMachine):
    """Three patients and a desk in two agendas."""

    @initialize()
    def begin(self):
        AppointmentChange.objects.all().delete()
        Appointment.objects.all().delete()
        Occupation.objects.all().delete()
        Claim.objects.all().delete()
        self.scene = Scene(self.begun, urgent_reserve=_RESERVE)
        self.long = rows.make_kind(self.scene.practice, minutes=20)
        self.other = rows.make_agenda(self.scene.practice, urgent_reserve=_RESERVE)
        rows.every_day(self.other, self.scene.kind, self.long, ends=10 * 60)
        for block in WeekBlock.objects.all():
            block.kinds.add(self.long)
        self.people = [self.scene.person, self.scene.patient(), self.scene.patient()]
        self.cancelled, self.booked = set(), set()

    def _try(self, act, *values, **named):
        try:
            return act(*values, **named)
        except AgendaRefused:
            return None

    def _place(self, minutes, second, kind):
        agenda = self.other if second else self.scene.agenda
        return self.scene.place(minutes, agenda, length=kind.minutes)

    def _any(self, pick, *states):
        found = list(Appointment.objects.filter(state__in=states).order_by("pk"))
        return found[pick % len(found)] if found else None

    @rule(minutes=_TIMES, second=st.booleans(), long=st.booleans(), who=st.integers(0, 2))
    def hold(self, minutes, second, long, who):
        kind = self.long if long else self.scene.kind
        self._try(self.scene.hold, self._place(minutes, second, kind), self.people[who], kind=kind)

    @rule(pick=_PICK)
    def book(self, pick):
        row = self._any(pick, "held", "cancelled")
        if row is not None:
            card = self._try(self.scene.book, _Card(row), row.patient)
            if card is not None:
                assert row.state == "held", "a cancelled hold never comes back"
                self.booked.add(row.pk)

    @rule(pick=_PICK)
    def lapse(self, pick):
        row = self._any(pick, "held")
        if row is not None and row.claim_id:
            Claim.objects.filter(pk=row.claim_id).update(expires_at=self.scene.now - timedelta(seconds=1))

    @rule(pick=_PICK)
    def cancel(self, pick):
        row = self._any(pick, "held", "booked")
        if row is not None:
            self.scene.cancel(_Card(row), row.patient)
            self.cancelled.add(row.pk)
            self.booked.discard(row.pk)

    @rule(pick=_PICK, minutes=_TIMES, second=st.booleans())
    def move(self, pick, minutes, second):
        row = self._any(pick, "booked")
        if row is not None:
            place = self._place(minutes, second, row.kind)
            self._try(self.scene.move, _Card(row), place, row.patient, revision=row.revision)

    @rule(minutes=_TIMES, second=st.booleans(), long=st.booleans(), who=st.integers(0, 2))
    def book_for(self, minutes, second, long, who):
        kind = self.long if long else self.scene.kind
        card = self._try(self.scene.book_for, self._place(minutes, second, kind), self.people[who], kind, uuid4())
        if card is not None:
            self.booked.add(card.appointment_id)

    @rule(minutes=_TIMES, second=st.booleans())
    def occupy(self, minutes, second):
        self._try(self.scene.occupy, self._place(minutes, second, self.long))

    @rule(pick=_PICK)
    def free_up(self, pick):
        found = list(Occupation.objects.order_by("pk"))
        if found:
            self.scene.at_desk(desk.free_up, occupation_id=found[pick % len(found)].pk, now=self.scene.now)

    @rule(pick=_PICK, ends=st.sampled_from([9 * 60, 10 * 60]))
    def change_a_block(self, pick, ends):
        blocks = list(WeekBlock.objects.filter(practice=self.scene.practice).order_by("pk"))
        WeekBlock.objects.filter(pk=blocks[pick % len(blocks)].pk).update(ends=ends)

    @invariant()
    def no_two_live_ones_overlap(self):
        live = Appointment.objects.filter(state="booked").order_by("agenda_id", "starts_at")
        for one, two in zip(live, list(live)[1:], strict=False):
            assert one.agenda_id != two.agenda_id or one.ends_at <= two.starts_at

    @invariant()
    def each_claim_has_its_owner_and_each_firm_one_its_claim(self):
        used = set(Appointment.objects.exclude(claim=None).values_list("claim_id", flat=True))
        used |= set(Occupation.objects.values_list("claim_id", flat=True))
        assert used == set(Claim.objects.values_list("pk", flat=True))
        firm = Appointment.objects.filter(state="booked")
        assert not firm.filter(claim__expires_at__isnull=False).exists()
        for row in firm.select_related("claim"):
            assert row.claim.place.upper - row.claim.place.lower == row.kind.minutes

    @invariant()
    def no_booking_is_lost_and_what_was_cancelled_stays_so(self):
        if hasattr(self, "booked"):
            assert set(Appointment.objects.filter(state="booked").values_list("pk", flat=True)) == self.booked
            assert self.cancelled <= set(Appointment.objects.filter(state="cancelled").values_list("pk", flat=True))

    @invariant()
    def the_reserve_is_intact(self):
        if not hasattr(self, "scene"):
            return
        day = self.scene.day
        agendas = load_agendas(practice_id=self.scene.practice.pk, first=day, until=day, now=self.scene.now)
        kept = {
            one.agenda_id: reserved(cells=cells_of(blocks=one.blocks, day=day), reserve=_RESERVE) for one in agendas
        }
        self.reserves = getattr(self, "reserves", {})
        for row in Appointment.objects.filter(state="booked", is_online=True):
            # A block that changed later may lay its reserve elsewhere: each is judged by the day as it was taken.
            known = self.reserves.setdefault((row.pk, row.revision), kept[row.agenda_id])
            assert not any(row.starts_at <= start < row.ends_at for start in known)


class _Card:
    """What a screen knows of a row."""

    def __init__(self, row):
        self.appointment_id, self.revision = row.pk, row.revision


@pytest.mark.django_db
def test_row47_no_interleaving_books_twice_loses_a_booking_or_opens_the_reserve():
    # One moment for all: within one transaction the clock of the database, which the wall compares with, stands still.
    Interleavings.begun = current_moment()
    run_state_machine_as_test(
        Interleavings,
        settings=settings(
            max_examples=int(os.environ.get("ZB_EXAMPLES", "12")),
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
