"""Patients at the desk: finding, registering, enrolling, inviting, signing (REQ 2, 4, 23, 58, 77; security rows)."""

from datetime import date

import pytest

from tests.factories import world
from zorgbalie.access.models import AccessRequest, Agreement, Invitation
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.viewer import StaffRight, StaffRole
from zorgbalie.people.models import Person
from zorgbalie.practice.models import Enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    return world.make_practice()


@pytest.fixture
def doctor(practice):
    return world.make_account(practice)


@pytest.fixture
def employee(practice):
    return world.make_employee(practice)


@pytest.fixture
def desk(desk_client, employee):
    desk_client.sign_in(employee)
    return desk_client


def _patient(practice, **values):
    person = world.make_person(**values)
    world.enrol(person, practice)
    return person


def _names(response):
    return [row.list_name for row, *_rest in response.context["rows"]]


def _form(doctor, bsn=None, **values):
    return {
        "bsn": bsn or world.make_bsn(),
        "initials": "S.",
        "given_name": "Sem",
        "name_prefix": "van",
        "family_name": "Dijk",
        "birth_date": "4-5-1970",
        "sex": "male",
        "account": doctor.pk,
        "email": "sem@post.example",
        "email_checked": "on",
        "phone": "06",
        "street": "",
        "house_number": "",
        "postcode": "",
        "city": "",
        "identity_checked": "on",
        **values,
    }


# Finding


def test_list_is_searched_by_name_birth_date_and_both(desk, practice):
    _patient(practice, family_name="Jansen", given_name="Anna", birth_date=date(1970, 5, 4))
    _patient(practice, family_name="Jansen", given_name="Bo", birth_date=date(1980, 1, 1))
    _patient(practice, family_name="Pieters", given_name="Jan", birth_date=date(1970, 5, 4))

    def found(search):
        return _names(desk.get("/patienten/", {"q": search}))

    assert found("jans") == ["Jansen, Anna", "Jansen, Bo"]
    assert found("jan 4-5-1970") == ["Jansen, Anna", "Pieters, Jan"]
    assert found("anna jansen") == found("Jansen, Anna") == ["Jansen, Anna"]
    assert found("%") == found("x' OR 1=1--") == []
    assert found("31-2-1970") == ["Jansen, Anna", "Jansen, Bo", "Pieters, Jan"]


def test_list_sorts_and_pages(desk, practice):
    for number in range(30):
        _patient(practice, family_name=f"Naam{number:02}", birth_date=date(1990, 1, 30 - number))
    assert _names(desk.get("/patienten/?page=2"))[0] == "Naam25, Anna"
    assert _names(desk.get("/patienten/?sort=-name"))[0] == "Naam29, Anna"
    assert _names(desk.get("/patienten/?sort=birth_date&page=99"))[-1] == "Naam00, Anna"
    assert _names(desk.get("/patienten/?sort=bsn&page=x"))[0] == "Naam00, Anna"


@pytest.mark.parametrize("count", [1, 30])
def test_list_costs_a_fixed_number_of_queries(desk, practice, count, django_assert_max_num_queries):
    for _ in range(count):
        _patient(practice)
    with desk.stay(), django_assert_max_num_queries(20):
        assert len(desk.get("/patienten/").context["rows"]) == min(count, 25)


def test_row5_row40_list_has_own_patients_only_and_each_gives_a_line(desk, practice):
    own = _patient(practice)
    _patient(world.make_practice())
    assert [row.patient_id for row, *_rest in desk.get("/patienten/").context["rows"]] == [own.pk]
    lines = AuditEvent.objects.filter(event="patient.list").values_list("patient_id", flat=True)
    assert list(lines) == [own.pk]


