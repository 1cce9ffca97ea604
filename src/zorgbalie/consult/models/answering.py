"""Tables of answering: ticked questions, unsent answers, standard answers and standard links.

The portal has no privilege on ticks, drafts and standard answers; what a tick or draft is about is of one patient.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from zorgbalie.consult.models.threads import Consult, ConsultMessage


class ConsultTick(models.Model):
    """That a colleague ticked a question of the patient as answered (REQ 46). The row goes when the tick goes.

    `digest` is of the question's words, so that it stays with them were they found in another order.
    """

    consult = models.ForeignKey(Consult, models.PROTECT, related_name="ticks")
    message = models.ForeignKey(ConsultMessage, models.PROTECT, related_name="+")
    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    digest = models.CharField(max_length=16)
    employee = models.ForeignKey("practice.Employee", models.PROTECT, related_name="+")
    employee_name = models.CharField(max_length=160)
    ticked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "digest"], name="consult_tick_once")]

    def __str__(self) -> str:
        return f"consult tick {self.pk}"


class ConsultAnswerDraft(models.Model):
    """What an employee typed and did not send yet. The database shows it to that employee alone."""

    consult = models.ForeignKey(Consult, models.PROTECT, related_name="+")
    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    employee = models.ForeignKey("practice.Employee", models.PROTECT, related_name="+")
    text = models.TextField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consult", "employee"], name="consult_answer_draft_once")]

    def __str__(self) -> str:
        return f"consult answer draft {self.pk}"


class AnswerTemplate(models.Model):
    """A standard answer (REQ 45); fields in braces are filled in. Of the practice, or of one `employee` alone."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    employee = models.ForeignKey("practice.Employee", models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=80)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "practice", Lower("title"), condition=Q(employee__isnull=True), name="answer_template_of_practice_once"
            ),
            models.UniqueConstraint(
                "practice",
                "employee",
                Lower("title"),
                condition=Q(employee__isnull=False),
                name="answer_template_of_employee_once",
            ),
        ]

    def __str__(self) -> str:
        return f"answer template {self.pk}"


class StandardLink(models.Model):
    """A link that a practice puts in answers (REQ 47). `host` is the address's own, without `www.`."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    url = models.CharField(max_length=500)
    host = models.CharField(max_length=253)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "url"], name="standard_link_once"),
            models.CheckConstraint(condition=Q(url__startswith="https://"), name="standard_link_https"),
        ]
        indexes = [
            models.Index(fields=["practice", "title", "id"], name="standard_link_by_title"),
            models.Index(fields=["practice", "host"], name="standard_link_by_host"),
        ]

    def __str__(self) -> str:
        return f"standard link {self.pk}"
