"""Tables of the agenda, by topic."""

from zorgbalie.agenda.models.appointments import Appointment, Claim, Occupation
from zorgbalie.agenda.models.schedules import Agenda, AgendaClosing, AppointmentKind, WeekBlock

__all__ = ["Agenda", "AgendaClosing", "Appointment", "AppointmentKind", "Claim", "Occupation", "WeekBlock"]
