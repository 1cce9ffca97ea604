"""What a question is about, and how far it is, in words."""

from django.urls import reverse
from django.utils.translation import gettext as _

from zorgbalie.consult.types import About, AboutKind, ConsultStep, OpenNow, PracticeNow, Thread
from zorgbalie.record.types.home import PatientShell
from zorgbalie.ui.formats import clock_time, day_date, long_moment
from zorgbalie.ui.types import Step

# How an address names a part of the record.
ABOUT_WORDS = {
    "uitslag": AboutKind.LAB_REPORT,
    "meting": AboutKind.VALUE,
    "klacht": AboutKind.EPISODE,
    "brief": AboutKind.LETTER,
    "medicijn": AboutKind.MEDICINE,
    "contact": AboutKind.CONTACT,
    "regel": AboutKind.LINE,
}
PAGES = {
    AboutKind.LAB_REPORT: "patient_record_result",
    AboutKind.VALUE: "patient_record_value",
    AboutKind.EPISODE: "patient_record_episode",
    AboutKind.LETTER: "patient_record_letter",
}
# These have no page of their own: they stand in a list.
_LISTS = {
    AboutKind.MEDICINE: "patient_record_medicines",
    AboutKind.CONTACT: "patient_record_contacts",
    AboutKind.LINE: "patient_record_contacts",
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


def href_of_about(about: About) -> str:
    """The page where one reads it."""
    if about.kind in _LISTS:
        return reverse(_LISTS[about.kind])
    return reverse(PAGES[about.kind], args=[about.about_id])


def title_of(about: About | None, subject: str) -> str:
    """The name of a thread: the patient's own words, else what it is about."""
    return subject or about_words(about) or _("Uw vraag")


def step_words(step: ConsultStep, with_name: str, is_from_practice: bool = False, *, is_pharmacy: bool = False) -> str:
    """How far a question is, as a tag says it (ux 37). "The practice" is the GP practice to a patient."""
    if step is ConsultStep.ANSWERED and is_from_practice:
        return _("bericht van de apotheek") if is_pharmacy else _("bericht van de praktijk")
    if step is ConsultStep.WITH_DOCTOR and with_name:
        return _("bij %(name)s") % {"name": with_name}
    return {
        ConsultStep.SENT: _("verstuurd"),
        ConsultStep.READ: _("gelezen door de apotheek") if is_pharmacy else _("gelezen door de praktijk"),
        ConsultStep.WITH_DOCTOR: _("bij de apotheker") if is_pharmacy else _("bij uw arts"),
        ConsultStep.ANSWERED: _("beantwoord"),
        ConsultStep.CLOSED: _("afgerond"),
    }[step]


def step_line(thread: Thread) -> list[Step]:
    """All steps of a question, with the one where it is now (ux 37). A step that it passed over is left out."""
    order = list(ConsultStep)
    names = {one: step_words(one, thread.with_name, is_pharmacy=thread.is_pharmacy) for one in order}
    if not thread.with_name and thread.step is not ConsultStep.WITH_DOCTOR:
        del names[ConsultStep.WITH_DOCTOR]
    here = order.index(thread.step)
    is_over = thread.step is ConsultStep.CLOSED
    return [
        Step(
            label=name[:1].upper() + name[1:],
            state="done" if order.index(one) < here or is_over else "current" if one is thread.step else "todo",
        )
        for one, name in names.items()
    ]


def urgent_words(practice: PracticeNow, shell: PatientShell) -> dict[str, str]:
    """Whom to phone now, for the card of what cannot wait (R17): the practice, or who stands in outside its hours."""
    card = shell.practice
    if practice.state is OpenNow.OPEN and practice.closes_at:
        return {"until": clock_time(value=practice.closes_at)}
    if practice.state is OpenNow.BREAK and practice.opens_at:
        return {"opens": clock_time(value=practice.opens_at)}
    if practice.state is OpenNow.CLOSED and card and card.out_of_hours_phone:
        return {
            "out_phone": card.out_of_hours_phone,
            "out_name": card.out_of_hours_name,
            "opens": long_moment(value=practice.opens_at) if practice.opens_at else "",
        }
    return {}