def test_row45_bsn_is_searched_by_post_and_is_in_no_address(desk, practice):
    own, other = _patient(practice), _patient(world.make_practice())
    answer = desk.post("/patienten/zoek-op-bsn/", {"bsn": own.bsn})
    assert answer["Location"] == f"/patienten/{own.pk}/"
    foreign = desk.post("/patienten/zoek-op-bsn/", {"bsn": other.bsn})
    nobody = desk.post("/patienten/zoek-op-bsn/", {"bsn": world.make_bsn()})
    assert foreign["Location"] == nobody["Location"] == "/patienten/"
    assert desk.get("/patienten/zoek-op-bsn/").status_code == 405


def test_row39_trying_to_register_a_patient_of_another_practice_leaves_a_line_with_that_patient(desk, practice, doctor):
    """The answer tells that the BSN is known here, so it may not be asked in silence."""
    other = _patient(world.make_practice())
    for birth_date in ("01-01-1999", other.birth_date.strftime("%d-%m-%Y")):
        values = _form(doctor, other.bsn, birth_date=birth_date)
        assert desk.post("/patienten/nieuw/", values).status_code == 200
    lines = AuditEvent.objects.filter(event="patient.register", patient_id=other.pk)
    assert [(line.outcome, line.practice_id) for line in lines] == [("4", practice.pk)] * 2
    assert other.bsn not in str(list(lines.values_list("detail", flat=True)))


def test_row45_bsn_typed_as_a_name_finds_nobody_and_warns(desk, practice):
    own = _patient(practice)
    answer = desk.get("/patienten/", {"q": own.bsn})
    assert "Gebruik daarvoor het veld BSN" in answer.content.decode()


def test_card_shows_a_masked_bsn(desk, practice):
    own = _patient(practice)
    page = desk.get(f"/patienten/{own.pk}/").content.decode()
    assert own.bsn not in page
    assert f"••••••{own.bsn[-3:]}" in page


# Registering


def test_req2_new_patient_is_registered_verified_and_enrolled(desk, practice, doctor):
    answer = desk.post("/patienten/nieuw/", _form(doctor))
    person = Person.objects.get(family_name="Dijk")
    assert answer["Location"] == f"/patienten/{person.pk}/"
    assert person.bsn_verified_at is not None
    assert person.email_verified_at is not None
    enrolment = Enrolment.objects.get(person=person)
    assert (enrolment.practice_id, enrolment.account_id, enrolment.online_access) == (practice.pk, doctor.pk, "allowed")
    assert AuditEvent.objects.get(event="patient.register").patient_id == person.pk


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"identity_checked": ""}, "Controleer eerst het paspoort"),
        ({"bsn": "123456789"}, "geen geldig BSN"),
        ({"birth_date": "31-2-1970"}, "geldige datum"),
        ({"birth_date": "4-5-2170"}, "Controleer de geboortedatum"),
        ({"account": "999999"}, "geldige keuze"),
        ({"family_name": ""}, "verplicht"),
    ],
)
def test_req2_nobody_is_registered_without_document_bsn_or_name(desk, doctor, wrong, message):
    answer = desk.post("/patienten/nieuw/", _form(doctor, **wrong))
    assert (answer.status_code, Person.objects.filter(family_name="Dijk").exists()) == (200, False)
    assert message in answer.content.decode()


def test_row64_known_bsn_is_enrolled_and_not_registered_twice(desk, practice, doctor):
    known = world.make_person(birth_date=date(1970, 5, 4), family_name="Echt", email="echt@post.example")
    desk.post("/patienten/nieuw/", _form(doctor, bsn=known.bsn))
    known.refresh_from_db()
    assert (known.family_name, known.email) == ("Echt", "echt@post.example")
    assert Enrolment.objects.get(person=known).practice_id == practice.pk


def test_row64_known_bsn_with_another_birth_date_is_refused_and_not_enrolled(desk, doctor):
    known = world.make_person(birth_date=date(1999, 1, 1))
    answer = desk.post("/patienten/nieuw/", _form(doctor, bsn=known.bsn))
    assert "andere geboortedatum" in answer.content.decode()
    assert not Enrolment.objects.exists()


