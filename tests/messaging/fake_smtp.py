"""An SMTP server with faults: it can refuse, answer slowly, or hang up after it has read a message."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class FakeSmtp(socketserver.ThreadingTCPServer):
    """`accepted` holds (recipients, text) of what was accepted; `fault` says how to answer."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.accepted: list[tuple[list[str], str]] = []
        self.fault = ""
        self.message_read, self.go_on = threading.Event(), threading.Event()

    @property
    def port(self) -> int:
        return self.server_address[1]


class _Conversation(socketserver.StreamRequestHandler):
    server: FakeSmtp

    def handle(self) -> None:
        if self.server.fault == "closed":
            return
        self._say("220 ready")
        recipients: list[str] = []
        while line := self.rfile.readline().decode():
            word = line.split(" ")[0].strip().upper()
            if word == "RCPT":
                if self.server.fault in ("451", "550"):
                    self._say(f"{self.server.fault} no")
                    continue
                recipients.append(line.split(":", 1)[1].split(">")[0].strip("< \r\n"))
            if word == "DATA":
                self._say("354 go on")
                if not self._take(recipients):
                    return
                continue
            self._say("221 bye" if word == "QUIT" else "250 ok")
            if word == "QUIT":
                return

    def _take(self, recipients: list[str]) -> bool:
        lines: list[str] = []
        while (line := self.rfile.readline().decode()) not in (".\r\n", ""):
            lines.append(line)
        self.server.message_read.set()
        if self.server.fault == "hangs":
            self.server.go_on.wait(30)
            return False
        if self.server.fault == "drops":
            return False
        self.server.accepted.append((recipients, "".join(lines)))
        self._say("250 taken")
        return True

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def fake_smtp(settings=None) -> Iterator[FakeSmtp]:
    """A running server; Django's settings point to it."""
    server = FakeSmtp()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    if settings is not None:
        settings.MAIL_BACKEND, settings.SMTP_HOST, settings.SMTP_PORT = "smtp", "127.0.0.1", server.port
        settings.SMTP_STARTTLS = False
    try:
        yield server
    finally:
        server.go_on.set()
        server.shutdown()
        server.server_close()
