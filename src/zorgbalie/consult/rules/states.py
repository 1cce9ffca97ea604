"""What a state means, and lists as they are typed: pure."""

from zorgbalie.consult.types import ConsultState, ConsultStep


def step_of(*, state: ConsultState, was_opened: bool) -> ConsultStep:
    """What the patient sees of a state; `was_opened`: staff opened the latest text of the patient."""
    if state is ConsultState.SENT:
        return ConsultStep.READ if was_opened else ConsultStep.SENT
    return ConsultStep(state.value)


def lines_of(*, text: str) -> tuple[str, ...]:
    """A list as it is typed, one per line; empty lines are left out."""
    return tuple(line for line in (" ".join(one.split()) for one in text.splitlines()) if line)
