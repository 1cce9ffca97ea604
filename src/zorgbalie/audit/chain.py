"""How a log line becomes a link of the chain: canonical text and digest. Pure.

Source: NEN 7513:2018 (integrity of the log); security row 41.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

FIRST_DIGEST = bytes(32)

# The columns that a digest covers, per form. A form never changes: a new column makes a new form.
FORMS: Mapping[int, Sequence[str]] = {
    1: (
        "id", "recorded_at", "request_id", "event", "action", "outcome", "user_kind", "user_id", "user_name", "role",
        "organisation_id", "organisation_name", "acts_for_id", "purpose", "assurance_level", "network_address",
        "patient_id", "practice_id", "kind", "object_type", "object_id", "basis", "relation", "consent", "emergency",
        "detail", "source_id", "site_id",
    ),
}  # fmt: skip
CURRENT_FORM = 1


def next_digest(*, previous: bytes, number: int, sealed_at: datetime, form: int, values: Sequence[object]) -> bytes:
    """SHA-256 of the digest before it and the canonical text of this line (`values` in the order of the form)."""
    line = {name: _plain(value) for name, value in zip(FORMS[form], values, strict=True)}
    text = {"form": form, "number": number, "sealed_at": _plain(sealed_at), "line": line}
    canonical = json.dumps(text, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(previous + canonical.encode()).digest()


def _plain(value: object) -> object:
    """Moments in UTC to the microsecond, so that neither time zone nor notation counts."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value
