"""Words and icons of the agenda at the desk."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from zorgbalie.agenda.types import AppointmentState, Mode, OccupationKind
from zorgbalie.agenda.types.day import Attendance, DayColumn, DayEntry, DayOccupation, EntryKind
from zorgbalie.faces.entry.opening_words import holiday_names

MODE_ICONS = {Mode.PRACTICE: "building-hospital", Mode.PHONE: "phone", Mode.VIDEO: "device-desktop"}


def mode_words(mode: Mode) -> str:
    """Where an appointment is."""
    words = {Mode.PRACTICE: _("op de praktijk"), Mode.PHONE: _("telefonisch"), Mode.VIDEO: _("via video")}
    return words[mode]


def state_words(state: AppointmentState) -> str:
    """What is known of who comes; nothing while it is only booked."""
    words = {
        AppointmentState.ARRIVED: _("is er"),
        AppointmentState.DONE: _("geweest"),
        AppointmentState.NO_SHOW: _("niet gekomen"),
    }
    return words.get(state, "")


def occupation_kinds() -> dict[OccupationKind, str]:
    """What can fill time that is no appointment."""
    return {
        OccupationKind.MEETING: _("Overleg"),
        OccupationKind.BREAK: _("Pauze"),
        OccupationKind.VISITS: _("Visites"),
        OccupationKind.CLOSED: _("Dicht"),
    }


def occupation_words(occupation: DayOccupation) -> str:
    """What an occupation is called: its kind, and its title where it has one."""
    kind = occupation_kinds()[occupation.kind]
    return f"{kind}: {occupation.title}" if occupation.title else kind


def said_words(what: Attendance, name: str) -> str:
    """What was just noted."""
    words = {
        Attendance.ARRIVED: _("%(name)s is er."),
        Attendance.DONE: _("%(name)s is geweest."),
        Attendance.NO_SHOW: _("Genoteerd: %(name)s is niet gekomen."),
        Attendance.WAITED_FOR: _("Wat bij %(name)s was genoteerd, is teruggezet."),
    }
    return words[what] % {"name": name}


def closed_words(column: DayColumn) -> str:
    """Why an agenda offers nothing on a day; nothing where it is open."""
    if not column.is_closed:
        return ""
    reason = column.closed_text or (holiday_names()[column.holiday] if column.holiday else "")
    return _("Dicht: %(reason)s") % {"reason": reason} if reason else _("Dicht")


def clock(moment: datetime) -> str:
    """A time as it stands in the agenda: 08.10."""
    return timezone.localtime(moment).strftime("%H.%M")


def in_the_way_words(entries: tuple[DayEntry, ...]) -> str:
    """What stands where somebody wants to put something else, in one sentence."""
    said = [
        _("%(from)s tot %(until)s %(what)s")
        % {"from": clock(one.starts_at), "until": clock(one.ends_at), "what": _what(one)}
        for one in entries[:_MOST_NAMED]
    ]
    if not said:
        return _("In deze tijd staat al iets. Verzet dat eerst.")
    more = len(entries) - len(said)
    if more:
        said.append(_("en nog %(count)s") % {"count": more})
    return _("Hier staat al iets: %(what)s. Verzet dat eerst.") % {"what": "; ".join(said)}


def _what(entry: DayEntry) -> str:
    if entry.appointment is not None:
        return _("afspraak van %(name)s") % {"name": entry.appointment.patient_name}
    if entry.occupation is not None:
        return occupation_words(entry.occupation)
    return _("wordt nu gekozen door een patiënt") if entry.kind is EntryKind.HELD else _("bezet")


_MOST_NAMED = 3
