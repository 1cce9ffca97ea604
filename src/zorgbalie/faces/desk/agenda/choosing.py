"""Which day and which agenda are looked at: read from the address, whatever somebody put in it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from zorgbalie.agenda.queries.day import EARLIEST, LATEST
from zorgbalie.agenda.types import AgendaId
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.clock import local_date

DAY, WEEK = "dag", "week"
_LARGEST = 18


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """What somebody looks at: a day, one agenda or all (None), by day or by week."""

    day: date
    agenda_id: AgendaId | None
    view: str = DAY

    @property
    def is_week(self) -> bool:
        """Whether a whole week is shown."""
        return self.view == WEEK

    @property
    def first(self) -> date:
        """The first day that is shown: of a week its Monday, as far as there is one to look at."""
        return max(self.day - timedelta(days=self.day.weekday()), EARLIEST) if self.is_week else self.day

    @property
    def days(self) -> int:
        """How many days are shown."""
        return min(7, (LATEST - self.first).days + 1) if self.is_week else 1

    def on(self, day: date) -> "Looked":
        """The same on another day."""
        return Looked(day=day, agenda_id=self.agenda_id, view=self.view)

    def with_agenda(self, agenda_id: AgendaId | None) -> "Looked":
        """The same of another agenda."""
        return Looked(day=self.day, agenda_id=agenda_id, view=self.view)

    def by(self, view: str) -> "Looked":
        """The same by day or by week."""
        return Looked(day=self.day, agenda_id=self.agenda_id, view=view)

    @property
    def query(self) -> str:
        """As an address has it."""
        values = {"dag": self.day.isoformat()}
        if self.agenda_id is not None:
            values["agenda"] = str(self.agenda_id)
        if self.is_week:
            values["weergave"] = WEEK
        return urlencode(values)

    def href(self, name: str = "desk_agenda") -> str:
        """The page that shows it."""
        return f"{reverse(name)}?{self.query}"

    def step(self, by: int) -> "Looked | None":
        """A day or a week on or back; None where there is nothing to look at."""
        to = by * (7 if self.is_week else 1)
        if not EARLIEST.toordinal() <= self.day.toordinal() + to <= LATEST.toordinal():
            return None
        return self.on(self.day + timedelta(days=to))


def looked_at(request: FaceRequest) -> Looked:
    """What the address asks for; what cannot be is today, and says so."""
    day = day_of(request.GET.get("dag", ""))
    if day is None:
        if request.GET.get("dag"):
            messages.warning(request, _("Deze dag kan de agenda niet laten zien. U ziet vandaag."))
        day = local_date(request.now)
    return Looked(day=day, agenda_id=agenda_of(request.GET), view=WEEK if request.GET.get("weergave") == WEEK else DAY)


def kept(text: str, *, now: datetime) -> Looked:
    """What a form kept of the page it was on; only its own parameters, never an address."""
    found = QueryDict(text[:200])
    day = day_of(found.get("dag", "")) or local_date(now)
    return Looked(day=day, agenda_id=agenda_of(found), view=WEEK if found.get("weergave") == WEEK else DAY)


def day_of(text: str) -> date | None:
    """A day that can be looked at, as YYYY-MM-DD; None for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None


def agenda_of(values: QueryDict) -> AgendaId | None:
    """The number of an agenda; None for all, and for what is no number."""
    text = values.get("agenda", "")
    return AgendaId(int(text)) if text.isascii() and text.isdigit() and len(text) <= _LARGEST else None


def moment_of_address(text: str) -> datetime | None:
    """A moment as an address has it: ISO 8601 with its offset, on a whole minute; None for anything else."""
    try:
        said = datetime.fromisoformat(text)
        moment = said.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    # A moment without an offset is no moment.
    is_whole = said.tzinfo is not None and not (moment.second or moment.microsecond)
    return moment if is_whole and EARLIEST <= moment.date() <= LATEST else None


def address_of(moment: datetime) -> str:
    """The other way round, without a sign that an address would have to escape."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
