"""Changes of what a practice decides about itself."""

from collections.abc import Mapping

from zorgbalie.kernel.ids import PracticeId
from zorgbalie.practice.models import Practice
from zorgbalie.practice.queries import get_practice_settings
from zorgbalie.practice.rules import PRACTICE_FIELDS
from zorgbalie.practice.types import PracticeKind, PracticeSettings


def change_practice(
    *, practice_id: PracticeId, values: Mapping[str, object]
) -> tuple[PracticeSettings, PracticeSettings]:
    """Store settings; returns them before and after. Only known fields are stored, whatever else is handed over."""
    before = get_practice_settings(practice_id=practice_id, lock=True)
    known = {name: values[name] for name in PRACTICE_FIELDS if name in values}
    if known:
        Practice.objects.filter(pk=practice_id).update(**known)
    return before, get_practice_settings(practice_id=practice_id)


def create_practice(*, name: str, kind: PracticeKind, phone: str) -> PracticeId:
    """A new practice, by the operator; nothing is shown online until it says so itself."""
    return PracticeId(Practice.objects.create(name=name, kind=kind, phone=phone).pk)
