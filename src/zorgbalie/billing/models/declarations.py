"""Declarations, their trail, and the files in which they left. Trail and files are only ever added."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class ExportBatch(models.Model):
    """One file for the GP system. `number` counts within the practice; `token` is of the form that asked for it."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    made_by = models.ForeignKey("practice.Employee", models.PROTECT, related_name="+")
    made_by_name = models.CharField(max_length=160)
    made_at = models.DateTimeField()
    lines = models.PositiveIntegerField()
    amount_cents = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    token = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "number"], name="export_batch_number"),
            models.UniqueConstraint(fields=["practice", "token"], name="export_batch_once"),
        ]

    def __str__(self) -> str:
        return f"export batch {self.pk}"


class ExportBatchContent(models.Model):
    """The file itself, so that it can be fetched again to the byte."""

    batch = models.OneToOneField(ExportBatch, models.PROTECT, related_name="stored")
    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"content of export batch {self.batch_id}"


class Declaration(models.Model):
    """A line to declare. Name, birth date and BSN are of the moment of proposing: a patient may leave meanwhile.

    `revision` counts its changes: who changes it names the revision on the screen (compare and swap).
    """

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+", help_text="the patient concerned")
    source_kind = models.CharField(max_length=12, help_text="types.SourceKind")
    source_id = models.BigIntegerField()
    line_kind = models.CharField(max_length=8, default="charge", help_text="types.LineKind")
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="credit")
    is_credited = models.BooleanField(default=False)
    day = models.DateField()
    seconds = models.PositiveIntegerField(help_text="really spent, before rounding")
    code = models.CharField(max_length=8)
    description = models.CharField(max_length=160)
    amount_cents = models.IntegerField(null=True, help_text="empty: no tariff known for the day")
    state = models.CharField(max_length=10, default="proposed", help_text="types.DeclarationState")
    reason = models.CharField(max_length=16, blank=True, help_text="types.Reason")
    patient_name = models.CharField(max_length=240)
    birth_date = models.DateField()
    bsn = models.CharField(max_length=9, blank=True)
    performer_name = models.CharField(max_length=160, help_text="who spent most of the time")
    confirmed_by_name = models.CharField(max_length=160, blank=True)
    batch = models.ForeignKey(ExportBatch, models.PROTECT, null=True, related_name="declarations")
    revision = models.PositiveIntegerField(default=0)
    proposed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "source_kind", "source_id"],
                condition=Q(line_kind="charge", is_credited=False),
                name="one_live_declaration",
            ),
            models.CheckConstraint(
                condition=Q(state="exported", batch__isnull=False) | (~Q(state="exported") & Q(batch__isnull=True)),
                name="exported_in_a_batch",
            ),
            models.CheckConstraint(
                condition=Q(line_kind="credit", corrects__isnull=False) | Q(line_kind="charge", corrects__isnull=True),
                name="credit_corrects_a_line",
            ),
            models.CheckConstraint(
                condition=Q(state="refused") | Q(reason=""), name="only_what_is_not_declared_has_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["practice", "state", "-day", "-id"], name="declarations_by_state"),
            models.Index(fields=["practice", "-day", "-id"], name="declarations_by_day"),
            models.Index(fields=["source_kind", "source_id", "practice"], name="declarations_of_source"),
        ]

    def __str__(self) -> str:
        return f"declaration {self.pk}"


class DeclarationEvent(models.Model):
    """A step in the life of a declaration, and how it stood after it."""

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="events")
    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    step = models.CharField(max_length=10, help_text="types.DeclarationStep")
    by_employee = models.ForeignKey("practice.Employee", models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=160)
    code = models.CharField(max_length=8)
    seconds = models.PositiveIntegerField()
    amount_cents = models.IntegerField(null=True)
    reason = models.CharField(max_length=16, blank=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["declaration", "id"], name="declaration_trail")]

    def __str__(self) -> str:
        return f"declaration event {self.pk}"
