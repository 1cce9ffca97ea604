"""Pure rules of laboratory reports: which version is the newest, who asked for it, when one is due, template fields."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from zorgbalie.kernel.clock import AMSTERDAM
from zorgbalie.kernel.ids import AccountId
from zorgbalie.practice.types import AccountDetails
from zorgbalie.record.types.lab import ReportStatus

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


FIRST_HOUR = 8
"""Hour of the day (Dutch time) from which a report with a day is published: no mail in the night."""

_END_OF_WORK = 17
_FIELD = re.compile(r"\{([^{}\n]{1,40})\}")


def is_due(*, publish_on: date, now: datetime) -> bool:
    """Whether a report that was to be published on a day may be published now."""
    here = now.astimezone(AMSTERDAM)
    return (here.date(), here.hour) >= (publish_on, FIRST_HOUR)


def due_moment(*, day: date) -> datetime:
    """The moment after which an action of that day is late: the end of the working day."""
    return datetime.combine(day, time(_END_OF_WORK), tzinfo=AMSTERDAM)


def fill_template(*, text: str, fields: Mapping[str, str]) -> str:
    """Put values in the place of fields such as {naam}; a field that is not known stays, so that it is seen."""
    return _FIELD.sub(lambda found: fields.get(found[1].strip().lower(), found[0]), text)


def open_field(*, text: str) -> str:
    """The first field of a template that was not filled in, with its braces; empty when there is none."""
    found = _FIELD.search(text)
    return found[0] if found else ""
