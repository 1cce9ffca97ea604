"""Correspondence of a patient, the files themselves, and from which day a practice shares which category.

The files stand in a table of their own: lists do not carry them along, row-level security walls them as it walls all
else, and one backup has everything (decision record on documents). R4 is a constraint here, below every rule above.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

_NEVER = "epd_transfer"


class Document(models.Model):
    """A letter, form, picture or other document. `revision` counts the decisions (compare and swap)."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    category = models.CharField(max_length=20, help_text="types.documents.DocumentCategory")
    direction = models.CharField(max_length=3, help_text="in, out: seen from the practice")
    author_name = models.CharField(max_length=160, blank=True, help_text="who wrote or sent it")
    document_date = models.DateField()
    received_at = models.DateTimeField(db_default=Now())
    received_by = models.ForeignKey("practice.Employee", models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=120, help_text="cleaned: no path, no characters that hide or turn")
    media_type = models.CharField(max_length=40, help_text="by the content, never as stated")
    size = models.PositiveIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64)
    source = models.CharField(max_length=10, help_text="upload, message, consult")
    source_key = models.CharField(max_length=80, help_text="the same hand-over twice is one document")
    virus_state = models.CharField(max_length=10, help_text="types.documents.VirusState")
    virus_checked_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, default="private", help_text="types.documents.DocumentState")
    explanation = models.TextField(blank=True, help_text="of the practice, for the patient")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey("practice.Employee", models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    moved_at = models.DateTimeField(null=True, help_text="it was another patient's, and stands in that record now")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "patient", "source_key"], name="document_once"),
            models.CheckConstraint(
                condition=~Q(state="shared") | Q(moved_at__isnull=True), name="document_moved_is_not_shared"
            ),
            models.CheckConstraint(
                condition=~Q(state="shared") | ~Q(category=_NEVER), name="document_epd_transfer_never_shared"
            ),
            models.CheckConstraint(
                condition=~Q(state="shared") | Q(virus_state__in=["clean", "unchecked"], published_at__isnull=False),
                name="document_shared_when_safe",
            ),
        ]
        indexes = [
            models.Index(fields=["patient", "practice", "-document_date", "-id"], name="document_list"),
            models.Index(
                fields=["patient", "practice", "-published_at"], condition=Q(state="shared"), name="document_shared"
            ),
            models.Index(fields=["id"], condition=Q(virus_state="waiting"), name="document_to_check"),
        ]

    def __str__(self) -> str:
        return f"document {self.pk}"


class DocumentContent(models.Model):
    """The file of a document."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    document = models.OneToOneField(Document, models.PROTECT, related_name="stored")
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"content of document {self.document_id}"


class DocumentSharing(models.Model):
    """The switch of a practice for one category: documents from this day on are served (REQ 90, R14). No row is off."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    category = models.CharField(max_length=20)
    starts_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "category"], name="document_sharing_once"),
            models.CheckConstraint(condition=~Q(category=_NEVER), name="document_sharing_never_epd_transfer"),
        ]

    def __str__(self) -> str:
        return f"{self.category} from {self.starts_on}"
