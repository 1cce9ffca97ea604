"""What faces receive while a question is answered: texts in parts, the patient's questions, drafts, templates, links.

ConsultRefused
├── TemplateNotUsable   a standard answer misses a text, is too long, or holds a field that is not known
├── TemplateTitleTaken  there is a standard answer of this name
├── TemplateChanged     somebody else saved or removed it since it was opened
└── LinkNotUsable       the address or title of a standard link cannot be used
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from zorgbalie.consult.types.errors import ConsultRefused

AnswerTemplateId = NewType("AnswerTemplateId", int)
StandardLinkId = NewType("StandardLinkId", int)

ANSWER_FIELDS = (
    "aanhef",
    "naam",
    "onderwerp",
    "datum",
    "mijn_naam",
    "mijn_functie",
    "praktijk",
    "telefoon",
)
"""The fields that a standard answer may hold, in braces."""
LONGEST_TEMPLATE_TITLE = 80
LONGEST_LINK_TITLE = 120


@dataclass(frozen=True, slots=True)
class TextPart:
    """A piece of an answer. `address` is a link that may be followed; `is_lead`: the answer itself, which stands out.

    All text is plain; a page writes it escaped.
    """

    text: str
    address: str = ""
    is_lead: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundQuestion:
    """A question that was found in a text of the patient. `key` is how a form names it.

    `answered_by` is empty while nobody ticked it.
    """

    key: str
    text: str
    answered_by: str = ""
    answered_at: datetime | None = None

    @property
    def is_answered(self) -> bool:
        """Whether a colleague ticked it."""
        return self.answered_at is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerDraft:
    """What this employee typed and did not send yet; nobody else sees it."""

    text: str
    saved_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerTemplate:
    """A standard answer as it is kept, with its fields. `version` tells whether somebody else saved since."""

    template_id: AnswerTemplateId
    title: str
    text: str
    is_personal: bool
    may_change: bool
    version: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FilledTemplate:
    """A standard answer with the fields of one patient filled in, and as that patient will read it."""

    template_id: AnswerTemplateId
    title: str
    text: str
    parts: tuple[TextPart, ...]
    is_personal: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class StandardLink:
    """A link that the practice puts in answers. `site`: the website as people say it."""

    link_id: StandardLinkId
    title: str
    address: str
    site: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OfferedLink:
    """A link to put in an answer. `is_own`: of the practice's own list; `term`: it searches for this word."""

    title: str
    address: str
    site: str
    is_own: bool = False
    term: str = ""


class TemplateNotUsable(ConsultRefused):
    """The standard answer misses a text, is too long, or holds a field that is not known."""


class TemplateTitleTaken(ConsultRefused):
    """There is a standard answer of this name."""


class TemplateChanged(ConsultRefused):
    """Somebody else saved or removed the standard answer since it was opened."""


class LinkNotUsable(ConsultRefused):
    """The address or the title of a standard link cannot be used, or it is there already."""
