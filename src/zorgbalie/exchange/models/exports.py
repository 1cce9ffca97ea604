"""Files in which a patient saves the own record: the wish with its state, and apart from it the bytes.

The desk has no privilege on either. The portal reads bytes only of the one who asked, while they may be downloaded.
"""

from django.db import models
from django.db.models import Q


class RecordExport(models.Model):
    """One file that was asked for. asked → making → ready → expired; asked or making → failed.

    `expires_at` is when the state ends by itself: a file that is not ready by then failed, a ready one is removed.
    `parts` names what the file holds: pairs of a practice and a kind of data.
    """

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    asked_by_name = models.CharField(max_length=160)
    level = models.CharField(max_length=20, help_text="DigiD level with which it was asked for")
    language = models.CharField(max_length=5, default="nl")
    kind = models.CharField(max_length=10, help_text="export_types.ExportKind")
    state = models.CharField(max_length=10, default="asked", help_text="export_types.ExportState")
    step = models.CharField(max_length=10, default="waiting", help_text="export_types.ExportStep")
    progress = models.PositiveSmallIntegerField(default=0, help_text="0 to 100")
    fault = models.CharField(max_length=10, blank=True, help_text="export_types.ExportFault")
    parts = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, help_text="latest sign of life of the worker that makes it")
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0, help_text="bytes")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "asked_by", "kind"],
                condition=Q(state__in=["asked", "making"]),
                name="one_running_export",
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="record_export_progress"),
        ]
        indexes = [
            models.Index(fields=["patient", "-asked_at", "-id"], name="record_export_list"),
            models.Index(fields=["expires_at"], name="record_export_due"),
        ]

    def __str__(self) -> str:
        return f"record export {self.pk}"


class RecordExportContent(models.Model):
    """The bytes of a ready file, and which rows they hold: so that a download can see whether all may still be read."""

    export = models.OneToOneField(RecordExport, models.CASCADE, related_name="content")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    content = models.BinaryField()
    held = models.JSONField(help_text="ids of the rows per practice and kind")
    made_on = models.DateField(help_text="the day as of which it was read")

    def __str__(self) -> str:
        return f"content {self.pk}"
