"""Where the other party may be: over TLS, or on this machine for a trial."""

from urllib.parse import urlsplit

_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


class InsecureAddress(ValueError):
    """An address in the settings that would send secrets without encryption."""


def check_secure(*, name: str, url: str) -> None:
    """Refuse an address in the settings that is neither HTTPS nor on this machine.

    Raises: InsecureAddress.
    """
    parts = urlsplit(url)
    local = parts.scheme == "http" and parts.hostname in _THIS_MACHINE
    if not parts.hostname or not (parts.scheme == "https" or local):
        raise InsecureAddress(f"{name} must be an https address")


def origin_of(url: str) -> str:
    """Scheme, host and port of an address, as a content security policy names them."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
