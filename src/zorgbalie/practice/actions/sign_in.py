"""Changes of the sign-in users of staff: passwords and sessions."""

from datetime import datetime

from zorgbalie.kernel.ids import StaffUserId
from zorgbalie.practice.models import StaffSession, StaffUser


def set_password(*, user_id: StaffUserId, password: str, one_time_until: datetime | None) -> None:
    """A new password; sessions that were opened with the old one end by themselves, because their check fails.

    `one_time_until`: somebody else gave it, it must be changed at the first sign-in, and until then at the latest.
    """
    user = StaffUser.objects.get(pk=user_id)
    user.set_password(password)
    user.must_change_password = one_time_until is not None
    user.one_time_until = one_time_until
    user.save(update_fields=["password", "must_change_password", "one_time_until"])


def end_sessions(*, user_id: StaffUserId) -> int:
    """End every session of a user at once; returns how many (security row 13)."""
    ended, _ = StaffSession.objects.filter(user_id=user_id).delete()
    return ended
