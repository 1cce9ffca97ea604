"""What the first page shows: things to do and tasks, from where the patient stands. No queries."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from zorgbalie.access.types import DataKind, OnlineState, OnlineStep
from zorgbalie.faces.patient.context import href_of, log_title
from zorgbalie.record.types.corrections import CorrectionCard
from zorgbalie.record.types.documents import LetterCard
from zorgbalie.record.types.home import PatientShell
from zorgbalie.record.types.results import OpenInvitation, ResultNews
from zorgbalie.ui.formats import day_date


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A thing to do or a task: a link with its words."""

    label: str
    href: str
    icon: str
    description: str = ""
    is_new: bool = False


def list_todos(
    *,
    state: OnlineState,
    ask_notices: bool,
    news: ResultNews,
    phone: str,
    letters: tuple[LetterCard, ...] = (),
    answers: Sequence[CorrectionCard] = (),
) -> list[Entry]:
    """Only what asks something of the patient (ux 17); a call to make first."""
    found = [
        *_results(news, phone),
        *_letters(letters),
        *_answers(answers),
        _next_step(state),
        _notices() if ask_notices else None,
    ]
    return [entry for entry in found if entry is not None and entry.href]


def _results(news: ResultNews, phone: str) -> list[Entry]:
    """To call about a result, and results that were not read; no word of what is in them."""
    calls = [
        Entry(
            label=_("Maak een afspraak over uw uitslag"),
            href=reverse("patient_record_values"),
            icon="phone",
            description=_call(invitation, phone),
        )
        for invitation in news.invitations[:1]
    ]
    reports = [
        Entry(
            label=_("Nieuwe uitslag"),
            href=reverse("patient_record_result", args=[report.report_id]),
            icon="flask",
            description=_("Van onderzoek op %(day)s") % {"day": day_date(value=report.day)},
            is_new=True,
        )
        for report in news.reports
    ]
    return calls + reports


def _call(invitation: OpenInvitation, phone: str) -> str:
    """How to make it; whether it can be booked online now is said on the page itself."""
    if invitation.booking:
        return _("Kijk hoe u de afspraak maakt")
    return _("Bel de praktijk: %(phone)s") % {"phone": phone} if phone else _("Bel de praktijk")


def _letters(found: tuple[LetterCard, ...]) -> list[Entry]:
    """Letters that were not opened yet; no title, which can say what is in them (others may look along)."""
    return [
        Entry(
            label=_("Nieuwe brief"),
            href=reverse("patient_record_letter", args=[one.document_id]),
            icon="file-text",
            description=_("Gedeeld op %(day)s") % {"day": day_date(value=one.published_on)},
            is_new=True,
        )
        for one in found
    ]


def _answers(answers: Sequence[CorrectionCard]) -> list[Entry]:
    """Answers to requests about the record that were not read; no word of what they are about."""
    return [
        Entry(
            label=_("Lees het antwoord op uw verzoek"),
            href=reverse("patient_correction", args=[card.correction_id]),
            icon="mail",
            description=_("Van %(name)s, over uw dossier") % {"name": card.practice_name},
            is_new=True,
        )
        for card in answers
    ]


def _notices() -> Entry:
    return Entry(
        label=_("Kies uw meldingen"),
        href=href_of("patient_notices_overview"),
        icon="bell",
        description=_("Zonder uw ja sturen wij niets."),
    )


def _next_step(state: OnlineState) -> Entry | None:
    if state.step is OnlineStep.SIGN_AGREEMENT:
        return Entry(
            label=_("Ga verder met uw uitnodiging"),
            href=href_of("patient_access_overview"),
            icon="edit",
            description=_("Zo kunt u uw dossier online lezen."),
        )
    if state.step is OnlineStep.ASK:
        return Entry(
            label=_("Vraag uw praktijk om uw dossier te openen"),
            href=href_of("patient_access_overview"),
            icon="folder",
            description=_("De praktijk kijkt er eerst naar."),
        )
    if not state.is_news:
        return None
    if state.step is OnlineStep.OPEN:
        return Entry(
            label=_("Lees uw dossier"),
            href=reverse("patient_record_overview"),
            icon="lock-open",
            description=_("De praktijk heeft uw dossier voor u geopend."),
            is_new=True,
        )
    return Entry(
        label=_("Lees het antwoord van uw praktijk"),
        href=reverse("patient_record_overview"),
        icon="mail",
        description=_("De praktijk heeft gekeken naar uw vraag om uw dossier te lezen."),
        is_new=True,
    )


def _record_words(shell: PatientShell) -> str:
    if DataKind.EPISODES in shell.kinds:
        return _("Klachten, contacten en allergieën")
    return _("Wat uw apotheek bijhoudt") if shell.kinds else _("Lees hoe u toegang krijgt")


def list_tasks(*, shell: PatientShell, state: OnlineState) -> list[Entry]:
    """At most six tasks in the patient's words, and only those that work (ux 16, R14)."""
    record = Entry(
        label=_("Dossier"),
        href=reverse("patient_record_overview"),
        icon="folder",
        description=_record_words(shell),
    )
    results = Entry(
        label=_("Uitslagen"),
        href=reverse("patient_record_values"),
        icon="flask",
        description=_("Bloeddruk, bloedonderzoek en andere metingen"),
    )
    medicines = Entry(
        label=_("Medicijnen"),
        href=reverse("patient_record_medicines"),
        icon="pill",
        description=_("Wat u nu gebruikt en hoe") if shell.acting_for is None else _("Wat nu gebruikt wordt, en hoe"),
    )
    letters = Entry(
        label=_("Brieven"),
        href=reverse("patient_record_letters"),
        icon="file-text",
        description=_("Van het ziekenhuis en van uw praktijk"),
    )
    log = Entry(
        label=log_title(shell),
        href=href_of("patient_log_overview"),
        icon="history",
        description=_("Wie er keek, en wanneer"),
    )
    offered = [
        (medicines, DataKind.MEDICATION in shell.kinds),
        (results, DataKind.OBSERVATIONS in shell.kinds),
        (record, bool(shell.kinds) or state.step is not OnlineStep.NOT_OFFERED),
        (letters, DataKind.DOCUMENTS in shell.kinds),
        (log, bool(log.href) and state.step is not OnlineStep.TOO_YOUNG),
    ]
    return [task for task, is_offered in offered if is_offered]
