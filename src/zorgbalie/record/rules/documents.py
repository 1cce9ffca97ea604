"""Pure rules of correspondence: what may ever be shared (R4), and what is served of what was shared (R14)."""

from collections.abc import Mapping
from datetime import date

from zorgbalie.record.types.documents import DocumentCategory, DocumentState, Obstacle, VirusState

SAFE_TO_SHARE = frozenset({VirusState.CLEAN, VirusState.UNCHECKED})

Starts = Mapping[DocumentCategory, date | None]
"""From which day each category is shared; absent or None is off."""


def may_ever_be_shared(*, category: DocumentCategory) -> bool:
    """R4: everything but the EPD-overdrachtsbericht."""
    return category is not DocumentCategory.EPD_TRANSFER


def is_switched_on(*, category: DocumentCategory, document_date: date, starts: Starts) -> bool:
    """Whether the practice serves documents of this category and day (R14). R4 holds whatever the switch says."""
    start = starts.get(category)
    return may_ever_be_shared(category=category) and start is not None and document_date >= start


def is_served(
    *,
    category: DocumentCategory,
    document_date: date,
    state: DocumentState,
    virus_state: VirusState,
    starts: Starts,
) -> bool:
    """Whether the portal shows a document of a patient whose record is open."""
    on = is_switched_on(category=category, document_date=document_date, starts=starts)
    return on and state is DocumentState.SHARED and virus_state in SAFE_TO_SHARE


def find_obstacles(
    *, category: DocumentCategory, document_date: date, virus_state: VirusState, starts: Starts, reads_online: bool
) -> tuple[Obstacle, ...]:
    """Why the patient would not see it though somebody shared it."""
    if not may_ever_be_shared(category=category):
        return (Obstacle.NEVER_SHARED,)
    start = starts.get(category)
    found = [
        (virus_state is VirusState.INFECTED, Obstacle.VIRUS_FOUND),
        (virus_state is VirusState.WAITING, Obstacle.VIRUS_WAITING),
        (start is None, Obstacle.CATEGORY_OFF),
        (start is not None and document_date < start, Obstacle.BEFORE_START),
        (not reads_online, Obstacle.NOT_ONLINE),
    ]
    return tuple(obstacle for holds, obstacle in found if holds)
