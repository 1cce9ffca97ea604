"""A patient says how to hear results (ux 32). May be changed at any time; holds for what is not published yet."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from zorgbalie.access.queries.online_state import check_subject
from zorgbalie.access.types import Use
from zorgbalie.kernel.ids import ResultKindId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.record.models import ResultWish
from zorgbalie.record.queries.patient_home import check_record_practice
from zorgbalie.record.queries.result_kinds import list_rules
from zorgbalie.record.queries.wishes import open_wishes
from zorgbalie.record.types.result_kinds import HearBy


@transaction.atomic
def set_wishes(
    *, viewer: Viewer, general: HearBy | None, per_kind: Mapping[ResultKindId, HearBy | None], now: datetime
) -> None:
    """Store the wishes at the GP practice; None is no wish. Kinds of another practice are left out. Twice is once.

    Raises NotVisible. Audit: `wishes.changed`, with the general wish and how many kinds differ from it.
    """
    practice_id = check_record_practice(viewer=viewer)
    own = {rule.kind_id for rule in list_rules(practice_id=practice_id) if rule.kind_id and not rule.is_rest}
    chosen: dict[ResultKindId | None, HearBy | None] = {None: general}
    chosen |= {kind_id: wish for kind_id, wish in per_kind.items() if kind_id in own}
    grant = open_wishes(
        viewer=viewer, patient_id=check_subject(viewer), practice_id=practice_id, use=Use.CHANGE,
        event="wishes.changed", now=now,
        detail={"general": general or "", "kinds": sum(1 for kind, wish in chosen.items() if kind and wish)},
    )  # fmt: skip
    ResultWish.objects.bulk_create(
        [
            ResultWish(
                practice_id=grant.practice_id, patient_id=grant.patient_id, kind_id=kind_id, hear_by=wish or "",
                changed_at=now,
            )
            for kind_id, wish in sorted(chosen.items(), key=lambda item: item[0] or 0)
        ],
        update_conflicts=True,
        unique_fields=["patient", "practice", "kind"],
        update_fields=["hear_by", "changed_at"],
    )  # fmt: skip
