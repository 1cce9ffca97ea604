"""The practice's own list of links for answers (REQ 47). No patient data; the log names the act."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.audit.types import AuditAction
from zorgbalie.consult.models import StandardLink
from zorgbalie.consult.queries.answer_links import find_link_row, managed_rows
from zorgbalie.consult.types import LONGEST_LINK_TITLE, LinkNotUsable, StandardLinkId
from zorgbalie.integrations.knowledge import AddressFault, AddressRefused, check_address, short_host
from zorgbalie.kernel.viewer import Viewer

_MOST_LINKS = 500


@transaction.atomic
def save_link(*, viewer: Viewer, link_id: StandardLinkId | None, title: str, address: str) -> StandardLinkId:
    """Add a link to the list, or change one (`link_id`). The same one twice is one.

    The website becomes one that answers of this practice may lead to. Raises NotAllowed, NotVisible, LinkNotUsable.
    Audit: `consult.link_saved`.
    """
    event = "consult.link_saved"
    rows, practice_id = managed_rows(viewer=viewer, event=event), viewer.practice_id
    title, address, host = _checked(title, address.strip())
    if link_id is None:
        same = rows.filter(title=title, url=address).values_list("pk", flat=True).first()
        if same:
            return StandardLinkId(same)
        if rows.count() >= _MOST_LINKS:
            raise LinkNotUsable(_("De lijst is vol. Haal eerst een link weg."), field="title")
        row = StandardLink(practice_id=practice_id or 0)
    else:
        row = find_link_row(viewer=viewer, link_id=link_id, event=event)
    row.title, row.url, row.host = title, address, host
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise LinkNotUsable(_("Dit adres staat al in de lijst."), field="address") from error
    _log(viewer, row.pk, event, AuditAction.UPDATE if link_id else AuditAction.CREATE)
    return StandardLinkId(row.pk)


@transaction.atomic
def remove_link(*, viewer: Viewer, link_id: StandardLinkId) -> None:
    """Take a link off the list. In answers that were sent it becomes text, unless its website is known otherwise.

    Raises NotAllowed, NotVisible. Audit: `consult.link_removed`.
    """
    row = find_link_row(viewer=viewer, link_id=link_id, event="consult.link_removed")
    _log(viewer, row.pk, "consult.link_removed", AuditAction.DELETE)
    row.delete()


def _checked(title: str, address: str) -> tuple[str, str, str]:
    title = " ".join(title.split())
    if not title:
        raise LinkNotUsable(_("Geef de link een titel."), field="title")
    if len(title) > LONGEST_LINK_TITLE:
        raise LinkNotUsable(_("Deze titel is te lang."), field="title")
    try:
        host = short_host(check_address(address))
    except AddressRefused as error:
        raise LinkNotUsable(_words(error.fault), field="address") from error
    return title, f"https://{address[len('https://') :]}", host


def _words(fault: AddressFault) -> str:
    return {
        AddressFault.NOT_HTTPS: _("Het adres begint niet met https://."),
        AddressFault.TOO_LONG: _("Het adres is te lang."),
        AddressFault.CHARACTERS: _("In het adres staat een spatie of een teken dat daar niet hoort."),
        AddressFault.USER: _("In het adres staat een gebruikersnaam."),
        AddressFault.PORT: _("In het adres staat een poortnummer."),
    }.get(fault, _("Dit is geen adres van een openbare website."))


def _log(viewer: Viewer, number: int, event: str, action: AuditAction) -> None:
    gate.log_change(viewer=viewer, event=event, action=action, object_type="standard_link", object_id=number)