def test_row64_same_name_and_birth_date_with_another_bsn_is_another_person(desk, practice, doctor):
    twin = _patient(practice, given_name="Sem", family_name="Dijk", birth_date=date(1970, 5, 4))
    desk.post("/patienten/nieuw/", _form(doctor))
    assert Person.objects.filter(family_name="Dijk").exclude(pk=twin.pk).count() == 1


def test_patient_of_another_gp_is_not_taken_over(desk, doctor):
    known = world.make_person(birth_date=date(1970, 5, 4))
    world.enrol(known, world.make_practice())
    answer = desk.post("/patienten/nieuw/", _form(doctor, bsn=known.bsn))
    assert "staat nog ingeschreven" in answer.content.decode()
    assert Enrolment.objects.filter(person=known).count() == 1


def test_row7_fields_that_the_form_lacks_are_ignored(desk, practice, doctor):
    own = _patient(practice)
    desk.post(
        f"/patienten/{own.pk}/gegevens/",
        {
            "email": "",
            "phone": "06",
            "street": "",
            "house_number": "",
            "postcode": "",
            "city": "",
            "bsn": "999999990",
            "family_name": "Anders",
            "birth_date": "2000-01-01",
            "bsn_verified_at": "",
            "online_access": "vulnerable",
        },
    )
    before, own = own, Person.objects.get(pk=own.pk)
    assert (own.phone, own.bsn, own.family_name, own.birth_date) == (
        "06",
        before.bsn,
        before.family_name,
        before.birth_date,
    )
    assert Enrolment.objects.get(person=own).online_access == "allowed"


def test_a7_changed_email_is_unchecked_until_the_practice_checks_it(desk, practice):
    own = _patient(practice)
    form = {"email": "nieuw@post.example", "phone": "", "street": "", "house_number": "", "postcode": "", "city": ""}
    desk.post(f"/patienten/{own.pk}/gegevens/", form)
    own.refresh_from_db()
    assert (own.email, own.email_verified_at) == ("nieuw@post.example", None)
    desk.post(f"/patienten/{own.pk}/gegevens/", {**form, "email_checked": "on"})
    own.refresh_from_db()
    assert own.email_verified_at is not None


def test_imported_patient_is_marked_until_the_identity_is_checked(desk, practice):
    own = _patient(practice, bsn_verified_at=None)
    assert "Identiteit nog niet gecontroleerd" in desk.get(f"/patienten/{own.pk}/").content.decode()
    desk.post(f"/patienten/{own.pk}/identiteit/")
    own.refresh_from_db()
    assert own.bsn_verified_at is not None


def test_row13_end_of_enrolment_closes_everything_at_once(desk, practice, portal_client):
    person, _ = world.make_patient_with_open_record(practice)
    desk.post(f"/patienten/{person.pk}/uitschrijven/")
    assert Enrolment.objects.get(person=person).ended_at is not None
    assert Agreement.objects.get(person=person).ended_at is not None
    assert AccessRequest.objects.get(person=person).state == "withdrawn"
    assert desk.get(f"/patienten/{person.pk}/").status_code == 404


# Online access


def test_req58_req77_vulnerable_takes_the_right_to_release(desk_client, practice, employee):
    own = _patient(practice)
    desk_client.sign_in(world.make_employee(practice, rights=[StaffRight.INVITE_PATIENT]))
    assert desk_client.post(f"/patienten/{own.pk}/online-inzage/", {"online_access": "vulnerable"}).status_code == 403
    desk_client.sign_in(employee)
    desk_client.post(f"/patienten/{own.pk}/online-inzage/", {"online_access": "vulnerable"})
    assert Enrolment.objects.get(person=own).online_access == "vulnerable"
    desk_client.post(f"/patienten/{own.pk}/online-inzage/", {"online_access": "nonsense"})
    assert Enrolment.objects.get(person=own).online_access == "vulnerable"


