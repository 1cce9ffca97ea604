"""Tables of the agenda, by topic."""

from zorgbalie.agenda.models.appointments import Appointment, AppointmentAnswer, Claim, Occupation
from zorgbalie.agenda.models.changes import AppointmentChange
from zorgbalie.agenda.models.schedules import Agenda, AgendaClosing, AppointmentKind, AppointmentKindQuestion, WeekBlock
from zorgbalie.agenda.models.settings import AgendaFeed, AgendaSettings
from zorgbalie.agenda.models.waiting import EarlierOffer, EarlierWish

__all__ = [
    "Agenda",
    "AgendaClosing",
    "AgendaFeed",
    "AgendaSettings",
    "Appointment",
    "AppointmentAnswer",
    "AppointmentChange",
    "AppointmentKind",
    "AppointmentKindQuestion",
    "Claim",
    "EarlierOffer",
    "EarlierWish",
    "Occupation",
    "WeekBlock",
]
