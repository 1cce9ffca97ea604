"""What moving an appointment to a place that somebody pointed at would do; for the step that asks whether it is so."""

from datetime import datetime, timedelta

from zorgbalie.agenda.models import Agenda
from zorgbalie.agenda.queries.day import EARLIEST, LATEST
from zorgbalie.agenda.queries.desk import check_keeper
from zorgbalie.agenda.queries.details import get_for_desk
from zorgbalie.agenda.queries.schedules import find_kind, load_agendas, rules_of
from zorgbalie.agenda.rules.free import places_on
from zorgbalie.agenda.types import AgendaId, AppointmentId, Place
from zorgbalie.agenda.types.day import MoveProposal
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PersonId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.people import queries as people


def get_move(
    *,
    viewer: Viewer,
    patient_id: PersonId,
    appointment_id: AppointmentId,
    agenda_id: AgendaId,
    begins: datetime,
    now: datetime,
) -> MoveProposal:
    """Who would go from where to where, and whether that place is free for this kind of appointment.

    Raises NotAllowed, NotVisible. Audit: `appointment.read_for`.
    """
    practice_id = check_keeper(viewer=viewer, event="appointment.read_for")
    detail = get_for_desk(viewer=viewer, patient_id=patient_id, appointment_id=appointment_id, now=now)
    agenda = Agenda.objects.filter(pk=agenda_id, practice_id=practice_id, is_active=True).first()
    day = local_date(begins)
    if agenda is None or not EARLIEST <= day <= LATEST:
        raise NotVisible("agenda")
    kind = rules_of(find_kind(practice_id=practice_id, kind_id=detail.kind_id, online=False))
    place = Place(agenda_id=agenda_id, starts_at=begins, ends_at=begins + timedelta(minutes=kind.minutes))
    # After midnight a place can be of a block that began the day before.
    days = (day - timedelta(days=1), day)
    found = load_agendas(practice_id=practice_id, first=days[0], until=day, now=now, agenda_ids=[agenda_id])
    free = {
        place
        for drawn in found
        for one in days
        for place in places_on(agenda=drawn, kind=kind, day=one, now=now, online=False)
    }
    name = people.list_names(person_ids=[patient_id])[patient_id]
    return MoveProposal(
        detail=detail,
        patient_name=name.full_name,
        birth_date=name.birth_date,
        place=place,
        agenda_name=agenda.name,
        is_free=place in free,
    )
