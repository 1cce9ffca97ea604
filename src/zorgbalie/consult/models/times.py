"""By when a practice answers, and promises that were not kept."""

from django.db import models
from django.db.models.functions import Now

from zorgbalie.consult.models.threads import Consult


class ConsultTimes(models.Model):
    """What a practice chose about answering. No row: `queries.times.default_times`. 0 in a limit: there is none."""

    practice = models.OneToOneField("practice.Practice", models.PROTECT, related_name="+")
    days_practice = models.PositiveSmallIntegerField()
    days_function = models.PositiveSmallIntegerField()
    days_doctor = models.PositiveSmallIntegerField()
    hour = models.PositiveSmallIntegerField()
    cap_per_day = models.PositiveSmallIntegerField(default=0)
    outside_hours = models.CharField(max_length=8, default="take", help_text="types.OutsideHours")
    open_days = models.PositiveSmallIntegerField(default=0)
    closed_from = models.DateField(null=True)
    closed_until = models.DateField(null=True)
    closed_text = models.CharField(max_length=300, blank=True)
    closed_phone = models.CharField(max_length=20, blank=True)
    sent_text = models.CharField(max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"consult times {self.pk}"


class ConsultSlip(models.Model):
    """A promise that passed without an answer, and the one that took its place. Only ever added, by the worker."""

    consult = models.ForeignKey(Consult, models.PROTECT, related_name="slips")
    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    promised_at = models.DateTimeField()
    next_at = models.DateTimeField()
    noted_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consult", "promised_at"], name="consult_slip_once")]

    def __str__(self) -> str:
        return f"consult slip {self.pk}"
