"""Tables of billing, by topic."""

from zorgbalie.billing.models.declarations import (
    Declaration,
    DeclarationEvent,
    ExportBatch,
    ExportBatchContent,
)
from zorgbalie.billing.models.entries import (
    TimeEntry,
)
from zorgbalie.billing.models.settings import (
    BillingSettings,
)
from zorgbalie.billing.models.tariffs import (
    BillingTariff,
)

__all__ = [
    "BillingSettings",
    "BillingTariff",
    "Declaration",
    "DeclarationEvent",
    "ExportBatch",
    "ExportBatchContent",
    "TimeEntry",
]
