"""Accounts of practice doctors, what is switched on for their patients, and copying that to others."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.management.forms import AccountForm, CopyForm, FacilitiesForm, SettingsForm
from zorgbalie.faces.management.words import FACILITIES, facility_words
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import AccountId
from zorgbalie.office.actions import accounts as actions
from zorgbalie.office.queries import accounts as queries
from zorgbalie.office.types import AccountDetails, Facility, FacilityChange, PracticeKind


def accounts(request: FaceRequest) -> HttpResponse:
    """All accounts with what is on and off."""
    rows = queries.list_accounts(viewer=request.viewer)
    patients = queries.count_patients(viewer=request.viewer, account_ids=[row.account_id for row in rows])
    kind = queries.get_kind(viewer=request.viewer)
    context = {
        "rows": [
            (row, _switches(row, kind), patients[row.account_id], queries.opens_record(account=row, kind=kind))
            for row in rows
        ],
        "facilities": [name for name, _meaning in facility_words(kind).values()],
        "is_pharmacy": kind is PracticeKind.PHARMACY,
    }
    return render(request, "management/accounts.html", context)


def _switches(account: AccountDetails, kind: PracticeKind) -> list[tuple[Any, bool]]:
    return [(name, facility in account.facilities) for facility, (name, _meaning) in facility_words(kind).items()]


@require_http_methods(["GET", "POST"])
def new_account(request: FaceRequest) -> HttpResponse:
    """A new account; its facilities are all off until somebody switches them on."""
    queries.list_accounts(viewer=request.viewer)
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account_id = actions.create_account(viewer=request.viewer, **form.values())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Het account is gemaakt. Zet nu aan wat patiënten mogen zien."))
            return redirect("management_account", account_id)
    return render(request, "management/account_new.html", {"form": form})


@require_http_methods(["GET", "POST"])
def account(request: FaceRequest, account_id: int) -> HttpResponse:
    """Name and facilities of one account: two forms on one page, each with its own button."""
    found = queries.get_account(viewer=request.viewer, account_id=AccountId(account_id))
    kind = queries.get_kind(viewer=request.viewer)
    part = request.POST.get("part", "")
    details = AccountForm(
        request.POST if part == "details" else None, prefix="details",
        initial={"name": found.name, "function": found.function, "agb": found.agb, "version": found.version},
    )  # fmt: skip
    facilities = FacilitiesForm(
        request.POST if part == "facilities" else None, prefix="facilities", kind=kind,
        initial={"facilities": [one.value for one in found.facilities], "version": found.version},
    )  # fmt: skip
    if request.method == "POST" and _save(request, found, details, facilities):
        return redirect("management_account", account_id)
    patients = queries.count_patients(viewer=request.viewer, account_ids=[found.account_id])[found.account_id]
    context = {
        "account": found, "details": details, "facilities": facilities, "patients": patients,
        "opens": queries.opens_record(account=found, kind=kind), "is_pharmacy": kind is PracticeKind.PHARMACY,
    }  # fmt: skip
    return render(request, "management/account.html", context)


def _save(request: FaceRequest, found: AccountDetails, details: AccountForm, facilities: FacilitiesForm) -> bool:
    form: SettingsForm = details if details.is_bound else facilities
    if not form.is_bound or not form.is_valid():
        return False
    version = form.cleaned_data["version"]
    try:
        if form is details:
            actions.change_account(viewer=request.viewer, account_id=found.account_id, version=version, **form.values())
        else:
            actions.switch_facilities(
                viewer=request.viewer, account_id=found.account_id, version=version, facilities=facilities.chosen()
            )
    except Refused as refusal:
        form.refuse(refusal)
        return False
    messages.success(request, _("Opgeslagen."))
    return True


@require_POST
def account_active(request: FaceRequest, account_id: int) -> HttpResponse:
    """Out of use or back."""
    active = request.POST.get("active") == "1"
    try:
        actions.set_active(
            viewer=request.viewer, account_id=AccountId(account_id), active=active,
            version=request.POST.get("version", ""),
        )  # fmt: skip
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Het account is weer in gebruik.") if active else _("Het account is uit gebruik."))
    return redirect("management_account", account_id)


@require_http_methods(["GET", "POST"])
def copy(request: FaceRequest) -> HttpResponse:
    """Copy facilities: choose, look at what changes, confirm (REQ 69)."""
    rows = [row for row in queries.list_accounts(viewer=request.viewer) if row.is_active]
    form = CopyForm(request.POST or None, accounts=rows)
    if request.method == "GET" or not form.is_valid():
        return render(request, "management/account_copy.html", {"form": form, "enough": len(rows) > 1})
    source, targets = AccountId(form.cleaned_data["source"]), _targets(form)
    changes = queries.preview_copy(viewer=request.viewer, source_id=source, target_ids=targets)
    seen = actions.version_of_changes(changes)
    if request.POST.get("seen"):
        try:
            actions.copy_facilities(
                viewer=request.viewer, source_id=source, target_ids=targets, seen=request.POST["seen"]
            )
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            _tell(request, len(changes))
            return redirect("management_accounts")
    name = next(row.name for row in rows if row.account_id == source)
    context = {"form": form, "changes": [_named(one) for one in changes], "seen": seen, "source": name}
    return render(request, "management/account_copy_confirm.html", context)


def _targets(form: CopyForm) -> list[AccountId]:
    source = form.cleaned_data["source"]
    return [AccountId(number) for number in form.cleaned_data["targets"] if number != source]


def _named(change: FacilityChange) -> tuple[FacilityChange, list[Any], list[Any]]:
    return change, _names(change.switched_on), _names(change.switched_off)


def _names(facilities: tuple[Facility, ...]) -> list[Any]:
    return [FACILITIES[one][0] for one in facilities]


def _tell(request: FaceRequest, count: int) -> None:
    text = ngettext(
        "De instellingen zijn overgenomen voor %(count)d account.",
        "De instellingen zijn overgenomen voor %(count)d accounts.",
        count,
    )
    messages.success(request, text % {"count": count})
