"""Taking an item on and giving it back, from any list in which it stands (REQ 41)."""

from django.contrib import messages
from django.utils.translation import gettext as _

from zorgbalie.faces.desk.inbox.forms import TakeForm
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import EmployeeId, WorkItemId
from zorgbalie.worklist import actions


def take_item(request: FaceRequest, item_id: int) -> None:
    """Put it on the name of who asks, unless somebody else took it meanwhile; says which of both it became."""
    form = TakeForm(request.POST)
    shown_with = form.cleaned_data["van"] if form.is_valid() else None
    try:
        actions.assign_to_me(
            viewer=request.viewer,
            item_id=WorkItemId(item_id),
            shown_with=EmployeeId(shown_with) if shown_with else None,
            now=request.now,
        )
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, _("Dit staat nu op uw naam."))


def put_item_back(request: FaceRequest, item_id: int) -> None:
    """Let it wait for everybody again."""
    actions.put_back(viewer=request.viewer, item_id=WorkItemId(item_id), now=request.now)
    messages.success(request, _("Dit ligt weer bij iedereen."))
