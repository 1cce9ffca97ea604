"""Changes of the sign-in users of staff: passwords and sessions."""

from zorgbalie.kernel.ids import StaffUserId
from zorgbalie.practice.models import StaffSession, StaffUser


def set_password(*, user_id: StaffUserId, password: str, must_change: bool) -> None:
    """A new password; sessions that were opened with the old one end by themselves, because their check fails."""
    user = StaffUser.objects.get(pk=user_id)
    user.set_password(password)
    user.must_change_password = must_change
    user.save(update_fields=["password", "must_change_password"])


def end_sessions(*, user_id: StaffUserId) -> int:
    """End every session of a user at once; returns how many (security row 13)."""
    ended, _ = StaffSession.objects.filter(user_id=user_id).delete()
    return ended
