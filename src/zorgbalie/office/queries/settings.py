"""Reads of what the practice decides about itself."""

from zorgbalie.access.gate import check_right
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.kernel.viewer import StaffRight, Viewer
from zorgbalie.practice import queries as practices
from zorgbalie.practice.types import PracticeSettings


def managed_practice(viewer: Viewer, event: str) -> PracticeId:
    """The practice that this viewer manages: always the own one, whatever a request names.

    Raises NotAllowed. Audit: `event`, for the refusal.
    """
    check_right(viewer=viewer, right=StaffRight.MANAGE_PRACTICE, event=event)
    if viewer.practice_id is None:
        raise NotVisible("practice")
    return viewer.practice_id


def get_settings(*, viewer: Viewer) -> PracticeSettings:
    """All settings of the own practice. Raises NotAllowed. Source: REQ 54, 67, 88."""
    return practices.get_practice_settings(practice_id=managed_practice(viewer, "settings.read"))
