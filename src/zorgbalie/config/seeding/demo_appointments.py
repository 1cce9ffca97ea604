"""What stands in the demo's agendas: appointments of today and the days around it, a meeting, leave, and a wish."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from psycopg import Connection
from psycopg.types.range import Int8Range

from zorgbalie.agenda.types.places import numbers_of
from zorgbalie.config.seeding.rows import insert_one
from zorgbalie.kernel.clock import local_date, moment_of
from zorgbalie.practice.free_days import DEFAULT_HOLIDAYS
from zorgbalie.practice.opening import Calendar, is_free_day

_REASONS = ("Hoesten", "Pijn in mijn knie", "Moe", "Huiduitslag op mijn arm", "Controle", "Uitslag bespreken", "")
_NAMES = {
    "one": "1 klacht", "two": "2 klachten of een lang gesprek", "call": "Bellen met de huisarts",
    "ears": "Oren uitspuiten", "pressure": "Bloeddruk meten", "wart": "Wrat behandelen",
    "sugar": "Controle bij diabetes",
}  # fmt: skip
# Which part of a morning is full, in minutes since midnight: the rest stays free for who tries to book.
_BUSY = (
    ("wit", "one", (480, 490, 500, 520, 540, 550, 570, 590, 610, 660)),
    ("wit", "call", (780, 800, 820)),
    ("yilmaz", "two", (480, 520, 560, 620)),
    ("bakker", "pressure", (510, 555, 600)),
    ("bakker", "ears", (540, 630)),
)
_LATER = (("wit", "one", (500, 530, 600)), ("yilmaz", "one", (490, 560)), ("bakker", "wart", (525, 585)))


@dataclass(frozen=True, kw_only=True, slots=True)
class AgendaScene:
    """Who and where: numbers of the rows that the agenda is about."""

    practice: int
    accounts: tuple[int, ...]
    employees: Mapping[str, int]
    people: Mapping[str, int]
    others: tuple[int, ...]
    now: datetime


@dataclass(slots=True)
class DemoAppointments:
    """Fills the days. Whose turn it is goes round the other patients of the practice."""

    link: Connection[Any]
    scene: AgendaScene
    agendas: Mapping[str, int]
    kinds: Mapping[str, tuple[int, int, str]]
    turn: int = field(default=0)

    def fill(self) -> None:
        """Today and a week back and ahead as a practice really is, and the named people each with something."""
        today = local_date(self.scene.now)
        days = list(self._working_days(today - timedelta(days=7), 18))
        for number, day in enumerate(days):
            self._occupy("wit", day, 630, 645, "break", "Koffie")
            for agenda, kind, times in _BUSY if day <= today + timedelta(days=1) else _LATER:
                for minutes in times[number % 2 :] if self._opens(agenda, day) else ():
                    self._book(self._next_person(), agenda, kind, day, minutes)
        coming = [day for day in days if day > today]
        self._occupy("wit", coming[1], 690, 720, "meeting", "Overleg met de apotheek")
        self._occupy("yilmaz", coming[2], 600, 720, "visits", "Visites")
        insert_one(
            self.link, "agenda_agendaclosing", practice_id=self.scene.practice, agenda_id=self.agendas["willems"],
            starts_on=coming[-1], ends_on=coming[-1] + timedelta(days=6), reason="Verlof",
        )  # fmt: skip
        self._named(days, coming)

    def _named(self, days: list[date], coming: list[date]) -> None:
        people = self.scene.people
        self._book(people["Jacqueline"], "wit", "one", coming[0], 700, "Pijn in mijn schouder", by=people["Jacqueline"])
        later = self._book(
            people["Jacqueline"], "bakker", "pressure", coming[-2], 660, "Controle", by=people["Jacqueline"]
        )
        self._book(people["Jacqueline"], "yilmaz", "one", days[0], 700, "Slaap slecht")
        self._cancelled(people["Jacqueline"], "wit", "call", coming[3], 830)
        self._book(people["Sem"], "wit", "one", coming[2], 690, "Oorpijn", by=people["Pieter"])
        wished = self._book(people["Fatima"], "wit", "one", coming[-1], 670, "", by=people["Fatima"])
        self._wish(people["Jacqueline"], later)
        self._offer(people["Fatima"], self._wish(people["Fatima"], wished), coming[1])

    def _working_days(self, since: date, wanted: int) -> Iterator[date]:
        closings = self.link.execute(
            "SELECT starts_on, ends_on FROM practice_practiceclosing WHERE practice_id = %s", [self.scene.practice]
        ).fetchall()
        calendar = Calendar(week=None, holidays=DEFAULT_HOLIDAYS, closings=())
        day, weekend = since, (5, 6)
        while wanted:
            closed = any(first <= day <= last for first, last in closings)
            if day.weekday() not in weekend and not closed and not is_free_day(calendar=calendar, day=day):
                yield day
                wanted -= 1
            day += timedelta(days=1)

    def _next_person(self) -> int:
        self.turn += 1
        return self.scene.others[self.turn % len(self.scene.others)]

    def _opens(self, agenda: str, day: date) -> bool:
        """Dr. Yilmaz is not there on Wednesdays."""
        wednesday = 2
        return agenda != "yilmaz" or day.weekday() != wednesday

    def _claim(self, agenda: str, starts_at: datetime, ends_at: datetime) -> int:
        lower, upper = numbers_of(agenda_id=self.agendas[agenda], starts_at=starts_at, ends_at=ends_at)
        return insert_one(
            self.link, "agenda_claim", practice_id=self.scene.practice, agenda_id=self.agendas[agenda],
            place=Int8Range(lower, upper), expires_at=None,
        )  # fmt: skip

    def _book(
        self, person: int, agenda: str, kind: str, day: date, minutes: int, reason: str | None = None,
        by: int | None = None,
    ) -> int:  # fmt: skip
        starts_at, ends_at = _moments(day, minutes, self.kinds[kind][1])
        if not self._opens(agenda, day):
            day += timedelta(days=1)
            starts_at, ends_at = _moments(day, minutes, self.kinds[kind][1])
        is_past = ends_at <= self.scene.now
        missed = is_past and self.turn % 11 == 0
        return self._row(
            person, agenda, kind, starts_at, ends_at, by=by,
            claim_id=self._claim(agenda, starts_at, ends_at),
            state=("no_show" if missed else "done") if is_past else "booked",
            arrived_at=starts_at - timedelta(minutes=5) if is_past and not missed else None,
            reason=_REASONS[self.turn % len(_REASONS)] if reason is None else reason,
            cancelled_at=None, cancelled_by="", cancel_text="",
        )  # fmt: skip

    def _cancelled(self, person: int, agenda: str, kind: str, day: date, minutes: int) -> None:
        starts_at, ends_at = _moments(day, minutes, self.kinds[kind][1])
        self._row(
            person, agenda, kind, starts_at, ends_at, by=None, claim_id=None, state="cancelled", arrived_at=None,
            reason="Uitslag bespreken", cancelled_at=self.scene.now - timedelta(hours=3), cancelled_by="practice",
            cancel_text="De dokter is die dag op cursus. Wilt u een nieuwe afspraak maken?",
        )  # fmt: skip

    def _row(
        self, person: int, agenda: str, kind: str, starts_at: datetime, ends_at: datetime, *, by: int | None,
        **values: Any,
    ) -> int:  # fmt: skip
        made = min(starts_at, self.scene.now) - timedelta(days=3)
        row = insert_one(
            self.link, "agenda_appointment", practice_id=self.scene.practice, patient_id=person,
            agenda_id=self.agendas[agenda], kind_id=self.kinds[kind][0], kind_name=_NAMES[kind],
            mode=self.kinds[kind][2], starts_at=starts_at, ends_at=ends_at, is_online=by is not None,
            booked_by_person_id=by, booked_by_employee_id=None if by else self.scene.employees["bakker"],
            token=uuid4(), created_at=made, booked_at=made, revision=1, **values,
        )  # fmt: skip
        self._step(row, person, "booked", made, by_patient=by is not None)
        if values["cancelled_at"]:
            self._step(row, person, "cancelled", values["cancelled_at"], by_patient=False)
        return row

    def _step(self, row: int, person: int, what: str, moment: datetime, *, by_patient: bool) -> None:
        insert_one(
            self.link, "agenda_appointmentchange", practice_id=self.scene.practice, patient_id=person,
            appointment_id=row, what=what, by_patient=by_patient,
            employee_id=None if by_patient else self.scene.employees["bakker"], from_starts_at=None,
            from_agenda_id=None, happened_at=moment,
        )  # fmt: skip

    def _occupy(self, agenda: str, day: date, starts: int, ends: int, kind: str, title: str) -> None:
        if not self._opens(agenda, day):
            day += timedelta(days=1)
        starts_at, ends_at = _moments(day, starts, ends - starts)
        insert_one(
            self.link, "agenda_occupation", practice_id=self.scene.practice, agenda_id=self.agendas[agenda],
            claim_id=self._claim(agenda, starts_at, ends_at), kind=kind, title=title, series=None,
            starts_at=starts_at, ends_at=ends_at,
        )  # fmt: skip

    def _wish(self, person: int, appointment: int) -> int:
        return insert_one(
            self.link, "agenda_earlierwish", practice_id=self.scene.practice, patient_id=person,
            appointment_id=appointment, state="waiting", only_same_agenda=False, part_of_day="any", from_date=None,
            created_at=self.scene.now - timedelta(days=1), ended_at=None,
        )  # fmt: skip

    def _offer(self, person: int, wish: int, day: date) -> None:
        """A time that came free this morning; it stands for a day."""
        starts_at, ends_at = _moments(day, 680, self.kinds["one"][1])
        insert_one(
            self.link, "agenda_earlieroffer", practice_id=self.scene.practice, patient_id=person, wish_id=wish,
            agenda_id=self.agendas["wit"], starts_at=starts_at, ends_at=ends_at, state="open",
            offered_at=self.scene.now - timedelta(hours=1), expires_at=self.scene.now + timedelta(hours=20),
        )  # fmt: skip


def _moments(day: date, minutes: int, length: int) -> tuple[datetime, datetime]:
    starts_at = moment_of(day=day, minutes=minutes)
    if starts_at is None:
        raise AssertionError("no change of the clock falls in working hours")
    return starts_at, starts_at + timedelta(minutes=length)
