"""What the session of a member of staff holds, and when it ends (security rows 16 and 22)."""

from collections.abc import Mapping, MutableMapping
from datetime import datetime, timedelta
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.base_user import AbstractBaseUser

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# The library keeps for which user its records are; they count for that user alone.
_METHODS_USER = "account_authentication_methods_user"
_SEEN_STEP = timedelta(seconds=30)
# Without a practice (setting up, choosing) there is no practice's own setting.
IDLE_MINUTES_BEFORE_WORK = 15


def session_values(
    *, user: AbstractBaseUser, employee_id: int | None, second_factor: bool, now: datetime
) -> dict[str, Any]:
    """The session of somebody who signed in just now, as the sign-in pages leave it."""
    methods = [{"method": "password", "at": now.timestamp(), "email": user.get_username()}]
    if second_factor:
        methods.append({"method": "mfa", "at": now.timestamp(), "type": "totp"})
    return {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: BACKEND,
        HASH_SESSION_KEY: user.get_session_auth_hash(),
        AUTHENTICATION_METHODS_SESSION_KEY: methods,
        _METHODS_USER: str(user.pk),
        **start_values(now=now),
        **({"employee_id": employee_id} if employee_id else {}),
    }


def start_values(*, now: datetime) -> dict[str, Any]:
    """What a sign-in adds to the session of the library."""
    return {"signed_in_at": now.isoformat(), "seen_at": now.isoformat()}


def passed_second_factor(session: Mapping[str, Any], *, user: AbstractBaseUser) -> bool:
    """Whether this very user passed the second factor in this session."""
    if session.get(_METHODS_USER) != str(user.pk):
        return False
    records = session.get(AUTHENTICATION_METHODS_SESSION_KEY) or []
    return any(record.get("method") == "mfa" for record in records)


def has_ended(session: Mapping[str, Any], *, now: datetime, idle_minutes: int) -> bool:
    """Whether the session was idle too long, or is too old altogether. One without a beginning has ended."""
    if "seen_at" not in session or "signed_in_at" not in session:
        return True
    seen, began = (datetime.fromisoformat(session[key]) for key in ("seen_at", "signed_in_at"))
    return now - seen > timedelta(minutes=idle_minutes) or now - began > timedelta(hours=settings.SESSION_HOURS)


def note_seen(session: MutableMapping[str, Any], *, now: datetime) -> None:
    """Keep the session alive; written at most every half minute, so that a page costs no write."""
    if now - datetime.fromisoformat(session["seen_at"]) > _SEEN_STEP:
        session["seen_at"] = now.isoformat()
