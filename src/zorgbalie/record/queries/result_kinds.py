"""Reads of a practice's rules per kind of result. They hold no patient data."""

from zorgbalie.access import gate
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PracticeId, ResultKindId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.record.models import ResultKind
from zorgbalie.record.types.result_kinds import HearBy, ResultRule


def list_kinds(*, viewer: Viewer) -> tuple[ResultRule, ...]:
    """The rules of the own practice in the practice's order, that of the rest last. Raises NotAllowed, NotVisible."""
    return list_rules(practice_id=gate.check_manager(viewer=viewer, event="result_kinds.read"))


def get_kind(*, viewer: Viewer, kind_id: ResultKindId) -> ResultRule:
    """One rule of the own practice. Raises NotAllowed, NotVisible."""
    for rule in list_kinds(viewer=viewer):
        if rule.kind_id == kind_id:
            return rule
    raise NotVisible("result_kind")


def list_rules(*, practice_id: PracticeId) -> tuple[ResultRule, ...]:
    """All rules of a practice in one query, that of the rest last, for this app."""
    rows = ResultKind.objects.filter(practice_id=practice_id, removed_at__isnull=True)
    found = [rule_of(row) for row in rows.order_by("is_rest", "position", "pk")]
    if found and found[-1].is_rest:
        return tuple(found)
    return (*found, ResultRule(kind_id=None, name="", is_rest=True))


def rule_of(row: ResultKind) -> ResultRule:
    """A row as others receive it."""
    return ResultRule(
        kind_id=ResultKindId(row.pk),
        name=row.name,
        codes=tuple(row.codes),
        words=tuple(row.words),
        uses_portal=row.uses_portal,
        wait_days=row.wait_days,
        first=HearBy(row.first),
        is_upsetting=row.is_upsetting,
        is_rest=row.is_rest,
        revision=row.revision,
    )