def test_req4_letter_is_a_pdf_and_the_inviter_signs_for_the_practice(desk, practice, employee):
    own = _patient(practice)
    text = world.make_agreement_text()
    answer = desk.post(f"/patienten/{own.pk}/uitnodigen/", {"channel": "letter"})
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert answer["Content-Disposition"] == 'attachment; filename="uitnodiging.pdf"'
    assert answer["Cache-Control"] == "no-store"
    agreement = Agreement.objects.get(person=own)
    assert (agreement.practice_signer_id, agreement.patient_signed_at, agreement.text_id) == (
        employee.pk,
        None,
        text.pk,
    )
    assert Invitation.objects.get(person=own).invited_by_id == employee.pk


def test_req4_without_the_right_to_sign_the_practice_has_not_signed(desk_client, practice):
    own = _patient(practice)
    world.make_agreement_text()
    desk_client.sign_in(world.make_employee(practice, rights=[StaffRight.INVITE_PATIENT]))
    desk_client.post(f"/patienten/{own.pk}/uitnodigen/", {"channel": "letter"})
    assert Agreement.objects.get(person=own).practice_signed_at is None


def test_invitation_by_email_needs_a_checked_address(desk, practice):
    own = _patient(practice, email_verified_at=None)
    world.make_agreement_text()
    answer = desk.post(f"/patienten/{own.pk}/uitnodigen/", {"channel": "email"})
    assert "geen gecontroleerd e-mailadres" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_new_invitation_replaces_the_former_and_can_be_revoked(desk, practice):
    own = _patient(practice)
    world.make_agreement_text()
    for _ in range(2):
        desk.post(f"/patienten/{own.pk}/uitnodigen/", {"channel": "letter"})
    assert Invitation.objects.filter(person=own, revoked_at__isnull=True).count() == 1
    desk.post(f"/patienten/{own.pk}/uitnodiging-intrekken/")
    assert not Invitation.objects.filter(person=own, revoked_at__isnull=True).exists()


def test_without_a_published_text_nobody_is_invited(desk, practice):
    from zorgbalie.access.models import AgreementText

    AgreementText.objects.all().delete()
    own = _patient(practice)
    answer = desk.post(f"/patienten/{own.pk}/uitnodigen/", {"channel": "letter"})
    assert "nog geen tekst met afspraken" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_r7_the_other_half_is_signed_at_the_desk(desk, practice, employee):
    own = _patient(practice)
    agreement = world.sign_agreement(own, practice, practice_signed_at=None)
    assert "Onderteken namens de praktijk" in desk.get(f"/patienten/{own.pk}/afspraken/").content.decode()
    desk.post(f"/patienten/{own.pk}/afspraken/ondertekenen/", {"agreement": agreement.pk})
    agreement.refresh_from_db()
    assert agreement.practice_signer_id == employee.pk


def test_row2_number_of_another_agreement_in_the_body_signs_nothing(desk, practice):
    own, other = _patient(practice), _patient(world.make_practice())
    world.sign_agreement(own, practice)
    theirs = world.sign_agreement(other, world.make_practice(), practice_signed_at=None)
    answer = desk.post(f"/patienten/{own.pk}/afspraken/ondertekenen/", {"agreement": theirs.pk})
    theirs.refresh_from_db()
    assert (answer.status_code, theirs.practice_signed_at) == (404, None)


def test_practice_ends_the_agreement_and_the_release_with_it(desk, practice):
    person, _ = world.make_patient_with_open_record(practice)
    agreement = Agreement.objects.get(person=person)
    desk.post(f"/patienten/{person.pk}/afspraken/beeindigen/", {"agreement": agreement.pk})
    agreement.refresh_from_db()
    assert agreement.ended_at is not None
    assert AccessRequest.objects.get(person=person).state == "withdrawn"


