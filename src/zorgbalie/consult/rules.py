"""Rules of questions and answers: pure."""

from datetime import datetime, time, timedelta

from zorgbalie.consult.types import ConsultRules, ConsultState, ConsultStep, UrgentSigns
from zorgbalie.kernel.clock import AMSTERDAM, local_date

MOST_SIGNS = 12
_SATURDAY = 5

# Sound for any practice, in the words of thuisarts.nl and 112; a practice can change them.
DEFAULTS = ConsultRules(
    adult=UrgentSigns(
        emergency=(
            "druk of pijn op de borst die niet weggaat",
            "plotseling een scheve mond, een lamme arm of niet goed kunnen praten",
            "heel erg benauwd zijn",
            "bewusteloos zijn of niet wakker te krijgen",
            "veel bloed verliezen",
            "een ernstig ongeluk",
        ),
        urgent=(
            "u wordt snel zieker, of u bent suf of in de war",
            "hevige pijn",
            "koorts en rillen of een stijve nek",
            "bloed bij hoesten, overgeven of poepen",
            "plotseling minder zien",
            "zwanger zijn en bloed verliezen, of de baby minder voelen",
            "gedachten aan zelfmoord (bel ook 113, dag en nacht)",
        ),
    ),
    child=UrgentSigns(
        emergency=(
            "heel erg benauwd zijn, of even stoppen met ademen",
            "blauwe of grijze lippen",
            "bewusteloos zijn of niet wakker te krijgen",
            "een stuip die langer dan 5 minuten duurt",
            "een dikke tong of keel na eten, een medicijn of een steek",
            "een ernstig ongeluk",
        ),
        urgent=(
            "koorts bij een baby jonger dan 3 maanden",
            "suf of slap zijn, of steeds kreunen of huilen",
            "rode of paarse vlekjes die u niet weg kunt drukken",
            "minder dan de helft drinken, of een dag bijna niet plassen",
            "snel of moeilijk ademen",
            "een stijve nek of hevige pijn",
            "iets giftigs gegeten of gedronken",
        ),
    ),
    answer_days=2,
    answer_hour=17,
)


def answer_moment(*, sent_at: datetime, days: int, hour: int) -> datetime:
    """By when an answer comes: `hour` o'clock, Dutch time, the given number of weekdays after the day of sending.

    Saturday and Sunday do not count. Public holidays do: the practice's calendar is not known here.
    """
    day = local_date(sent_at)
    left = days
    while left > 0:
        day += timedelta(days=1)
        if day.weekday() < _SATURDAY:
            left -= 1
    return datetime.combine(day, time(hour), tzinfo=AMSTERDAM)


def step_of(*, state: ConsultState, was_opened: bool) -> ConsultStep:
    """What the patient sees of a state; `was_opened`: staff opened the latest text of the patient."""
    if state is ConsultState.SENT:
        return ConsultStep.READ if was_opened else ConsultStep.SENT
    return ConsultStep(state.value)


def lines_of(*, text: str) -> tuple[str, ...]:
    """A list as it is typed, one per line; empty lines are left out."""
    return tuple(line for line in (" ".join(one.split()) for one in text.splitlines()) if line)
