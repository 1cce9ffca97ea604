"""The patient's log as a PDF."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zorgbalie.audit.types import LogFilter
from zorgbalie.faces.patient.log.words import Entry
from zorgbalie.integrations.pdf import render_pdf
from zorgbalie.ui import formats


def render(*, entries: Iterable[Entry], wanted: LogFilter, others_only: bool, practice: str, now: datetime) -> bytes:
    """The document; its rows hold the same words as the page."""
    return render_pdf(
        template="access/own_log",
        now=now,
        data={
            "language": get_language() or "nl",
            "title": _("Wie heeft mijn dossier gezien?"),
            "sender": practice,
            "footer": practice,
            "page_words": [_("Pagina"), _("van")],
            "lead": _("Dit overzicht is gemaakt op %(moment)s.") % {"moment": formats.long_moment(value=now)},
            "facts": [
                [_("Periode"), _period(wanted)],
                [_("Wie"), _("alleen anderen") if others_only else _("iedereen")],
            ],
            "columns": [_("Dag"), _("Wie"), _("Wat"), _("Waarom")],
            "rows": [_row(entry) for entry in entries],
        },
    )


def _period(wanted: LogFilter) -> str:
    first = formats.day_date(value=wanted.first_day) if wanted.first_day else _("het begin")
    last = formats.day_date(value=wanted.last_day) if wanted.last_day else _("nu")
    return _("van %(first)s tot en met %(last)s") % {"first": first, "last": last}


def _row(entry: Entry) -> list[object]:
    deeds = [f"{deed.words} – {deed.times}" for deed in entry.deeds]
    reasons = [_("Reden: %(reason)s") % {"reason": reason} for reason in entry.reasons]
    return [
        formats.day_date(value=entry.day),
        "\n".join(part for part in (entry.who, entry.function) if part),
        "\n".join([*deeds, *reasons]),
        entry.why,
        entry.emergency,
    ]
