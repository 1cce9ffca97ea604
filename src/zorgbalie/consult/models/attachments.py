"""Photos and files of questions and answers. Only ever added, or dropped while they lie with a draft.

The content stands in a table of its own, as that of documents does: lists do not carry it along, and row-level
security walls it as it walls all else.
"""

from django.db import models
from django.db.models.functions import Now

from zorgbalie.consult.models.threads import Consult, ConsultMessage


class ConsultAttachment(models.Model):
    """A photo or file. Without a message it lies with what its writer has not sent yet."""

    consult = models.ForeignKey(Consult, models.PROTECT, related_name="attachments")
    message = models.ForeignKey(ConsultMessage, models.PROTECT, null=True, related_name="attachments")
    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    author_person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    author_employee = models.ForeignKey("practice.Employee", models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=120, help_text="cleaned: no path, no characters that hide or turn")
    media_type = models.CharField(max_length=40, help_text="by the content, never as stated")
    size = models.PositiveIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64)
    virus_state = models.CharField(max_length=10, help_text="as of documents")
    added_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            # Without a message it is the same file too; of two writers it is not: nobody learns what another chose.
            models.UniqueConstraint(
                fields=["consult", "message", "author_person", "author_employee", "sha256"],
                name="consult_attachment_once",
                nulls_distinct=False,
            )
        ]
        indexes = [
            models.Index(fields=["consult", "id"], name="consult_attachment_order"),
            models.Index(fields=["added_at"], condition=models.Q(message=None), name="consult_attachment_unsent"),
            models.Index(fields=["id"], condition=models.Q(virus_state="waiting"), name="consult_attachment_to_check"),
        ]

    def __str__(self) -> str:
        return f"consult attachment {self.pk}"


class ConsultAttachmentContent(models.Model):
    """The file itself, and of an image a small one for pages that show many."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    attachment = models.OneToOneField(ConsultAttachment, models.CASCADE, related_name="stored")
    content = models.BinaryField()
    thumbnail = models.BinaryField(null=True, help_text="a JPEG of ours; only of an image")

    def __str__(self) -> str:
        return f"content of consult attachment {self.attachment_id}"
