"""What happens with a question in the record when it is closed (REQ 43)."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zorgbalie.consult.actions.storing import change_storage
from zorgbalie.consult.queries.storage import get_managed_storage
from zorgbalie.consult.types import StorageChoice, StorageMode
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.errors import Refused

_MODES = {
    StorageMode.OFF: gettext_lazy("Niets. Wij zetten zelf in het journaal wat nodig is."),
    StorageMode.LINES: gettext_lazy("Regels in het journaal: de vraag als S, het antwoord als P."),
    StorageMode.DOCUMENT: gettext_lazy("Eén document met de hele vraag en de antwoorden."),
}


class StorageForm(forms.Form):
    """One choice."""

    revision = forms.IntegerField(
        label=gettext_lazy("Formulier"), min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("Wat gebeurt er in het dossier als u een vraag afhandelt?"),
        widget=forms.RadioSelect,
        choices=[(mode.value, words) for mode, words in _MODES.items()],
        error_messages={
            "required": gettext_lazy("Kies een van de mogelijkheden."),
            "invalid_choice": gettext_lazy("Kies een van de mogelijkheden."),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def storage(request: HttpRequest) -> HttpResponse:
    """The choice, and what it means."""
    asked = cast(FaceRequest, request)
    stored = get_managed_storage(viewer=asked.viewer)
    if asked.method != "POST":
        return _page(asked, StorageForm(initial={"mode": stored.mode, "revision": stored.revision}))
    form = StorageForm(asked.POST)
    if not form.is_valid():
        return _page(asked, form, 422)
    values: dict[str, Any] = form.cleaned_data
    wanted = StorageChoice(mode=StorageMode(values["mode"]), revision=values["revision"])
    try:
        change_storage(viewer=asked.viewer, wanted=wanted)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _page(asked, form, 409)
    messages.success(request, _("Opgeslagen."))
    return redirect("management_consult_storage")


def _page(request: FaceRequest, form: StorageForm, status: int = 200) -> HttpResponse:
    return render(request, "management/consult_storage.html", {"form": form}, status=status)
