"""Reads of groups of employees (REQ 30, 71)."""

from zorgbalie.access import gate
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import GroupId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.office.types import GroupDetails
from zorgbalie.practice import queries as practices


def list_groups(*, viewer: Viewer) -> list[GroupDetails]:
    """All groups of the own practice with their members. Raises NotAllowed."""
    return practices.list_groups(practice_id=gate.check_manager(viewer=viewer, event="groups.read"))


def get_group(*, viewer: Viewer, group_id: GroupId) -> GroupDetails:
    """One group of the own practice. Raises NotAllowed, NotVisible."""
    for group in list_groups(viewer=viewer):
        if group.group_id == group_id:
            return group
    raise NotVisible("group")
