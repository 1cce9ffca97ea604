"""An appointment that the practice asks a patient to make: which one at the desk, and the way to it at the portal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from zorgbalie.access import gate
from zorgbalie.access.queries.online_state import check_subject
from zorgbalie.access.types import DataKind, Use
from zorgbalie.agenda.models import Agenda, AppointmentKind
from zorgbalie.agenda.queries.desk_places import agenda_names, is_gp
from zorgbalie.agenda.types import AgendaId, AppointmentKindId
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.record.queries.patient_home import check_record_practice


@dataclass(frozen=True, kw_only=True, slots=True)
class BookingStart:
    """Where a patient begins to book; what cannot be booked any more is left out, and begins plainly."""

    kind_id: AppointmentKindId | None = None
    agenda_id: AgendaId | None = None


def list_bookable(
    *, viewer: Viewer
) -> tuple[tuple[tuple[AppointmentKindId, str], ...], tuple[tuple[AgendaId, str], ...]]:
    """Kinds that patients can book and the agendas, to ask a patient for one; none at a pharmacy. No patient data."""
    if viewer.practice_id is None or not is_gp(viewer):
        return (), ()
    rows = AppointmentKind.objects.filter(practice_id=viewer.practice_id, is_active=True, is_online=True)
    kinds = rows.order_by("position", "name").values_list("pk", "name")
    return (
        tuple(
            (AppointmentKindId(pk), name) for pk, name in kinds.order_by("position", "name").values_list("pk", "name")
        ),
        tuple((AgendaId(pk), name) for pk, name in agenda_names(viewer.practice_id).items()),
    )


def list_booking_starts(
    *, viewer: Viewer, wanted: Iterable[tuple[int, int | None]], now: datetime
) -> dict[tuple[int, int | None], BookingStart]:
    """The way to each of these appointments; empty where this patient cannot book online (R14). Logs nothing."""
    asked = set(wanted)
    if not asked:
        return {}
    try:
        patient_id, practice_id = check_subject(viewer), check_record_practice(viewer=viewer)
    except NotVisible:
        return {}
    if not gate.may_open_patient(
        viewer=viewer, patient_id=patient_id, practice_id=practice_id, kind=DataKind.APPOINTMENTS, use=Use.CHANGE,
        now=now,
    ):  # fmt: skip
        return {}
    own = {"practice_id": practice_id, "is_active": True}
    kinds = set(
        AppointmentKind.objects.filter(**own, is_online=True, pk__in=[kind for kind, _agenda in asked]).values_list(
            "pk", flat=True
        )
    )
    agendas = set(
        Agenda.objects.filter(**own, pk__in=[agenda for _kind, agenda in asked if agenda]).values_list("pk", flat=True)
    )
    return {
        (kind, agenda): BookingStart(
            kind_id=AppointmentKindId(kind), agenda_id=AgendaId(agenda) if agenda in agendas and agenda else None
        )
        if kind in kinds
        else BookingStart()
        for kind, agenda in asked
    }
