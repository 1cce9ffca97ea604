"""Pure rules: which rules of a practice are about a report, what they and the patient's wish say together.

The strictest wins: no portal before told first before the longest wait; a visit before a call before online.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from zorgbalie.record.types.result_kinds import (
    AppliedRule,
    Determination,
    HearBy,
    Objection,
    PublicationTerms,
    ResultRule,
    Wishes,
)

_CAUTION = (HearBy.ONLINE, HearBy.CALL, HearBy.VISIT)


def is_about(*, rule: ResultRule, result: Determination) -> bool:
    """Whether a rule names this result: by its code, or by the beginning of a word in its title or group."""
    if result.code and result.code.casefold() in {code.casefold() for code in rule.codes}:
        return True
    text = f"{result.title} {result.group_title}".casefold()
    return any(re.search(rf"(?<!\w){re.escape(word.casefold())}", text) for word in rule.words)


def find_rules(*, rules: Sequence[ResultRule], results: Sequence[Determination]) -> tuple[AppliedRule, ...]:
    """The rules that are about these results. What no kind names falls under the rest, as does a report without any."""
    found: dict[int, list[str]] = {}
    rest = next(place for place, rule in enumerate(rules) if rule.is_rest)
    for result in results:
        named = [place for place, rule in enumerate(rules) if not rule.is_rest and is_about(rule=rule, result=result)]
        for place in named or [rest]:
            found.setdefault(place, []).append(result.title)
    return tuple(
        AppliedRule(rule=rules[place], titles=tuple(dict.fromkeys(titles)))
        for place, titles in sorted((found or {rest: []}).items())
    )


def wish_about(*, rule: ResultRule, wishes: Wishes) -> HearBy | None:
    """The wish for one kind: its own, else the general one."""
    own = wishes.per_kind.get(rule.kind_id) if rule.kind_id is not None and not rule.is_rest else None
    return own or wishes.general


def make_terms(
    *, applied: Sequence[AppliedRule], wishes: Wishes, received_on: date, has_spoken: bool
) -> PublicationTerms:
    """What all of them say together. The wait counts from the day on which this version of the report came in."""
    found = [wish_about(rule=one.rule, wishes=wishes) for one in applied]
    given = [wish for wish in found if wish is not None]
    return PublicationTerms(
        applied=tuple(applied),
        first=_most_careful([one.rule.first for one in applied]),
        wish=_most_careful(given) if given else None,
        wish_changed_at=wishes.changed_at if given else None,
        earliest=received_on + timedelta(days=_wait(applied, has_spoken=False)),
        earliest_after_talk=received_on + timedelta(days=_wait(applied, has_spoken=True)),
        is_upsetting=any(one.rule.is_upsetting for one in applied),
        has_spoken=has_spoken,
    )


def find_objection(*, terms: PublicationTerms, day: date, has_spoken: bool) -> Objection | None:
    """Why this may not be there for the patient on a day; None when it may."""
    if terms.off:
        return Objection.PORTAL_OFF
    if terms.is_told_first and not has_spoken:
        return Objection.TOLD_FIRST
    if terms.is_wished_otherwise and not has_spoken:
        return Objection.WISH
    return Objection.TOO_EARLY if day < first_day(terms=terms, has_spoken=has_spoken) else None


def first_day(*, terms: PublicationTerms, has_spoken: bool) -> date:
    """The first day on which the patient may read it."""
    return terms.earliest_after_talk if has_spoken else terms.earliest


def _most_careful(found: Sequence[HearBy]) -> HearBy:
    return max(found, key=_CAUTION.index, default=HearBy.ONLINE)


def _wait(applied: Sequence[AppliedRule], *, has_spoken: bool) -> int:
    """The longest wait. A wait that only gives time to tell the patient first is over once that was done."""
    waits = [one.rule.wait_days for one in applied if not (has_spoken and one.rule.first is not HearBy.ONLINE)]
    return max(waits, default=0)
