"""What a practice decided about questions."""

from django.db import models


class ConsultSettings(models.Model):
    """What a practice tells its patients about urgency (R17). No row: `default_rules`.

    The lists hold one sign per line.
    """

    practice = models.OneToOneField("practice.Practice", models.PROTECT, related_name="+")
    emergency_adult = models.TextField()
    urgent_adult = models.TextField()
    emergency_child = models.TextField()
    urgent_child = models.TextField()
    revision = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"consult settings {self.pk}"
