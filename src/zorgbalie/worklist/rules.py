"""Pure rules of the work list."""

import hashlib
from datetime import date, datetime, time, timedelta

from zorgbalie.kernel.clock import AMSTERDAM

LONGEST_AHEAD = timedelta(days=2 * 365)
_END_OF_WORK = 17


def due_moment(*, day: date) -> datetime:
    """The moment after which work of that day is late: the end of the working day (Dutch time)."""
    return datetime.combine(day, time(_END_OF_WORK), tzinfo=AMSTERDAM)


def item_version(*, employee_id: int | None, account_id: int | None, due_at: datetime | None, is_urgent: bool) -> str:
    """A digest of who has an item and when it is due, to compare when one changes that."""
    moment = int(due_at.timestamp()) if due_at else 0
    text = f"{employee_id or 0}:{account_id or 0}:{moment}:{int(is_urgent)}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]
