"""Employees: list, new, rights, end of work, and help with signing in."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.management.forms import EmployeeForm, EndForm, NewEmployeeForm
from zorgbalie.faces.management.words import RIGHTS
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import EmployeeId
from zorgbalie.office.actions import employees as actions
from zorgbalie.office.queries import accounts as account_queries
from zorgbalie.office.queries import employees as queries
from zorgbalie.office.types import EmployeeDetails
from zorgbalie.ui.roles import role_name
from zorgbalie.ui.types import Tab

_ON_A_PAGE = 25


def employees(request: FaceRequest) -> HttpResponse:
    """Who works here now, or who did: with search, sorting and pages."""
    search, gone = request.GET.get("q", "")[:60], request.GET.get("stand") == "uit-dienst"
    found = queries.list_employees(viewer=request.viewer, search=search, sort=request.GET.get("sort", "name"))
    today = local_date(request.now)
    shown = [(one, role_name(one.role)) for one in found if _left(one, today) is gone]
    page = Paginator(shown, _ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "q": search, "gone": gone, "tabs": _tabs(gone)}
    return render(request, "management/employees.html", context)


def _left(employee: EmployeeDetails, today: Any) -> bool:
    return employee.ends_on is not None and employee.ends_on < today


def _tabs(gone: bool) -> list[Tab]:
    return [
        Tab(label=_("In dienst"), href="?", current=not gone),
        Tab(label=_("Uit dienst"), href="?stand=uit-dienst", current=gone),
    ]


def rights(request: FaceRequest) -> HttpResponse:
    """Who may do what, in one table (REQ 60)."""
    today = local_date(request.now)
    found = [one for one in queries.list_employees(viewer=request.viewer) if not _left(one, today)]
    page = Paginator(found, _ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [
        (one, role_name(one.role), [(name, right in one.rights) for right, (name, _meaning) in RIGHTS.items()])
        for one in page
    ]
    return render(request, "management/rights.html", {"rows": rows, "page": page, "rights": RIGHTS.values()})


@sensitive_variables("added")
@require_http_methods(["GET", "POST"])
def new_employee(request: FaceRequest) -> HttpResponse:
    """Somebody new. The one-time password is on the answer itself and kept nowhere."""
    form = NewEmployeeForm(request.POST or None, **_choices(request))
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_employee(
                viewer=request.viewer, email=form.cleaned_data["email"], now=request.now, **form.details()
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            context = {"employee_id": added.employee_id, "password": added.one_time_password, "is_new": True}
            context |= {"name": form.cleaned_data["name"], "email": form.cleaned_data["email"]}
            return render(request, "management/employee_password.html", context)
    return render(request, "management/employee_new.html", {"form": form})


def _choices(request: FaceRequest) -> dict[str, Any]:
    return {
        "accounts": account_queries.list_accounts(viewer=request.viewer),
        "roles": queries.list_roles(viewer=request.viewer),
    }


@require_http_methods(["GET", "POST"])
def employee(request: FaceRequest, employee_id: int) -> HttpResponse:
    """Name, function, accounts and rights of one employee; beside it the help with signing in."""
    found = queries.get_employee(viewer=request.viewer, employee_id=EmployeeId(employee_id))
    form = EmployeeForm(request.POST or None, initial=_initial(found), **_choices(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_employee(
                viewer=request.viewer, employee_id=found.employee_id, version=form.cleaned_data["version"],
                now=request.now, **form.details(),
            )  # fmt: skip
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Opgeslagen. Het geldt meteen."))
            return redirect("management_employee", employee_id)
    state = queries.get_sign_in_state(viewer=request.viewer, employee_id=found.employee_id, now=request.now)
    context = {"employee": found, "form": form, "state": state, "left": _left(found, local_date(request.now))}
    own = found.employee_id == request.viewer.employee_id
    return render(request, "management/employee.html", {**context, "own": own})


def _initial(found: EmployeeDetails) -> dict[str, Any]:
    return {
        "name": found.name,
        "employee_code": found.employee_code,
        "role": found.role.value,
        "accounts": list(found.account_ids),
        "rights": [right.value for right in found.rights],
        "version": found.version,
    }


@require_http_methods(["GET", "POST"])
def end(request: FaceRequest, employee_id: int) -> HttpResponse:
    """End somebody's work, at once or after a last day (security row 13)."""
    found = queries.get_employee(viewer=request.viewer, employee_id=EmployeeId(employee_id))
    form = EndForm(
        request.POST or None, today=local_date(request.now), initial={"when": "now", "version": found.version}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_employment(
                viewer=request.viewer, employee_id=found.employee_id, last_day=form.last(),
                version=form.cleaned_data["version"], now=request.now,
            )  # fmt: skip
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Opgeslagen."))
            return redirect("management_employees")
    return render(request, "management/employee_end.html", {"form": form, "employee": found})


@require_POST
def resume(request: FaceRequest, employee_id: int) -> HttpResponse:
    """Back at work."""
    try:
        actions.resume_employment(
            viewer=request.viewer, employee_id=EmployeeId(employee_id), now=request.now,
            version=request.POST.get("version", ""),
        )  # fmt: skip
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Deze medewerker is weer in dienst. Kijk of de rechten nog kloppen."))
    return redirect("management_employee", employee_id)


@sensitive_variables("password")
@require_http_methods(["GET", "POST"])
def reset(request: FaceRequest, employee_id: int) -> HttpResponse:
    """A new one-time password, and the second step anew. Shown once, on the answer itself."""
    found = queries.get_employee(viewer=request.viewer, employee_id=EmployeeId(employee_id))
    if request.method == "POST":
        try:
            password = actions.reset_sign_in(viewer=request.viewer, employee_id=found.employee_id, now=request.now)
        except Refused as refusal:
            messages.error(request, refusal.message)
            return redirect("management_employee", employee_id)
        context = {"employee_id": employee_id, "password": password, "name": found.name, "email": found.email}
        return render(request, "management/employee_password.html", context)
    return render(request, "management/employee_reset.html", {"employee": found})


@require_POST
def unlock(request: FaceRequest, employee_id: int) -> HttpResponse:
    """Let somebody try again who is locked out."""
    try:
        actions.unlock_sign_in(viewer=request.viewer, employee_id=EmployeeId(employee_id), now=request.now)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Deze medewerker kan weer proberen in te loggen."))
    return redirect("management_employee", employee_id)
