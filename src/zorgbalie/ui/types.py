"""What a face hands to the shells and components: small frozen objects, never models.

Texts are already translated by the face; addresses are already reversed.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class NavItem:
    """One line in a menu. Leave an item out of the list when its facility is off (R14)."""

    label: str
    href: str
    icon: str = ""
    current: bool = False
    count: int | None = None
    count_label: str = ""
    """Said after the number by a screen reader, for example "nieuw"."""
    live: str = ""
    """Desk: the name of a number that `ui/live.js` keeps up to date."""


@dataclass(frozen=True, kw_only=True)
class NavGroup:
    """A headed group in the rail of the desk; an empty label shows no heading."""

    label: str
    items: Sequence[NavItem]


@dataclass(frozen=True, kw_only=True)
class PracticeHeader:
    """What every page shows of the practice.

    ``phone`` is as people read it ("020 123 45 67"); ``theme_href`` is the practice's own style
    sheet, ``logo_href`` its picture; ``out_of_hours`` one sentence with the GP post's number.
    """

    name: str
    phone: str = ""
    phone_hours: str = ""
    out_of_hours: str = ""
    out_of_hours_phone: str = ""
    """The number as it stands in that sentence, to call with one press."""
    out_of_hours_name: str = ""
    logo_href: str = ""
    theme_href: str = ""


@dataclass(frozen=True, kw_only=True)
class ActingFor:
    """The person for whom a parent or helper is at work now."""

    name: str
    detail: str = ""
    """For example "8 jaar"."""
    stop_href: str = ""


@dataclass(frozen=True, kw_only=True)
class AccountMenu:
    """Who is signed in. ``logout_href`` receives a POST; ``links`` are extra lines in the menu."""

    name: str
    logout_href: str
    detail: str = ""
    """Desk: the person's function."""
    links: Sequence[NavItem] = ()
    accounts: Sequence["AccountChoice"] = ()
    """Desk: the accounts between which this employee can switch."""
    switch_href: str = ""


@dataclass(frozen=True, kw_only=True)
class AccountChoice:
    """An account (practice doctor) on which the employee works; ``value`` is posted."""

    value: str
    label: str
    current: bool = False


@dataclass(frozen=True, kw_only=True)
class SessionClock:
    """When the session ends by itself. ``seconds`` left at rendering; ``keep_alive_href`` gets a POST."""

    seconds: int
    keep_alive_href: str
    ended_href: str
    warn_seconds: int = 120


@dataclass(frozen=True, kw_only=True)
class Crumb:
    """A step in the breadcrumb; the last one has no ``href``."""

    label: str
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class Tab:
    """A tab that is an ordinary link."""

    label: str
    href: str
    current: bool = False
    count: int | None = None
    live: str = ""
    """Desk: the name of a number that `ui/live.js` keeps up to date."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of a tracker. ``state`` is ``done``, ``current`` or ``todo``."""

    label: str
    state: str = "todo"
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class SummaryRow:
    """A line of "Controleer uw antwoorden"; an empty value shows as "Niet ingevuld"."""

    label: str
    value: str = ""
    change_href: str = ""


@dataclass(frozen=True, kw_only=True)
class TrendPoint:
    """A measurement in time; the unit is given to the component."""

    day: dt.date
    value: Decimal
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class FooterLink:
    """A link at the foot of the page."""

    label: str
    href: str


@dataclass(frozen=True)
class GlossaryTerm:
    """An abbreviation or hard word and what it means in plain Dutch."""

    term: str
    meaning: str
    spellings: Sequence[str] = field(default_factory=tuple)
