"""Pure rules of laboratory reports: which version is the newest, and who asked for it."""

from collections.abc import Sequence
from datetime import datetime

from zorgbalie.kernel.ids import AccountId
from zorgbalie.practice.types import AccountDetails
from zorgbalie.record.types.lab import ReportState, ReportStatus

OPEN_STATES = (ReportState.NEW, ReportState.SAVED, ReportState.SCHEDULED, ReportState.INVITED)
"""States in which the practice can still decide."""

_RANK = {ReportStatus.PRELIMINARY: 0, ReportStatus.FINAL: 1, ReportStatus.CORRECTED: 2}


def is_older(
    *, status: ReportStatus, reported_at: datetime, than_status: ReportStatus, than_reported_at: datetime
) -> bool:
    """Whether a version that comes in now was made before the one that is there (messages can overtake each other)."""
    return (reported_at, _RANK[status]) < (than_reported_at, _RANK[than_status])


def find_requester(*, accounts: Sequence[AccountDetails], agb: str, name: str) -> AccountId | None:
    """The account of who asked: by AGB code, else by the same name; None where that is not exactly one account."""
    active = [account for account in accounts if account.is_active]
    by_agb = [account for account in active if agb and account.agb == agb]
    by_name = [account for account in active if name and _plain(account.name) == _plain(name)]
    found = by_agb or by_name
    return found[0].account_id if len(found) == 1 else None


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace(".", " ").split())
