"""Rules of questions and answers: pure."""

from zorgbalie.consult.rules.outgoing import (
    fill,
    is_open_day,
    left_out,
    may_plan_on,
    next_open_day,
    quick_days,
    quiet_until,
    reachable,
    split_icpc,
    takes_replies,
    token_of,
    unknown_fields,
)
from zorgbalie.consult.rules.promise import answer_moment
from zorgbalie.consult.rules.states import lines_of, step_of

__all__ = [
    "answer_moment",
    "fill",
    "is_open_day",
    "left_out",
    "lines_of",
    "may_plan_on",
    "next_open_day",
    "quick_days",
    "quiet_until",
    "reachable",
    "split_icpc",
    "step_of",
    "takes_replies",
    "token_of",
    "unknown_fields",
]
