"""CM.com: what is asked of it, and what its answers mean for the next try (REQ 31; security row 51)."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from zorgbalie.integrations.sms import Sms, SmsRefused, SmsUnavailable, send
from zorgbalie.integrations.sms.folder import list_stored

SMS = Sms(reference="a" * 40, recipient="+31612345678", body="Er staat een bericht voor u klaar van De Linde.")
TAKEN = {"details": "Created 1 message(s)", "errorCode": 0, "messages": [{"status": "Accepted", "messageErrorCode": 0}]}


class Gateway(ThreadingHTTPServer):
    """Answers as it is told, and keeps what was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.status, self.body = 200, json.dumps(TAKEN)
        self.asked: list[tuple[dict, dict]] = []


class _Answer(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((dict(self.headers), json.loads(body)))
        self.send_response(self.server.status)
        if self.server.status == 302:
            self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()
        self.wfile.write(self.server.body.encode())

    def log_message(self, *args) -> None:
        """Silence."""


@pytest.fixture
def gateway(settings):
    server = Gateway()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SMS_BACKEND, settings.SMS_CM_TOKEN, settings.SMS_SENDER = "cm", "secret-token", "Zorgbalie"
    settings.SMS_CM_ADDRESS = f"http://127.0.0.1:{server.server_port}/v1.0/message"
    yield server
    server.shutdown()
    server.server_close()


def test_row62_one_message_with_one_recipient_is_asked_for(gateway):
    send(sms=SMS)
    ((headers, body),) = gateway.asked
    assert headers["X-CM-PRODUCTTOKEN"] == "secret-token"
    (message,) = body["messages"]["msg"]
    assert message["to"] == [{"number": "0031612345678"}]
    assert (message["from"], message["body"]["content"]) == ("Zorgbalie", SMS.body)
    assert message["reference"] == "a" * 32
    assert message["allowedChannels"] == ["SMS"]


@pytest.mark.parametrize(
    ("status", "body", "fault"),
    [
        (500, "", SmsUnavailable), (503, "{}", SmsUnavailable), (429, "{}", SmsUnavailable),
        (401, "{}", SmsUnavailable), (403, "{}", SmsUnavailable), (200, "<html>", SmsUnavailable),
        (400, json.dumps({"details": "no", "errorCode": 101, "messages": []}), SmsRefused),
        (200, json.dumps({"errorCode": 0, "messages": [{"messageErrorCode": 303}]}), SmsRefused),
        (200, json.dumps({"errorCode": 201, "messages": []}), SmsRefused),
        (200, "[]", SmsRefused), (200, "{}", SmsRefused), (302, "{}", SmsRefused),
    ],
)  # fmt: skip
def test_row51_a_fault_of_theirs_is_tried_again_and_a_refusal_is_not(gateway, status, body, fault):
    gateway.status, gateway.body = status, body
    with pytest.raises(fault) as caught:
        send(sms=SMS)
    assert "612345678" not in str(caught.value)
    assert len(gateway.asked) == 1, "no second request, and no redirect is followed"


def test_row51_gateway_away_is_tried_again(gateway, settings):
    settings.SMS_CM_ADDRESS = "http://127.0.0.1:1/v1.0/message"
    with pytest.raises(SmsUnavailable):
        send(sms=SMS)


def test_without_a_provider_nothing_is_sent(settings):
    settings.SMS_BACKEND = "none"
    with pytest.raises(SmsRefused):
        send(sms=SMS)


def test_row50_the_same_message_is_in_the_folder_once(settings, tmp_path):
    settings.SMS_BACKEND, settings.SMS_FOLDER = "folder", str(tmp_path / "sms")
    assert list_stored(limit=5) == []
    send(sms=SMS)
    send(sms=SMS)
    (stored,) = list_stored(limit=5)
    assert (stored.recipient, stored.body) == (SMS.recipient, SMS.body)
