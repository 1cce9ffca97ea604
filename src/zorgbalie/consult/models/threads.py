"""Tables of questions. Messages and notes are only ever added.

A draft is a thread that was not sent: the database shows it to its writer alone, never to the practice.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Consult(models.Model):
    """A thread. `revision` counts its changes: who changes it names the revision on the screen (compare and swap)."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", help_text="who writes (REQ 8)")
    addressed_account = models.ForeignKey("practice.Account", models.PROTECT, null=True, related_name="+")
    addressed_group = models.ForeignKey("practice.EmployeeGroup", models.SET_NULL, null=True, related_name="+")
    addressed_name = models.CharField(max_length=120, blank=True, help_text="as the patient chose it; empty: anybody")
    about_kind = models.CharField(max_length=12, blank=True, help_text="types.AboutKind; empty: nothing of the record")
    about_id = models.BigIntegerField(default=0)
    about_title = models.CharField(max_length=255, blank=True)
    about_date = models.DateField(null=True)
    subject = models.CharField(max_length=80, blank=True)
    reason = models.ForeignKey("consult.ConsultReason", models.SET_NULL, null=True, related_name="+")
    reason_name = models.CharField(max_length=60, blank=True, db_default="", default="", help_text="as it was chosen")
    draft_text = models.TextField(blank=True)
    state = models.CharField(max_length=12, default="draft", help_text="types.ConsultState")
    concerns = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="in whose record it belongs, where that is another than `patient` (R12)",
    )
    started_by = models.ForeignKey(
        "practice.Employee",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="where the practice began (REQ 34)",
    )
    mailing = models.ForeignKey("consult.Mailing", models.PROTECT, null=True, related_name="+")
    takes_replies = models.BooleanField(db_default=True, default=True)
    reply_until = models.DateField(null=True, help_text="the last day to write in it; null: no such day")
    start_token = models.UUIDField(null=True, help_text="of the form at the desk with which the practice began")
    with_account = models.ForeignKey("practice.Account", models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    changed_by_name = models.CharField(max_length=160, blank=True)
    changed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    answer_by = models.DateTimeField(null=True, help_text="what the patient was promised")
    closed_by_time = models.BooleanField(default=False, db_default=False, help_text="ended by the clock (REQ 49)")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "practice", "asked_by", "about_kind", "about_id"],
                condition=Q(state="draft"),
                name="one_consult_draft_about_a_thing",
            ),
            models.CheckConstraint(
                # Only what the practice began and nobody wrote back to yet holds no promise: there is no question.
                condition=Q(state="draft")
                | Q(sent_at__isnull=False, answer_by__isnull=False)
                | Q(sent_at__isnull=False, started_by__isnull=False, state__in=["answered", "closed"]),
                name="consult_sent_with_a_promise",
            ),
            # A form at the desk pressed twice begins one thread (security row 48).
            models.UniqueConstraint(
                fields=["practice", "start_token"], condition=Q(start_token__isnull=False), name="consult_started_once"
            ),
            # However often a selection is sent, a patient has one thread of it (security row 48).
            models.UniqueConstraint(
                fields=["mailing", "patient"], condition=Q(mailing__isnull=False), name="one_consult_per_mailing"
            ),
        ]
        indexes = [
            models.Index(fields=["patient", "practice", "-changed_at", "-id"], name="consult_list"),
            models.Index(fields=["practice", "changed_at"], condition=Q(state="answered"), name="consult_ending"),
            # The inbox of the practice: what waits, by promise and by age, and the rest by its latest change.
            models.Index(
                fields=["practice", "answer_by", "id"],
                condition=Q(state__in=["sent", "with_doctor"]),
                name="open_consults_by_promise",
            ),
            models.Index(
                fields=["practice", "sent_at", "id"],
                condition=Q(state__in=["sent", "with_doctor"]),
                name="open_consults_by_age",
            ),
            models.Index(fields=["practice", "state", "-changed_at", "-id"], name="consults_by_state"),
            models.Index(fields=["practice", "-changed_at", "-id"], name="consults_by_change"),
            models.Index(
                fields=["concerns", "practice"], condition=Q(concerns__isnull=False), name="consult_of_another"
            ),
        ]

    def __str__(self) -> str:
        return f"consult {self.pk}"


class ConsultMessage(models.Model):
    """One text of a thread. `token` is of the form it was typed in: the same form twice is one message."""

    consult = models.ForeignKey(Consult, models.PROTECT, related_name="messages")
    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    author_kind = models.CharField(max_length=8, help_text="types.AuthorKind")
    author_person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    author_employee = models.ForeignKey("practice.Employee", models.PROTECT, null=True, related_name="+")
    author_name = models.CharField(max_length=160)
    author_role = models.CharField(max_length=30, db_default="", help_text="kernel StaffRole of that moment (ux 26)")
    text = models.TextField()
    token = models.UUIDField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consult", "token"], name="consult_message_once")]
        indexes = [models.Index(fields=["consult", "id"], name="consult_message_order")]

    def __str__(self) -> str:
        return f"consult message {self.pk}"


class ConsultNote(models.Model):
    """What staff write for one another about a thread. The portal has no privilege on it."""

    consult = models.ForeignKey(Consult, models.PROTECT, related_name="notes")
    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    author = models.ForeignKey("practice.Employee", models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=160)
    text = models.TextField()
    token = models.UUIDField()
    written_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consult", "token"], name="consult_note_once")]

    def __str__(self) -> str:
        return f"consult note {self.pk}"
