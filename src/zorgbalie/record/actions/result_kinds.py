"""Changes of a practice's rules per kind of result (REQ 64: the practice decides for which results the portal is used).

They hold for what is published from now on, also for what was planned before; what a patient could read already stays.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.audit.types import AuditAction
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PracticeId, ResultKindId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.record.models import ResultKind
from zorgbalie.record.types.result_kinds import KindChanged, KindNameTaken, ResultRule, TooManyKinds

MOST_KINDS = 60
_FIELDS = ("name", "codes", "words", "uses_portal", "wait_days", "first", "is_upsetting")


@transaction.atomic
def save_kind(*, viewer: Viewer, rule: ResultRule, now: datetime) -> ResultKindId:
    """Store a new rule (no `kind_id`) or other values of one; `revision` is the one that was on the screen.

    Raises NotAllowed, NotVisible, KindNameTaken, KindChanged, TooManyKinds. Audit: `result_kind.created` or
    `result_kind.changed`, with what it was and became.
    """
    event = "result_kind.changed" if rule.kind_id else "result_kind.created"
    practice_id = gate.check_manager(viewer=viewer, event=event)
    row = _lock(practice_id, rule.kind_id, rule.revision) if rule.kind_id else _new(practice_id, is_rest=rule.is_rest)
    before = {} if rule.kind_id is None else {name: getattr(row, name) for name in _FIELDS}
    for name in _FIELDS:
        value = getattr(rule, name)
        setattr(row, name, list(value) if isinstance(value, tuple) else value)
    row.revision += 1
    _store(row)
    _log(viewer, event, row, _difference(before, row))
    return ResultKindId(row.pk)


@transaction.atomic
def remove_kind(*, viewer: Viewer, kind_id: ResultKindId, revision: int, now: datetime) -> None:
    """Take a kind away; its results fall under the other rules from now on. The rule of the rest stays.

    Raises NotAllowed, NotVisible, KindChanged. Audit: `result_kind.removed`.
    """
    practice_id = gate.check_manager(viewer=viewer, event="result_kind.removed")
    row = _lock(practice_id, kind_id, revision)
    if row.is_rest:
        raise NotVisible("result_kind")
    row.removed_at = now
    row.save(update_fields=["removed_at"])
    _log(viewer, "result_kind.removed", row, {"name": row.name})


@transaction.atomic
def move_kind(*, viewer: Viewer, kind_id: ResultKindId, up: bool) -> None:
    """Put a kind one place higher or lower. Raises NotAllowed, NotVisible. Audit: `result_kind.moved`."""
    practice_id = gate.check_manager(viewer=viewer, event="result_kind.moved")
    rows = list(_kinds(practice_id).select_for_update().order_by("position", "pk"))
    place = next((place for place, row in enumerate(rows) if row.pk == kind_id), None)
    if place is None:
        raise NotVisible("result_kind")
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for number, row in enumerate(rows):
        row.position = number
    ResultKind.objects.bulk_update(rows, ["position"])
    _log(viewer, "result_kind.moved", rows[other], {"name": rows[other].name, "place": other + 1})


@transaction.atomic
def add_examples(*, viewer: Viewer, examples: Iterable[ResultRule], now: datetime) -> int:
    """Add those examples of which the practice has no kind with that name; returns how many. Twice is once.

    Raises NotAllowed, NotVisible. Audit: `result_kind.created` for each.
    """
    practice_id = gate.check_manager(viewer=viewer, event="result_kind.created")
    known = set(_kinds(practice_id).values_list("name", flat=True))
    added = [rule for rule in examples if rule.name not in known]
    for rule in added:
        save_kind(viewer=viewer, rule=rule, now=now)
    return len(added)


def _kinds(practice_id: PracticeId) -> QuerySet[ResultKind]:
    return ResultKind.objects.filter(practice_id=practice_id, removed_at__isnull=True, is_rest=False)


def _lock(practice_id: PracticeId, kind_id: ResultKindId, revision: int) -> ResultKind:
    row = ResultKind.objects.select_for_update().filter(pk=kind_id, practice_id=practice_id).first()
    if row is None:
        raise NotVisible("result_kind")
    if row.removed_at is not None or row.revision != revision:
        raise KindChanged(_("Iemand anders heeft dit net gewijzigd. Open de pagina opnieuw en kijk wat er nu staat."))
    return row


def _new(practice_id: PracticeId, *, is_rest: bool) -> ResultKind:
    if is_rest:
        return ResultKind(practice_id=practice_id, is_rest=True)
    if _kinds(practice_id).count() >= MOST_KINDS:
        raise TooManyKinds(_("U hebt het grootste aantal soorten. Haal er eerst een weg."))
    latest = _kinds(practice_id).order_by("-position").values_list("position", flat=True).first()
    return ResultKind(practice_id=practice_id, position=0 if latest is None else latest + 1)


def _store(row: ResultKind) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "one_rule_for_the_rest" in str(error):
            raise KindChanged(_("Iemand anders heeft dit net gewijzigd. Open de pagina opnieuw.")) from None
        raise KindNameTaken(_("Er is al een soort met deze naam."), field="name") from None


def _difference(before: dict[str, object], row: ResultKind) -> dict[str, str | int | bool | list[int]]:
    after = {name: getattr(row, name) for name in _FIELDS}
    return {
        name: f"{before[name]} → {value}" if before else f"{value}"
        for name, value in after.items()
        if not before or before[name] != value
    }


def _log(viewer: Viewer, event: str, row: ResultKind, detail: dict[str, str | int | bool | list[int]]) -> None:
    action = {
        "result_kind.created": AuditAction.CREATE,
        "result_kind.removed": AuditAction.DELETE,
    }.get(event, AuditAction.UPDATE)
    gate.log_change(
        viewer=viewer, event=event, action=action, object_type="result_kind", object_id=row.pk, detail=detail
    )
