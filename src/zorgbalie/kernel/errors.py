"""The errors that every room knows.

    ZorgbalieError
    ├── NotVisible      the answer is the same 404 as "does not exist"
    ├── NotAllowed      the viewer is known here, but this is not his task (403)
    └── Refused         a rule says no; carries a sentence for the screen

Errors of one app stand in its `types.py`, below one of these.
"""


class ZorgbalieError(Exception):
    """Root of all our own errors."""


class NotVisible(ZorgbalieError):
    """No grant: shown as 404, alike for what does not exist, so that nothing tells that hidden data exist."""


class NotAllowed(ZorgbalieError):
    """A member of staff lacks the right that the task needs: shown as 403."""


class Refused(ZorgbalieError):
    """A rule refuses what was asked. `message` is a sentence for the screen, `field` the form field it is about."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
