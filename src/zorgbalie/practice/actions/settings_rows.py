"""Storing what a practice decided, in a table with one row per practice; for every app that has such a table."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from zorgbalie.kernel.ids import PracticeId
from zorgbalie.practice.types import ChangedMeanwhile


def store_settings(*, table: type[Model], practice_id: PracticeId, values: Mapping[str, Any], revision: int) -> None:
    """Store the row if nobody did since `revision`, that of the form that was opened; 0 is of a practice without one.

    `table` has `practice` (one row each) and `revision`, and belongs to the app that calls. Raises ChangedMeanwhile.
    """
    rows = table._default_manager.filter(practice_id=practice_id)
    if revision == 0:
        _row, is_done = rows.get_or_create(practice_id=practice_id, defaults=dict(values))
    else:
        is_done = bool(rows.filter(revision=revision).update(**values, revision=revision + 1))
    if not is_done:
        raise ChangedMeanwhile(
            _("Iemand anders heeft dit net gewijzigd. Open de pagina opnieuw en kijk wat er nu staat.")
        )
