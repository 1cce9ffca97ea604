"""What is needed to write in a record: its episodes, and whether the patient reads along (REQ 43, 57; R3, R14)."""

from datetime import datetime

from django.db.models import Case, F, Q, When

from zorgbalie.access import gate
from zorgbalie.access.queries.online_state import reads_results_online
from zorgbalie.access.types import DataKind, Use
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import EpisodeId, PersonId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice import queries as practices
from zorgbalie.record.models import Episode
from zorgbalie.record.rules.shown import is_running
from zorgbalie.record.types.journal import EpisodeChoice, JournalPlace

_MOST_EPISODES = 200


def may_write_journal(*, viewer: Viewer, patient_id: PersonId, now: datetime) -> bool:
    """Whether to show what writes in the journal. Shows no data, logs nothing."""
    return viewer.practice_id is not None and gate.may_open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=viewer.practice_id,
        kind=DataKind.JOURNAL,
        use=Use.CHANGE,
        now=now,
    )


def get_journal_place(*, viewer: Viewer, patient_id: PersonId, now: datetime) -> JournalPlace:
    """The episodes to write under, running ones first. Raises NotAllowed, NotVisible. Audit: `journal.prepare`."""
    may = may_write_journal(viewer=viewer, patient_id=patient_id, now=now)
    if viewer.practice_id is None:
        raise NotVisible(DataKind.JOURNAL)
    grant = gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=viewer.practice_id,
        kind=DataKind.FULL_RECORD if may else DataKind.JOURNAL,
        use=Use.READ if may else Use.CHANGE,
        event="journal.prepare",
        now=now,
    )
    today = local_date(now)
    closed = Case(When(Q(end_date__isnull=True) | Q(end_date__gte=today), then=0), default=1)
    rows = Episode.objects.filter(patient_id=grant.patient_id, practice_id=grant.practice_id)
    listed = rows.order_by(closed, F("start_date").desc(nulls_last=True), "-pk")[:_MOST_EPISODES]
    return JournalPlace(
        episodes=tuple(
            EpisodeChoice(
                episode_id=EpisodeId(row.pk),
                title=row.title,
                icpc_code=row.icpc_code,
                is_running=is_running(end_date=row.end_date, today=today),
                is_visible=row.visible_to_patient,
            )
            for row in listed
        ),
        reads_online=reads_results_online(viewer=viewer, patient_id=patient_id, practice_id=grant.practice_id, now=now),
        shown_from=practices.get_showing_rules(practice_id=grant.practice_id).online_access_since,
    )
