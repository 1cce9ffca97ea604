"""How a patient wants to hear results (ux 32)."""

from django.db import models


class ResultWish(models.Model):
    """The wish of a patient at one practice: in general (no kind), or for one kind. An empty wish is none."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    kind = models.ForeignKey("record.ResultKind", models.PROTECT, null=True, related_name="+")
    hear_by = models.CharField(max_length=10, blank=True, help_text="types.result_kinds.HearBy, or empty")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "practice", "kind"], nulls_distinct=False, name="one_result_wish"
            ),
            models.CheckConstraint(
                condition=models.Q(hear_by__in=["", "online", "call", "visit"]), name="result_wish_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"wish {self.pk}"
