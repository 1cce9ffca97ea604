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
            models.Index(fields=["practice", "-done_at"], condition=Q(state="done"), name="done_items_by_practice"),
        ]

    def __str__(self) -> str:
        return f"item {self.pk}"
