"""What signing in needs to know of a member of staff. No right is needed: it is about oneself."""

from datetime import datetime

from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.ids import StaffUserId
from zorgbalie.practice import queries as practices
from zorgbalie.practice.types import Employment


def list_work(*, user_id: StaffUserId, now: datetime) -> list[Employment]:
    """Where a user works today, read anew at each request: a leaver is out at once (security row 13)."""
    return practices.list_employments(user_id=user_id, today=local_date(now))
