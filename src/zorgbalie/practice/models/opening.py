"""When a practice is open. The week is one value: it is read with the practice, on every page, in the same query."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from zorgbalie.practice.models.registers import Practice


class PracticeOpening(models.Model):
    """The week and the holidays of a practice. No row: its hours are not known, and its own sentence is shown."""

    practice = models.OneToOneField(Practice, models.PROTECT, related_name="opening")
    week = models.JSONField(help_text="seven lists, Monday first, of [from, until] in minutes since midnight")
    holidays = ArrayField(models.CharField(max_length=20), help_text="free_days.Holiday: closed on these")
    revision = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"opening hours {self.pk}"


class PracticeClosing(models.Model):
    """Days on which a practice is closed by its own choice, both included."""

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="closings")
    name = models.CharField(max_length=60, help_text="as patients read it")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="closing_ends_after_it_begins"),
            models.UniqueConstraint(fields=["practice", "starts_on", "ends_on", "name"], name="closing_once"),
        ]
        indexes = [models.Index(fields=["practice", "ends_on"], name="closing_by_practice")]

    def __str__(self) -> str:
        return f"closing {self.pk}"
