"""Loading a file of tariffs: by a manager for the own practice, by the operator for one practice or for all."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.audit.types import AuditAction
from zorgbalie.billing.models import BillingTariff
from zorgbalie.billing.queries.tariffs import tariff_of
from zorgbalie.billing.rules.lines import read_tariffs
from zorgbalie.billing.types import LARGEST_FILE, RefusedTariff, Tariff, TariffFileRefused, TariffReport
from zorgbalie.kernel.column_files import NotAText
from zorgbalie.kernel.errors import NotAllowed
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.kernel.viewer import Viewer, ViewerKind

_EVENT = "billing.tariffs_loaded"
_FIELDS = ("description", "minutes_from", "minutes_to", "amount_cents", "valid_until", "source")
_Key = tuple[str, date]


def preview_own_tariffs(*, viewer: Viewer, data: bytes) -> TariffReport:
    """What would become of a file for the own practice; stores nothing. Raises NotAllowed, TariffFileRefused."""
    practice_id = gate.check_manager(viewer=viewer, event=_EVENT)
    lines, refused = _read(data)
    return _report(_known(practice_id), lines, refused)


def load_own_tariffs(*, viewer: Viewer, data: bytes, now: datetime) -> TariffReport:
    """Load a file for the own practice. The same file again changes nothing.

    Raises NotAllowed, TariffFileRefused. Audit: `billing.tariffs_loaded`, with how many. Source: REQ 50.
    """
    return _load(viewer, gate.check_manager(viewer=viewer, event=_EVENT), data, now)


def load_tariffs(*, viewer: Viewer, practice_id: PracticeId | None, data: bytes, now: datetime) -> TariffReport:
    """Load a file as the operator; for all practices without `practice_id`.

    Raises NotAllowed for anybody else, TariffFileRefused. Audit: `billing.tariffs_loaded`.
    """
    if viewer.kind is not ViewerKind.SYSTEM:
        raise NotAllowed("tariffs")
    return _load(viewer, practice_id, data, now)


@transaction.atomic
def _load(viewer: Viewer, practice_id: PracticeId | None, data: bytes, now: datetime) -> TariffReport:
    lines, refused = _read(data)
    report = _report(_known(practice_id), lines, refused)
    _store(viewer, practice_id, [*report.new, *report.changed], now)
    gate.log_change(
        viewer=viewer,
        event=_EVENT,
        action=AuditAction.CREATE,
        object_type="tariffs",
        object_id=practice_id or "all",
        detail={"new": len(report.new), "changed": len(report.changed), "refused": len(report.refused)},
    )
    return report


def _read(data: bytes) -> tuple[list[Tariff], list[RefusedTariff]]:
    if len(data) > LARGEST_FILE:
        raise TariffFileRefused(_("Dit bestand is te groot. Het mag hoogstens 500 kB zijn."), field="file")
    try:
        lines, refused = read_tariffs(data=data)
    except NotAText:
        raise TariffFileRefused(
            _("Dit bestand kunnen wij niet lezen. Bewaar het in uw rekenprogramma als CSV."), field="file"
        ) from None
    if not lines and not refused:
        raise TariffFileRefused(_("In dit bestand staat geen regel met een tarief."), field="file")
    return lines, refused


def _known(practice_id: PracticeId | None) -> dict[_Key, Tariff]:
    return {(row.code, row.valid_from): tariff_of(row) for row in _rows(practice_id)}


def _rows(practice_id: PracticeId | None) -> "QuerySet[BillingTariff]":
    if practice_id is None:
        return BillingTariff.objects.filter(practice__isnull=True)
    return BillingTariff.objects.filter(practice_id=practice_id)


def _report(known: dict[_Key, Tariff], lines: Sequence[Tariff], refused: list[RefusedTariff]) -> TariffReport:
    new, changed = [], []
    for line in lines:
        before = known.get((line.code, line.valid_from))
        if before is None:
            new.append(line)
        elif any(getattr(line, name) != getattr(before, name) for name in _FIELDS):
            changed.append(line)
    return TariffReport(
        new=tuple(new),
        changed=tuple(changed),
        unchanged=len(lines) - len(new) - len(changed),
        refused=tuple(refused),
    )


def _store(viewer: Viewer, practice_id: PracticeId | None, lines: Sequence[Tariff], now: datetime) -> None:
    """Insert or overwrite in one statement, in the order of their keys: two uploads at once wait for each other."""
    BillingTariff.objects.bulk_create(
        [
            BillingTariff(
                practice_id=practice_id,
                code=line.code,
                valid_from=line.valid_from,
                loaded_by=viewer.name[:160],
                loaded_at=now,
                **{name: getattr(line, name) for name in _FIELDS},
            )
            for line in sorted(lines, key=lambda line: (line.code, line.valid_from))
        ],
        update_conflicts=True,
        unique_fields=["practice", "code", "valid_from"],
        update_fields=[*_FIELDS, "loaded_by", "loaded_at"],
    )
