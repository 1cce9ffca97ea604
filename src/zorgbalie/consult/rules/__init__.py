"""Rules of questions and answers: pure."""

from zorgbalie.consult.rules.answer_templates import (
    fill_fields,
    open_field,
    salutation,
    template_version,
    unknown_field,
)
from zorgbalie.consult.rules.answer_text import addresses_in, text_parts
from zorgbalie.consult.rules.promise import answer_moment
from zorgbalie.consult.rules.questions import find_questions, question_digest
from zorgbalie.consult.rules.states import lines_of, step_of

__all__ = [
    "addresses_in",
    "answer_moment",
    "fill_fields",
    "find_questions",
    "lines_of",
    "open_field",
    "question_digest",
    "salutation",
    "step_of",
    "template_version",
    "text_parts",
    "unknown_field",
]
