"""Every address of both faces, as everybody who should see nothing (security rows 1 to 9, 10, 24, 32, 39).

The victim has a canary in every text. No answer may hold it, and no row of the victim may change. The walk runs a
second time with the gate's answer forced to yes: then the database alone must stop it.
"""

from unittest.mock import patch

import pytest
from django.test import override_settings

from tests.architecture.walk import CANARY, addresses, field_names, fingerprint, ids_about, level_numbers
from tests.conftest import DeskClient, PortalClient
from tests.factories import (
    agenda,
    answering,
    billing,
    consult,
    corrections,
    documents,
    outgoing,
    reasons,
    reporting,
    world,
    writing,
)  # fmt: skip
from tests.factories.exports import make_export
from tests.factories.result_kinds import make_kind, make_wish
from zorgbalie.access import gate
from zorgbalie.access.types import Decision
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.viewer import StaffRight, StaffRole

pytestmark = pytest.mark.django_db

PORTAL = addresses("zorgbalie.config.urls.portal")
DESK = addresses("zorgbalie.config.urls.desk")
# Ends the session of who walks; tried apart.
_LEAVES = {"entry_sign_out", "account_logout", "entry_keep_alive"}
_PUBLIC_PORTAL = {
    "entry_sign_in", "entry_begin", "entry_complete", "entry_saml_metadata", "entry_help", "entry_standin",
    "entry_demo_mail", "entry_demo_mail_message", "entry_theme", "theme", "language",
}  # fmt: skip
_PARAMETERS = (
    "patient", "patient_id", "person", "person_id", "subject", "subject_id", "practice_id", "id", "q", "search",
)  # fmt: skip


class Victim:
    """A patient with something in every table, and a canary in every text."""

    def __init__(self, practice=None) -> None:
        level_numbers()
        self.person, self.practice = world.make_patient_with_open_record(
            practice, given_name=CANARY, family_name=CANARY, email=f"{CANARY.lower()}@post.example"
        )
        account = self.practice.accounts.first()
        assert account is not None
        employee = world.make_employee(self.practice)
        episode = world.make_episode(self.person, self.practice, title=CANARY)
        encounter = world.make_encounter(self.person, self.practice, reason=CANARY)
        for soep in "SOEP":
            world.make_entry(encounter, episode, soep, text=CANARY)
        world.make_observation(self.person, self.practice, title=CANARY, episode=episode)
        world.make_allergy(self.person, self.practice, title=CANARY)
        world.make_medication(self.person, self.practice, title=CANARY)
        world.make_lab_report(self.person, self.practice, CANARY, employee)
        documents.switch_on(self.practice)
        texts = {"title": CANARY, "author_name": CANARY, "explanation": CANARY, "file_name": f"{CANARY}.txt"}
        documents.make_document(self.person, self.practice, text=CANARY, state="shared", **texts)
        make_wish(self.person, self.practice, "call", make_kind(self.practice, words=["canarie"]))
        world.invite(self.person, self.practice, employee)
        world.add_work_note(employee, self.person, text=CANARY)
        world.add_shared_note(self.person, self.practice, text=CANARY)
        world.add_work_item(self.person, self.practice)
        consult.fill_for_walk(self.person, self.practice, employee, CANARY)
        reasons.fill_for_walk(self.person, self.practice, CANARY)
        answering.fill_for_walk(self.practice, employee, CANARY)
        reporting.fill_for_walk(self.person, self.practice, employee, CANARY)
        corrections.give_every_row(self.person, self.practice, CANARY, episode.pk)
        writing.add_action(self.person, employee, text=CANARY)
        writing.add_letter(self.practice, employee, title=CANARY, conclusion=CANARY)
        make_export(self.person, self.practice, content=CANARY.encode(), asked_by_name=CANARY)
        agenda.fill_for_walk(self.person, self.practice, CANARY)
        files = billing.fill_for_walk(self.person, self.practice, employee, CANARY)
        mailings = outgoing.fill_for_walk(self.person, self.practice, employee, CANARY)
        self.ids = sorted({*ids_about(self.person.pk), *files, *mailings})


@pytest.fixture
def victim() -> Victim:
    return Victim()


def _portal_of(person) -> PortalClient:
    client = PortalClient("portal", "zorgbalie_portal", raise_request_exception=False)
    client.sign_in(person)
    return client


def _desk_of(employee) -> DeskClient:
    client = DeskClient("desk", "zorgbalie_desk", raise_request_exception=False)
    client.sign_in(employee)
    return client


