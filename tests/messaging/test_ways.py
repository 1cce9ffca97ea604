"""By mail, by text message, by a sign in a browser: as the patient chose, and nothing else (REQ 9, 31; R9, R15)."""

import pytest

from tests.conftest import acting
from tests.factories import world
from tests.integrations.push.keys import ADDRESS, OTHER, PEM, Service
from tests.messaging.notices import report, say_yes, work_off
from zorgbalie.audit.models import AuditEvent
from zorgbalie.integrations import push
from zorgbalie.integrations.mail.folder import list_stored as mails
from zorgbalie.integrations.sms.folder import list_stored as texts
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.messaging import codes
from zorgbalie.messaging.actions import addresses, preferences
from zorgbalie.messaging.models import AddressCheck, Notice, NoticePreference, PushSubscription
from zorgbalie.messaging.queries.preferences import get_settings
from zorgbalie.messaging.texts import short_text_for
from zorgbalie.messaging.types import (
    AddressAnswer,
    Channel,
    NotAMobile,
    NoticeKind,
    NotOffered,
    NoWayChosen,
    TooManyCodes,
)  # fmt: skip
from zorgbalie.people.models import Person

pytestmark = pytest.mark.django_db
NOW = current_moment()
NUMBER, KIND = "06 12 34 56 78", NoticeKind.AGREEMENT
SMS, EMAIL = Channel.SMS, Channel.EMAIL


@pytest.fixture(autouse=True)
def service(settings, tmp_path, monkeypatch):
    settings.MAIL_BACKEND, settings.MAIL_FOLDER = "folder", str(tmp_path / "mail")
    settings.SMS_BACKEND, settings.SMS_FOLDER = "folder", str(tmp_path / "sms")
    settings.PUSH_PRIVATE_KEY = PEM
    made = Service()
    monkeypatch.setattr(push.requests, "post", made.post)
    return made


@pytest.fixture
def scene():
    return Scene()


class Scene:
    """A patient with an open record, and an employee who causes notices."""

    def __init__(self) -> None:
        self.patient, self.practice = world.make_patient_with_open_record()
        self.viewer = world.viewer_of_patient(self.patient)
        self.staff = world.viewer_of_employee(world.make_employee(self.practice))

    def choose(self, *channels, on=(KIND,)) -> None:
        with acting(self.viewer):
            preferences.set_preferences(viewer=self.viewer, on=on, channels=channels, now=NOW, language=None)

    def give_number(self, typed=NUMBER) -> AddressAnswer:
        with acting(self.viewer):
            addresses.ask_code(viewer=self.viewer, address=typed, channel=SMS, now=NOW)
        check = AddressCheck.objects.latest("pk")
        return self.confirm(codes.code_of(check))

    def confirm(self, code, channel=SMS) -> AddressAnswer:
        with acting(self.viewer):
            return addresses.confirm_code(viewer=self.viewer, typed=code, channel=channel, now=NOW)

    def switch_on(self, address=ADDRESS, device="Firefox, Android") -> None:
        with acting(self.viewer):
            preferences.add_browser(viewer=self.viewer, address=address, device=device, now=NOW)

    def happen(self, key="agreement:1") -> list[Notice]:
        with acting(self.staff):
            report(self.staff, self.patient, self.practice, key=key, kind=KIND)
        return list(Notice.objects.exclude(kind="address_check").order_by("channel"))

    def settings(self):
        with acting(self.viewer):
            return get_settings(viewer=self.viewer, now=NOW)


def test_r15_one_event_is_told_by_each_way_that_was_chosen_and_by_no_other(scene):
    scene.give_number()
    scene.choose(EMAIL)
    assert [one.channel for one in scene.happen("agreement:1")] == ["email"]
    Notice.objects.all().delete()
    scene.choose(SMS)
    assert [one.channel for one in scene.happen("agreement:2")] == ["sms"]
    Notice.objects.all().delete()
    scene.choose(SMS, EMAIL)
    scene.switch_on()
    assert [one.channel for one in scene.happen("agreement:3")] == ["email", "push", "sms"]
    assert [one.channel for one in scene.happen("agreement:3")] == ["email", "push", "sms"], "reported twice, told once"
    Notice.objects.all().delete()
    scene.choose(SMS, EMAIL, on=())
    assert scene.happen("agreement:4") == []


