"""Invitation and agreement below the pages: walls, races, linking (REQ 4; R7; security rows 10, 48, 64)."""

import threading
from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, connection

from tests.conftest import acting
from tests.factories import world
from zorgbalie.access import default_text
from zorgbalie.access.actions import agreements, invitations
from zorgbalie.access.actions.sign_in import UnknownPerson, sign_in_patient
from zorgbalie.access.models import Agreement, AgreementText, Invitation
from zorgbalie.access.queries import patient_access
from zorgbalie.access.rules import code_digest, is_code, new_code, written_code
from zorgbalie.access.types import Acceptance, AgreementChanged, InvitationChannel, InvitationRefused
from zorgbalie.config.database.walls import PORTAL
from zorgbalie.kernel.assurance import AssuranceLevel
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.people.models import Person
from zorgbalie.practice.models import Enrolment
from zorgbalie.worklist.models import WorkItem

pytestmark = pytest.mark.django_db


def _patient(practice=None, **values):
    practice = practice or world.make_practice()
    person = world.make_person(**values)
    world.enrol(person, practice, world.make_account(practice))
    return person, practice


def _invite(employee, person, now, channel=InvitationChannel.LETTER):
    viewer = world.viewer_of_employee(employee)
    with acting(viewer):
        return invitations.invite_patient(viewer=viewer, patient_id=person.pk, channel=channel, now=now)


def test_code_is_kept_as_a_salted_digest_and_read_as_people_type_it():
    code = new_code()
    first, second = code_digest(code=code), code_digest(code=code)
    assert first != second
    assert code not in first
    for typed in (code, code.lower(), written_code(code=code), f" {code[:5]} {code[5:]} "):
        assert is_code(typed=typed, digest=first)
    for typed in ("", code[:-1], code + "A", new_code(), "é" * 10):
        assert not is_code(typed=typed, digest=first)
    assert not is_code(typed=code, digest="")


def test_letter_is_the_only_place_of_the_code(now):
    import io

    from pypdf import PdfReader

    person, practice = _patient(street="Lindelaan", house_number="1", postcode="1234 AB", city="Utrecht")
    world.make_agreement_text()
    letter = _invite(world.make_employee(practice), person, now).letter
    text = PdfReader(io.BytesIO(letter)).pages[0].extract_text()
    row = Invitation.objects.get()
    code = next(word for word in text.split() if len(word) == 11 and word[5] == "-")
    assert is_code(typed=code, digest=row.code_digest)
    assert "Lindelaan 1" in text
    assert person.bsn not in text


def test_letter_for_a_child_under_12_goes_to_the_parents(now):
    import io

    from pypdf import PdfReader

    child, practice = _patient(birth_date=date(2019, 1, 1))
    world.make_agreement_text()
    letter = _invite(world.make_employee(practice), child, now).letter
    assert "Aan de ouders of verzorgers van" in PdfReader(io.BytesIO(letter)).pages[0].extract_text()


def test_row6_inviting_takes_the_right(now):
    person, practice = _patient()
    world.make_agreement_text()
    with pytest.raises(NotAllowed):
        _invite(world.make_employee(practice, rights=[StaffRight.READ_RECORD]), person, now)
    with pytest.raises(NotVisible):
        _invite(world.make_employee(world.make_practice()), person, now)
    assert not Invitation.objects.exists()


def test_row64_a_thousand_near_duplicates_never_reach_the_invited_patient(now):
    """Same name and birth date, another BSN: nobody but the invited person gets anywhere (A7, A17)."""
    twin = {"given_name": "Anna", "family_name": "Dubbel", "birth_date": date(1970, 5, 4)}
    invited, practice = _patient(**twin)
    world.make_agreement_text()
    _invite(world.make_employee(practice), invited, now)
    others = Person.objects.bulk_create(
        Person(bsn=world.make_bsn(), bsn_verified_at=world.MOMENT, email=invited.email, **twin) for _ in range(1000)
    )
    Enrolment.objects.bulk_create(
        Enrolment(person=other, practice=practice, practice_kind="gp", starts_on=date(2020, 1, 1)) for other in others
    )
    code = "ABCDE23456"
    Invitation.objects.update(code_digest=code_digest(code=code))
    outcomes = set()
    for other in others:
        signed_in = _sign_in(other.bsn, now)
        assert signed_in.subject_id == other.pk
        with acting(signed_in):
            outcomes.add(invitations.accept_invitation(viewer=signed_in, practice_id=practice.pk, code=code, now=now))
            if other.pk % 50 == 0:
                assert not patient_access.get_my_access(viewer=signed_in, practice_id=practice.pk, now=now).invitation
    assert outcomes == {Acceptance.NOT_INVITED}
    right_one = _sign_in(invited.bsn, now)
    with acting(right_one):
        accepted = invitations.accept_invitation(viewer=right_one, practice_id=practice.pk, code=code, now=now)
    assert accepted is Acceptance.ACCEPTED


def _sign_in(bsn, now):
    from zorgbalie.access.unit_of_work import unit_of_work

    with unit_of_work(None):
        return sign_in_patient(
            acting_bsn=bsn, subject_bsn=bsn, level=AssuranceLevel.SUBSTANTIEEL, connection="test", address="", now=now
        )


def test_row64_bsn_that_no_practice_verified_does_not_sign_in(now):
    person, _practice = _patient(bsn_verified_at=None)
    with pytest.raises(UnknownPerson):
        _sign_in(person.bsn, now)


# The wall


