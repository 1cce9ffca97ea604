"""The patient's way to the own record, page by page (REQ 4, 6, 24; R6, R7; security rows 1, 2, 3, 7, 24, 64)."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from pypdf import PdfReader

from tests.factories import world
from zorgbalie.access.models import AccessRequest, Agreement, Invitation
from zorgbalie.access.rules import code_digest
from zorgbalie.kernel.assurance import AssuranceLevel
from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.practice.models import Enrolment
from zorgbalie.practice.types import PracticeKind
from zorgbalie.worklist.models import WorkItem

pytestmark = pytest.mark.django_db
CODE = "ABCDE23456"


class Case:
    """A patient at a practice, invited and with an agreement that lies ready."""

    def __init__(self, client, channel="letter", practice_signs=True, practice=None, **values):
        self.client, self.practice = client, practice or world.make_practice()
        self.person = world.make_person(**values)
        world.enrol(self.person, self.practice, world.make_account(self.practice))
        self.employee = world.make_employee(self.practice)
        self.text = world.make_agreement_text()
        signed = {"practice_signed_at": world.MOMENT, "practice_signer": self.employee} if practice_signs else {}
        self.agreement = Agreement.objects.create(person=self.person, practice=self.practice, text=self.text, **signed)
        self.invitation = world.invite(
            self.person,
            self.practice,
            self.employee,
            channel=channel,
            code_digest=code_digest(code=CODE) if channel == "letter" else "",
            expires_at=timezone.now() + timedelta(days=60),
        )
        client.sign_in(self.person)

    def url(self, page=""):
        return f"/toegang/{self.practice.pk}/{page}"

    def accept(self, code=CODE):
        return self.client.post(self.url("uitnodiging/"), {"code": code})

    def sign(self, **values):
        return self.client.post(self.url("afspraken/tekenen/"), {"text": self.text.pk, "agree": "on", **values})

    def step(self):
        [place] = self.client.get("/toegang/").context["places"]
        return place.at.value

    def reload(self):
        self.agreement.refresh_from_db()
        self.invitation.refresh_from_db()


@pytest.fixture
def case(portal_client):
    return Case(portal_client)


def test_the_whole_way_from_letter_to_an_open_record(portal_client):
    practice = world.make_practice(release_mode="automatic")
    case = Case(portal_client, practice=practice)
    assert case.step() == "invited"
    assert case.accept("abcde 23456")["Location"] == case.url("afspraken/")
    assert case.step() == "to_sign"
    case.sign()
    assert case.step() == "to_ask"
    portal_client.post(case.url("vragen/"))
    assert case.step() == "open"
    portal_client.post(case.url("intrekken/"))
    assert case.step() == "to_ask"
    portal_client.post(case.url("afspraken/stoppen/"))
    assert case.step() == "not_invited"


def test_req4_signature_keeps_who_when_and_at_which_level(case):
    case.client.sign_in(case.person, level=AssuranceLevel.HOOG)
    case.accept()
    case.sign()
    case.reload()
    agreement = case.agreement
    assert (agreement.patient_signer_id, agreement.patient_signer_level, agreement.text_id) == (
        case.person.pk,
        "hoog",
        case.text.pk,
    )


def test_r7_practice_still_has_to_sign_and_finds_it_in_the_inbox(portal_client):
    case = Case(portal_client, practice_signs=False)
    case.accept()
    case.sign()
    case.sign()
    assert case.step() == "practice_signs"
    item = WorkItem.objects.get(practice=case.practice)
    assert (item.kind, item.about_id, item.for_right) == (
        "agreement_to_sign",
        case.agreement.pk,
        StaffRight.SIGN_AGREEMENT,
    )
    portal_client.post(case.url("vragen/"))
    assert not AccessRequest.objects.exists()


def test_signing_needs_the_tick(case):
    case.accept()
    page = case.client.post(case.url("afspraken/tekenen/"), {"text": case.text.pk})
    case.reload()
    assert (page.status_code, case.agreement.patient_signed_at) == (200, None)
    assert "Zet een vinkje" in page.content.decode()


def test_req4_nothing_is_signed_without_an_accepted_invitation(case):
    case.sign()
    case.reload()
    assert case.agreement.patient_signed_at is None


def test_text_that_changed_meanwhile_is_not_signed_unread(portal_client):
    case = Case(portal_client, practice_signs=False)
    case.accept()
    newer = world.make_agreement_text(title="Nieuwe afspraken")
    page = case.client.post(
        case.url("afspraken/tekenen/"), {"text": case.text.pk, "agree": "on"}, follow=True
    ).content.decode()
    case.reload()
    assert case.agreement.patient_signed_at is None
    assert "net gewijzigd" in page
    assert "Nieuwe afspraken" in page
    case.sign(text=newer.pk)
    case.reload()
    assert case.agreement.text_id == newer.pk


def test_what_the_practice_signed_stays_the_offer(case):
    world.make_agreement_text(title="Later")
    case.accept()
    case.sign()
    case.reload()
    assert case.agreement.text_id == case.text.pk


def test_newer_text_is_asked_for_and_access_stays_meanwhile(portal_client):
    person, practice = world.make_patient_with_open_record()
    newer = world.make_agreement_text(title="Vernieuwd")
    portal_client.sign_in(person)
    [place] = portal_client.get("/toegang/").context["places"]
    assert (place.at.value, place.access.agreement.newer_words.title) == ("open", "Vernieuwd")
    portal_client.post(f"/toegang/{practice.pk}/afspraken/tekenen/", {"text": newer.pk, "agree": "on"})
    [place] = portal_client.get("/toegang/").context["places"]
    assert (place.at.value, place.access.agreement.newer_words) == ("open", None)


@pytest.mark.parametrize("online_access", ["copy_only", "vulnerable"])
def test_req58_who_gets_a_copy_only_is_not_told_to_ask_for_an_invitation(case, online_access):
    Enrolment.objects.update(online_access=online_access)
    text = case.client.get("/toegang/").content.decode()
    assert "U kunt wel een kopie vragen" in text
    assert "om een uitnodiging" not in text
    assert "Vul de code in" not in text


@pytest.mark.parametrize(("kind", "whom"), [("gp", "praktijk"), ("pharmacy", "apotheek")])
def test_ux19_a_pharmacy_is_called_a_pharmacy(portal_client, kind, whom):
    person, practice = world.make_person(), world.make_practice(kind=kind)
    world.enrol(person, practice, world.make_account(practice))
    portal_client.sign_in(person)
    assert f"Vraag uw {whom} om een uitnodiging" in portal_client.get("/toegang/").content.decode()


def test_text_of_another_practice_cannot_be_signed(case):
    case.accept()
    foreign = world.make_agreement_text(practice=world.make_practice())
    case.sign(text=foreign.pk)
    case.reload()
    assert case.agreement.patient_signed_at is None


def test_code_is_blocked_after_five_wrong_ones(case):
    for _ in range(5):
        assert "Deze code klopt niet" in case.accept("ABCDE23457").content.decode()
    case.accept()
    case.reload()
    assert (case.invitation.accepted_at, case.step()) == (None, "blocked")


def test_expired_invitation_is_not_accepted(case):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    case.accept()
    case.reload()
    assert (case.invitation.accepted_at, case.step()) == (None, "expired")


def test_email_invitation_needs_no_code(portal_client):
    case = Case(portal_client, channel="email")
    assert case.client.post(case.url("uitnodiging/"))["Location"] == case.url("afspraken/")


def test_a7_code_in_other_hands_is_worth_nothing(case, portal_client):
    finder = world.make_person(family_name=case.person.family_name, birth_date=case.person.birth_date)
    world.enrol(finder, case.practice)
    portal_client.sign_in(finder)
    case.accept()
    case.reload()
    assert (case.invitation.accepted_at, case.step()) == (None, "not_invited")


def test_after_the_end_an_old_invitation_does_not_count_again(case):
    case.accept()
    case.sign()
    case.client.post(case.url("afspraken/stoppen/"))
    Agreement.objects.create(person=case.person, practice=case.practice, text=case.text)
    case.sign()
    assert Agreement.objects.get(person=case.person, ended_at=None).patient_signed_at is None


def test_either_side_ends_the_agreement_with_effect_at_once(portal_client):
    person, practice = world.make_patient_with_open_record()
    portal_client.sign_in(person)
    portal_client.post(f"/toegang/{practice.pk}/afspraken/stoppen/")
    agreement = Agreement.objects.get(person=person)
    assert (agreement.ended_at is not None, agreement.ended_by_patient) == (True, True)
    assert AccessRequest.objects.get(person=person).state == "withdrawn"


@pytest.mark.parametrize(("state", "step"), [("refused", "refused"), ("left_open", "left_open")])
def test_r6_reason_of_the_practice_is_shown(portal_client, state, step):
    person, practice = world.make_patient_with_open_record()
    AccessRequest.objects.update(state=state, reason="Kom eerst langs.", decided_by=world.make_employee(practice))
    portal_client.sign_in(person)
    page = portal_client.get("/toegang/")
    assert page.context["places"][0].at.value == step
    assert "Kom eerst langs." in page.content.decode()


def test_row26_reason_with_markup_is_shown_as_text(portal_client):
    person, _practice = world.make_patient_with_open_record()
    AccessRequest.objects.update(state="refused", reason="<script>alert(1)</script>")
    portal_client.sign_in(person)
    assert "<script>alert" not in portal_client.get("/toegang/").content.decode()


def test_signed_agreement_can_be_kept_as_pdf(case):
    case.accept()
    assert case.client.get(case.url("afspraken/pdf/")).status_code == 404
    case.sign()
    answer = case.client.get(case.url("afspraken/pdf/"))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert case.text.title in text
    assert case.person.family_name in text
    assert "DigiD Substantieel" in text


def test_parent_signs_for_a_child_under_12_and_the_log_names_both(portal_client):
    from datetime import date

    from zorgbalie.audit.models import AuditEvent

    case = Case(portal_client, birth_date=date(2019, 1, 1))
    parent = world.make_person()
    world.represent(parent, case.person)
    portal_client.sign_in(parent, subject=case.person)
    case.accept()
    case.sign()
    case.reload()
    assert case.agreement.patient_signer_id == parent.pk
    line = AuditEvent.objects.get(event="agreement.sign", outcome="0")
    assert (line.user_id, line.acts_for_id, line.patient_id) == (f"person:{parent.pk}", case.person.pk, case.person.pk)


def test_child_under_12_alone_gets_404(portal_client):
    from datetime import date

    case = Case(portal_client, birth_date=date(2019, 1, 1))
    assert case.client.get("/toegang/").status_code == 404
    assert case.accept().status_code == 404


# Who may not

_PAGES = [
    ("get", "uitnodiging/", {}),
    ("post", "uitnodiging/", {"code": CODE}),
    ("get", "afspraken/", {}),
    ("post", "afspraken/tekenen/", {"agree": "on"}),
    ("get", "afspraken/pdf/", {}),
    ("post", "afspraken/stoppen/", {}),
    ("post", "vragen/", {}),
    ("post", "intrekken/", {}),
]


def _rows():
    return [list(model.objects.order_by("pk").values()) for model in (Agreement, Invitation, AccessRequest)]


@pytest.mark.parametrize(("method", "page", "form"), _PAGES)
def test_row1_row2_row3_somebody_elses_practice_gives_404_and_changes_nothing(case, portal_client, method, page, form):
    stranger = world.make_person()
    world.enrol(stranger, world.make_practice())
    before = _rows()
    portal_client.sign_in(stranger)
    form = {
        **form,
        "text": case.text.pk,
        "person": case.person.pk,
        "patient_id": case.person.pk,
        "subject_id": case.person.pk,
    }
    answer = getattr(portal_client, method)(case.url(page), form)
    assert answer.status_code == 404
    assert _rows() == before


@pytest.mark.parametrize(("method", "page", "form"), _PAGES)
def test_row2_at_the_same_practice_ids_in_query_and_body_reach_nobody_else(case, portal_client, method, page, form):
    neighbour = world.make_person()
    world.enrol(neighbour, case.practice)
    before = _rows()
    portal_client.sign_in(neighbour)
    ids = {"person": case.person.pk, "patient": case.person.pk, "subject": case.person.pk, "person_id": case.person.pk}
    url = case.url(page) + f"?person_id={case.person.pk}&subject={case.person.pk}"
    answer = getattr(portal_client, method)(url, {**form, **ids, "text": case.text.pk})
    assert answer.status_code in (302, 404)
    assert _rows() == before


@pytest.mark.parametrize(("method", "page", "form"), _PAGES)
def test_row4_anonymous_is_sent_to_sign_in(case, portal_client, method, page, form):
    portal_client.cookies.clear()
    before = _rows()
    assert getattr(portal_client, method)(case.url(page), form).status_code == 302
    assert _rows() == before


def test_row7_posted_states_and_signatures_of_the_practice_are_ignored(portal_client):
    case = Case(portal_client, practice_signs=False)
    case.accept()
    extra = {
        "practice_signed_at": "2026-01-01",
        "practice_signer": case.employee.pk,
        "state": "released",
        "automatic": "1",
        "decided_by": case.employee.pk,
        "accepted_at": "2026-01-01",
        "patient_signer_level": "hoog",
    }
    case.sign(**extra)
    case.reload()
    assert (case.agreement.practice_signed_at, case.agreement.patient_signer_level) == (None, "substantieel")
    Agreement.objects.update(practice_signed_at=world.MOMENT)
    portal_client.post(case.url("vragen/"), extra)
    assert AccessRequest.objects.get().state == "asked"


def test_row24_nothing_changes_on_get(case):
    case.accept()
    case.sign()
    case.client.post(case.url("vragen/"))
    before = _rows()
    for page in ("uitnodiging/", "vragen/", "intrekken/", "afspraken/", "afspraken/tekenen/", "afspraken/stoppen/"):
        assert case.client.get(case.url(page)).status_code in (200, 302)
    assert _rows() == before


def test_row20_level_too_low_sees_nothing(case):
    case.client.sign_in(case.person, level=AssuranceLevel.MIDDEN)
    assert case.client.get("/toegang/").status_code == 404


def test_overview_of_two_practices_costs_a_bounded_number_of_queries(portal_client, django_assert_max_num_queries):
    person, _ = world.make_patient_with_open_record()
    pharmacy = world.make_practice(kind="pharmacy")
    world.enrol(person, pharmacy, world.make_account(pharmacy))
    portal_client.sign_in(person)
    with portal_client.stay(), django_assert_max_num_queries(60):
        assert len(portal_client.get("/toegang/").context["places"]) == 2


def test_ux25_who_has_to_ask_the_practice_reads_the_number_of_that_very_practice(portal_client):
    """The foot of the page has the GP's number; the pharmacy's stood nowhere."""
    case = Case(portal_client)
    pharmacy = world.make_practice(kind=PracticeKind.PHARMACY, phone="020 555 02 34")
    world.enrol(case.person, pharmacy, world.make_account(pharmacy))
    text = case.client.get("/toegang/").content.decode()
    assert text.count('href="tel:0205550234"') == 1
    main = text[text.index("<main") : text.index("</main>")]
    assert 'href="tel:0205550123"' not in main, "the GP invited: there the next step is the patient's"
