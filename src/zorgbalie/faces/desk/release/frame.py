"""What every page of the record at the desk shows around its content: the patient and the other pages."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from zorgbalie.access.types import AccessRequestCard
from zorgbalie.consult.queries.concerned import may_list_threads
from zorgbalie.consult.queries.outgoing import may_begin
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.ids import PersonId
from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.record.queries.desk_menu import pages_for
from zorgbalie.record.queries.lab_entry import may_enter_results
from zorgbalie.record.types.desk import PatientCard
from zorgbalie.ui.types import Tab
from zorgbalie.worklist.queries import may_add_action

_HIGHEST_PAGE = 1_000_000


def page(
    request: FaceRequest, name: str, patient_id: PersonId, values: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Render a page of this topic about one patient."""
    context = {**around(request, patient_id), **values}
    return render(request, f"desk/release/{name}.html", context, status=status)


def around(request: FaceRequest, patient_id: PersonId) -> dict[str, Any]:
    """What `desk/release/_page.html` shows around a page about one patient; other topics of this face extend it too."""
    return {
        "tabs": _tabs(request, patient_id),
        "patient_id": patient_id,
        "card_href": address("desk_patients_card", patient_id),
        "log_href": _log_href(request, patient_id),
        "enter_href": _enter_href(request, patient_id),
        "action_href": _action_href(request, patient_id),
        "message_href": _message_href(request, patient_id),
    }


def _log_href(request: FaceRequest, patient_id: PersonId) -> str:
    """The access log of this patient, for who may read it: no link that ends in a refusal."""
    return address("desk_log_patient", patient_id) if request.viewer.has_right(StaffRight.READ_ACCESS_LOG) else ""


def _enter_href(request: FaceRequest, patient_id: PersonId) -> str:
    """Typing a result in, for who may decide on it."""
    may = may_enter_results(viewer=request.viewer, patient_id=patient_id, now=request.now)
    return address("desk_lab_enter", patient_id) if may else ""


def _action_href(request: FaceRequest, patient_id: PersonId) -> str:
    """Putting an action on the list, for who may read the record."""
    may = may_add_action(viewer=request.viewer, patient_id=patient_id, now=request.now)
    return address("desk_action_new", patient_id) if may else ""


def _message_href(request: FaceRequest, patient_id: PersonId) -> str:
    """Beginning a message, for who answers questions, while the practice wants that."""
    may = may_begin(viewer=request.viewer, patient_id=patient_id, now=request.now)
    return address("desk_message_start", patient_id) if may else ""


def card_of(request: AccessRequestCard) -> PatientCard:
    """The patient of a request."""
    return PatientCard(
        patient_id=request.patient_id,
        full_name=request.patient_name,
        birth_date=request.birth_date,
        age_group=request.age_group,
    )


def address(name: str, *args: int) -> str:
    """The address of a page, or nothing while this version does not have it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def number_in(request: FaceRequest, name: str) -> int:
    """A page number from the address; 1 for what makes no sense."""
    text = request.GET.get(name, "1")
    return min(int(text), _HIGHEST_PAGE) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def _tabs(request: FaceRequest, patient_id: PersonId) -> list[Tab]:
    opens = pages_for(viewer=request.viewer, patient_id=patient_id, now=request.now)
    pages = [
        (opens.record, _("Dossier"), "desk_release_record"),
        (opens.documents, _("Brieven en documenten"), "desk_documents_list"),
        (opens.visibility, _("Zichtbaarheid"), "desk_release_visibility"),
        (opens.copy, _("Kopie"), "desk_release_copy"),
        (opens.notes, _("Mijn werknotities"), "desk_release_notes"),
        (
            may_list_threads(viewer=request.viewer, patient_id=patient_id, now=request.now),
            _("Vragen"),
            "desk_consult_list",
        ),
    ]
    made = []
    for is_open, label, name in pages:
        href = reverse(name, args=[patient_id])
        is_here = request.path == href if name == "desk_release_record" else request.path.startswith(href)
        if is_open:
            made.append(Tab(label=label, href=href, current=is_here))
    return made
