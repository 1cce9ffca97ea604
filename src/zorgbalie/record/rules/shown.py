"""What of a record a patient may read. Source: national agreement on online access (OPEN data set); R3; REQ 14 to 19.

The conditions are applied in SQL (`queries.shown_scope`), so that what is not shown never leaves the database; here
stand the words and lists that they use.
"""

from dataclasses import dataclass
from datetime import date

SHOWN_SOEP = ("E", "P")
"""Line types that may be shown. S and O never (OPEN data set)."""

NOT_IN_USE = ("cancelled", "completed", "draft", "entered-in-error", "stopped")
"""States of a medication agreement that is not in use, whatever its period says (FHIR MedicationRequest.status)."""

NOT_TRUE = ("cancelled", "entered-in-error")
"""States of a result or allergy that was withdrawn."""

PRELIMINARY = ("preliminary", "registered")
"""States of a result that may still change."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounds:
    """From which day on what is shown, and which episodes. Days are inclusive, in the Netherlands."""

    today: date
    journal_from: date
    results_from: date
    closed_with_attention: bool
    closed_without_attention: bool


def is_running(*, end_date: date | None, today: date) -> bool:
    """Whether an episode runs on a day; the day on which it ends is its last running day."""
    return end_date is None or end_date >= today


def clamp_page(*, number: int, total: int, per_page: int) -> int:
    """The nearest page that exists; page 1 of an empty list."""
    pages = max(1, -(-total // per_page))
    return min(max(1, number), pages)
