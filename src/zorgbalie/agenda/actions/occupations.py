"""Changing time that is filled and is no appointment (R10). Filling and freeing it: `actions.desk`."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.agenda.actions import claims, following
from zorgbalie.agenda.models import Agenda, Occupation
from zorgbalie.agenda.queries.day import occupation_of
from zorgbalie.agenda.queries.desk import check_keeper
from zorgbalie.agenda.types import AgendaId, OccupationKind, Place, PlaceTaken
from zorgbalie.agenda.types.day import LONGEST_TITLE, OccupationGone
from zorgbalie.audit.scope import deed
from zorgbalie.audit.types import AuditAction
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.viewer import Viewer


@deed()
@transaction.atomic
def change_occupation(
    *,
    viewer: Viewer,
    occupation_id: int,
    seen: str,
    agenda_id: AgendaId,
    starts_at: datetime,
    ends_at: datetime,
    kind: OccupationKind,
    title: str,
    now: datetime,
) -> None:
    """Give filled time another place, kind or title; fails whole: the old one then stays. What it leaves is free.

    `seen`: `DayOccupation.seen` as it was on the screen. Raises NotAllowed, NotVisible, OccupationGone when somebody
    else changed it, PlaceTaken. Audit: `agenda.occupation_change`, about no patient (R10).
    """
    practice_id = check_keeper(viewer=viewer, event="agenda.occupation_change")
    row = Occupation.objects.select_for_update().filter(pk=occupation_id, practice_id=practice_id).first()
    if row is None or occupation_of(row).seen != seen:
        raise OccupationGone(_("Iemand anders heeft dit net gewijzigd of weggehaald. Kijk wat er nu staat."))
    if not Agenda.objects.filter(pk=agenda_id, practice_id=practice_id).exists():
        raise NotVisible("agenda")
    left = Place(agenda_id=row.agenda_id, starts_at=row.starts_at, ends_at=row.ends_at)
    place = Place(agenda_id=agenda_id, starts_at=starts_at, ends_at=ends_at)
    old = row.claim_id
    claims.lock_days(left, place)
    claims.let_lapse(claim_id=old)
    try:
        claim = claims.take(practice_id=practice_id, place=place, expires_at=None, now=now)
    except PlaceTaken:
        raise PlaceTaken(_("In deze tijd staat al iets. Verzet dat eerst.")) from None
    row.claim, row.agenda_id, row.starts_at, row.ends_at = claim, agenda_id, starts_at, ends_at
    row.kind, row.title = kind, title.strip()[:LONGEST_TITLE]
    row.save()
    claims.clear(claim_id=old)
    gate.log_change(
        viewer=viewer,
        event="agenda.occupation_change",
        action=AuditAction.UPDATE,
        object_type="occupation",
        object_id=occupation_id,
    )
    following.offer_freed(place=left, practice_id=practice_id, now=now)
