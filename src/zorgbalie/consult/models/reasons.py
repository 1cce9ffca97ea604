"""Reasons to ask with their questions, the answers of patients, and whom a practice lets ask whom.

What a patient was asked is copied to the answers when the reason is chosen: a practice that changes its form changes
no answer, nor what an earlier patient was asked.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from zorgbalie.consult.models.threads import Consult


class ConsultReason(models.Model):
    """A reason that patients choose. `revision` counts its changes (compare and swap)."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    description = models.CharField(max_length=200, blank=True)
    for_whom = models.CharField(max_length=5, help_text="types.ForWhom")
    to_account = models.ForeignKey("practice.Account", models.SET_NULL, null=True, related_name="+")
    to_group = models.ForeignKey("practice.EmployeeGroup", models.SET_NULL, null=True, related_name="+")
    care_term = models.CharField(max_length=60, blank=True)
    care_code = models.CharField(max_length=6, blank=True, help_text="ICPC")
    care_links = models.JSONField(default=list, help_text="pairs of title and address, checked")
    is_on = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "name"], name="consult_reason_name_once")]
        indexes = [models.Index(fields=["practice", "position", "id"], name="consult_reason_order")]

    def __str__(self) -> str:
        return f"consult reason {self.pk}"


class _Asked(models.Model):
    """What a question is like. The place bounds their number to seven (ux 5)."""

    place = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, help_text="types.QuestionKind")
    help_text = models.CharField(max_length=200, blank=True)
    choices = ArrayField(models.CharField(max_length=60), default=list)
    unit = models.CharField(max_length=20, blank=True)
    is_optional = models.BooleanField(default=False)
    may_be_unknown = models.BooleanField(default=True)

    class Meta:
        abstract = True


class ConsultReasonQuestion(_Asked):
    """A question of a reason."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    reason = models.ForeignKey(ConsultReason, models.CASCADE, related_name="questions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reason", "place"], name="consult_question_place_once"),
            models.CheckConstraint(condition=Q(place__gte=1, place__lte=7), name="consult_seven_questions"),
        ]

    def __str__(self) -> str:
        return f"consult question {self.pk}"


class ConsultAnswer(_Asked):
    """A question as it was asked in one thread, with its answer. Changes while the thread is a draft alone."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    consult = models.ForeignKey(Consult, models.PROTECT, related_name="answers")
    answer = models.TextField(blank=True, help_text="types.GivenAnswer")
    is_unknown = models.BooleanField(default=False)
    is_answered = models.BooleanField(default=False, help_text="the patient went past it")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consult", "place"], name="consult_answer_place_once"),
            models.CheckConstraint(condition=Q(place__gte=1, place__lte=7), name="consult_seven_answers"),
        ]

    def __str__(self) -> str:
        return f"consult answer {self.pk}"


class ConsultAskRules(models.Model):
    """Who may ask for a child, and which doctors can be named. No row: `types.AskRules` as it is made."""

    practice = models.OneToOneField("practice.Practice", models.PROTECT, related_name="+")
    parents_under_12 = models.BooleanField(default=True)
    parents_12_to_15 = models.BooleanField(default=True)
    parent_text = models.CharField(max_length=300, blank=True)
    doctors = models.CharField(max_length=4, default="own", help_text="types.DoctorChoice")
    hidden_accounts = ArrayField(models.BigIntegerField(), default=list)
    revision = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"consult ask rules {self.pk}"
