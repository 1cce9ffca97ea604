"""What the web server itself answers, before a request reaches us: with the same headers as every page (row 34)."""

from typing import Any

from gunicorn import util

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Content-Type": "text/plain; charset=utf-8",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}
_TEXT = "Dit verzoek kunnen wij niet lezen."


def answer(status: int, reason: str) -> bytes:
    """The bytes of such an answer; it repeats nothing of what was sent."""
    body = _TEXT.encode()
    lines = [f"HTTP/1.1 {status} {reason}", "Connection: close", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in _HEADERS.items()]
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body


def _write_error(sock: Any, status_int: int, reason: str, mesg: str) -> None:
    util.write_nonblock(sock, answer(int(status_int), reason))  # type: ignore[no-untyped-call]  # gunicorn is untyped


def put_in_place() -> None:
    """Take the place of gunicorn's own page; called before its workers are started."""
    util.write_error = _write_error
