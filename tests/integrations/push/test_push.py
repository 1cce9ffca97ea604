"""Signs to browsers: empty, signed, and only to push services that browsers use (RFC 8030, 8292; rows 31, 51, 61)."""

import pytest
import requests
from joserfc import jwt
from tests.integrations.push.keys import ADDRESS, KEY, OTHER, PEM, Service

from zorgbalie.integrations import push
from zorgbalie.integrations.push import Push, PushGone, PushRefused, PushUnavailable, is_known_service, send


@pytest.fixture
def service(settings, monkeypatch):
    settings.PUSH_PRIVATE_KEY, settings.PUSH_CONTACT = PEM, "mailto:beheer@linde.example"
    made = Service()
    monkeypatch.setattr(push.requests, "post", made.post)
    return made


def test_row61_the_message_is_empty_and_signed_for_that_service_alone(service):
    send(push=Push(address=ADDRESS, topic="t" * 40))
    (asked,) = service.asked
    assert not hasattr(asked, "data")
    assert not hasattr(asked, "json")
    assert asked.allow_redirects is False
    assert asked.headers["Topic"] == "t" * 32
    scheme, token, key = asked.headers["Authorization"].replace(",", "").split()
    assert (scheme, key) == ("vapid", f"k={push.public_key()}")
    claims = jwt.decode(token.removeprefix("t="), KEY, algorithms=["ES256"]).claims
    assert (claims["aud"], claims["sub"]) == ("https://fcm.googleapis.com", "mailto:beheer@linde.example")


def test_public_key_is_the_uncompressed_point_that_browsers_ask_for(service):
    assert len(push.public_key()) == 87
    assert push.public_key().startswith("B")


@pytest.mark.parametrize(
    "address",
    [
        ADDRESS,
        OTHER,
        "https://web.push.apple.com/QD",
        "https://wns2-par02p.notify.windows.com/w/?token=a",
        ADDRESS + "?x=1",
    ],
)
def test_row31_services_of_browsers_are_known(address):
    assert is_known_service(address)


@pytest.mark.parametrize(
    "address",
    [
        "http://fcm.googleapis.com/x", "https://127.0.0.1/x", "https://localhost/", "https://169.254.169.254/latest",
        "https://evilfcm.googleapis.com.evil.example/", "https://xfcm.googleapis.com.evil.example/",
        "https://fcm.googleapis.com:8443/x", "https://fcm.googleapis.com@evil.example/", "ftp://fcm.googleapis.com/",
        "https://user:pw@fcm.googleapis.com/", "", "x", "https://", "https://[::1", "https://fcm.googleapis.com:x/",
        "https://evil-push.apple.com.example/", "https://notpush.apple.com.evil/", ADDRESS + "a" * 1000,
        "https://evil.example/https://fcm.googleapis.com/", "https://xpush.apple.com/",
    ],
)  # fmt: skip
def test_row31_no_other_address_is_ever_called(service, address):
    assert not is_known_service(address)
    with pytest.raises(PushGone):
        send(push=Push(address=address, topic="t"))
    assert service.asked == []


@pytest.mark.parametrize(
    ("status", "fault"),
    [(404, PushGone), (410, PushGone), (429, PushUnavailable), (500, PushUnavailable), (503, PushUnavailable),
     (400, PushRefused), (403, PushRefused), (413, PushRefused), (302, PushRefused)],
)  # fmt: skip
def test_row51_answers_of_the_service_say_whether_to_try_again(service, status, fault):
    service.status[ADDRESS] = status
    with pytest.raises(fault):
        send(push=Push(address=ADDRESS, topic="t"))


def test_row51_service_away_is_tried_again(service, monkeypatch):
    def away(*args, **values):
        raise requests.ConnectionError("away")

    monkeypatch.setattr(push.requests, "post", away)
    with pytest.raises(PushUnavailable):
        send(push=Push(address=ADDRESS, topic="t"))
