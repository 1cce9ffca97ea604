"""Files in which patients save their record, for tests."""

import hashlib
from datetime import timedelta

from zorgbalie.exchange.models import RecordExport, RecordExportContent
from zorgbalie.kernel.clock import current_moment, local_date


def make_export(patient, practice, asked_by=None, content=None, **values) -> RecordExport:
    """A file that is asked for; with `content` one that can be downloaded."""
    now = current_moment()
    asker = asked_by or patient
    defaults = {
        "asked_by": asker, "asked_by_name": f"{asker.given_name} {asker.family_name}", "level": "SUBSTANTIEEL",
        "kind": "pdf", "state": "ready" if content is not None else "asked", "asked_at": now,
        "expires_at": now + timedelta(hours=1), "parts": [[practice.pk, "episodes"]],
    }  # fmt: skip
    if content is not None:
        defaults |= {"size": len(content), "sha256": hashlib.sha256(content).hexdigest(), "ready_at": now}
    row = RecordExport.objects.create(patient=patient, practice=practice, **{**defaults, **values})
    if content is not None:
        RecordExportContent.objects.create(
            export=row, patient=patient, content=content, held={}, made_on=local_date(now)
        )
    return row
