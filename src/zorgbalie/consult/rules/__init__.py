"""Rules of questions and answers: pure."""

from zorgbalie.consult.rules.presence import PRESENT_FOR, is_present, is_typing
from zorgbalie.consult.rules.promise import answer_moment
from zorgbalie.consult.rules.states import lines_of, step_of

__all__ = ["PRESENT_FOR", "answer_moment", "is_present", "is_typing", "lines_of", "step_of"]
