"""Changes of groups of employees that patients choose as a function (REQ 30, 71)."""

from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import EmployeeId, GroupId, PracticeId
from zorgbalie.practice.models import Employee, EmployeeGroup
from zorgbalie.practice.queries import group_details
from zorgbalie.practice.types import GroupDetails, NameTaken


def lock_group(*, practice_id: PracticeId, group_id: GroupId) -> GroupDetails:
    """The group as it is now, kept from others until this unit of work ends. Raises NotVisible."""
    return group_details(_row(practice_id, group_id))


def _row(practice_id: PracticeId, group_id: GroupId) -> EmployeeGroup:
    row = EmployeeGroup.objects.select_for_update().filter(pk=group_id, practice_id=practice_id).first()
    if row is None:
        raise NotVisible("group")
    return row


def save_group(
    *,
    practice_id: PracticeId,
    group_id: GroupId | None,
    name: str,
    description: str,
    is_visible_to_patients: bool,
    member_ids: Collection[EmployeeId],
) -> GroupId:
    """A new group, or other values of one. Members are employees of the same practice. Raises NotVisible, NameTaken."""
    row = _row(practice_id, group_id) if group_id else EmployeeGroup(practice_id=practice_id)
    row.name, row.description = name, description
    row.is_visible_to_patients = is_visible_to_patients
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise NameTaken(_("Er is al een groep met deze naam."), field="name") from None
    row.members.set(Employee.objects.filter(practice_id=practice_id, pk__in=member_ids))
    return GroupId(row.pk)