def test_r15_kinds_without_a_way_are_asked_back_and_a_browser_is_a_way(scene):
    with pytest.raises(NoWayChosen):
        scene.choose()
    assert NoticePreference.objects.count() == 0
    scene.choose(on=())
    scene.switch_on()
    scene.choose()
    assert [one.channel for one in scene.happen()] == ["push"]


def test_row63_a_number_counts_after_the_code_that_was_sent_to_it(scene, settings):
    scene.choose(EMAIL)
    with acting(scene.viewer):
        addresses.ask_code(viewer=scene.viewer, address=NUMBER, channel=SMS, now=NOW)
    assert (scene.settings().mobile, scene.settings().pending_mobile) == ("", "06 12345678")
    work_off(Notice.objects.get(kind="address_check"))
    (text,) = texts(limit=5)
    code = codes.code_of(AddressCheck.objects.get())
    assert (text.recipient, code in text.body, mails(limit=5)) == ("+31612345678", True, [])
    assert scene.confirm("000000" if code != "000000" else "111111") is AddressAnswer.WRONG
    assert scene.confirm(code, EMAIL) is AddressAnswer.OVER, "a code of a number proves no mail address"
    assert Person.objects.get(pk=scene.patient.pk).mobile == ""
    assert scene.confirm(code) is AddressAnswer.CONFIRMED
    assert scene.settings().mobile == "06 12345678"
    assert scene.settings().channels >= {EMAIL, SMS}, "who gives a number is told there of what was chosen before"
    assert AuditEvent.objects.filter(event="notices.address_confirmed", patient_id=scene.patient.pk).exists()


def test_row63_number_changed_before_sending_gets_the_message_and_one_taken_away_gets_none(scene):
    scene.choose(EMAIL)
    scene.give_number()
    (_mail, text) = scene.happen()
    scene.give_number("+31 6 87654321")
    work_off(text)
    assert [one.recipient for one in texts(limit=5)] == ["+31687654321"]
    (_mail, text) = [one for one in scene.happen("agreement:2") if one.event_key == "agreement:2"]
    with acting(scene.viewer):
        addresses.drop_mobile(viewer=scene.viewer, now=NOW)
    work_off(text)
    text.refresh_from_db()
    assert (text.state, len(texts(limit=5))) == ("cancelled", 1)


def test_no_text_messages_where_the_operator_has_no_provider(scene, settings):
    scene.give_number()
    scene.choose(SMS)
    settings.SMS_BACKEND = "none"
    assert scene.happen() == []
    with pytest.raises(NotOffered), acting(scene.viewer):
        addresses.ask_code(viewer=scene.viewer, address=NUMBER, channel=SMS, now=NOW)


def test_row32_no_number_no_message_and_codes_are_bounded_over_all_ways(scene):
    with pytest.raises(NotAMobile), acting(scene.viewer):
        addresses.ask_code(viewer=scene.viewer, address="020 624 1111", channel=SMS, now=NOW)
    assert Notice.objects.count() == 0
    with acting(scene.viewer):
        for channel, address in [(SMS, NUMBER), (EMAIL, "a@post.example")] * 2 + [(SMS, NUMBER)]:
            addresses.ask_code(viewer=scene.viewer, address=address, channel=channel, now=NOW)
        with pytest.raises(TooManyCodes):
            addresses.ask_code(viewer=scene.viewer, address=NUMBER, channel=SMS, now=NOW)


def test_row61_a_text_message_says_nothing_but_that_something_is_ready(scene):
    for kind in NoticeKind:
        for language in ("nl", "en"):
            text = short_text_for(kind=kind, practice="Huisartsenpraktijk De Linde", language=language, code="123456")
            assert len(text) <= 160
            if kind is not NoticeKind.ADDRESS_CHECK:
                assert text == short_text_for(kind=KIND, practice="Huisartsenpraktijk De Linde", language=language)


