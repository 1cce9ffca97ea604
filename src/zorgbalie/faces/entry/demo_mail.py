"""The demo's mailbox: what patients would get by e-mail and sms. Exists in the demo alone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zorgbalie.faces.entry.access import public_page
from zorgbalie.integrations.mail.folder import list_stored
from zorgbalie.integrations.sms.folder import list_stored as list_stored_sms

_NEWEST = 50


@public_page
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """The newest messages, newest first."""
    return render(
        request, "entry/demo_mail.html", {"mails": list_stored(limit=_NEWEST), "texts": list_stored_sms(limit=_NEWEST)}
    )
