"""The use cases of an appointment, each as one unit of work in the database role of its side."""

from datetime import timedelta
from uuid import uuid4

from tests.conftest import acting
from tests.factories import agenda as rows
from tests.factories import world
from zorgbalie.agenda.actions import desk, patient
from zorgbalie.agenda.queries import patient as reads
from zorgbalie.agenda.types import Place
from zorgbalie.kernel.clock import local_date, moment_of
from zorgbalie.practice.free_days import DEFAULT_HOLIDAYS
from zorgbalie.practice.opening import Calendar, is_free_day


def working_day(day):
    """This day, or the first after it that is no holiday: on those no agenda offers anything."""
    calendar = Calendar(week=None, holidays=DEFAULT_HOLIDAYS, closings=())
    while is_free_day(calendar=calendar, day=day):
        day += timedelta(days=1)
    return day


class Scene:
    """A practice with one agenda that is open from 8.00 to 10.00 each day, and a patient who may book."""

    def __init__(self, now, **agenda):
        self.now = now
        self.practice = world.make_practice()
        self.account = world.make_account(self.practice, facilities=rows.FACILITIES)
        self.person = self.patient()
        self.employee = world.make_employee(self.practice, role="assistant")
        self.agenda = rows.make_agenda(self.practice, **agenda)
        self.kind = rows.make_kind(self.practice)
        rows.every_day(self.agenda, self.kind, ends=10 * 60)
        self.day = working_day(local_date(now) + timedelta(days=3))

    def patient(self, **values):
        person = world.make_person(**values)
        world.enrol(person, self.practice, self.account)
        return person

    def place(self, minutes=8 * 60, agenda=None, length=None, day=None):
        begins = moment_of(day=day or self.day, minutes=minutes)
        ends = begins + timedelta(minutes=length or self.kind.minutes)
        return Place(agenda_id=(agenda or self.agenda).pk, starts_at=begins, ends_at=ends)

    def found(self, person=None, day=None, kind=None):
        viewer = self.viewer(person)
        with acting(viewer):
            return reads.find_places(viewer=viewer, kind_id=(kind or self.kind).pk, day=day or self.day, now=self.now)

    def hold(self, place=None, person=None, token=None, kind=None, now=None):
        return self.as_patient(
            patient.hold, person, kind_id=(kind or self.kind).pk, place=place or self.place(), token=token or uuid4(),
            now=now or self.now,
        )  # fmt: skip

    def book(self, card, person=None, now=None, reason="Keelpijn"):
        return self.as_patient(
            patient.book, person, appointment_id=card.appointment_id, reason=reason, now=now or self.now
        )

    def booked(self, place=None, person=None, kind=None):
        return self.book(self.hold(place, person, kind=kind), person)

    def cancel(self, card, person=None, now=None):
        return self.as_patient(patient.cancel, person, appointment_id=card.appointment_id, now=now or self.now)

    def move(self, card, place, person=None, now=None, revision=None):
        return self.as_patient(
            patient.move, person, appointment_id=card.appointment_id, place=place,
            revision=card.revision if revision is None else revision, now=now or self.now,
        )  # fmt: skip

    def book_for(self, place=None, person=None, kind=None, token=None):
        return self.at_desk(
            desk.book_for, patient_id=(person or self.person).pk, kind_id=(kind or self.kind).pk,
            place=place or self.place(), reason="Belde", token=token or uuid4(), now=self.now,
        )  # fmt: skip

    def occupy(self, place, title="Overleg"):
        return self.at_desk(
            desk.occupy, agenda_id=place.agenda_id, starts_at=place.starts_at, ends_at=place.ends_at, kind="meeting",
            title=title, now=self.now,
        )  # fmt: skip

    def viewer(self, person=None):
        return world.viewer_of_patient(person or self.person)

    def staff(self):
        return world.viewer_of_employee(self.employee)

    def as_patient(self, act, person, **values):
        viewer = self.viewer(person)
        with acting(viewer):
            return act(viewer=viewer, **values)

    def at_desk(self, act, **values):
        viewer = self.staff()
        with acting(viewer):
            return act(viewer=viewer, **values)
