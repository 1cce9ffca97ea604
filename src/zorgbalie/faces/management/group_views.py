"""Groups of employees that patients choose as a function."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.management.forms import GroupForm
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import EmployeeId, GroupId
from zorgbalie.office.actions import groups as actions
from zorgbalie.office.queries import employees as employee_queries
from zorgbalie.office.queries import groups as queries
from zorgbalie.office.types import GroupDetails


def groups(request: FaceRequest) -> HttpResponse:
    """All groups, and beside them what the patient sees."""
    rows = queries.list_groups(viewer=request.viewer)
    shown = [row for row in rows if row.is_visible_to_patients]
    return render(request, "management/groups.html", {"rows": rows, "shown": shown})


@require_http_methods(["GET", "POST"])
def new_group(request: FaceRequest) -> HttpResponse:
    """A new group."""
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
def group(request: FaceRequest, group_id: int) -> HttpResponse:
    """Name, explanation and members of a group."""
    return _edit(request, queries.get_group(viewer=request.viewer, group_id=GroupId(group_id)))


def _edit(request: FaceRequest, found: GroupDetails | None) -> HttpResponse:
    today = local_date(request.now)
    colleagues = [
        one for one in employee_queries.list_employees(viewer=request.viewer)
        if one.ends_on is None or one.ends_on >= today or (found and one.employee_id in found.member_ids)
    ]  # fmt: skip
    form = GroupForm(request.POST or None, employees=colleagues, initial=_initial(found))
    if request.method == "POST" and form.is_valid() and _save(request, form, found):
        return redirect("management_groups")
    return render(request, "management/group.html", {"form": form, "group": found})


def _initial(found: GroupDetails | None) -> dict[str, object]:
    if found is None:
        return {"is_visible_to_patients": True}
    return {
        "name": found.name,
        "description": found.description,
        "is_visible_to_patients": found.is_visible_to_patients,
        "members": list(found.member_ids),
        "version": found.version,
    }


def _save(request: FaceRequest, form: GroupForm, found: GroupDetails | None) -> bool:
    values = form.cleaned_data
    try:
        actions.save_group(
            viewer=request.viewer,
            group_id=found.group_id if found else None,
            name=values["name"],
            description=values["description"],
            is_visible_to_patients=values["is_visible_to_patients"],
            member_ids=[EmployeeId(number) for number in values["members"]],
            version=values["version"],
        )
    except Refused as refusal:
        form.refuse(refusal)
        return False
    messages.success(request, _("Opgeslagen."))
    return True
