"""Log lines for tests, written as a request writes them."""

from zorgbalie.access.unit_of_work import unit_of_work
from zorgbalie.audit.scope import add_line
from zorgbalie.audit.types import AuditAction, AuditLine
from zorgbalie.kernel.viewer import Viewer, system_viewer


def write_lines(how_many: int, viewer: Viewer | None = None, **values) -> None:
    """That many lines, all different, in one unit of work."""
    viewer = viewer or system_viewer(task="test")
    with unit_of_work(viewer):
        for number in range(how_many):
            line = {"event": "record.read", "action": AuditAction.READ, "object_id": str(number), **values}
            add_line(viewer=viewer, line=AuditLine(**line))
