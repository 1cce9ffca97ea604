"""Who did not read a message to a group: a list to phone, on screen and on paper (REQ 90; security row 29)."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zorgbalie.consult.queries import mailings as queries
from zorgbalie.faces.desk.log.spreadsheet import csv_bytes
from zorgbalie.faces.desk.outgoing.mailing_views import page_number, page_of
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.ids import MailingId
from zorgbalie.ui.formats import short_date


@require_safe
def unread(request: HttpRequest, mailing_id: int) -> HttpResponse:
    """The list, with telephone numbers."""
    asked, wanted = cast(FaceRequest, request), MailingId(mailing_id)
    found = queries.get_mailing(viewer=asked.viewer, mailing_id=wanted)
    listing = queries.list_unread(viewer=asked.viewer, mailing_id=wanted, page=page_number(asked))
    context = {
        "mailing": found,
        "rows": listing.rows,
        "total": listing.total,
        "page": page_of(listing),
        "phone_from": queries.phone_from(found=found),
    }
    return render(request, "desk/outgoing/unread.html", context)


@require_safe
def unread_csv(request: HttpRequest, mailing_id: int) -> HttpResponse:
    """The same as a file for a spreadsheet; no cell is taken for a formula."""
    asked, wanted = cast(FaceRequest, request), MailingId(mailing_id)
    listing = queries.list_unread(viewer=asked.viewer, mailing_id=wanted, page=None)
    head = [_("Naam"), _("Geboren"), _("Telefoon"), _("Gebruikt het portaal")]
    rows = (
        [row.full_name, short_date(value=row.birth_date), row.phone, _("ja") if row.uses_portal else _("nee")]
        for row in listing.rows
    )
    answer = HttpResponse(csv_bytes(head=head, rows=rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="bellen-{mailing_id}.csv"'
    return answer
