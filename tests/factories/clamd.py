"""A clamd on this machine that finds EICAR and nothing else, for tests of the virus check."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class FakeClamd:
    """Speaks INSTREAM. `answer` replaces what it would say; `closes` hangs up in place of an answer."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.listener.getsockname()[1]}"
        self.answer: bytes | None = None
        self.closes = False
        self.seen: list[bytes] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                link, _ = self.listener.accept()
            except OSError:
                return
            with link:
                self._talk(link)

    def _talk(self, link: socket.socket) -> None:
        stream = link.makefile("rb")
        if stream.read(10) != b"zINSTREAM\0" or self.closes:
            return
        content = b""
        while size := struct.unpack("!L", stream.read(4))[0]:
            content += stream.read(size)
        self.seen.append(content)
        found = b"stream: Eicar-Test-Signature FOUND" if b"EICAR-STANDARD" in content else b"stream: OK"
        link.sendall((self.answer if self.answer is not None else found) + b"\0")


@contextmanager
def fake_clamd() -> Iterator[FakeClamd]:
    """One that runs during the block."""
    server = FakeClamd()
    try:
        yield server
    finally:
        server.listener.close()
