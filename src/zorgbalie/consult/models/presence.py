"""Who of the practice has a thread open, so that two do not answer at once without knowing (ux 47)."""

from django.db import models

from zorgbalie.consult.models.threads import Consult


class ConsultPresence(models.Model):
    """When an employee was last seen at a thread, and last seen typing there. Says nothing of the patient.

    One row per thread and employee, overwritten at each sign of life; an old one means nothing (`rules.is_present`).
    """

    consult = models.ForeignKey(Consult, models.CASCADE, related_name="+")
    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    employee = models.ForeignKey("practice.Employee", models.PROTECT, related_name="+")
    seen_at = models.DateTimeField()
    typing_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consult", "employee"], name="one_presence_at_a_consult")]
        indexes = [models.Index(fields=["practice", "seen_at"], name="consult_presence_now")]

    def __str__(self) -> str:
        return f"presence {self.pk}"
