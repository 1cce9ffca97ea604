"""Requests of patients about what stands in their record, their history, and what the practice put beside an item."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class CorrectionRequest(models.Model):
    """A patient asks to correct or remove something, or to add own words (AVG 16, 17; BW 7:454 lid 2, 7:455).

    `item_kind` and `item_id` name a row of this record without a key: the row can go while the request stays.
    `revision` counts what the practice did: who acts names the revision on screen (compare and swap).
    """

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    token = models.CharField(max_length=32, help_text="of the form: the same twice is one request")
    item_kind = models.CharField(max_length=12, blank=True, help_text="types.corrections.RecordItem; empty: no item")
    item_id = models.BigIntegerField(default=0)
    wish = models.CharField(max_length=12, help_text="types.corrections.Wish")
    text = models.TextField()
    state = models.CharField(max_length=12, default="sent", help_text="types.corrections.CorrectionState")
    revision = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(db_default=Now())
    due_on = models.DateField(help_text="the last day for an answer (AVG 12 lid 3)")
    extended_at = models.DateTimeField(null=True)
    extension_reason = models.TextField(blank=True)
    answer = models.TextField(blank=True, help_text="for the patient")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("practice.Employee", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["patient", "practice", "token"], name="correction_once"),
            models.CheckConstraint(condition=Q(text__regex=r"\S"), name="correction_with_text"),
            models.CheckConstraint(
                condition=~Q(state__in=["partly", "refused"]) | Q(answer__regex=r"\S"),
                name="correction_refused_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["patient", "-asked_at", "-id"], name="correction_list")]

    def __str__(self) -> str:
        return f"correction request {self.pk}"


class CorrectionEvent(models.Model):
    """What happened to a request: who did what when. Rows are only added; notes are for colleagues alone."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    request = models.ForeignKey(CorrectionRequest, models.PROTECT, related_name="events")
    step = models.CharField(max_length=12, help_text="types.corrections.CorrectionStep")
    happened_at = models.DateTimeField(db_default=Now())
    by_employee = models.ForeignKey("practice.Employee", models.PROTECT, null=True, related_name="+")
    by_person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    text = models.TextField(blank=True)
    due_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["request", "id"], name="correction_trail")]

    def __str__(self) -> str:
        return f"correction event {self.pk}"


class PatientStatement(models.Model):
    """What stands beside an item from then on: the patient's own words, or what the practice corrected.

    Kept apart from the row of the item, so that an import that renews the row leaves it alone.
    """

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    request = models.OneToOneField(CorrectionRequest, models.PROTECT, related_name="statement")
    kind = models.CharField(max_length=12, help_text="types.shown.SaidKind")
    item_kind = models.CharField(max_length=12, blank=True)
    item_id = models.BigIntegerField(default=0)
    text = models.TextField()
    added_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["patient", "practice", "item_kind", "item_id"], name="statement_of_item")]

    def __str__(self) -> str:
        return f"statement {self.pk}"
