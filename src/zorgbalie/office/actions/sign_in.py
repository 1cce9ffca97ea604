"""What staff do with their own sign-in, and the lines that it leaves in the log (security rows 16 and 23).

There is no viewer before somebody is at work: lines are written for each practice where the user works now, so that
each manager finds them. An unknown e-mail address leaves no line: the log has no place for what strangers type.
"""

from datetime import datetime

from allauth.core.internal import ratelimit
from axes.utils import reset
from django.core.cache import cache
from django.http import HttpRequest

from zorgbalie.audit.scope import add_line
from zorgbalie.audit.types import AuditAction, AuditLine, AuditOutcome
from zorgbalie.kernel.ids import StaffUserId
from zorgbalie.kernel.viewer import Viewer, staff_viewer, system_viewer
from zorgbalie.office.queries.sign_in import list_work
from zorgbalie.practice import queries as practices
from zorgbalie.practice.actions import sign_in as registers
from zorgbalie.practice.types import Employment

_LIMITS_OF = "allauth.account"


def note(*, user_id: StaffUserId, event: str, address: str, now: datetime, way: str = "") -> None:
    """Log what a user did with the own sign-in. Audit: `event`, one line per practice where the user works."""
    for work in list_work(user_id=user_id, now=now):
        line = AuditLine(
            event=event,
            action=AuditAction.EXECUTE,
            practice_id=work.practice_id,
            object_type="staff_user",
            object_id=str(user_id),
            detail={"way": way} if way else {},
        )
        add_line(viewer=_viewer(work, address), line=line)


def note_refusal(*, email: str, event: str, reason: str, now: datetime) -> None:
    """Log a sign-in that failed. Who tried is not known, so no employee is named as the doer.

    Audit: `event`, refused, one line per practice where the owner of the address works.
    """
    user_id = practices.find_staff_user(email=email)
    if user_id is None:
        return
    for work in list_work(user_id=user_id, now=now):
        line = AuditLine(
            event=event,
            action=AuditAction.EXECUTE,
            outcome=AuditOutcome.REFUSED,
            practice_id=work.practice_id,
            object_type="staff_user",
            object_id=str(user_id),
            detail={"reason": reason, "employee": work.employee_id},
        )
        add_line(viewer=system_viewer(task="staff.sign_in", practice_id=work.practice_id), line=line)


def change_own_password(*, user_id: StaffUserId, password: str, address: str, now: datetime) -> None:
    """A password of one's own choice. Other sessions end. Audit: `staff.password_changed`."""
    registers.set_password(user_id=user_id, password=password, one_time_until=None)
    note(user_id=user_id, event="staff.password_changed", address=address, now=now)


def failed_password_key(*, email: str) -> str:
    """Under which name the wrong passwords of an account are counted."""
    return f"staff:{email.strip().lower()}"


def clear_tries(*, user_id: StaffUserId, email: str) -> None:
    """Forget the wrong passwords and codes of an account, so that its owner can try again."""
    reset(username=email)
    keys = (failed_password_key(email=email), f"mfa-auth-user-{user_id}")
    for rate in ratelimit.get_rates(app=_LIMITS_OF, action="login_failed"):
        if rate.per != "key":
            continue
        for key in keys:
            nobody = HttpRequest()  # counts per account do not look at the request
            cache.delete(ratelimit.get_cache_key(nobody, app=_LIMITS_OF, action="login_failed", rate=rate, key=key))


def _viewer(work: Employment, address: str) -> Viewer:
    return staff_viewer(
        employee_id=work.employee_id,
        practice_id=work.practice_id,
        role=work.role,
        rights=work.rights,
        name=work.name,
        organisation=work.practice_name,
        address=address,
    )
