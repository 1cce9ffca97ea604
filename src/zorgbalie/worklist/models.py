"""Table of the work list."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class WorkItem(models.Model):
    """Something for the desk to do. One open item per kind and subject (`about_id` is the row it is about)."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    account = models.ForeignKey("practice.Account", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=30)
    about_id = models.BigIntegerField()
    for_right = models.CharField(max_length=30, blank=True, help_text="staff right that the item needs")
    state = models.CharField(max_length=10, default="open")
    is_urgent = models.BooleanField(default=False)
    assigned_to = models.ForeignKey("practice.Employee", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("practice.Employee", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "kind", "about_id"], condition=Q(state="open"), name="one_open_item"
            )
        ]
        indexes = [
            models.Index(
                fields=["practice", "-is_urgent", "created_at", "id"],
                condition=Q(state="open"),
                name="open_items_by_practice",
            ),
            models.Index(
                fields=["practice", "due_at", "id"],
                condition=Q(state="open", due_at__isnull=False),
                name="due_items_by_practice",
            ),
            models.Index(fields=["practice", "-done_at"], condition=Q(state="done"), name="done_items_by_practice"),
        ]

    def __str__(self) -> str:
        return f"item {self.pk}"


class ActionNote(models.Model):
    """The text of an action that a colleague put on the list by hand. Care data: only who may read the record sees it.

    `token` is of the form that made it: a second sending of the same form is the same note.
    """

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    author = models.ForeignKey("practice.Employee", models.PROTECT, related_name="+")
    text = models.CharField(max_length=300)
    token = models.CharField(max_length=32)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "token"], name="action_note_once")]
        indexes = [models.Index(fields=["patient", "practice"], name="action_notes_of_patient")]

    def __str__(self) -> str:
        return f"action note {self.pk}"
