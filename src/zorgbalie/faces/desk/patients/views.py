"""The practice's patients: list, card, registering, enrolling (REQ 2, 77; security rows 5, 7, 40, 64)."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zorgbalie.access.actions import patients as actions
from zorgbalie.access.queries import patients as queries
from zorgbalie.access.types import OnlineProgress, PatientCard
from zorgbalie.agenda.queries.desk_search import list_for_card
from zorgbalie.faces.desk.appointments.words import STATE_NAMES
from zorgbalie.faces.desk.patients import words
from zorgbalie.faces.desk.patients.forms import (
    AccountForm,
    BsnForm,
    ContactForm,
    RegisterForm,
    SearchForm,
    contact_values,
)
from zorgbalie.faces.desk.release.frame import around
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.bsn import InvalidBsn, parse_bsn
from zorgbalie.kernel.errors import NotAllowed, Refused
from zorgbalie.kernel.ids import PersonId
from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.ui.formats import short_date
from zorgbalie.ui.types import SummaryRow

_SORTS = ("name", "birth_date", "since")


@require_safe
def patients(request: HttpRequest) -> HttpResponse:
    """The list, with search by name and birth date."""
    asked = cast(FaceRequest, request)
    search, sort = asked.GET.get("q", "")[:100], asked.GET.get("sort", "name")
    if sort.removeprefix("-") not in _SORTS:
        sort = "name"
    listing = queries.list_patients(
        viewer=asked.viewer, search=search, sort=sort, page=page_number(asked), now=asked.now
    )
    context = {
        "rows": [(row, *words.PROGRESS[row.progress], words.online_access(row.online_access)) for row in listing.rows],
        "total": listing.total,
        "page": Paginator(range(listing.total), listing.size).get_page(listing.number),
        "search": search,
        "form": SearchForm(initial={"q": search}),
        # A BSN in the search field has gone into the address already; nothing is looked up by it.
        "looks_like_bsn": sum(sign.isdigit() for sign in search) >= 8 and not queries.split_search(text=search)[1],
        "bsn_form": BsnForm(),
        "may_register": asked.viewer.has_right(StaffRight.INVITE_PATIENT),
    }
    return render(request, "desk/patients/list.html", context)


@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """Find an own patient by BSN, which is in the body and never in an address."""
    asked = cast(FaceRequest, request)
    form = BsnForm(asked.POST)
    try:
        bsn = parse_bsn(form.cleaned_data["bsn"] if form.is_valid() else "")
    except InvalidBsn:
        messages.warning(request, _("Dit is geen geldig BSN. Een BSN heeft 9 cijfers."))
        return redirect("desk_patients_list")
    patient_id = queries.find_patient_by_bsn(viewer=asked.viewer, bsn=bsn, now=asked.now)
    if patient_id is None:
        messages.info(request, _("Bij deze praktijk staat niemand met dit BSN ingeschreven."))
        return redirect("desk_patients_list")
    return redirect("desk_patients_card", patient_id=patient_id)


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Register a new patient after seeing the identity document."""
    asked = cast(FaceRequest, request)
    if not asked.viewer.has_right(StaffRight.INVITE_PATIENT):
        raise NotAllowed(StaffRight.INVITE_PATIENT)
    accounts = queries.list_accounts(viewer=asked.viewer)
    form = RegisterForm(asked.POST or None, accounts=accounts)
    if form.is_valid():
        try:
            patient_id = actions.register_patient(viewer=asked.viewer, registration=form.registration(), now=asked.now)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("De patiënt is ingeschreven."))
            return redirect("desk_patients_card", patient_id=patient_id)
    return render(request, "desk/patients/register.html", {"form": form, "has_accounts": bool(accounts)})


