"""Rules of questions and answers: pure."""

from zorgbalie.consult.rules.promise import answer_moment
from zorgbalie.consult.rules.states import lines_of, step_of

__all__ = ["answer_moment", "lines_of", "step_of"]
