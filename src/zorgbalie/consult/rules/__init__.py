"""Rules of questions and answers: pure."""

from zorgbalie.consult.rules.answers import NO, YES, check_answer
from zorgbalie.consult.rules.promise import answer_moment
from zorgbalie.consult.rules.reasons import asked_anew, check_reason, is_for, parent_may_ask
from zorgbalie.consult.rules.states import lines_of, step_of

__all__ = [
    "NO",
    "YES",
    "answer_moment",
    "asked_anew",
    "check_answer",
    "check_reason",
    "is_for",
    "lines_of",
    "parent_may_ask",
    "step_of",
]