@require_safe
def card(request: HttpRequest, patient_id: int) -> HttpResponse:
    """One patient: register, enrolment, online access."""
    found = get_card(request, patient_id)
    label, tone = words.PROGRESS[found.progress]
    context = {
        "card": found,
        "may": {task.value for task in found.may},
        "steps": words.steps(found),
        "progress": label,
        "progress_tone": tone,
        "person_rows": _person_rows(found),
        "contact_rows": _contact_rows(found),
        "online_access": words.online_access(found.enrolment.online_access),
        "invitation_state": words.INVITATION[found.invitation.state] if found.invitation else "",
        "invitation_channel": words.CHANNEL[found.invitation.channel] if found.invitation else "",
        **around(cast(FaceRequest, request), found.profile.person_id),
        "is_released": found.progress is OnlineProgress.RELEASED,
        "is_young": found.age_group.value != "16_and_over",
        "appointments": _appointments(cast(FaceRequest, request), found.profile.person_id),
    }
    return render(request, "desk/patients/card.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Address, telephone, e-mail."""
    asked, found = cast(FaceRequest, request), get_card(request, patient_id)
    form = ContactForm(asked.POST or None, initial=contact_values(found.profile))
    if asked.method == "POST" and form.is_valid():
        actions.change_contact(
            viewer=asked.viewer, patient_id=PersonId(patient_id), contact=form.contact(), now=asked.now
        )
        messages.success(request, _("De gegevens zijn bewaard."))
        return redirect("desk_patients_card", patient_id=patient_id)
    context = {"card": found, "form": form, "title": _("Contactgegevens"), "submit": _("Bewaar de gegevens")}
    return render(request, "desk/patients/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def identity(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Note that the identity document was seen, for a BSN that came with an import."""
    asked, found = cast(FaceRequest, request), get_card(request, patient_id)
    if asked.method == "POST":
        actions.confirm_identity(viewer=asked.viewer, patient_id=PersonId(patient_id), now=asked.now)
        messages.success(request, _("De identiteit is gecontroleerd. De patiënt kan nu inloggen met DigiD."))
        return redirect("desk_patients_card", patient_id=patient_id)
    return render(request, "desk/patients/identity.html", {"card": found})


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Another doctor of the practice."""
    asked, found = cast(FaceRequest, request), get_card(request, patient_id)
    form = AccountForm(
        asked.POST or None,
        accounts=queries.list_accounts(viewer=asked.viewer),
        initial={"account": found.enrolment.account_id},
    )
    if form.is_valid():
        actions.change_account(
            viewer=asked.viewer, patient_id=PersonId(patient_id), account_id=form.account_id(), now=asked.now
        )
        messages.success(request, _("De patiënt staat nu bij iemand anders."))
        return redirect("desk_patients_card", patient_id=patient_id)
    context = {"card": found, "form": form, "title": _("Bij wie staat de patiënt?"), "submit": _("Bewaar de keuze")}
    return render(request, "desk/patients/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, patient_id: int) -> HttpResponse:
    """End the enrolment, after a page that says what it does."""
    asked, found = cast(FaceRequest, request), get_card(request, patient_id)
    if asked.method == "POST":
        actions.end_enrolment(viewer=asked.viewer, patient_id=PersonId(patient_id), now=asked.now)
        messages.success(request, _("De patiënt is uitgeschreven."))
        return redirect("desk_patients_list")
    return render(request, "desk/patients/end.html", {"card": found})


def get_card(request: HttpRequest, patient_id: int) -> PatientCard:
    """The patient of this address, through the gate."""
    asked = cast(FaceRequest, request)
    return queries.get_patient(viewer=asked.viewer, patient_id=PersonId(patient_id), now=asked.now)


def add_refusal(form: forms.Form, refusal: Refused) -> None:
    """Show a refusal at its field, or above the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)


def page_number(request: FaceRequest) -> int:
    """The page in the address; the first for what is no number."""
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _appointments(request: FaceRequest, patient_id: PersonId) -> dict[str, Any] | None:
    """What comes and what was, for who keeps the agenda of a GP practice."""
    found = list_for_card(viewer=request.viewer, patient_id=patient_id, now=request.now)
    if found is None:
        return None
    coming, past = ([(one, STATE_NAMES[one.state]) for one in part] for part in found)
    return {"coming": coming, "past": past}


def _person_rows(found: PatientCard) -> list[SummaryRow]:
    profile = found.profile
    return [
        SummaryRow(label=_("Naam"), value=profile.full_name),
        SummaryRow(label=_("Geboren"), value=short_date(value=profile.birth_date)),
        SummaryRow(label=_("Geslacht"), value=str(words.SEX.get(profile.sex, profile.sex))),
        SummaryRow(label=_("BSN"), value=profile.masked_bsn),
    ]


def _contact_rows(found: PatientCard) -> list[SummaryRow]:
    profile, address = found.profile, found.profile.address
    checked = _("gecontroleerd") if profile.email_verified_at else _("niet gecontroleerd")
    street = f"{address.street} {address.house_number}".strip()
    place = f"{address.postcode} {address.city}".strip()
    return [
        SummaryRow(label=_("E-mail"), value=f"{profile.email}\n{checked}" if profile.email else ""),
        SummaryRow(label=_("Telefoon"), value=profile.phone),
        SummaryRow(label=_("Adres"), value="\n".join(line for line in (street, place) if line)),
    ]