def test_a_long_name_leaves_the_address_whole_and_the_message_one_message(settings):
    settings.PORTAL_URL = "https://portaal.huisartsenpraktijkdelinde.example"
    text = short_text_for(kind=KIND, practice="Praktijk 🌳 José & Ïrma \r\nBcc: x " * 9, language="nl")
    assert len(text) <= 160
    assert text.endswith(settings.PORTAL_URL)
    assert "🌳" not in text
    assert "\n" not in text
    assert "José & Irma" in text


def test_a_sign_goes_to_each_browser_and_holds_nothing(scene, service):
    scene.choose(EMAIL)
    scene.switch_on()
    scene.switch_on(OTHER, "Chrome, Windows")
    scene.switch_on(OTHER, "Chrome, Windows")
    assert [one.name for one in scene.settings().devices] == ["Firefox, Android", "Chrome, Windows"]
    sign = next(one for one in scene.happen() if one.channel == "push")
    assert sign.address == ""
    work_off(sign)
    assert [one.address for one in service.asked] == [ADDRESS, OTHER]
    sign.refresh_from_db()
    assert sign.state == "sent"


def test_a_browser_that_is_gone_is_forgotten_and_the_other_still_told(scene, service):
    scene.choose(EMAIL)
    scene.switch_on()
    scene.switch_on(OTHER)
    service.status[ADDRESS] = 410
    sign = next(one for one in scene.happen() if one.channel == "push")
    work_off(sign)
    sign.refresh_from_db()
    assert (sign.state, [one.address for one in PushSubscription.objects.all()]) == ("sent", [OTHER])
    service.status[OTHER] = 404
    sign = next(one for one in scene.happen("agreement:2") if one.event_key == "agreement:2" and one.channel == "push")
    work_off(sign)
    sign.refresh_from_db()
    assert (sign.state, PushSubscription.objects.count()) == ("failed", 0)
    assert "push" not in [one.channel for one in scene.happen("agreement:3") if one.event_key == "agreement:3"]


def test_row51_a_service_that_is_away_is_tried_again(scene, service):
    scene.choose(EMAIL)
    scene.switch_on()
    service.status[ADDRESS] = 503
    sign = next(one for one in scene.happen() if one.channel == "push")
    assert work_off(sign) is not None
    service.status[ADDRESS] = 201
    assert work_off(sign) is None


def test_row31_only_push_services_of_browsers_are_kept(scene, settings):
    for address in ("https://127.0.0.1/x", "http://fcm.googleapis.com/x", "https://evil.example/"):
        with pytest.raises(NotOffered):
            scene.switch_on(address)
    settings.PUSH_PRIVATE_KEY = ""
    with pytest.raises(NotOffered):
        scene.switch_on()
    assert PushSubscription.objects.count() == 0


def test_ten_browsers_are_kept_the_newest(scene):
    for number in range(12):
        scene.switch_on(f"{ADDRESS}{number}")
    assert PushSubscription.objects.count() == 10
    assert not PushSubscription.objects.filter(address=f"{ADDRESS}0").exists()


def test_row2_a_stranger_switches_nothing_on_or_off_for_another(scene):
    scene.switch_on()
    device = PushSubscription.objects.get()
    stranger = world.viewer_of_patient(world.make_person(), subject=scene.patient)
    other = Scene()
    for step in (
        lambda: preferences.add_browser(viewer=stranger, address=OTHER, device="x", now=NOW),
        lambda: preferences.drop_browser(viewer=stranger, device_id=device.pk, now=NOW),
        lambda: addresses.drop_mobile(viewer=stranger, now=NOW),
    ):
        with pytest.raises(NotVisible), acting(stranger):
            step()
    with acting(other.viewer):
        preferences.drop_browser(viewer=other.viewer, device_id=device.pk, now=NOW)
    assert PushSubscription.objects.filter(pk=device.pk).exists()
    with acting(scene.viewer):
        preferences.drop_browser(viewer=scene.viewer, device_id=device.pk, now=NOW)
    assert PushSubscription.objects.count() == 0


def test_choices_made_before_a_way_existed_hold_for_it(scene):
    say_yes(scene.patient, KIND)
    scene.switch_on()
    assert [one.channel for one in scene.happen()] == ["email", "push"]
