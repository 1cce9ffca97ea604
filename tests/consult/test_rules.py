"""When an answer is promised, and what the patient sees of a state (ux 7, 37)."""

from datetime import UTC, datetime

import pytest

from zorgbalie.consult.queries.default_rules import default_rules
from zorgbalie.consult.rules import answer_moment, lines_of, step_of
from zorgbalie.consult.types import ConsultState, ConsultStep
from zorgbalie.kernel.clock import AMSTERDAM


@pytest.mark.parametrize(
    ("sent", "days", "promised"),
    [
        (datetime(2026, 11, 24, 10, 0, tzinfo=UTC), 2, datetime(2026, 11, 26, 17, 0, tzinfo=AMSTERDAM)),
        (datetime(2026, 11, 26, 10, 0, tzinfo=UTC), 2, datetime(2026, 11, 30, 17, 0, tzinfo=AMSTERDAM)),
        (datetime(2026, 11, 28, 10, 0, tzinfo=UTC), 1, datetime(2026, 11, 30, 17, 0, tzinfo=AMSTERDAM)),
        # half past eleven in the evening in UTC is the next day at the practice
        (datetime(2026, 11, 26, 23, 30, tzinfo=UTC), 1, datetime(2026, 11, 30, 17, 0, tzinfo=AMSTERDAM)),
        # Christmas falls on a Friday and a Saturday; New Year's Day on a Friday; King's Day on a Tuesday
        (datetime(2026, 12, 24, 10, 0, tzinfo=UTC), 1, datetime(2026, 12, 28, 17, 0, tzinfo=AMSTERDAM)),
        (datetime(2026, 12, 30, 10, 0, tzinfo=UTC), 2, datetime(2027, 1, 4, 17, 0, tzinfo=AMSTERDAM)),
        (datetime(2027, 4, 26, 10, 0, tzinfo=UTC), 1, datetime(2027, 4, 28, 17, 0, tzinfo=AMSTERDAM)),
        # over the change to winter time: still five o'clock at the practice
        (datetime(2026, 10, 23, 10, 0, tzinfo=UTC), 1, datetime(2026, 10, 26, 16, 0, tzinfo=UTC)),
    ],
)
def test_ux7_an_answer_is_promised_on_a_working_day_by_the_hour_of_the_practice(sent, days, promised):
    assert answer_moment(sent_at=sent, days=days, hour=17) == promised


@pytest.mark.parametrize(
    ("state", "was_opened", "step"),
    [
        (ConsultState.SENT, False, ConsultStep.SENT),
        (ConsultState.SENT, True, ConsultStep.READ),
        (ConsultState.WITH_DOCTOR, True, ConsultStep.WITH_DOCTOR),
        (ConsultState.ANSWERED, True, ConsultStep.ANSWERED),
        (ConsultState.CLOSED, False, ConsultStep.CLOSED),
    ],
)
def test_ux37_the_step_that_the_patient_sees(state, was_opened, step):
    assert step_of(state=state, was_opened=was_opened) is step


def test_r17_the_lists_have_sound_defaults_and_one_sign_per_line():
    for signs in (default_rules().adult, default_rules().child):
        assert 3 <= len(signs.emergency) <= 12
        assert 3 <= len(signs.urgent) <= 12
    assert lines_of(text=" pijn  op de borst \r\n\n\tbenauwd") == ("pijn op de borst", "benauwd")
