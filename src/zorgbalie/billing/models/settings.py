"""What a practice decided about billing."""

from django.db import models


class BillingSettings(models.Model):
    """One row per practice that ever chose; without it billing is off."""

    practice = models.OneToOneField("practice.Practice", models.PROTECT, related_name="+")
    is_on = models.BooleanField(default=False)
    rounding = models.CharField(max_length=8, default="exact", help_text="types.Rounding")
    confirmed_by = models.CharField(max_length=8, default="all", help_text="types.ConfirmedBy")
    proposes_at_close = models.BooleanField(default=True)
    patient_text = models.CharField(max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"billing settings {self.pk}"
