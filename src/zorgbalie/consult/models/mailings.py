"""A message of the practice to a selection of its patients, and who is in it (REQ 34; security row 62)."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Mailing(models.Model):
    """asked → choosing → sending → done or stopped; asked or choosing → dropped. `types.MailingState`."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    made_by = models.ForeignKey("practice.Employee", models.PROTECT, related_name="+")
    made_by_name = models.CharField(max_length=160)
    title = models.CharField(max_length=80, help_text="for colleagues; no patient sees it")
    criteria = models.JSONField(help_text="types.Criteria, as plain values")
    state = models.CharField(max_length=10, default="asked", help_text="types.MailingState")
    subject = models.CharField(max_length=80, blank=True)
    text = models.TextField(blank=True)
    takes_replies = models.BooleanField(default=True)
    reply_until = models.DateField(null=True)
    unread_days = models.PositiveSmallIntegerField(default=7, help_text="after how many days unread is to be phoned")
    departed = models.PositiveIntegerField(default=0, help_text="fitted, but are not enrolled any more")
    token = models.UUIDField()
    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "token"], name="mailing_once")]
        indexes = [
            models.Index(fields=["practice", "-created_at", "-id"], name="mailing_list"),
            models.Index(
                fields=["created_at"], condition=Q(state__in=["asked", "choosing", "sending"]), name="mailing_running"
            ),
        ]

    def __str__(self) -> str:
        return f"mailing {self.pk}"


class MailingRecipient(models.Model):
    """A patient who fitted: chosen, ticked off or left out with a reason; afterwards sent or refused with a reason.

    Ids and a reason alone: no text and nothing of the record is kept here.
    """

    mailing = models.ForeignKey(Mailing, models.CASCADE, related_name="recipients")
    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, help_text="types.RecipientState")
    reason = models.CharField(max_length=20, blank=True, help_text="types.WhyNot")
    uses_portal = models.BooleanField(default=True)
    consult = models.ForeignKey("consult.Consult", models.PROTECT, null=True, related_name="+")
    handled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mailing", "patient"], name="mailing_recipient_once")]
        indexes = [models.Index(fields=["mailing", "state", "id"], name="mailing_recipient_list")]

    def __str__(self) -> str:
        return f"mailing recipient {self.pk}"


class MailingObjection(models.Model):
    """A patient who wants no messages to a group any more (AVG 21). The row goes when the patient takes it back."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "patient"], name="mailing_objection_once")]

    def __str__(self) -> str:
        return f"mailing objection {self.pk}"
