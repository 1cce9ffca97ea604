"""Asking whether a page exists, against a server of this test (security row 31)."""

import socket
import threading

import pytest

from zorgbalie.integrations.knowledge.probe import Verdict, probe

HOST, PUBLIC = "www.voorbeeld.nl", "93.184.215.14"
ADDRESS = f"https://{HOST}/pagina?x=1"


class FakeSite:
    """Answers each connection with the next of its answers, and remembers what was asked."""

    def __init__(self, *answers: bytes) -> None:
        self.answers, self.asked, self.places = list(answers), [], []

    def connect(self, host: str, place: str, seconds: float) -> socket.socket:
        """In place of a TLS connection."""
        self.places.append((host, place))
        ours, theirs = socket.socketpair()
        thread = threading.Thread(target=self._serve, args=(theirs, self.answers.pop(0)), daemon=True)
        thread.start()
        return ours

    def _serve(self, link: socket.socket, answer: bytes) -> None:
        with link:
            self.asked.append(link.recv(4096))
            link.sendall(answer)


def ask(site, address=ADDRESS, hosts=(HOST,), found=(PUBLIC,)):
    return probe(address=address, hosts=hosts, resolve=lambda host: list(found), connect=site.connect)


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        ("200 OK", Verdict.ALIVE), ("204 No Content", Verdict.ALIVE), ("301 Moved", Verdict.ALIVE),
        ("404 Not Found", Verdict.DEAD), ("410 Gone", Verdict.DEAD), ("429 Slow", Verdict.UNKNOWN),
        ("500 Oops", Verdict.UNKNOWN), ("503 Busy", Verdict.UNKNOWN), ("999 Odd", Verdict.UNKNOWN),
    ],
)  # fmt: skip
def test_only_a_plain_not_here_is_dead(status, verdict):
    site = FakeSite(f"HTTP/1.1 {status}\r\nServer: x\r\n\r\n".encode())
    assert ask(site) is verdict
    assert site.places == [(HOST, PUBLIC)]
    assert site.asked[0].startswith(b"HEAD /pagina?x=1 HTTP/1.1\r\nHost: www.voorbeeld.nl\r\n")
    assert b"Cookie" not in site.asked[0]
    assert b"Referer" not in site.asked[0]


def test_a_site_that_refuses_head_is_asked_again():
    site = FakeSite(b"HTTP/1.1 405 No\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n<html>")
    assert ask(site) is Verdict.ALIVE
    assert [one[:4] for one in site.asked] == [b"HEAD", b"GET "]


def test_row31_a_redirect_to_a_private_address_is_not_followed():
    site = FakeSite(b"HTTP/1.1 302 Found\r\nLocation: https://127.0.0.1/\r\n\r\n")
    assert ask(site) is Verdict.ALIVE
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    "found",
    [
        ("127.0.0.1",), ("10.0.0.5",), ("192.168.1.1",), ("169.254.169.254",), ("172.16.0.1",), ("0.0.0.0",),  # noqa: S104  (addresses that must be refused)
        ("::1",), ("fe80::1",), ("fd00::1",), ("::ffff:127.0.0.1",), ("2002:7f00:1::",), ("224.0.0.1",),
        ("100.64.0.1",), (PUBLIC, "127.0.0.1"), (), ("no address",),
    ],
)  # fmt: skip
def test_row31_no_connection_where_any_address_is_not_public(found):
    site = FakeSite(b"HTTP/1.1 404 Not Found\r\n\r\n")
    assert ask(site, found=found) is Verdict.UNKNOWN
    assert site.places == []


@pytest.mark.parametrize(
    "address",
    ["http://www.voorbeeld.nl/", "https://evil.example/", "https://www.voorbeeld.nl:22/", "file:///etc/passwd",
     "https://x@www.voorbeeld.nl/", "https://www.voorbeeld.nl/\r\nX: y"],
)  # fmt: skip
def test_row31_only_https_and_only_hosts_of_loaded_links(address):
    site = FakeSite(b"HTTP/1.1 200 OK\r\n\r\n")
    assert ask(site, address=address) is Verdict.UNKNOWN
    assert site.places == []


@pytest.mark.parametrize("answer", [b"", b"SSH-2.0-OpenSSH\r\n", b"x" * 100_000, b"HTTP/1.1 2"])
def test_what_is_no_answer_is_unknown(answer):
    assert ask(FakeSite(answer)) is Verdict.UNKNOWN


def test_a_name_that_does_not_exist_is_unknown():
    def fails(host):
        raise socket.gaierror

    assert probe(address=ADDRESS, hosts=[HOST], resolve=fails, connect=FakeSite().connect) is Verdict.UNKNOWN
