"""Rules of questions and answers: pure."""

from zorgbalie.consult.rules.answer_templates import (
    fill_fields,
    open_field,
    salutation,
    template_version,
    unknown_field,
)
from zorgbalie.consult.rules.answer_text import addresses_in, shown_address, text_parts
from zorgbalie.consult.rules.criteria import criteria_of, question_of, values_of
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
from zorgbalie.consult.rules.questions import LONGEST_SHOWN, MOST_QUESTIONS, find_questions, question_digest
from zorgbalie.consult.rules.reasons import asked_anew, check_reason, is_for, parent_may_ask
from zorgbalie.consult.rules.states import lines_of, step_of
from zorgbalie.kernel.questions import NO, YES, check_answer

__all__ = [
    "LONGEST_SHOWN",
    "MOST_QUESTIONS",
    "NO",
    "PRESENT_FOR",
    "TYPING_FOR",
    "YES",
    "addresses_in",
    "answer_moment",
    "asked_anew",
    "asking_door",
    "check_answer",
    "check_reason",
    "criteria_of",
    "ends_at",
    "fill",
    "fill_fields",
    "find_questions",
    "is_for",
    "is_open_day",
    "is_present",
    "is_typing",
    "left_out",
    "lines_of",
    "may_plan_on",
    "moment_on",
    "next_open_day",
    "open_field",
    "parent_may_ask",
    "practice_now",
    "promise",
    "question_digest",
    "question_of",
    "quick_days",
    "quiet_until",
    "reachable",
    "salutation",
    "shown_address",
    "split_icpc",
    "step_of",
    "takes_replies",
    "template_version",
    "text_parts",
    "token_of",
    "unknown_field",
    "unknown_fields",
    "values_of",
    "with_desk_closed",
]
