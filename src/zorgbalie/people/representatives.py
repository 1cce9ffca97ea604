"""Whether somebody may act for a patient, seen from the patient; for the care apps, bounded by row-level security."""

from datetime import date

from django.db.models import Q

from zorgbalie.kernel.ids import PersonId
from zorgbalie.people.models import Person, Representation


def has_parent(*, patient_id: PersonId, today: date) -> bool:
    """Whether a parent stands in the register for this patient today and was not closed off (A18)."""
    rows = Representation.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        patient_id=patient_id,
        kind="parent",
        starts_on__lte=today,
        closed_for_safety_at__isnull=True,
    )
    return rows.exists()


def list_phones(*, person_ids: list[int]) -> dict[int, str]:
    """Telephone numbers by id, in one query."""
    return dict(Person.objects.filter(pk__in=person_ids).values_list("pk", "phone"))
