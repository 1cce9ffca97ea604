"""A practice's rules per kind of result, a patient's wish how to hear one, and what both mean for one report."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import ResultKindId

LONGEST_DELAY = 60
"""Most days that a practice may let a patient wait for a result."""


class HearBy(StrEnum):
    """How a patient hears a result first. Values are stored."""

    ONLINE = "online"
    CALL = "call"
    VISIT = "visit"


class Objection(StrEnum):
    """Why a report may not be published now; for the log too."""

    PORTAL_OFF = "portal_off"
    TOLD_FIRST = "told_first"
    WISH = "wish"
    TOO_EARLY = "too_early"


@dataclass(frozen=True, kw_only=True, slots=True)
class ResultRule:
    """What a practice does with one kind of result.

    `codes` (NHG-Tabel 45 or the sender's own) and `words` (beginnings of words in title or group) say which
    determinations it is about; the rule with `is_rest` is about all others. `wait_days`: 0 to 60, from the day on which
    the report came in. `first`: how the patient is told before anything is online. `kind_id` is None for the rule of
    the rest while the practice did not change it.
    """

    kind_id: ResultKindId | None
    name: str
    codes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    uses_portal: bool = True
    wait_days: int = 0
    first: HearBy = HearBy.ONLINE
    is_upsetting: bool = False
    is_rest: bool = False
    revision: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Determination:
    """What a rule looks at of one result."""

    code: str
    title: str
    group_title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AppliedRule:
    """A rule, and the results of one report that it is about."""

    rule: ResultRule
    titles: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Wishes:
    """How a patient wants to hear results: in general, and per kind; None or absent is no wish."""

    general: HearBy | None = None
    per_kind: Mapping[ResultKindId, HearBy] = field(default_factory=dict)
    changed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PublicationTerms:
    """What rules and wish together say of publishing one report; the strictest of all that apply.

    `earliest`: the first day for the patient, `earliest_after_talk` the same once the patient was spoken to.
    """

    applied: tuple[AppliedRule, ...]
    first: HearBy
    wish: HearBy | None
    wish_changed_at: datetime | None
    earliest: date
    earliest_after_talk: date
    is_upsetting: bool
    has_spoken: bool

    @property
    def off(self) -> tuple[AppliedRule, ...]:
        """The rules that keep results out of the portal."""
        return tuple(one for one in self.applied if not one.rule.uses_portal)

    @property
    def off_titles(self) -> tuple[str, ...]:
        """The results that may not go to the portal."""
        return tuple(title for one in self.off for title in one.titles)

    @property
    def is_told_first(self) -> bool:
        """Whether the practice tells these results itself first."""
        return self.first is not HearBy.ONLINE

    @property
    def is_wished_otherwise(self) -> bool:
        """Whether the patient wants to hear it from somebody first."""
        return self.wish not in (None, HearBy.ONLINE)

    @property
    def needs_talk(self) -> bool:
        """Whether publishing asks for the tick that the patient was spoken to."""
        return self.is_told_first or self.is_wished_otherwise


@dataclass(frozen=True, kw_only=True, slots=True)
class KindChoice:
    """A kind of result on the patient's page, with the wish for it."""

    rule: ResultRule
    wish: HearBy | None


@dataclass(frozen=True, kw_only=True, slots=True)
class WishPage:
    """What a patient chose at one practice, and what the practice does in any case."""

    practice_name: str
    practice_phone: str
    general: HearBy | None
    rest: ResultRule
    kinds: tuple[KindChoice, ...]
    changed_at: datetime | None


class KindRefused(Refused):
    """Root of the reasons why a rule of a practice is not stored."""


class KindNameTaken(KindRefused):
    """Two kinds of one practice have the same name."""


class KindChanged(KindRefused):
    """Somebody else changed the rule since it was opened."""


class TooManyKinds(KindRefused):
    """A practice has as many kinds as it may have."""
