"""What a question is about, and how far it is, in words."""

from django.utils.translation import gettext as _

from zorgbalie.consult.types import About, AboutKind, ConsultStep
from zorgbalie.ui.formats import day_date

# How an address names a part of the record.
ABOUT_WORDS = {
    "uitslag": AboutKind.LAB_REPORT,
    "meting": AboutKind.VALUE,
    "klacht": AboutKind.EPISODE,
    "brief": AboutKind.LETTER,
}
PAGES = {
    AboutKind.LAB_REPORT: "patient_record_result",
    AboutKind.VALUE: "patient_record_value",
    AboutKind.EPISODE: "patient_record_episode",
    AboutKind.LETTER: "patient_record_letter",
}
TONES = {
    ConsultStep.SENT: "neutral",
    ConsultStep.READ: "info",
    ConsultStep.WITH_DOCTOR: "info",
    ConsultStep.ANSWERED: "ok",
    ConsultStep.CLOSED: "neutral",
}


def about_words(about: About | None) -> str:
    """A part of the record as its own page calls it; empty for nothing."""
    if about is None:
        return ""
    if about.kind is AboutKind.LAB_REPORT and about.day:
        return _("Uitslag van %(day)s") % {"day": day_date(value=about.day)}
    title = about.title[:1].upper() + about.title[1:]
    if about.kind is AboutKind.VALUE and about.day:
        return _("%(title)s, uitslag van %(day)s") % {"title": title, "day": day_date(value=about.day)}
    return title


def title_of(about: About | None, subject: str) -> str:
    """The name of a thread: the patient's own words, else what it is about."""
    return subject or about_words(about) or _("Uw vraag")


def step_words(step: ConsultStep, with_name: str, is_from_practice: bool = False) -> str:
    """How far a question is, as a tag says it (ux 37)."""
    if step is ConsultStep.ANSWERED and is_from_practice:
        return _("bericht van de praktijk")
    if step is ConsultStep.WITH_DOCTOR and with_name:
        return _("bij %(name)s") % {"name": with_name}
    return {
        ConsultStep.SENT: _("verstuurd"),
        ConsultStep.READ: _("gelezen door de praktijk"),
        ConsultStep.WITH_DOCTOR: _("bij uw arts"),
        ConsultStep.ANSWERED: _("beantwoord"),
        ConsultStep.CLOSED: _("afgerond"),
    }[step]
