"""Which correspondence a practice shares: the switches, for who manages it (REQ 90)."""

import hashlib
from collections.abc import Mapping
from datetime import date

from zorgbalie.access import gate
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice import queries as practices
from zorgbalie.practice.types import PracticeKind
from zorgbalie.record.queries.document_rows import read_starts
from zorgbalie.record.types.documents import SHAREABLE, DocumentCategory, SharingSettings


def get_sharing_settings(*, viewer: Viewer) -> SharingSettings | None:
    """Every category that can be shared, with its first day; None at a pharmacy. Raises NotAllowed."""
    try:
        practice_id = managed_gp_practice(viewer=viewer, event="settings.read")
    except NotVisible:
        return None
    starts = read_starts(practice_id=practice_id)
    return SharingSettings(starts={one: starts.get(one) for one in SHAREABLE}, version=version_of(starts=starts))


def managed_gp_practice(*, viewer: Viewer, event: str) -> PracticeId:
    """The GP practice that this viewer manages: a pharmacy keeps no correspondence here. Raises NotAllowed, NotVisible.

    Audit: `event`, for the refusal.
    """
    practice_id = gate.check_manager(viewer=viewer, event=event)
    if practices.get_practice_card(practice_id=practice_id).kind is not PracticeKind.GP:
        raise NotVisible("practice")
    return practice_id


def version_of(*, starts: Mapping[DocumentCategory, date]) -> str:
    """What is stored, as a short text that changes with it."""
    stored = ",".join(f"{category}:{day}" for category, day in sorted(starts.items()))
    return hashlib.sha256(stored.encode()).hexdigest()[:20]
