"""How other topics of this face lead to a question: links, tasks and things to do; only while it is on (R14)."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zorgbalie.consult.queries.drafts import has_unsent
from zorgbalie.consult.queries.patient import list_news, may_ask
from zorgbalie.consult.queries.places import get_asking
from zorgbalie.consult.types import ThreadRow
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.patient.consult.words import ABOUT_WORDS, title_of
from zorgbalie.faces.patient.home.todo import Entry


def ask_href(request: FaceRequest, word: str = "", about_id: int = 0) -> str:
    """Where to ask, about a part of the record where one is named; empty while questions are off: then one phones.

    `word` without a number: for a list of such parts, of which each adds its own.
    """
    if not get_asking(viewer=request.viewer, now=request.now).places_for(ABOUT_WORDS.get(word)):
        return ""
    start = reverse("patient_consult_start")
    return f"{start}?over={word}-{about_id}" if about_id else start


def answers_of(request: FaceRequest) -> tuple[ThreadRow, ...]:
    """Answers that were not read yet."""
    return list_news(viewer=request.viewer, now=request.now)


def list_answer_todos(answers: tuple[ThreadRow, ...]) -> list[Entry]:
    """Answers to read (ux 17)."""
    return [
        Entry(
            label=_news_words(one),
            href=reverse("patient_consult_thread", args=[one.consult_id]),
            icon="mail",
            description=title_of(one.about, one.subject),
            is_new=True,
        )
        for one in answers
    ]


def list_unsent_todos(request: FaceRequest) -> list[Entry]:
    """A question that was written and not sent: nobody reads it until it is (ux 8, 17)."""
    if not has_unsent(viewer=request.viewer, now=request.now):
        return []
    return [
        Entry(
            label=_("Verstuur uw vraag"),
            href=reverse("patient_consult_overview"),
            icon="message-question",
            description=_("U schreef een vraag op. Die is nog niet verstuurd."),
        )
    ]


def _news_words(row: ThreadRow) -> str:
    if not row.is_from_practice:
        return _("Lees het antwoord op uw vraag")
    return _("Lees het bericht van uw apotheek") if row.is_pharmacy else _("Lees het bericht van uw praktijk")


def list_ask_tasks(request: FaceRequest, answers: tuple[ThreadRow, ...]) -> list[Entry]:
    """`Stel een vraag`, the first of the tasks (ux 16, 19)."""
    if not may_ask(viewer=request.viewer, now=request.now):
        return []
    count = len(answers)
    if any(one.is_from_practice for one in answers):
        news = ngettext("%(count)s nieuw bericht", "%(count)s nieuwe berichten", count) % {"count": count}
    else:
        news = ngettext("%(count)s nieuw antwoord", "%(count)s nieuwe antwoorden", count) % {"count": count}
    return [
        Entry(
            label=_("Stel een vraag"),
            href=reverse("patient_consult_overview"),
            icon="message-question",
            description=news if count else _("Aan uw huisarts of de assistente, als het kan wachten"),
        )
    ]
