"""What an employee reads of the agenda in a calendar program, and at which addresses."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from zorgbalie.agenda.models import Agenda, AgendaClosing, AgendaFeed, Appointment, Occupation
from zorgbalie.agenda.queries.calendar_file import uid_of
from zorgbalie.agenda.queries.desk import check_keeper
from zorgbalie.agenda.queries.settings import get_rules
from zorgbalie.agenda.types import AgendaId, AppointmentState, OccupationKind
from zorgbalie.agenda.types.calendar import AgendaFeedId, CalendarEntry, FeedCard, FeedPage
from zorgbalie.kernel.clock import day_ends, day_starts, local_date
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.people import queries as people

BEFORE, AHEAD = timedelta(weeks=2), timedelta(weeks=12)
_SHOWN = (AppointmentState.BOOKED, AppointmentState.ARRIVED, AppointmentState.DONE, AppointmentState.NO_SHOW)


def list_feeds(*, viewer: Viewer) -> FeedPage:
    """The own addresses that work, the newest first, and the agendas to make one of.

    Raises NotAllowed. Audit: `agenda.feeds`, for a refusal.
    """
    practice_id = check_keeper(viewer=viewer, event="agenda.feeds")
    rows = AgendaFeed.objects.filter(
        practice_id=practice_id, employee_id=viewer.employee_id or 0, revoked_at__isnull=True
    )
    agendas = Agenda.objects.filter(practice_id=practice_id, is_active=True).order_by("position", "name", "pk")
    return FeedPage(
        is_on=get_rules(practice_id=practice_id).feeds_on,
        rows=tuple(_card(row) for row in rows.select_related("agenda").order_by("-created_at", "-pk")),
        agendas=tuple((AgendaId(pk), name) for pk, name in agendas.values_list("pk", "name")),
    )


def entries_of(*, feed: AgendaFeed, now: datetime) -> tuple[list[CalendarEntry], set[int]]:
    """What stands in the agenda from two weeks ago to twelve weeks ahead, and which patients are named.

    Five queries at most, however much there is. The wall of the employee holds: patients of the practice alone.
    A patient is a name where that was chosen, never a kind, a reason or a birth date. For this app.
    """
    since, until = day_starts(local_date(now - BEFORE)), day_ends(local_date(now + AHEAD))
    agendas = Agenda.objects.filter(practice_id=feed.practice_id, is_active=True)
    if feed.agenda_id is not None:
        agendas = agendas.filter(pk=feed.agenda_id)
    whose = dict(agendas.values_list("pk", "name"))
    within = {"agenda_id__in": list(whose), "starts_at__gte": since, "starts_at__lt": until}
    appointments = list(
        Appointment.objects.filter(**within, practice_id=feed.practice_id, state__in=_SHOWN)
        .order_by("starts_at", "pk")
        .only("pk", "patient_id", "agenda_id", "starts_at", "ends_at", "booked_at", "revision")
    )
    patients = {row.patient_id for row in appointments} if feed.shows_names else set()
    names = {pk: name.full_name for pk, name in people.list_names(person_ids=patients).items()} if patients else {}
    many = len(whose) > 1
    found = [_appointment(row, names, whose if many else {}) for row in appointments]
    occupied = Occupation.objects.filter(**within, practice_id=feed.practice_id).order_by("starts_at", "pk")
    found += [_occupation(row, feed, whose if many else {}) for row in occupied]
    leave = AgendaClosing.objects.filter(
        agenda_id__in=list(whose), starts_on__lt=until.date(), ends_on__gte=since.date()
    )
    found += [_leave(row, feed, whose if many else {}) for row in leave.order_by("starts_on", "pk")]
    return found, patients


def _card(row: AgendaFeed) -> FeedCard:
    return FeedCard(
        feed_id=AgendaFeedId(row.pk),
        name=row.name,
        agenda_name=row.agenda.name if row.agenda else "",
        shows_names=row.shows_names,
        created_at=row.created_at,
        read_at=row.read_at,
    )


def _appointment(row: Appointment, names: dict[int, str], whose: dict[int, str]) -> CalendarEntry:
    return CalendarEntry(
        uid=uid_of(what="desk", number=row.pk, address=settings.DESK_URL),
        title=_titled([names.get(row.patient_id) or _("Afspraak"), whose.get(row.agenda_id, "")]),
        since=row.starts_at,
        until=row.ends_at,
        # Not the moment of reading: what did not change is the same in the next answer.
        stamp=row.booked_at or row.starts_at,
        revision=row.revision,
    )


def _occupation(row: Occupation, feed: AgendaFeed, whose: dict[int, str]) -> CalendarEntry:
    return CalendarEntry(
        uid=uid_of(what="occupation", number=row.pk, address=settings.DESK_URL),
        title=_titled([row.title or _kind_words(row.kind), whose.get(row.agenda_id, "")]),
        since=row.starts_at,
        until=row.ends_at,
        stamp=feed.created_at,
    )


def _leave(row: AgendaClosing, feed: AgendaFeed, whose: dict[int, str]) -> CalendarEntry:
    return CalendarEntry(
        uid=uid_of(what="leave", number=row.pk, address=settings.DESK_URL),
        title=_titled([row.reason or _("Afwezig"), whose.get(row.agenda_id, "")]),
        since=row.starts_on,
        until=row.ends_on + timedelta(days=1),
        stamp=feed.created_at,
    )


def _kind_words(kind: str) -> str:
    words: dict[str, str] = {
        OccupationKind.MEETING: _("Overleg"),
        OccupationKind.BREAK: _("Pauze"),
        OccupationKind.VISITS: _("Visites"),
        OccupationKind.CLOSED: _("Dicht"),
    }
    return words.get(kind, _("Bezet"))


def _titled(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)
