"""Online access of one patient at the desk: inviting, the agreement, and closing a release (REQ 4, 23, 58; R6, R7)."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zorgbalie.access.actions import agreements, invitations, requests
from zorgbalie.access.actions import patients as actions
from zorgbalie.access.types import (
    AgreementCard,
    AgreementWords,
    InvitationChannel,
    OnlineAccess,
    OnlineProgress,
    RequestState,
)
from zorgbalie.faces.desk.patients.forms import InviteForm, OnlineForm, ReasonForm, ShownForm
from zorgbalie.faces.desk.patients.views import add_refusal, get_card
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.errors import NotVisible, Refused
from zorgbalie.kernel.ids import PersonId
from zorgbalie.ui.formats import short_date
from zorgbalie.ui.types import SummaryRow


@require_http_methods(["GET", "HEAD", "POST"])
def online(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Allowed, a copy only, or vulnerable."""
    asked, found = cast(FaceRequest, request), get_card(request, patient_id)
    form = OnlineForm(asked.POST or None, initial={"online_access": found.enrolment.online_access})
    if form.is_valid():
        actions.set_online_access(
            viewer=asked.viewer,
            patient_id=PersonId(patient_id),
            online_access=OnlineAccess(form.cleaned_data["online_access"]),
            now=asked.now,
        )
        messages.success(request, _("De keuze is bewaard en geldt meteen."))
        return redirect("desk_patients_card", patient_id=patient_id)
    context = {"card": found, "form": form, "title": _("Online inzage"), "submit": _("Bewaar de keuze")}
    return render(request, "desk/patients/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Invite by letter, which is the answer itself because its code is kept nowhere, or by e-mail."""
    asked, found = cast(FaceRequest, request), get_card(request, patient_id)
    form = InviteForm(asked.POST or None, initial={"channel": InvitationChannel.LETTER.value})
    if form.is_valid():
        try:
            made = invitations.invite_patient(
                viewer=asked.viewer,
                patient_id=PersonId(patient_id),
                channel=InvitationChannel(form.cleaned_data["channel"]),
                now=asked.now,
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            if made.letter is not None:
                return _letter(made.letter)
            messages.success(request, _("De uitnodiging wordt gemaild."))
            return redirect("desk_patients_card", patient_id=patient_id)
    context = {
        "card": found,
        "form": form,
        "is_agreed": found.progress not in (OnlineProgress.NONE, OnlineProgress.INVITED),
        "has_email": found.profile.email_verified_at is not None,
        "is_young": found.age_group.value != "16_and_over",
    }
    return render(request, "desk/patients/invite.html", context)


@require_POST
def revoke(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Take an open invitation back."""
    asked = cast(FaceRequest, request)
    revoked = invitations.revoke_invitation(viewer=asked.viewer, patient_id=PersonId(patient_id), now=asked.now)
    if revoked:
        messages.success(request, _("De uitnodiging is ingetrokken. De code werkt niet meer."))
    return redirect("desk_patients_card", patient_id=patient_id)


@require_safe
def agreement(request: HttpRequest, patient_id: int) -> HttpResponse:
    """The agreement with both signatures, to sign for the practice or to end."""
    found = get_card(request, patient_id)
    context = {
        "card": found,
        "agreement": found.agreement,
        "signatures": _signatures(found.agreement) if found.agreement else [],
        "parts": _parts(found.agreement.words) if found.agreement else [],
        "may": {task.value for task in found.may},
    }
    return render(request, "desk/patients/agreement.html", context)


@require_POST
def sign(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Sign for the practice."""
    asked, shown = cast(FaceRequest, request), _shown_agreement(request, patient_id)
    try:
        agreements.sign_for_practice(viewer=asked.viewer, agreement_id=shown.agreement_id, now=asked.now)
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, _("U heeft de afspraken namens de praktijk ondertekend."))
    return redirect("desk_patients_card", patient_id=patient_id)


@require_http_methods(["GET", "HEAD", "POST"])
def end_agreement(request: HttpRequest, patient_id: int) -> HttpResponse:
    """End the agreement, after a page that says what it does."""
    asked = cast(FaceRequest, request)
    if asked.method != "POST":
        return render(request, "desk/patients/end_agreement.html", {"card": get_card(request, patient_id)})
    shown = _shown_agreement(request, patient_id)
    agreements.end_for_practice(viewer=asked.viewer, agreement_id=shown.agreement_id, now=asked.now)
    messages.success(request, _("De afspraken zijn beëindigd. De patiënt ziet het dossier niet meer."))
    return redirect("desk_patients_card", patient_id=patient_id)


@require_http_methods(["GET", "HEAD", "POST"])
def close_release(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Take a release back, with a reason for the patient."""
    asked, found = cast(FaceRequest, request), get_card(request, patient_id)
    if found.request is None or found.request.state is not RequestState.RELEASED:
        messages.info(request, _("Het dossier is niet meer vrijgegeven."))
        return redirect("desk_patients_card", patient_id=patient_id)
    form = ReasonForm(asked.POST or None)
    if form.is_valid():
        try:
            requests.close_released(
                viewer=asked.viewer,
                request_id=found.request.request_id,
                reason=form.cleaned_data["reason"],
                now=asked.now,
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("De inzage is gesloten. De patiënt ziet uw reden."))
            return redirect("desk_patients_card", patient_id=patient_id)
    context = {
        "card": found,
        "form": form,
        "title": _("Sluit de online inzage"),
        "submit": _("Sluit de inzage"),
        "is_danger": True,
    }
    return render(request, "desk/patients/form.html", context)


def _shown_agreement(request: HttpRequest, patient_id: int) -> AgreementCard:
    """The agreement of this patient, if it is the one that stood on the screen. Raises NotVisible."""
    form, found = ShownForm(request.POST), get_card(request, patient_id).agreement
    if found is None or not form.is_valid() or form.cleaned_data["agreement"] != found.agreement_id:
        raise NotVisible("agreement")
    return found


def _letter(pdf: bytes) -> HttpResponse:
    """The letter as a file; its name says nothing of the patient."""
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": 'attachment; filename="uitnodiging.pdf"'},
    )


def _signatures(found: AgreementCard) -> list[SummaryRow]:
    patient = found.patient_signed_at
    practice = found.practice_signed_at
    return [
        SummaryRow(
            label=_("Patiënt"),
            value=_("%(name)s, op %(day)s, ingelogd met DigiD %(level)s")
            % {
                "name": found.patient_signer_name or _("namens de patiënt"),
                "day": short_date(value=patient),
                "level": found.patient_signer_level.capitalize(),
            }
            if patient
            else _("nog niet ondertekend"),
        ),
        SummaryRow(
            label=_("Praktijk"),
            value=_("%(name)s, op %(day)s") % {"name": found.practice_signer_name, "day": short_date(value=practice)}
            if practice
            else _("nog niet ondertekend"),
        ),
    ]


def _parts(words: AgreementWords) -> list[tuple[str, list[str]]]:
    """The four parts as lists: one agreement per line of the text."""
    parts = [
        (_("Dit mag de patiënt"), words.patient_rights),
        (_("Dit doet de patiënt"), words.patient_duties),
        (_("Dit mag de praktijk"), words.practice_rights),
        (_("Dit doet de praktijk"), words.practice_duties),
    ]
    return [(title, [line for line in text.splitlines() if line.strip()]) for title, text in parts]
