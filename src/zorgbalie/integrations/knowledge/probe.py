"""Asks a website whether a page still exists. An outgoing connection, so every step is the closed one (row 31).

Only https, only hosts that the caller lists, only when every address of the host is public; the connection goes to the
address that was checked, so a name that changes its mind meanwhile leads nowhere else. No redirect is followed: a site
that sends on is alive, and where it sends to is for the reader's browser. Of the answer only the first line is read.
Nothing of a patient is known here: the addresses are those that were loaded.
"""

import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Callable, Collection
from enum import StrEnum
from urllib.parse import urlsplit

from zorgbalie.integrations.knowledge import AddressRefused, check_address

Resolve = Callable[[str], list[str]]
Connect = Callable[[str, str, float], socket.socket]
_PORT = 443
_SECONDS = 5.0
_LONGEST_LINE = 256
_STATUS = re.compile(rb"HTTP/1\.[01] ([1-5][0-9]{2})(?: |\r|$)")
_GONE = {404, 410}
_HEAD_REFUSED = {400, 403, 405, 501}


class Verdict(StrEnum):
    """What is known of a page. Only a plain "not here" is dead: a site that is down is not."""

    ALIVE = "alive"
    DEAD = "dead"
    UNKNOWN = "unknown"


def resolve_host(host: str) -> list[str]:
    """Every address of a host."""
    found = socket.getaddrinfo(host, _PORT, type=socket.SOCK_STREAM)
    return sorted({str(one[4][0]) for one in found})


def connect_tls(host: str, address: str, seconds: float) -> socket.socket:
    """A TLS connection to an address, with the certificate checked against the host's name."""
    plain = socket.create_connection((address, _PORT), timeout=seconds)
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except (OSError, ValueError):
        plain.close()
        raise


def probe(
    *, address: str, hosts: Collection[str], resolve: Resolve = resolve_host, connect: Connect = connect_tls
) -> Verdict:
    """Whether the page at `address` exists. Raises nothing: what cannot be asked is unknown."""
    try:
        host = check_address(address)
        if host not in hosts:
            return Verdict.UNKNOWN
        found = resolve(host)
        if not found or not all(_is_public(one) for one in found):
            return Verdict.UNKNOWN
        status = _ask(connect, "HEAD", address, host, found[0])
        if status in _HEAD_REFUSED:
            status = _ask(connect, "GET", address, host, found[0])
    except (OSError, ValueError, AddressRefused):
        return Verdict.UNKNOWN
    return _verdict(status)


def _verdict(status: int) -> Verdict:
    if status in _GONE:
        return Verdict.DEAD
    return Verdict.ALIVE if 200 <= status < 400 else Verdict.UNKNOWN


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text)
    mapped = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    return address.is_global and not address.is_multicast and (mapped is None or mapped.is_global)


def _ask(connect: Connect, method: str, address: str, host: str, place: str) -> int:
    """The status of one request; 0 for an answer that is no HTTP."""
    parts = urlsplit(address)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    request = f"{method} {target} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: Zorgbalie\r\nConnection: close\r\n\r\n"
    ends = time.monotonic() + 2 * _SECONDS
    with connect(host, place, _SECONDS) as link:
        link.settimeout(_SECONDS)
        link.sendall(request.encode("ascii"))
        line = b""
        # A site that lets its answer drip may not hold the worker: the whole line has an end in time and in length.
        while b"\n" not in line and len(line) < _LONGEST_LINE and time.monotonic() < ends:
            piece = link.recv(_LONGEST_LINE)
            if not piece:
                break
            line += piece
    found = _STATUS.match(line)
    return int(found.group(1)) if found else 0
