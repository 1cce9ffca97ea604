"""Changes of groups of employees (REQ 30, 71)."""

from collections.abc import Collection

from django.db import transaction

from zorgbalie.access import gate
from zorgbalie.audit.types import AuditAction
from zorgbalie.kernel.ids import EmployeeId, GroupId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.office.actions.settings import check_version
from zorgbalie.office.rules import difference
from zorgbalie.office.types import GroupDetails
from zorgbalie.practice.actions import groups as registers


@transaction.atomic
def save_group(
    *,
    viewer: Viewer,
    group_id: GroupId | None,
    name: str,
    description: str,
    is_visible_to_patients: bool,
    member_ids: Collection[EmployeeId],
    version: str,
) -> GroupId:
    """A new group of the own practice, or other values of one. Strangers among the members are left out.

    Raises NotAllowed, NotVisible, NameTaken, ChangedMeanwhile. Audit: `group.created` or `group.changed`.
    """
    event = "group.changed" if group_id else "group.created"
    practice_id = gate.check_manager(viewer=viewer, event=event)
    before: dict[str, object] = {}
    if group_id:
        group = registers.lock_group(practice_id=practice_id, group_id=group_id)
        check_version(version, group.version)
        before = _values(group)
    saved_id = registers.save_group(
        practice_id=practice_id, group_id=group_id, name=name, description=description,
        is_visible_to_patients=is_visible_to_patients, member_ids=member_ids,
    )  # fmt: skip
    after = _values(registers.lock_group(practice_id=practice_id, group_id=saved_id))
    gate.log_change(
        viewer=viewer,
        event=event,
        action=AuditAction.UPDATE if group_id else AuditAction.CREATE,
        object_type="group",
        object_id=saved_id,
        detail=difference(before, after),
    )
    return saved_id


def _values(group: GroupDetails) -> dict[str, object]:
    return {
        "name": group.name,
        "description": group.description,
        "visible": group.is_visible_to_patients,
        "members": set(group.member_ids),
    }
