"""Finding a practice by what people outside know of it."""

from zorgbalie.kernel.ids import PracticeId
from zorgbalie.practice.models import Practice


def find_practice_ids(*, text: str) -> list[PracticeId]:
    """Practices with this AGB code (8 digits) or, failing that, this id. Digits only; the caller decides on several."""
    ids = Practice.objects.order_by("pk").values_list("pk", flat=True)
    by_agb = list(ids.filter(agb=text)) if len(text) == 8 else []
    return [PracticeId(pk) for pk in by_agb or ids.filter(pk=int(text))]
