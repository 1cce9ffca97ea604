"""What happened to an appointment after it was held: made, moved, cancelled, and by which side."""

from django.db import models
from django.db.models import Q


class AppointmentChange(models.Model):
    """One step of an appointment, for the desk's history of it. Never changed afterwards; holds no words.

    `from_starts_at` and `from_agenda`: where it was, of one that was moved.
    """

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    appointment = models.ForeignKey("agenda.Appointment", models.PROTECT, related_name="changes")
    what = models.CharField(max_length=10, help_text="types.desk.ChangeKind")
    by_patient = models.BooleanField(help_text="at the portal, by or for the patient")
    employee = models.ForeignKey("practice.Employee", models.PROTECT, null=True, related_name="+")
    from_starts_at = models.DateTimeField(null=True)
    from_agenda = models.ForeignKey("agenda.Agenda", models.PROTECT, null=True, related_name="+")
    happened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(what="moved") | Q(from_starts_at__isnull=True, from_agenda__isnull=True),
                name="appointment_change_from_is_of_moved",
            )
        ]
        indexes = [models.Index(fields=["appointment", "-happened_at"], name="appointment_change_latest")]

    def __str__(self) -> str:
        return f"appointment change {self.pk}"
