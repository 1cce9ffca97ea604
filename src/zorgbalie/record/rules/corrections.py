"""Pure rules of requests about a record: terms, and how often a term may be extended."""

from datetime import date, datetime

from zorgbalie.kernel.clock import local_date, months_before
from zorgbalie.record.types.corrections import RecordItem
from zorgbalie.record.types.desk import ItemKind

_MONTHS, _LONGEST = 1, 3
TICKED: dict[str, ItemKind] = {
    RecordItem.EPISODE: ItemKind.EPISODE,
    RecordItem.CONTACT: ItemKind.CONTACT,
    RecordItem.LINE: ItemKind.LINE,
    RecordItem.VALUE: ItemKind.VALUE,
    RecordItem.ALLERGY: ItemKind.ALLERGY,
    RecordItem.MEDICINE: ItemKind.MEDICINE,
}
"""Items with a tick of their own, which a practice can take away from the patient at once (REQ 57)."""


def first_due_date(*, asked_at: datetime) -> date:
    """The last day for an answer: a month after receipt (AVG 12 lid 3), also where BW 7:455 gives three."""
    return months_before(local_date(asked_at), -_MONTHS)


def longest_due_date(*, asked_at: datetime) -> date:
    """The last day to which it can be extended: two months more, which is also the term of BW 7:455."""
    return months_before(local_date(asked_at), -_LONGEST)


def may_extend(*, asked_at: datetime, extended_at: datetime | None, today: date) -> bool:
    """Whether the term can be extended now: once, and the patient must be told within the first month."""
    return extended_at is None and today <= first_due_date(asked_at=asked_at)
