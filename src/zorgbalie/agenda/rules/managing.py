"""What a kind of appointment and an agenda must be like before they are stored: pure (REQ 37, 74)."""

from zorgbalie.agenda.types.managing import (
    BOUNDS,
    KIND_LENGTHS,
    KIND_NUMBERS,
    LONGEST_AGENDA_NAME,
    LONGEST_FUNCTION,
    ManagedAgenda,
    ManagedKind,
)
from zorgbalie.kernel.questions import QuestionNotRight, check_questions

_AGENDA_NUMBERS = ("urgent_reserve", "days_ahead")


def wrong_field_of_kind(*, kind: ManagedKind) -> str:
    """The first field that cannot be stored; empty where all is right. `questions` for the questions before it."""
    if not kind.name.strip():
        return "name"
    for name, most in KIND_LENGTHS.items():
        if len(getattr(kind, name)) > most:
            return name
    for name in KIND_NUMBERS:
        if not in_bounds(name=name, value=getattr(kind, name)):
            return name
    if kind.max_age is not None and kind.max_age < kind.min_age:
        return "max_age"
    try:
        check_questions(questions=kind.questions)
    except QuestionNotRight:
        return "questions"
    return ""


def wrong_field_of_agenda(*, agenda: ManagedAgenda) -> str:
    """The first field that cannot be stored; empty where all is right."""
    if not agenda.name.strip() or len(agenda.name) > LONGEST_AGENDA_NAME:
        return "name"
    if not agenda.function.strip() or len(agenda.function) > LONGEST_FUNCTION:
        return "function"
    return next((name for name in _AGENDA_NUMBERS if not in_bounds(name=name, value=getattr(agenda, name))), "")


def in_bounds(*, name: str, value: int | None) -> bool:
    """Whether a number may be stored; empty only for an age that has no bound."""
    if value is None:
        return name == "max_age"
    lowest, highest = BOUNDS[name]
    return lowest <= value <= highest
