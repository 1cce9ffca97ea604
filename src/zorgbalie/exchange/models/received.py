"""Table of laboratory messages as they came."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class ReceivedMessage(models.Model):
    """A laboratory message, whole, as it came: what its report does not hold is here, and so is what has no report.

    stored (in a record at once) · waiting (somebody has to look) → assigned | stored | set_aside.
    """

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    format = models.CharField(max_length=10)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10)
    reason = models.CharField(max_length=30, blank=True, help_text="why it waits, or waited")
    segment = models.CharField(max_length=3, blank=True)
    line = models.PositiveIntegerField(default=0, help_text="within the message, 0 where it is about all of it")
    detail = models.CharField(max_length=80, blank=True)
    laboratory = models.CharField(max_length=160, blank=True)
    stated_name = models.CharField(max_length=200, blank=True, help_text="the patient as the message names him")
    stated_birth_date = models.DateField(null=True)
    received_at = models.DateTimeField(db_default=Now())
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("practice.Employee", models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=300, blank=True, help_text="why it was set aside")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "digest"], name="received_message_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["stored", "assigned"]) | Q(patient__isnull=False),
                name="received_message_stored_with_patient",
            ),
        ]
        indexes = [
            models.Index(
                fields=["practice", "received_at", "id"],
                condition=Q(state="waiting"),
                name="received_message_waiting",
            ),
            models.Index(
                fields=["practice", "-decided_at", "-id"],
                condition=Q(state__in=["assigned", "set_aside"]),
                name="received_message_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"received message {self.pk}"