def test_release_is_closed_with_a_reason(desk, practice):
    person, _ = world.make_patient_with_open_record(practice)
    assert desk.post(f"/patienten/{person.pk}/inzage-sluiten/", {"reason": " "}).status_code == 200
    desk.post(f"/patienten/{person.pk}/inzage-sluiten/", {"reason": "Wij bespreken dit eerst."})
    request = AccessRequest.objects.get(person=person)
    assert (request.state, request.reason) == ("withdrawn", "Wij bespreken dit eerst.")


# Who may not

_PAGES = [
    ("get", "", {}),
    ("get", "gegevens/", {}),
    ("post", "gegevens/", {"email": "", "phone": "1"}),
    ("post", "identiteit/", {}),
    ("post", "arts/", {}),
    ("post", "uitschrijven/", {}),
    ("post", "online-inzage/", {"online_access": "vulnerable"}),
    ("post", "uitnodigen/", {"channel": "letter"}),
    ("post", "uitnodiging-intrekken/", {}),
    ("get", "afspraken/", {}),
    ("post", "afspraken/ondertekenen/", {"agreement": 1}),
    ("post", "afspraken/beeindigen/", {"agreement": 1}),
    ("post", "inzage-sluiten/", {"reason": "x"}),
]


@pytest.mark.parametrize(("method", "page", "form"), _PAGES)
def test_row5_other_practice_gets_404_and_changes_nothing(desk_client, practice, method, page, form):
    person, _ = world.make_patient_with_open_record(practice)
    other = world.make_practice()
    account = world.make_account(other)
    before = list(Enrolment.objects.values()), list(Agreement.objects.values()), list(Person.objects.values())
    desk_client.sign_in(world.make_employee(other))
    answer = getattr(desk_client, method)(f"/patienten/{person.pk}/{page}", {**form, "account": account.pk})
    assert answer.status_code == 404
    assert before == (list(Enrolment.objects.values()), list(Agreement.objects.values()), list(Person.objects.values()))


@pytest.mark.parametrize(("method", "page", "form"), _PAGES)
def test_row4_anonymous_is_sent_to_sign_in(desk_client, practice, method, page, form):
    person, _ = world.make_patient_with_open_record(practice)
    assert getattr(desk_client, method)(f"/patienten/{person.pk}/{page}", form).status_code == 302


@pytest.mark.parametrize(
    ("page", "form"),
    [
        ("gegevens/", {"email": "", "phone": "1"}),
        ("identiteit/", {}),
        ("uitschrijven/", {}),
        ("uitnodigen/", {"channel": "letter"}),
        ("uitnodiging-intrekken/", {}),
        ("online-inzage/", {"online_access": "vulnerable"}),
    ],
)
def test_row6_employee_without_rights_reads_the_card_and_changes_nothing(desk_client, practice, page, form):
    own = _patient(practice)
    desk_client.sign_in(world.make_employee(practice, role=StaffRole.ASSISTANT, rights=[]))
    assert desk_client.get(f"/patienten/{own.pk}/").status_code == 200
    assert desk_client.post(f"/patienten/{own.pk}/{page}", form).status_code == 403
    assert desk_client.get("/patienten/nieuw/").status_code == 403


def test_row24_nothing_changes_on_get(desk, practice):
    person, _ = world.make_patient_with_open_record(practice)
    before = list(Enrolment.objects.values()), list(Agreement.objects.values()), list(AccessRequest.objects.values())
    for page in ("uitschrijven", "afspraken/beeindigen", "identiteit", "uitnodigen", "online-inzage", "inzage-sluiten"):
        assert desk.get(f"/patienten/{person.pk}/{page}/").status_code == 200
    assert before == (
        list(Enrolment.objects.values()),
        list(Agreement.objects.values()),
        list(AccessRequest.objects.values()),
    )


def test_card_of_a_patient_costs_a_bounded_number_of_queries(desk, practice, django_assert_max_num_queries):
    person, _ = world.make_patient_with_open_record(practice)
    with desk.stay(), django_assert_max_num_queries(45):
        desk.get(f"/patienten/{person.pk}/")
