"""Words of the desk for appointments: states are adjectives, never red (ux 14)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zorgbalie.agenda.types import AppointmentState, Mode, PartOfDay
from zorgbalie.agenda.types.desk import ChangeKind, ChangeLine, Doubt, WishLine
from zorgbalie.ui.formats import day_date, long_moment

STATE_NAMES = {
    AppointmentState.BOOKED: gettext_lazy("gepland"),
    AppointmentState.ARRIVED: gettext_lazy("aangemeld"),
    AppointmentState.DONE: gettext_lazy("geweest"),
    AppointmentState.NO_SHOW: gettext_lazy("niet gekomen"),
    AppointmentState.CANCELLED: gettext_lazy("afgezegd"),
}
STATE_TONES = {
    AppointmentState.BOOKED: "info",
    AppointmentState.ARRIVED: "ok",
    AppointmentState.DONE: "neutral",
    AppointmentState.NO_SHOW: "warning",
    AppointmentState.CANCELLED: "neutral",
}
MODE_NAMES = {
    Mode.PRACTICE: gettext_lazy("op de praktijk"),
    Mode.PHONE: gettext_lazy("telefonisch"),
    Mode.VIDEO: gettext_lazy("via video"),
}
DOUBTS = {
    Doubt.TOO_YOUNG: gettext_lazy("De patiënt is op die dag jonger dan bij deze soort afspraak hoort."),
    Doubt.TOO_OLD: gettext_lazy("De patiënt is op die dag ouder dan bij deze soort afspraak hoort."),
    Doubt.HAS_ONE: gettext_lazy("De patiënt heeft al zoveel van deze afspraken als online mag."),
}
_BY_PATIENT = {
    ChangeKind.BOOKED: gettext_lazy("gemaakt door de patiënt"),
    ChangeKind.MOVED: gettext_lazy("verzet door de patiënt"),
    ChangeKind.CANCELLED: gettext_lazy("afgezegd door de patiënt"),
}
_BY_PRACTICE = {
    ChangeKind.BOOKED: gettext_lazy("gemaakt door de praktijk"),
    ChangeKind.MOVED: gettext_lazy("verzet door de praktijk"),
    ChangeKind.CANCELLED: gettext_lazy("afgezegd door de praktijk"),
}
_PARTS = {
    PartOfDay.ANY: gettext_lazy("hele dag"),
    PartOfDay.MORNING: gettext_lazy("alleen ’s ochtends"),
    PartOfDay.AFTERNOON: gettext_lazy("alleen ’s middags"),
}


def change_words(*, what: ChangeKind | None, by_patient: bool) -> str:
    """What happened latest and by which side; empty where nothing is known."""
    if what is None:
        return ""
    return str((_BY_PATIENT if by_patient else _BY_PRACTICE)[what])


def step_words(line: ChangeLine) -> str:
    """One step of the history, with where the appointment was before."""
    words = change_words(what=line.what, by_patient=line.by_patient)
    words = words[:1].upper() + words[1:]
    if line.from_starts_at is None:
        return words
    return _("%(step)s, van %(moment)s bij %(agenda)s") % {
        "step": words,
        "moment": long_moment(value=line.from_starts_at),
        "agenda": line.from_agenda,
    }


def wish_words(wish: WishLine) -> str:
    """What the patient waits for."""
    parts = [str(_PARTS[wish.part_of_day])]
    if wish.only_same_agenda:
        parts.append(_("alleen bij dezelfde zorgverlener"))
    if wish.from_date is not None:
        parts.append(_("niet voor %(day)s") % {"day": day_date(value=wish.from_date)})
    return ", ".join(parts)