def _body(victim: Victim) -> dict[str, object]:
    """A hostile form: every field of every table, set to something of the victim."""
    values: dict[str, object] = dict.fromkeys(field_names(), victim.person.pk)
    values |= dict.fromkeys(_PARAMETERS, victim.person.pk)
    return values | {"state": "released", "role": "manager", "rights": list(StaffRight), "next": "//evil.example/"}


def _walk(client, found, victim: Victim, *, post: bool = True) -> int:
    """Visit every address with every id; returns how many requests were made."""
    query = dict.fromkeys(_PARAMETERS, victim.person.pk)
    body = _body(victim)
    count = 0
    with client.stay():
        for address in found:
            if address.name in _LEAVES:
                continue
            for number, path in enumerate(address.paths(victim.ids)):
                answers = [client.get(path, query)]
                if number == 0:
                    answers.append(client.get(path))
                if post:
                    answers.append(client.post(path, body))
                for answer in answers:
                    count += 1
                    _check(answer, path)
    return count


def _check(answer, path: str) -> None:
    text = b"" if answer.streaming else answer.content
    assert CANARY.encode() not in text, path
    assert CANARY.lower().encode() not in text, path
    assert answer.status_code < 500, (path, answer.status_code)
    assert "evil.example" not in answer.headers.get("Location", ""), path


def test_row4_anonymous_reaches_named_public_pages_only(victim, portal_client, desk_client):
    assert {address.name for address in PORTAL if address.public} <= _PUBLIC_PORTAL
    before = fingerprint(victim.person.pk)
    for client, found in ((portal_client, PORTAL), (desk_client, DESK)):
        with client.stay():
            for address in found:
                path = next(address.paths(victim.ids))
                answers = client.get(path), client.post(path, _body(victim))
                for answer in answers:
                    _check(answer, path)
                    assert address.public or answer.status_code in (302, 403, 404, 405), (path, answer.status_code)
    assert fingerprint(victim.person.pk) == before


def test_rows1_2_3_7_another_patient_sees_and_changes_nothing(victim):
    other, _ = world.make_patient_with_open_record(victim.practice)
    before = fingerprint(victim.person.pk)
    assert _walk(_portal_of(other), PORTAL, victim) >= 3 * (len(PORTAL) - len(_LEAVES))
    assert fingerprint(victim.person.pk) == before


def test_row5_staff_of_another_practice_see_and_change_nothing(victim):
    practice = world.make_practice()
    employee = world.make_employee(practice)
    world.make_account(practice).members.add(employee)
    before = fingerprint(victim.person.pk)
    assert _walk(_desk_of(employee), DESK, victim) >= 3 * (len(DESK) - len(_LEAVES))
    assert fingerprint(victim.person.pk) == before


def test_row6_staff_without_any_right_see_no_record_and_change_nothing(victim):
    """Colleagues without a right may know who is enrolled: the name is no secret to them, the record is."""
    employee = world.make_employee(victim.practice, role=StaffRole.ASSISTANT, rights=())
    victim.practice.accounts.first().members.add(employee)
    victim.person.given_name, victim.person.family_name, victim.person.email = "Anna", "Bos", "anna@post.example"
    victim.person.save()
    before = fingerprint(victim.person.pk)
    _walk(_desk_of(employee), DESK, victim)
    assert fingerprint(victim.person.pk) == before


def test_row6_a_manager_sees_no_medical_text(victim):
    employee = world.make_employee(victim.practice, role=StaffRole.MANAGER)
    victim.practice.accounts.first().members.add(employee)
    victim.person.given_name, victim.person.family_name, victim.person.email = "Anna", "Bos", "anna@post.example"
    victim.person.save()
    billing.forget_names(victim.practice)  # a manager may bill, and reads the name that is no secret here
    _walk(_desk_of(employee), DESK, victim, post=False)


@pytest.mark.parametrize("face", ["portal", "desk"])
def test_row10_with_the_gate_forced_to_yes_the_wall_alone_holds(victim, face):
    if face == "portal":
        other, _ = world.make_patient_with_open_record(victim.practice)
        client, found = _portal_of(other), PORTAL
    else:
        practice = world.make_practice()
        employee = world.make_employee(practice)
        world.make_account(practice).members.add(employee)
        client, found = _desk_of(employee), DESK
    before = fingerprint(victim.person.pk)
    with (
        patch.object(gate, "decide", lambda **_: Decision(True, "forced")),
        patch.object(gate, "check_right", lambda **_: None),
    ):
        _walk_past_errors(client, found, victim)
    assert fingerprint(victim.person.pk) == before


