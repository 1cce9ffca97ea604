"""A kind of appointment and an appointment in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zorgbalie.agenda.types import AppointmentDetail, Mode
from zorgbalie.agenda.types.booking import OfferedKind
from zorgbalie.consult.queries.answers import answer_words
from zorgbalie.record.types.home import PatientShell
from zorgbalie.ui.formats import long_moment
from zorgbalie.ui.types import SummaryRow

MODE_ICONS = {Mode.PRACTICE: "building-hospital", Mode.PHONE: "phone", Mode.VIDEO: "device-desktop"}


def mode_words(mode: Mode) -> str:
    """Where it is."""
    return {
        Mode.PRACTICE: _("in de praktijk"),
        Mode.PHONE: _("aan de telefoon"),
        Mode.VIDEO: _("met beeldbellen"),
    }[mode]


def minutes_words(minutes: int) -> str:
    """How long it takes."""
    return ngettext("%(minutes)s minuut", "%(minutes)s minuten", minutes) % {"minutes": minutes}


def kind_line(kind: OfferedKind) -> str:
    """In one line: how long, with whom, where."""
    whom = _("bij %(whom)s") % {"whom": kind.with_whom} if kind.with_whom else ""
    return ", ".join(one for one in (kind.name, minutes_words(kind.minutes), whom, mode_words(kind.mode)) if one)


def length_of(detail: AppointmentDetail) -> int:
    """Minutes."""
    return int((detail.card.ends_at - detail.card.starts_at).total_seconds() // 60)


def detail_rows(detail: AppointmentDetail, shell: PatientShell, *, change_href: str = "") -> list[SummaryRow]:
    """What, for whom, when, with whom and where."""
    card, acting_for = detail.card, shell.acting_for
    rows = [SummaryRow(label=_("Voor wie"), value=acting_for.name)] if acting_for else []
    rows.append(SummaryRow(label=_("Wat"), value=f"{card.kind_name}, {minutes_words(length_of(detail))}"))
    when = long_moment(value=card.starts_at)
    rows.append(SummaryRow(label=_("Wanneer"), value=when[:1].upper() + when[1:]))
    rows.append(SummaryRow(label=_("Bij wie"), value=whom_words(detail)))
    rows.append(SummaryRow(label=_("Waar"), value=where_words(detail, shell)))
    rows.append(SummaryRow(label=_("Waarvoor u komt"), value=detail.reason, change_href=change_href))
    rows += [
        SummaryRow(label=one.question.label, value=answer_words(asked=one), change_href=change_href)
        for one in detail.answers
    ]
    return rows


def whom_words(detail: AppointmentDetail) -> str:
    """The name of the agenda; what somebody is where the kind says so."""
    whom, name = detail.with_whom, detail.card.agenda_name
    return f"{name}, {whom}" if whom and whom.lower() not in name.lower() else name


def where_words(detail: AppointmentDetail, shell: PatientShell) -> str:
    """The address of the practice and the room, or how else."""
    if detail.card.mode is not Mode.PRACTICE:
        words = mode_words(detail.card.mode)
        return "\n".join(one for one in (words[:1].upper() + words[1:], detail.how) if one)
    practice = shell.practice
    lines = (practice.name, practice.address, detail.room) if practice else (detail.room,)
    return "\n".join(one for one in lines if one)
