"""Text messages and signs to browsers when a worker dies or a provider is away (REQ 31; security rows 50 and 51)."""

import threading
from types import SimpleNamespace

import pytest

from tests.integrations.push.keys import ADDRESS, PEM, Service
from tests.integrations.sms.test_cm import Gateway
from tests.messaging.notices import age_claim, work_off
from tests.messaging.test_ways import EMAIL, SMS, Scene
from zorgbalie.integrations import push
from zorgbalie.messaging.actions import delivery
from zorgbalie.messaging.models import Notice
from zorgbalie.messaging.rules import WAITS

pytestmark = pytest.mark.django_db
_DAY = 24 * 3600
# A gateway for text messages that refuses our token may be mended by the operator; a key that a push service refuses
# stays refused.
_AWAY = [(channel, status) for channel in ("sms", "push") for status in (500, 503, 429)] + [("sms", 401)]


class _Killed(BaseException):
    """What a worker that is killed does not get to see either."""


@pytest.fixture(params=["sms", "push"])
def way(request, settings, monkeypatch):
    """One way: how to break and mend its provider, and the reference of each message that it took."""
    settings.MAIL_BACKEND, settings.PUSH_PRIVATE_KEY = "none", PEM
    gateway, service = Gateway(), Service()
    threading.Thread(target=gateway.serve_forever, daemon=True).start()
    settings.SMS_BACKEND, settings.SMS_CM_TOKEN, settings.SMS_SENDER = "cm", "secret-token", "Zorgbalie"
    settings.SMS_CM_ADDRESS = f"http://127.0.0.1:{gateway.server_port}/v1.0/message"
    sms_post, service_post = push.requests.post, service.post
    monkeypatch.setattr(
        push.requests, "post", lambda to, **values: (sms_post if "127.0.0.1" in to else service_post)(to, **values)
    )

    def answer(status):
        gateway.status, service.status[ADDRESS] = (200 if status == 201 else status), status

    def references():
        if request.param == "push":
            return [one.headers["Topic"] for one in service.asked]
        return [body["messages"]["msg"][0]["reference"] for _, body in gateway.asked]

    yield SimpleNamespace(channel=request.param, answer=answer, references=references)
    gateway.shutdown()
    gateway.server_close()


def _notices(way, count=1) -> list[Notice]:
    scene = Scene()
    if way.channel == "sms":
        scene.give_number()
        scene.choose(SMS)
    else:
        scene.choose(EMAIL)
        scene.switch_on()
    for number in range(count):
        scene.happen(f"agreement:{number}")
    return list(Notice.objects.filter(channel=way.channel).exclude(kind="address_check").order_by("pk"))


def test_row50_a_worker_killed_between_sending_and_noting_sends_again_under_the_same_reference(way, monkeypatch):
    (notice,) = _notices(way)
    with monkeypatch.context() as patch:
        patch.setattr(delivery, "note_sent", _die)
        with pytest.raises(_Killed):
            work_off(notice)
    notice.refresh_from_db()
    assert notice.state == "sending"
    age_claim(notice)
    assert work_off(notice) is None
    assert work_off(notice) is None
    notice.refresh_from_db()
    assert (notice.state, notice.attempts) == ("sent", 2)
    first, second = way.references()
    assert first == second


def _die(**_values):
    raise _Killed


@pytest.mark.parametrize(("way", "status"), _AWAY, indirect=["way"])
def test_row51_a_provider_that_is_away_for_a_day_is_not_stormed_and_loses_nothing(way, status):
    notices = _notices(way, 3)
    way.answer(status)
    for notice in notices:
        passed = 0
        while passed <= _DAY:
            wait = work_off(notice)
            assert wait is not None, "nothing is given up within a day"
            assert wait >= 60, "at most one try a minute"
            passed += wait
        notice.refresh_from_db()
        assert notice.state == "waiting"
    tried = way.references()
    assert len(tried) <= len(WAITS) * len(notices)
    way.answer(201)
    for notice in notices:
        assert work_off(notice) is None
        assert work_off(notice) is None
    assert {one.state for one in Notice.objects.filter(pk__in=[one.pk for one in notices])} == {"sent"}
    after = way.references()[len(tried) :]
    assert (len(after), len(set(after))) == (3, 3), "each is taken once"
    assert set(after) == set(tried), "under the reference that it had all along"


@pytest.mark.parametrize("way", ["push"], indirect=True)
def test_row51_a_push_service_that_refuses_our_key_is_not_asked_again(way):
    (notice,) = _notices(way)
    way.answer(401)
    assert work_off(notice) is None
    notice.refresh_from_db()
    assert notice.state == "failed"
    assert work_off(notice) is None
    assert len(way.references()) == 1
