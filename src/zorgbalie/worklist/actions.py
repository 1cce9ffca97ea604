"""Changes of the work list: care apps put items in, take them out."""

from datetime import datetime

from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.kernel.viewer import StaffRight, Viewer, ViewerKind
from zorgbalie.worklist.models import WorkItem
from zorgbalie.worklist.types import ItemKind, ItemState


def add_item(
    *,
    practice_id: PracticeId,
    kind: ItemKind,
    about_id: int,
    person_id: PersonId | None = None,
    for_right: StaffRight | None = None,
    is_urgent: bool = False,
) -> None:
    """Put an item in the inbox; nothing happens when the same item is open already."""
    WorkItem.objects.bulk_create(
        [
            WorkItem(
                practice_id=practice_id,
                kind=kind,
                about_id=about_id,
                person_id=person_id,
                for_right=for_right or "",
                is_urgent=is_urgent,
            )
        ],
        ignore_conflicts=True,
    )


def finish_items(*, viewer: Viewer, practice_id: PracticeId, kind: ItemKind, about_id: int, now: datetime) -> int:
    """Close what is open about one thing, because it was handled; returns how many items closed."""
    values: dict[str, object] = {"state": ItemState.DONE, "done_at": now}
    if viewer.kind is ViewerKind.STAFF:
        values["done_by_id"] = viewer.employee_id
    return WorkItem.objects.filter(
        practice_id=practice_id, kind=kind, about_id=about_id, state=ItemState.OPEN
    ).update(**values)
