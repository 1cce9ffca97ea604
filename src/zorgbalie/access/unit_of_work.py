"""One unit of work: a request, a task or a command.

One transaction; the viewer is named to the database; log lines are stored with it, and are kept when the work itself
fails and is rolled back.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from zorgbalie.access.wall import set_viewer, watched_memory
from zorgbalie.audit.scope import AuditScope, audit_scope
from zorgbalie.kernel.viewer import Viewer

log = logging.getLogger("zorgbalie.task")


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


@contextmanager
def one_of_many(viewer: Viewer, *, number: int) -> Iterator[None]:
    """One of the things that a task does in a round, as a unit of work of its own.

    A fault in it leaves the others, which would wait behind it in each round to come. `number` is what the operator
    looks for; the log has the name of the fault alone, as its text can hold what stood in a record (security row 45).
    """
    try:
        with unit_of_work(viewer):
            yield
    except Exception as error:
        log.error("task.fault task=%s number=%d fault=%s", viewer.name, number, type(error).__name__)
