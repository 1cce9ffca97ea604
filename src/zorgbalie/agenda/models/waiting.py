"""Patients who want to come earlier, and the times that were offered to them (ux 43)."""

from django.db import models
from django.db.models import F, Q


class EarlierWish(models.Model):
    """One tick at an appointment: tell me when an earlier time comes free. It ends with the appointment."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    appointment = models.ForeignKey("agenda.Appointment", models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, default="waiting", help_text="types.WishState")
    only_same_agenda = models.BooleanField(default=False)
    part_of_day = models.CharField(max_length=10, default="any", help_text="types.PartOfDay")
    from_date = models.DateField(null=True, help_text="not before this day")
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["appointment"], condition=Q(state="waiting"), name="one_earlier_wish_per_appointment"
            )
        ]
        indexes = [
            models.Index(fields=["practice", "created_at"], condition=Q(state="waiting"), name="earlier_wish_waiting"),
            models.Index(fields=["patient", "practice"], name="earlier_wish_of_patient"),
        ]

    def __str__(self) -> str:
        return f"earlier wish {self.pk}"


class EarlierOffer(models.Model):
    """A free time that was offered to one who waits. First come: it is held for nobody."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    wish = models.ForeignKey(EarlierWish, models.PROTECT, related_name="+")
    agenda = models.ForeignKey("agenda.Agenda", models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=8, default="open", help_text="types.OfferState")
    offered_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["wish", "agenda", "starts_at"], condition=Q(state="open"), name="one_open_offer_per_time"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="earlier_offer_ends_after_start"),
        ]
        indexes = [
            models.Index(fields=["patient", "practice", "expires_at"], name="earlier_offer_of_patient"),
            models.Index(fields=["agenda", "starts_at"], condition=Q(state="open"), name="earlier_offer_open"),
            models.Index(fields=["starts_at"], name="earlier_offer_by_time"),
        ]

    def __str__(self) -> str:
        return f"earlier offer {self.pk}"
