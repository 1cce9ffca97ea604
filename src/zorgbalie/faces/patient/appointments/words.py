"""Appointments in plain words: how far one is, when, how long, with whom and where (ux 19)."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zorgbalie.agenda.types import AppointmentState, Mode, PartOfDay
from zorgbalie.agenda.types.own import OfferCard, OwnAppointment, OwnRow, WaitingWish
from zorgbalie.faces.patient.consult.flow import answer_rows
from zorgbalie.messaging.types import Channel
from zorgbalie.ui.formats import day_date, long_moment
from zorgbalie.ui.types import SummaryRow

_HOUR = 60


def state_words(row: OwnRow, *, is_own: bool) -> str:
    """How far an appointment is. While acting for another nobody knows whether this was "you"."""
    if row.card.state is AppointmentState.CANCELLED:
        if row.cancelled_by == "practice":
            return _("afgezegd door de praktijk")
        return _("afgezegd door u") if is_own else _("afgezegd in het portaal")
    if row.card.state is AppointmentState.NO_SHOW:
        return _("niet gekomen")
    if not row.is_coming:
        return _("geweest")
    return _("aangemeld in de praktijk") if row.card.state is AppointmentState.ARRIVED else _("gepland")


def tone_of(row: OwnRow) -> str:
    """The colour beside those words."""
    return "info" if row.is_coming else "neutral"


def capital(text: str) -> str:
    """With a capital, to begin a line."""
    return text[:1].upper() + text[1:]


def when_words(moment: datetime) -> str:
    """Weekday, date and time, to begin a line."""
    return capital(long_moment(value=moment))


def whom_words(name: str, function: str) -> str:
    """With whom: the name, and what somebody is where the name does not say so."""
    return name if not function or function.lower() in name.lower() else f"{name} ({function})"


def mode_words(mode: Mode) -> str:
    """How one meets."""
    words = {Mode.PRACTICE: _("in de praktijk"), Mode.PHONE: _("aan de telefoon"), Mode.VIDEO: _("met beeldbellen")}
    return words[mode]


def length_words(begins: datetime, ends: datetime) -> str:
    """How long it takes."""
    hours, minutes = divmod(int((ends - begins).total_seconds() // 60), _HOUR)
    parts = []
    if hours:
        parts.append(ngettext("%(count)s uur", "%(count)s uur", hours) % {"count": hours})
    if minutes:
        parts.append(ngettext("%(count)s minuut", "%(count)s minuten", minutes) % {"count": minutes})
    return _(" en ").join(parts)


def appointment_rows(own: OwnAppointment) -> list[SummaryRow]:
    """All that is known of an appointment, line by line; what is empty is left out."""
    detail, card = own.detail, own.detail.card
    rows = [
        (_("Wanneer"), when_words(card.starts_at)),
        (_("Hoe lang"), length_words(card.starts_at, card.ends_at)),
        (_("Met wie"), whom_words(card.agenda_name, own.function)),
        (_("Waar"), _where(own)),
        (_("Zo komt u er"), own.rules.route_text if card.mode is Mode.PRACTICE and own.is_coming else ""),
        (_("Neem mee of doe vooraf"), detail.bring if own.is_coming else ""),
    ]
    shown = [SummaryRow(label=label, value=value) for label, value in rows if value]
    if detail.reason:
        shown.append(SummaryRow(label=_("Waarvoor u komt"), value=detail.reason))
    return shown + answer_rows(detail.answers)


def _where(own: OwnAppointment) -> str:
    detail, mode = own.detail, own.detail.card.mode
    if mode is not Mode.PRACTICE:
        return "\n".join(part for part in (capital(mode_words(mode)), detail.how) if part)
    return "\n".join(part for part in (own.practice.name, own.practice.address, detail.room) if part)


def wish_rows(wish: WaitingWish, own: OwnAppointment) -> list[SummaryRow]:
    """What was asked for: with whom, when on a day, and from which day."""
    name = own.detail.card.agenda_name
    rows = [
        (_("Bij wie"), _("alleen bij %(name)s") % {"name": name} if wish.only_same_agenda else _("maakt niet uit")),
        (_("Deel van de dag"), part_words(wish.part_of_day)),
        (_("Vanaf"), day_date(value=wish.from_date) if wish.from_date else _("zo snel mogelijk")),
    ]
    return [SummaryRow(label=label, value=value) for label, value in rows]


def part_words(part: PartOfDay) -> str:
    """When on a day."""
    words = {
        PartOfDay.ANY: _("ochtend of middag"),
        PartOfDay.MORNING: _("alleen ’s ochtends"),
        PartOfDay.AFTERNOON: _("alleen ’s middags"),
    }
    return words[part]


def ways_words(ways: frozenset[Channel]) -> str:
    """By which ways a patient hears of something."""
    words = {Channel.EMAIL: _("e-mail"), Channel.SMS: _("sms"), Channel.PUSH: _("een melding op uw apparaat")}
    return _(" en ").join(words[one] for one in Channel if one in ways)


def offer_words(offer: OfferCard) -> dict[str, str]:
    """An offer in the words of its page and of the lists that lead to it."""
    card = offer.appointment.card
    return {
        "new": when_words(offer.place.starts_at),
        "new_whom": whom_words(offer.agenda_name, offer.function),
        "new_inline": long_moment(value=offer.place.starts_at),
        "old": when_words(card.starts_at),
        "old_inline": long_moment(value=card.starts_at),
        "old_whom": whom_words(card.agenda_name, offer.appointment.function),
        "until": long_moment(value=offer.until),
    }
