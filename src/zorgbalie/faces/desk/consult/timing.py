"""The time that a question costs, on the page of that question (REQ 50).

The page counts while it is open and looked at; whatever button is pressed there, what was counted or typed is kept
before anything else happens, so neither sending nor closing loses it.
"""

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from zorgbalie.billing.actions.entries import obstacle_words
from zorgbalie.billing.queries.settings import is_billing_on
from zorgbalie.billing.types import BillingRefused, DeclarationRow, SourceBilling
from zorgbalie.consult.actions import billing as actions
from zorgbalie.consult.queries.billing import get_billing
from zorgbalie.consult.types import ConsultState, DeskThread
from zorgbalie.faces.desk.billing.forms import CountForm
from zorgbalie.faces.desk.billing.words import STATES
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import ConsultId, PersonId


def keep(*, request: FaceRequest, patient_id: PersonId, consult_id: ConsultId) -> bool:
    """Keep what the page counted and what was typed; False when what was typed is no time. Twice is once."""
    if not _is_counted(request) or request.headers.get("HX-Request") or not is_billing_on(viewer=request.viewer):
        return True
    form = CountForm(request.POST)
    if not form.is_valid():
        return False
    try:
        actions.add_time(
            viewer=request.viewer,
            patient_id=patient_id,
            consult_id=consult_id,
            seconds=form.seconds,
            token=form.cleaned_data["time_token"],
            now=request.now,
        )
    except NotVisible:
        # The patient concerned left since the page was opened; the answer itself has a gate of its own.
        return True
    except BillingRefused as refusal:
        if form.cleaned_data["time_typed"]:
            messages.warning(request, refusal.message)
    return True


def propose_at_close(*, request: FaceRequest, patient_id: PersonId, consult_id: ConsultId) -> None:
    """Propose a declaration after closing, where the practice wants that, and say what came of it."""
    found = actions.propose_at_close(
        viewer=request.viewer, patient_id=patient_id, consult_id=consult_id, now=request.now
    )
    if isinstance(found, DeclarationRow):
        words = {"code": found.code, "description": found.description}
        messages.info(request, _("Voorstel voor een declaratie: %(code)s, %(description)s.") % words)
    elif found is not None:
        messages.info(request, _("Er is geen declaratie voorgesteld. %(why)s") % {"why": found.message})


def panel(*, request: FaceRequest, found: DeskThread) -> dict[str, object] | None:
    """What `desk/consult/parts/billing.html` shows; None where the practice does not declare."""
    billing = get_billing(
        viewer=request.viewer, patient_id=found.patient_id, consult_id=found.consult_id, now=request.now
    )
    if billing is None:
        return None
    place = [found.patient_id, found.consult_id]
    return {
        **state_words(billing),
        "form": _form(request),
        "counts": found.state is not ConsultState.CLOSED and not billing.is_fixed,
        "takes": not billing.is_fixed,
        "count_href": reverse("desk_consult_time_count", args=place),
        "href": reverse("desk_consult_time", args=place),
    }


def state_words(billing: SourceBilling) -> dict[str, object]:
    """How it stands, for both pages."""
    row = billing.declaration
    return {
        "billing": billing,
        "state": STATES[row.state] if row else None,
        "obstacle": obstacle_words(billing.obstacle) if billing.obstacle else "",
    }


def _is_counted(request: HttpRequest) -> bool:
    return "time_token" in request.POST


def _form(request: FaceRequest) -> CountForm:
    """Empty after each answer of ours, as what was sent is kept; with what was typed where that is no time."""
    if _is_counted(request):
        form = CountForm(request.POST)
        if not form.is_valid():
            return form
    return CountForm()
