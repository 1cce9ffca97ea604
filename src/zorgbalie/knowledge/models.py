"""Tables of sources and links. No patient data."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class KnowledgeSource(models.Model):
    """A website that can be searched, for one kind of item; of all practices where `practice` is empty."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, help_text="types.ItemKind")
    about = models.CharField(max_length=160, blank=True, help_text="who makes it, for the patient")
    template = models.CharField(max_length=500, help_text="https address with {term} where the word belongs")
    place = models.PositiveIntegerField(default=0)
    is_on = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "kind", "template"], nulls_distinct=False, name="knowledge_source_once"
            ),
            models.CheckConstraint(
                condition=Q(template__startswith="https://") & Q(template__contains="{term}"),
                name="knowledge_source_address",
            ),
        ]

    def __str__(self) -> str:
        return f"knowledge source {self.pk}"


class KnowledgeChoice(models.Model):
    """What one practice decided about a source: on or off, and in which place. Without it the source's own hold."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    source = models.ForeignKey(KnowledgeSource, models.CASCADE, related_name="choices")
    is_on = models.BooleanField()
    place = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "source"], name="knowledge_choice_once")]

    def __str__(self) -> str:
        return f"knowledge choice {self.pk}"


class KnowledgeLink(models.Model):
    """A page about a code: at most one per website; of all practices where `practice` is empty.

    `host` is the address's own, kept for finding the source that it belongs to and for the list of hosts that may be
    asked. `state_by` is who set the state by hand; the periodic check leaves such a row alone.
    """

    practice = models.ForeignKey("practice.Practice", models.PROTECT, null=True, related_name="+")
    code_system = models.CharField(max_length=8, help_text="types.CodeSystem")
    code = models.CharField(max_length=12)
    url = models.CharField(max_length=500)
    host = models.CharField(max_length=253)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=4, default="ok", help_text="types.LinkState")
    state_by = models.ForeignKey("practice.Employee", models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    loaded_by = models.CharField(max_length=160, blank=True)
    loaded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "code_system", "code", "host"], nulls_distinct=False, name="knowledge_link_once"
            ),
            models.CheckConstraint(condition=Q(url__startswith="https://"), name="knowledge_link_https"),
        ]
        indexes = [
            models.Index(fields=["code_system", "code"], name="knowledge_link_by_code"),
            models.Index(fields=["checked_at"], name="knowledge_link_to_check"),
            models.Index(fields=["host"], name="knowledge_link_by_host"),
        ]

    def __str__(self) -> str:
        return f"knowledge link {self.pk}"