def _walk_past_errors(client, found, victim: Victim) -> None:
    """As `_walk`; a page may fall over when the gate lies to it, but may not show anything."""
    query, body = dict.fromkeys(_PARAMETERS, victim.person.pk), _body(victim)
    with client.stay():
        for address in found:
            if address.name in _LEAVES:
                continue
            for path in address.paths(victim.ids):
                for answer in (client.get(path, query), client.post(path, body)):
                    assert answer.streaming or CANARY.encode() not in answer.content, path


@pytest.mark.parametrize("face", ["portal", "desk"])
def test_row24_a_get_changes_no_row_and_a_post_without_token_is_refused(victim, face):
    if face == "portal":
        client, found = _portal_of(victim.person), PORTAL
    else:
        employee = world.make_employee(victim.practice)
        victim.practice.accounts.first().members.add(employee)
        client, found = _desk_of(employee), DESK
    before = fingerprint(victim.person.pk)
    with client.stay():
        for address in found:
            if address.name not in _LEAVES:
                for path in address.paths(victim.ids):
                    assert client.get(path).status_code < 500, path
        assert fingerprint(victim.person.pk) == before
        client.handler.enforce_csrf_checks = True
        for address in found:
            path = next(address.paths(victim.ids))
            assert client.post(path, _body(victim)).status_code in (302, 403, 404, 405), path
    assert fingerprint(victim.person.pk) == before


def test_row39_each_page_with_own_data_leaves_lines_and_none_twice(victim):
    client = _portal_of(victim.person)
    silent, double = [], []
    with client.stay():
        for address in PORTAL:
            if address.name in _LEAVES or address.public:
                continue
            for path in address.paths(victim.ids):
                last = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
                answer = client.get(path)
                lines = list(
                    AuditEvent.objects.filter(pk__gt=last, patient_id=victim.person.pk).values_list(
                        "request_id", "event", "kind", "object_type", "object_id"
                    )
                )
                if not answer.streaming and _medical(answer) and not lines:
                    silent.append(path)
                if len(lines) != len(set(lines)):
                    double.append(path)
    assert (silent, double) == ([], [])


def _medical(answer) -> bool:
    """Whether the page shows something of the record: the canary beyond the name in the header."""
    text = answer.content.decode(errors="replace")
    return text.count(CANARY) > text.count(f"{CANARY} {CANARY}") * 2


@pytest.mark.parametrize("path_value", ["0", "999999999999999999999", "1%00", "%ff", "-1", "x" * 300])
def test_row32_garbage_in_addresses_is_not_found(victim, path_value):
    client = _portal_of(victim.person)
    with client.stay():
        for address in PORTAL:
            if address.parameters:
                path = address.pattern
                for name, _ in address.parameters:
                    path = path.replace(f"<{name}>", path_value)
                assert client.get(path).status_code in (302, 400, 404, 405), path
        for name in ("page", "sort", "q", "from", "to", "van", "tot", "code"):
            for address in PORTAL:
                path = next(address.paths([victim.person.pk]))
                if address.name not in _LEAVES:
                    assert client.get(path, {name: "\x00'\"<x>" + path_value}).status_code < 500, (path, name)


def test_row9_what_is_not_visible_answers_as_what_does_not_exist(victim):
    other, _ = world.make_patient_with_open_record(victim.practice)
    client = _portal_of(other)
    own = {*ids_about(other.pk), victim.practice.pk}  # numbers that name something of this patient too
    with client.stay():
        for address in PORTAL:
            if not any(number for _, number in address.parameters):
                continue
            for path in address.paths([number for number in victim.ids if number not in own]):
                missing = next(address.paths([987654321]))
                hidden, absent = client.get(path), client.get(missing)
                assert hidden.status_code == absent.status_code, path
                if hidden.status_code == 404:
                    here = hidden.content.replace(path.encode(), b"")
                    there = absent.content.replace(missing.encode(), b"")
                    assert len(here) == len(there), path


def test_every_address_is_walked():
    """The walk knows every parameter of every address: an unfilled one would test nothing."""
    with override_settings(ROOT_URLCONF="zorgbalie.config.urls.portal"):
        for address in [*PORTAL, *DESK]:
            assert "<" not in next(address.paths([1])), address.pattern
