"""Which performance follows from the time that was spent: pure (REQ 50)."""

from collections.abc import Iterable, Sequence
from datetime import date

from zorgbalie.billing.types import Obstacle, Proposal, Rounding, Source, Tariff

_MINUTE = 60
# The three consults by time, and the bounds that hold where no tariff of the day says otherwise. Only these follow from
# time alone: another performance (of the POH-GGZ, a visit) is chosen by hand.
_BY_TIME: tuple[tuple[str, str, int, int | None], ...] = (
    ("12010", "Consult korter dan 5 minuten", 0, 5),
    ("12011", "Consult van 5 tot 20 minuten", 5, 20),
    ("12001", "Consult van 20 minuten en langer", 20, None),
)


def counted_seconds(*, seconds: int, rounding: Rounding) -> int:
    """The time as the practice counts it."""
    if rounding is Rounding.UP:
        return -(-seconds // _MINUTE) * _MINUTE
    if rounding is Rounding.NEAREST:
        return (seconds + _MINUTE // 2) // _MINUTE * _MINUTE
    return seconds


def tariffs_on(*, tariffs: Iterable[Tariff], day: date) -> tuple[Tariff, ...]:
    """What holds on a day, one per code: the practice's own before that of all, then the latest that began."""
    found: dict[str, Tariff] = {}
    for one in sorted(tariffs, key=lambda one: (one.is_own, one.valid_from)):
        if one.valid_from <= day and (one.valid_until is None or day <= one.valid_until):
            found[one.code] = one
    return tuple(found[code] for code in sorted(found))


def propose(*, seconds: int, tariffs: Sequence[Tariff]) -> Proposal:
    """The consult by its time: below 5 minutes, 5 to below 20, 20 and longer.

    `tariffs` are those of the day; bounds and amount are theirs. For a code without one the general bounds hold and the
    amount stays empty. Source: performance description of consults by time; REQ 50.
    """
    known = {one.code: one for one in tariffs}
    for code, description, low, high in _BY_TIME:
        tariff = known.get(code)
        first, last = (tariff.minutes_from, tariff.minutes_to) if tariff else (low, high)
        if first * _MINUTE <= seconds and (last is None or seconds < last * _MINUTE):
            return of_tariff(tariff) if tariff else Proposal(code=code, description=description, amount_cents=None)
    # Loaded bounds that leave a gap: the performance follows from the time alone, its amount is not known.
    code, description = next(
        (code, words) for code, words, low, high in _BY_TIME if high is None or seconds < high * _MINUTE
    )
    return Proposal(code=code, description=description, amount_cents=None)


def of_tariff(tariff: Tariff) -> Proposal:
    """A performance with the amount of its day."""
    return Proposal(
        code=tariff.code,
        description=tariff.description,
        amount_cents=tariff.amount_cents,
        source=tariff.source,
    )


def obstacle(
    *, source: Source, seconds: int, is_administration: bool, is_enrolled: bool, has_bsn: bool
) -> Obstacle | None:
    """Why a source cannot be declared, the plainest reason first; None when it can.

    `is_enrolled`: on the day of the contact. Source: REQ 50; BW 7:446 (no treatment relation, no performance).
    """
    reasons = {
        Obstacle.DRAFT: source.is_draft,
        Obstacle.NO_ANSWER: source.day is None,
        Obstacle.ADMINISTRATION: is_administration,
        Obstacle.NO_TIME: seconds <= 0,
        Obstacle.NOT_ENROLLED: not is_enrolled,
        Obstacle.NO_BSN: not has_bsn,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)
