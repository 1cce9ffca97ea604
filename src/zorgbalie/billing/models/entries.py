"""Time that was spent."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from zorgbalie.billing.types import LONGEST_SECONDS


class TimeEntry(models.Model):
    """What one employee spent on one source on one day. `token` is of the page it was counted on: a page counts once.

    A page that goes on counting raises its own entry and never lowers it, so a late request takes nothing away.
    """

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+", help_text="the patient concerned")
    source_kind = models.CharField(max_length=12, help_text="types.SourceKind")
    source_id = models.BigIntegerField()
    employee = models.ForeignKey("practice.Employee", models.PROTECT, related_name="+")
    employee_name = models.CharField(max_length=160)
    day = models.DateField()
    seconds = models.PositiveIntegerField()
    token = models.UUIDField()
    revision = models.PositiveIntegerField(default=0, help_text="counts corrections by hand")
    added_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "source_kind", "source_id", "employee", "token"], name="time_entry_once"
            ),
            models.CheckConstraint(condition=Q(seconds__lte=LONGEST_SECONDS), name="time_entry_seconds"),
        ]
        indexes = [models.Index(fields=["source_kind", "source_id", "practice"], name="time_entries_of_source")]

    def __str__(self) -> str:
        return f"time entry {self.pk}"
