"""The virus check over clamd's INSTREAM: only a plain OK is clean (security row 27)."""

import socket

import pytest
from tests.factories.clamd import fake_clamd

from zorgbalie.integrations.virus import ScanResult, scan

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.mark.parametrize(
    ("content", "result"),
    [(b"gewoon", ScanResult.CLEAN), (EICAR, ScanResult.INFECTED), (b"x" * 200_000, ScanResult.CLEAN)],
)
def test_scanner_is_asked_with_the_whole_file(content, result):
    with fake_clamd() as clamd:
        assert scan(content=content, address=clamd.address, timeout=5) is result
        assert clamd.seen == [content]


@pytest.mark.parametrize(
    "answer",
    [b"INSTREAM size limit exceeded. ERROR", b"", b"stream: OK maar niet echt", b"OK", b"FOUND", b"\xff" * 5000],
)
def test_what_is_no_plain_ok_is_no_answer(answer):
    with fake_clamd() as clamd:
        clamd.answer = answer
        assert scan(content=b"x", address=clamd.address, timeout=5) is ScanResult.NO_ANSWER


def test_scanner_that_hangs_up_or_is_away_gives_no_answer():
    with fake_clamd() as clamd:
        clamd.closes = True
        assert scan(content=b"x" * 1_000_000, address=clamd.address, timeout=5) is ScanResult.NO_ANSWER
        address = clamd.address
    assert scan(content=b"x", address=address, timeout=1) is ScanResult.NO_ANSWER
    assert scan(content=b"x", address="/bestaat/niet.sock", timeout=1) is ScanResult.NO_ANSWER
    assert scan(content=b"x", address="geen-poort", timeout=1) is ScanResult.NO_ANSWER


def test_scanner_that_keeps_silent_is_given_up():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        assert scan(content=b"x", address=address, timeout=0.2) is ScanResult.NO_ANSWER


def test_without_an_address_nothing_is_asked():
    assert scan(content=EICAR, address="", timeout=1) is ScanResult.NO_SCANNER
