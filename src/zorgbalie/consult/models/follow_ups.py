"""`Hoe gaat het over twee weken?`: a question that the practice plans for a day (REQ 33)."""

from django.db import models
from django.db.models import Q


class PlannedFollowUp(models.Model):
    """planned → asked → answered or silent; planned → cancelled. `types.FollowUpState`.

    `due_on` is the day on which the worker acts next: asks, or tells the desk that no reply came.
    """

    consult = models.ForeignKey("consult.Consult", models.PROTECT, related_name="+")
    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    planned_by = models.ForeignKey("practice.Employee", models.PROTECT, related_name="+")
    planned_by_name = models.CharField(max_length=160)
    ask_on = models.DateField()
    due_on = models.DateField()
    wait_days = models.PositiveSmallIntegerField()
    text = models.TextField()
    state = models.CharField(max_length=10, default="planned", help_text="types.FollowUpState")
    reason = models.CharField(max_length=20, blank=True, help_text="types.WhyEnded")
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consult"], condition=Q(state__in=["planned", "asked"]), name="one_running_follow_up"
            )
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], condition=Q(state__in=["planned", "asked"]), name="follow_up_due"),
            models.Index(fields=["consult", "-id"], name="follow_up_of_consult"),
        ]

    def __str__(self) -> str:
        return f"planned follow-up {self.pk}"
