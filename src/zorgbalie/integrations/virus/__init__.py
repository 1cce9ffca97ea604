"""Virus check by ClamAV: a file is streamed to clamd, which says what it found. Knows nothing of documents.

clamd's INSTREAM command: `zINSTREAM\\0`, then pieces that each have their length before them (four bytes, network
order), a length of zero, and one line back. Source: clamd(8).
"""

import socket
import struct
from enum import StrEnum

_PIECE = 65_536
_LONGEST_ANSWER = 4_096


class ScanResult(StrEnum):
    """What came of a check. Values are stored."""

    CLEAN = "clean"
    INFECTED = "infected"
    NO_SCANNER = "no_scanner"  # none is configured
    NO_ANSWER = "no_answer"  # one is, and it did not give an answer that can be trusted


def scan(*, content: bytes, address: str, timeout: float) -> ScanResult:
    """Check a file. `address` is `host:port`, the path of a socket, or empty for none; `timeout` in seconds.

    Only the answer "OK" counts as clean; a fault, a limit of the scanner or an unknown word is no answer.
    """
    if not address:
        return ScanResult.NO_SCANNER
    try:
        with _connect(address, timeout) as link:
            link.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), _PIECE):
                piece = content[start : start + _PIECE]
                link.sendall(struct.pack("!L", len(piece)) + piece)
            link.sendall(struct.pack("!L", 0))
            return _read(link)
    except (OSError, ValueError):
        return ScanResult.NO_ANSWER


def _connect(address: str, timeout: float) -> socket.socket:
    if address.startswith("/"):
        link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        link.settimeout(timeout)
        try:
            link.connect(address)
        except OSError:
            link.close()
            raise
        return link
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=timeout)


def _read(link: socket.socket) -> ScanResult:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
        piece = link.recv(_LONGEST_ANSWER)
        if not piece:
            break
        answer += piece
    words = answer.rstrip(b"\0\n").strip()
    if words == b"stream: OK":
        return ScanResult.CLEAN
    if words.startswith(b"stream: ") and words.endswith(b" FOUND"):
        return ScanResult.INFECTED
    return ScanResult.NO_ANSWER
