"""Reads of what the practice decides about itself."""

from zorgbalie.access import gate
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice import queries as practices
from zorgbalie.practice.types import PracticeSettings


def get_settings(*, viewer: Viewer) -> PracticeSettings:
    """All settings of the own practice. Raises NotAllowed. Source: REQ 54, 67, 88."""
    return practices.get_practice_settings(practice_id=gate.check_manager(viewer=viewer, event="settings.read"))
