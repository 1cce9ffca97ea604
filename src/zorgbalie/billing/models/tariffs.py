"""Tariffs. No patient data; of all practices where `practice` is empty."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now


class BillingTariff(models.Model):
    """A performance and its amount in a period. Whole cents, so that no amount is ever rounded by a computer."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, null=True, related_name="+")
    code = models.CharField(max_length=8)
    description = models.CharField(max_length=160)
    minutes_from = models.PositiveSmallIntegerField(help_text="inclusive")
    minutes_to = models.PositiveSmallIntegerField(null=True, help_text="exclusive; empty: no bound")
    amount_cents = models.PositiveIntegerField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, help_text="inclusive; empty: until another follows")
    source = models.CharField(max_length=200)
    loaded_by = models.CharField(max_length=160, blank=True)
    loaded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "code", "valid_from"], nulls_distinct=False, name="billing_tariff_once"
            ),
            models.CheckConstraint(
                condition=Q(minutes_to__isnull=True) | Q(minutes_to__gt=F("minutes_from")),
                name="billing_tariff_minutes",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="billing_tariff_period",
            ),
        ]

    def __str__(self) -> str:
        return f"tariff {self.pk}"
