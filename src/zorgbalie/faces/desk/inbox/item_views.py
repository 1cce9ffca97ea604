"""One item: who does it, by when, and what it is about (REQ 42; ux 46, 47)."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zorgbalie.faces.desk.inbox.forms import KIND_NAMES, PlanForm, plan_of
from zorgbalie.faces.desk.inbox.views import address_of, list_address
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import WorkItemId
from zorgbalie.worklist import actions, queries
from zorgbalie.worklist.types import ACTIONS, ItemKind, ItemState, ItemTaken


@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, item_id: int) -> HttpResponse:
    """Give work to a colleague or a work list, choose a day, mark it urgent."""
    asked = cast(FaceRequest, request)
    found, team = queries.get_item(viewer=asked.viewer, item_id=WorkItemId(item_id), now=asked.now)
    back = asked.POST.get("back", "") or asked.GET.get("terug", "")
    form = PlanForm(
        asked.POST if asked.method == "POST" else None,
        team=team,
        needs_day=found.kind in ACTIONS,
        initial=plan_of(found),
    )
    if asked.method == "POST" and form.is_valid():
        try:
            actions.plan_item(
                viewer=asked.viewer,
                item_id=found.item_id,
                plan=form.plan(),
                shown_version=form.cleaned_data["version"],
                now=asked.now,
            )
        except ItemTaken as refusal:
            messages.warning(request, refusal.message)
            return redirect("desk_inbox_item", item_id)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, _("Bewaard."))
            return redirect(list_address(back))
    context = {
        "item": found,
        "form": form,
        "kind": KIND_NAMES[found.kind],
        "is_open": found.state is ItemState.OPEN,
        "subject_href": "" if found.kind is ItemKind.ACTION_NOTE else address_of(found),
        "back": back[:500],
        "back_href": list_address(back),
    }
    return render(request, "desk/inbox/item.html", context, status=422 if form.errors else 200)
