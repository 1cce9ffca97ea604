"""Rules of a practice per kind of result: whether, when and how a patient gets it (REQ 64)."""

from django.db import models
from django.db.models import Q


class ResultKind(models.Model):
    """A kind of result of one practice. No patient data.

    A kind that was removed stays as a row: a patient's wish may be about it, and the log names it.
    """

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    name = models.CharField(max_length=60, help_text="as a patient reads it")
    codes = models.JSONField(default=list, help_text="of determinations: NHG-Tabel 45, or the sender's own")
    words = models.JSONField(default=list, help_text="beginnings of words in title or group")
    position = models.PositiveIntegerField(default=0)
    uses_portal = models.BooleanField(default=True)
    wait_days = models.PositiveSmallIntegerField(default=0)
    first = models.CharField(max_length=10, default="online", help_text="types.result_kinds.HearBy")
    is_upsetting = models.BooleanField(default=False)
    is_rest = models.BooleanField(default=False, help_text="the rule for what no kind names")
    revision = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "name"], condition=Q(removed_at__isnull=True), name="result_kind_name_once"
            ),
            models.UniqueConstraint(fields=["practice"], condition=Q(is_rest=True), name="one_rule_for_the_rest"),
            models.CheckConstraint(condition=Q(wait_days__lte=60), name="result_kind_wait_at_most_60_days"),
        ]

    def __str__(self) -> str:
        return self.name
