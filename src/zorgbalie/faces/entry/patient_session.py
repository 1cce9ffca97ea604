"""What a patient's session holds, and when it ends (security row 22)."""

from collections.abc import Mapping, MutableMapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from zorgbalie.kernel.assurance import AssuranceLevel
from zorgbalie.kernel.ids import PersonId
from zorgbalie.kernel.viewer import Viewer, patient_viewer

WARN_SECONDS = 120
_SEEN_STEP = timedelta(seconds=30)


def session_values(
    *,
    person_id: PersonId,
    subject_id: PersonId,
    level: AssuranceLevel,
    now: datetime,
    name: str = "",
    connection: str = "",
    sign_out_hint: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The session of somebody who signed in just now. No BSN, except where DigiD's sign-out needs its own hint."""
    return {
        "person_id": person_id,
        "subject_id": subject_id,
        "name": name,
        "level": int(level),
        "connection": connection,
        "sign_out_hint": dict(sign_out_hint or {}),
        "signed_in_at": now.isoformat(),
        "seen_at": now.isoformat(),
    }


def has_ended(session: Mapping[str, Any], *, now: datetime) -> bool:
    """Whether the session was idle too long, or is too old altogether."""
    seen, began = (datetime.fromisoformat(session[key]) for key in ("seen_at", "signed_in_at"))
    idle = now - seen > timedelta(minutes=settings.IDLE_MINUTES)
    return idle or now - began > timedelta(hours=settings.SESSION_HOURS)


def note_seen(session: MutableMapping[str, Any], *, now: datetime) -> None:
    """Keep the session alive; written at most every half minute, so that a page costs no write."""
    if now - datetime.fromisoformat(session["seen_at"]) > _SEEN_STEP:
        session["seen_at"] = now.isoformat()


def viewer_from(session: Mapping[str, Any], *, address: str) -> Viewer:
    """The viewer of this request."""
    return patient_viewer(
        person_id=PersonId(session["person_id"]),
        subject_id=PersonId(session["subject_id"]),
        name=session.get("name", ""),
        level=AssuranceLevel(session["level"]),
        address=address,
    )
