"""Questions and answers in the document in which a patient saves the own record (REQ 22): the words of the pages."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from zorgbalie.consult.types import AuthorKind, SavedText, SavedThread
from zorgbalie.exchange.rules.leaving_questions import Questions
from zorgbalie.kernel.clock import local_date
from zorgbalie.ui.formats import day_date, long_moment
from zorgbalie.ui.templatetags.ui_formats import role_name


def question_words(questions: Questions) -> Iterator[str]:
    """What the document says that it holds."""
    if questions:
        yield _("Uw vragen aan de praktijk en de antwoorden. Foto’s en bestanden daarbij opent u op de website.")


def question_block(thread: SavedThread) -> dict[str, Any]:
    """A thread in the shape of a contact: who wrote, and the text."""
    subject = thread.subject or (thread.about.title if thread.about else "") or _("Vraag")
    return {
        "title": f"{day_date(value=local_date(thread.sent_at))} · {subject}",
        "by": "",
        "lines": [*([_who(one), one.text, []] for one in thread.texts), *_filled_in(thread)],
        "nothing": _("Hier is niets opgeschreven."),
        "said": [],
    }


def _filled_in(thread: SavedThread) -> Iterator[list[Any]]:
    if thread.answers:
        yield [_("Ingevuld bij de vraag"), "\n".join(thread.answers), []]


def _who(one: SavedText) -> str:
    side = _("De praktijk") if one.author_kind is AuthorKind.STAFF else _("De patiënt")
    name = ", ".join(part for part in (one.author_name or side, role_name(one.author_role)) if part)
    return f"{name} ({long_moment(value=one.sent_at)})"
