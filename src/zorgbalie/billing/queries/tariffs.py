"""Tariffs of a practice: its own and those of all."""

from datetime import date

from django.db.models import Q, QuerySet

from zorgbalie.access import gate
from zorgbalie.billing.models import BillingTariff
from zorgbalie.billing.rules.proposing import tariffs_on
from zorgbalie.billing.types import Tariff
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.kernel.listing import Listing, page_bounds
from zorgbalie.kernel.viewer import Viewer


def list_tariffs_on(*, practice_id: PracticeId, day: date) -> tuple[Tariff, ...]:
    """What holds on a day, one per code, in one query. No patient data; for this app."""
    ends = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
    rows = tariff_rows(practice_id).filter(ends, valid_from__lte=day)
    return tariffs_on(tariffs=[tariff_of(row) for row in rows], day=day)


def list_tariffs(*, viewer: Viewer, page: int) -> Listing[Tariff]:
    """A page of all tariffs that the practice has, the latest period first. Raises NotAllowed."""
    rows = tariff_rows(gate.check_manager(viewer=viewer, event="billing.settings_read"))
    total = rows.count()
    number, bounds = page_bounds(number=page, total=total)
    found = rows.order_by("-valid_from", "code", "practice_id")[bounds]
    return Listing(rows=tuple(tariff_of(row) for row in found), total=total, number=number)


def tariff_rows(practice_id: PracticeId) -> "QuerySet[BillingTariff]":
    """The practice's own rows and those of all; for this app."""
    return BillingTariff.objects.filter(Q(practice_id=practice_id) | Q(practice__isnull=True))


def tariff_of(row: BillingTariff) -> Tariff:
    """A row as others receive it."""
    return Tariff(
        code=row.code,
        description=row.description,
        minutes_from=row.minutes_from,
        minutes_to=row.minutes_to,
        amount_cents=row.amount_cents,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        source=row.source,
        is_own=row.practice_id is not None,
    )
