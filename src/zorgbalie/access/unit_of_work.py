"""One unit of work: a request, a task or a command.

One transaction; the viewer is named to the database; log lines are stored with it, and are kept when the work itself
fails and is rolled back.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from zorgbalie.access.wall import set_viewer, watched_memory
from zorgbalie.audit.scope import AuditScope, audit_scope
from zorgbalie.kernel.viewer import Viewer


@contextmanager
def unit_of_work(viewer: Viewer | None) -> Iterator[AuditScope]:
    """Run the block as `viewer`.

    An exception rolls the block back, stores its log lines, and is raised again. When the lines cannot be stored
    nothing is committed and the database's error is raised: no line, no look.
    """
    failure: Exception | None = None
    with watched_memory(), transaction.atomic(), audit_scope() as scope:
        set_viewer(viewer)
        try:
            with transaction.atomic():
                yield scope
        except Exception as error:
            failure = error
        scope.store()
        set_viewer(None)
    if failure is not None:
        raise failure
