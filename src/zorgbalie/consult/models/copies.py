"""What of a question was put in a record, in whose record the question belongs, and what a practice wants by itself.

Copies and moves are only ever added. Where a copy stands follows from the question: in the record of whom it concerns.
"""

from django.db import models
from django.db.models.functions import Now

from zorgbalie.consult.models.threads import Consult


class ConsultCopy(models.Model):
    """One time that a question was put in the record. `rows`, `documents`: the names under which they stand there."""

    consult = models.ForeignKey(Consult, models.PROTECT, related_name="copies")
    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+", help_text="of the thread")
    token = models.UUIDField(help_text="of the form: pressed twice is one copy")
    is_automatic = models.BooleanField(default=False)
    up_to = models.BigIntegerField(help_text="the latest text of the thread at that moment")
    line_kinds = models.CharField(max_length=80, blank=True, help_text="S, O, E and P as they were written")
    rows = models.JSONField(default=list)
    documents = models.JSONField(default=list)
    written_by = models.ForeignKey("practice.Employee", models.PROTECT, related_name="+")
    written_by_name = models.CharField(max_length=160)
    written_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consult", "token"], name="consult_copy_once")]

    def __str__(self) -> str:
        return f"copy {self.pk} of a question"


class ConsultMove(models.Model):
    """One time that a question was moved to another patient, or back (R12)."""

    consult = models.ForeignKey(Consult, models.PROTECT, related_name="moves")
    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+", help_text="of the thread")
    from_person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    to_person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    moved_by = models.ForeignKey("practice.Employee", models.PROTECT, related_name="+")
    moved_by_name = models.CharField(max_length=160)
    moved_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["consult", "-id"], name="consult_move_order")]

    def __str__(self) -> str:
        return f"move {self.pk} of a question"


class ConsultStorage(models.Model):
    """What a practice wants to happen when a question is closed. No row: nothing."""

    practice = models.OneToOneField("practice.Practice", models.PROTECT, related_name="+")
    mode = models.CharField(max_length=10, help_text="types.StorageMode")
    revision = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"consult storage {self.pk}"