def test_wall_keeps_the_portal_from_making_an_agreement_or_signing_for_the_practice(now):
    """Security row 10: with every check forgotten, the database refuses."""
    person, practice = _patient()
    text = world.make_agreement_text()
    agreement = world.sign_agreement(person, practice, text=text, practice_signed_at=None)
    viewer = world.viewer_of_patient(person)
    signed = {"practice_signed_at": now}
    with pytest.raises(ProgrammingError, match="permission denied"), acting(viewer):
        Agreement.objects.filter(pk=agreement.pk).update(**signed)
    Agreement.objects.update(ended_at=now)
    with pytest.raises(ProgrammingError, match="permission denied"), acting(viewer):
        Agreement.objects.create(person=person, practice=practice, text=text, patient_signed_at=now, **signed)
    with pytest.raises(ProgrammingError, match="permission denied"), acting(viewer):
        Invitation.objects.create(person=person, practice=practice, channel="email", expires_at=now, invited_by_id=1)


def test_wall_portal_changes_no_agreement_of_somebody_else(now):
    person, practice = _patient()
    agreement = world.sign_agreement(person, practice)
    stranger = world.viewer_of_patient(world.make_person(), subject=person)
    with acting(stranger):
        assert Agreement.objects.filter(pk=agreement.pk).update(ended_at=now) == 0
        assert Invitation.objects.count() == 0
    assert PORTAL == "zorgbalie_portal"


# Signing


def test_practice_signs_once_and_the_item_is_gone(now):
    person, practice = _patient()
    agreement = world.sign_agreement(person, practice, practice_signed_at=None)
    WorkItem.objects.create(practice=practice, kind="agreement_to_sign", about_id=agreement.pk, person=person)
    first, second = world.make_employee(practice), world.make_employee(practice)
    for employee in (first, second):
        viewer = world.viewer_of_employee(employee)
        with acting(viewer):
            agreements.sign_for_practice(viewer=viewer, agreement_id=agreement.pk, now=now)
    agreement.refresh_from_db()
    assert (agreement.practice_signer_id, WorkItem.objects.get().state) == (first.pk, "done")


def test_ended_agreement_cannot_be_signed(now):
    person, practice = _patient()
    agreement = world.sign_agreement(person, practice, practice_signed_at=None, ended_at=now)
    viewer = world.viewer_of_employee(world.make_employee(practice))
    with pytest.raises(AgreementChanged), acting(viewer):
        agreements.sign_for_practice(viewer=viewer, agreement_id=agreement.pk, now=now)


def test_row6_signing_and_ending_take_the_right(now):
    person, practice = _patient()
    agreement = world.sign_agreement(person, practice, practice_signed_at=None)
    viewer = world.viewer_of_employee(world.make_employee(practice, rights=[StaffRight.INVITE_PATIENT]))
    for action in (agreements.sign_for_practice, agreements.end_for_practice):
        with pytest.raises(NotAllowed), acting(viewer):
            action(viewer=viewer, agreement_id=agreement.pk, now=now)
    agreement.refresh_from_db()
    assert (agreement.practice_signed_at, agreement.ended_at) == (None, None)


def test_req4_default_text_is_made_once_and_never_changed():
    AgreementText.objects.filter(practice=None).delete()
    assert default_text.ensure_default_text() is True
    AgreementText.objects.update(title="Door de jurist nagekeken")
    assert default_text.ensure_default_text() is False
    assert AgreementText.objects.get().title == "Door de jurist nagekeken"


def test_req4_own_text_of_the_practice_goes_before_the_general_one(now):
    person, practice = _patient()
    own = world.make_agreement_text(practice=practice, version=1)
    world.make_agreement_text()
    _invite(world.make_employee(practice), person, now)
    assert Agreement.objects.get().text_id == own.pk


# Races


@pytest.mark.django_db(transaction=True)
def test_two_employees_invite_at_once_and_one_invitation_is_open(now):
    person, practice = _patient()
    world.make_agreement_text()
    employees = [world.make_employee(practice) for _ in range(3)]
    outcomes = _at_once([lambda one=one: _invite(one, person, now) for one in employees], InvitationRefused)
    assert outcomes.count("ok") >= 1
    assert Invitation.objects.filter(revoked_at=None, accepted_at=None).count() == 1
    assert Agreement.objects.filter(ended_at=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_row48_guessing_with_many_requests_at_once_is_bounded_as_well(now):
    person, practice = _patient()
    world.make_agreement_text()
    _invite(world.make_employee(practice), person, now)
    viewer = world.viewer_of_patient(person)

    def guess():
        with acting(viewer):
            invitations.accept_invitation(viewer=viewer, practice_id=practice.pk, code=new_code(), now=now)

    for _ in range(3):
        _at_once([guess] * 4, InvitationRefused)
    assert Invitation.objects.get().failed_attempts <= 5
    for _ in range(5):
        guess()
    with acting(viewer):
        outcome = invitations.accept_invitation(viewer=viewer, practice_id=practice.pk, code=new_code(), now=now)
    assert outcome is Acceptance.BLOCKED


def test_invitation_runs_sixty_days(now):
    person, practice = _patient()
    world.make_agreement_text()
    _invite(world.make_employee(practice), person, now)
    assert Invitation.objects.get().expires_at == now + timedelta(days=60)


def _at_once(calls, refusal):
    outcomes, start = [], threading.Barrier(len(calls))

    def run(call):
        try:
            start.wait()
            call()
            outcomes.append("ok")
        except refusal:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == len(calls)
    return outcomes
