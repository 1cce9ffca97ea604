"""Rules of questions and answers: pure."""

from zorgbalie.consult.rules.answers import NO, YES, check_answer
from zorgbalie.consult.rules.presence import PRESENT_FOR, TYPING_FOR, is_present, is_typing
from zorgbalie.consult.rules.promise import (
    answer_moment,
    asking_door,
    ends_at,
    moment_on,
    practice_now,
    promise,
    with_desk_closed,
)
from zorgbalie.consult.rules.reasons import asked_anew, check_reason, is_for, parent_may_ask
from zorgbalie.consult.rules.states import lines_of, step_of

__all__ = [
    "NO",
    "PRESENT_FOR",
    "TYPING_FOR",
    "YES",
    "answer_moment",
    "asked_anew",
    "asking_door",
    "check_answer",
    "check_reason",
    "ends_at",
    "is_for",
    "is_present",
    "is_typing",
    "lines_of",
    "moment_on",
    "parent_may_ask",
    "practice_now",
    "promise",
    "step_of",
    "with_desk_closed",
]
