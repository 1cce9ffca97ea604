"""A thread as billing sees it (REQ 50): in whose record it belongs, and when the practice answered."""

from datetime import datetime

from zorgbalie.access.types import Use
from zorgbalie.billing.queries.settings import is_billing_on
from zorgbalie.billing.queries.sources import get_source_billing
from zorgbalie.billing.types import Source, SourceBilling, SourceKind
from zorgbalie.consult.models import Consult
from zorgbalie.consult.queries.desk import find_row, open_desk
from zorgbalie.consult.queries.rows import texts_of
from zorgbalie.consult.types import AuthorKind, ConsultState
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.ids import ConsultId, PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer


def get_billing(*, viewer: Viewer, patient_id: PersonId, consult_id: ConsultId, now: datetime) -> SourceBilling | None:
    """Time and declaration of a thread; None where the practice does not declare.

    Raises NotAllowed, NotVisible. Audit: `consult.open`, `billing.time_read`.
    """
    if not is_billing_on(viewer=viewer):
        return None
    source = find_source(
        viewer=viewer, patient_id=patient_id, consult_id=consult_id, use=Use.READ, event="consult.open", now=now
    )
    return get_source_billing(viewer=viewer, source=source, now=now)


def find_source(
    *, viewer: Viewer, patient_id: PersonId, consult_id: ConsultId, use: Use, event: str, now: datetime
) -> Source:
    """A thread that this viewer answers, as a source; for this app. Raises NotAllowed, NotVisible. Audit: `event`.

    The contact is on the day of the practice's latest answer: until then it was not given in full.
    """
    grant = open_desk(viewer=viewer, patient_id=patient_id, consult_id=consult_id, use=use, event=event, now=now)
    # Locked for a change: a question that moves meanwhile would leave what is written here with the former patient.
    return source_of(find_row(grant=grant, consult_id=consult_id, lock=use is Use.CHANGE))


def source_of(row: Consult) -> Source:
    """A row as billing receives it; for this app."""
    latest = max((one.sent_at for one in texts_of(row.pk) if one.author_kind == AuthorKind.STAFF), default=None)
    return Source(
        kind=SourceKind.CONSULT,
        source_id=row.pk,
        patient_id=PersonId(row.concerns_id or row.patient_id),
        practice_id=PracticeId(row.practice_id),
        day=local_date(latest) if latest else None,
        is_draft=row.state == ConsultState.DRAFT,
    )
