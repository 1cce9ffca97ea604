"""Switching a category of correspondence on, from a day, or off (REQ 90; R4, R14)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.audit.types import AuditAction
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice import queries as practices
from zorgbalie.record.models import DocumentSharing
from zorgbalie.record.queries.document_rows import read_starts
from zorgbalie.record.queries.document_sharing import managed_gp_practice, version_of
from zorgbalie.record.rules.documents import may_ever_be_shared
from zorgbalie.record.types.documents import DocumentCategory, DocumentChanged, NeverShared

_EVENT = "settings.documents_changed"


def change_sharing(
    *, viewer: Viewer, starts: Mapping[DocumentCategory, date | None], version: str, now: datetime
) -> bool:
    """Store from which day each category is served, None for off; returns whether anything changed.

    Raises NotAllowed; NotVisible at a pharmacy; NeverShared (R4); DocumentChanged (somebody else was first).
    Audit: `settings.documents_changed`, with each day before and after.
    """
    practice_id = managed_gp_practice(viewer=viewer, event=_EVENT)
    if not all(may_ever_be_shared(category=category) for category in starts):
        raise NeverShared(_("Een EPD-overdrachtsbericht deelt u nooit met de patiënt."))
    with transaction.atomic():
        practices.get_practice_settings(practice_id=practice_id, lock=True)
        before = read_starts(practice_id=practice_id)
        if version != version_of(starts=before):
            raise DocumentChanged(
                _("Iemand anders heeft dit net gewijzigd. Open de pagina opnieuw en kijk wat er nu staat.")
            )
        after = {category: day for category, day in starts.items() if day is not None}
        if before == after:
            return False
        rows = DocumentSharing.objects.filter(practice_id=practice_id)
        rows.exclude(category__in=after).delete()
        for category, day in after.items():
            DocumentSharing.objects.update_or_create(
                practice_id=practice_id, category=category, defaults={"starts_on": day}
            )
    changed = {one for one in {*before, *after} if before.get(one) != after.get(one)}
    gate.log_change(
        viewer=viewer,
        event=_EVENT,
        action=AuditAction.UPDATE,
        object_type="practice",
        object_id=practice_id,
        detail={one.value: f"{before.get(one, '-')} > {after.get(one, '-')}" for one in sorted(changed)},
    )
    return True
