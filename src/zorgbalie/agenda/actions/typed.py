"""What somebody typed for an appointment that was never made is not kept (GDPR art. 5(1)(c) and (e)). For this app."""

from zorgbalie.agenda.models import Appointment, AppointmentAnswer


def forget_typed(row: Appointment) -> None:
    """Empty the reason of a held place that ends, and remove its questions; who calls stores the row.

    Before its state changes: the wall lets the worker remove answers of what is held, and of nothing else.
    """
    row.reason = ""
    AppointmentAnswer.objects.filter(
        appointment_id=row.pk, patient_id=row.patient_id, practice_id=row.practice_id
    ).delete()
