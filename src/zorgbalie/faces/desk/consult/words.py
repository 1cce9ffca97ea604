"""Questions in words, for the desk."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zorgbalie.consult.queries.answers import answer_words
from zorgbalie.consult.types import About, AboutKind, ConsultState, DeskThread
from zorgbalie.kernel.ids import PersonId
from zorgbalie.record.types.desk import RecordPart
from zorgbalie.ui.formats import day_date
from zorgbalie.ui.types import SummaryRow

STATE_NAMES = {
    ConsultState.SENT: gettext_lazy("onbeantwoord"),
    ConsultState.WITH_DOCTOR: gettext_lazy("op een werklijst"),
    ConsultState.ANSWERED: gettext_lazy("beantwoord"),
    ConsultState.CLOSED: gettext_lazy("afgerond"),
}

# The part of the record where each stands; episodes are the first.
_PARTS = {
    AboutKind.LAB_REPORT: RecordPart.VALUES,
    AboutKind.VALUE: RecordPart.VALUES,
    AboutKind.MEDICINE: RecordPart.MEDICINES,
    AboutKind.CONTACT: RecordPart.CONTACTS,
    AboutKind.LINE: RecordPart.CONTACTS,
}


def answer_rows(found: DeskThread) -> list[SummaryRow]:
    """What the patient filled in on the form of the practice; empty for a question without one."""
    return [SummaryRow(label=one.question.label, value=answer_words(asked=one)) for one in found.answers]


def state_name(found: DeskThread) -> str:
    """How far a thread is; what the practice began and nobody wrote back to was not answered, but sent."""
    if found.state is ConsultState.ANSWERED and found.is_from_practice:
        return _("bericht van de praktijk")
    return str(STATE_NAMES[found.state])


def about_words(about: About | None) -> str:
    """The part of the record that a question is about; empty for nothing."""
    if about is None:
        return ""
    day = day_date(value=about.day) if about.day else ""
    return {
        AboutKind.LAB_REPORT: _("Uitslag van %(day)s"),
        AboutKind.VALUE: _("Waarde: %(title)s, %(day)s"),
        AboutKind.EPISODE: _("Episode: %(title)s"),
        AboutKind.LETTER: _("Brief: %(title)s, %(day)s"),
        AboutKind.MEDICINE: _("Medicijn: %(title)s"),
        AboutKind.CONTACT: _("Contact van %(day)s"),
        AboutKind.LINE: _("Contact van %(day)s"),
    }[about.kind] % {"title": about.title, "day": day}


def about_href(found: DeskThread, patient_id: PersonId, *, may_read: bool) -> str:
    """Its page at the desk; empty for who may not open that."""
    about = found.about
    if about is None or not may_read:
        return ""
    if about.kind is AboutKind.LAB_REPORT and found.may_process_lab:
        return reverse("desk_lab_process", args=[patient_id, about.about_id])
    if about.kind is AboutKind.LETTER:
        return reverse("desk_documents_document", args=[patient_id, about.about_id])
    part = f"?deel={_PARTS[about.kind]}" if about.kind in _PARTS else ""
    return reverse("desk_release_record", args=[patient_id]) + part
