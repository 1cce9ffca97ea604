"""Rules of questions and answers: pure."""

from zorgbalie.consult.rules.promise import (
    answer_moment,
    asking_door,
    ends_at,
    moment_on,
    practice_now,
    promise,
    with_desk_closed,
)
from zorgbalie.consult.rules.states import lines_of, step_of

__all__ = [
    "answer_moment",
    "asking_door",
    "ends_at",
    "lines_of",
    "moment_on",
    "practice_now",
    "promise",
    "step_of",
    "with_desk_closed",
]
