"""Whose dossier it is: matched on BSN, or chosen where that is masked; anything else is refused as a whole (row 64)."""

import pytest

from tests.factories import dossier as made
from tests.factories import world
from zorgbalie.audit.models import AuditEvent
from zorgbalie.exchange.types import WrongPatient
from zorgbalie.record.models import Episode, SourceResource

pytestmark = pytest.mark.django_db


def _nothing_stored():
    return not SourceResource.objects.exists() and not Episode.objects.exists()


def test_bsn_finds_the_patient(run_import, place):
    report = run_import(made.bundle(*made.whole(place[0].bsn)), chosen=None)
    assert (report.patient_id, report.refusals) == (place[0].pk, ())
    assert Episode.objects.get().patient_id == place[0].pk


def test_masked_bsn_needs_a_choice(run_import, place):
    with pytest.raises(WrongPatient, match="--patient"):
        run_import(made.bundle(*made.whole()), chosen=None)
    assert _nothing_stored()
    assert run_import(made.bundle(*made.whole()), chosen=place[0].bsn).patient_id == place[0].pk


def test_bsn_of_the_dossier_and_the_choice_must_agree(run_import, place):
    other = world.make_person()
    world.enrol(other, place[1])
    for chosen in (str(other.pk), other.bsn):
        with pytest.raises(WrongPatient, match="not that of the chosen patient"):
            run_import(made.bundle(*made.whole(place[0].bsn)), chosen=chosen)
    assert run_import(made.bundle(*made.whole(place[0].bsn)), chosen=place[0].bsn).accepted == 16


def test_unverified_or_unknown_bsn_is_refused(run_import, place):
    unverified = world.make_person(bsn_verified_at=None)
    world.enrol(unverified, place[1])
    for bsn in (unverified.bsn, world.make_bsn()):
        with pytest.raises(WrongPatient, match="not verified"):
            run_import(made.bundle(*made.whole(bsn)), chosen=None)


@pytest.mark.parametrize("chosen", ["999999999", "12 345", "abc", "-1", "", "１２", "9" * 30])
def test_choice_must_be_a_bsn_or_an_id(run_import, chosen):
    with pytest.raises(WrongPatient):
        run_import(made.bundle(*made.whole()), chosen=chosen)


def test_wrong_bsn_in_the_dossier_is_refused_without_repeating_it(run_import):
    with pytest.raises(WrongPatient) as caught:
        run_import(made.bundle(*made.whole("123456789")))
    assert "123456789" not in f"{caught.value.message} {caught.value.place}"


def test_patient_must_be_enrolled_and_the_refusal_is_logged(run_import, place):
    """R13: the refusal leaves a line."""
    stranger = world.make_person()
    world.enrol(stranger, world.make_practice())
    with pytest.raises(WrongPatient, match="not enrolled at this practice"):
        run_import(made.bundle(*made.whole(stranger.bsn)), chosen=None)
    line = AuditEvent.objects.get()
    assert (line.event, line.patient_id, line.detail) == (
        "record.import_refused",
        stranger.pk,
        {"reason": "not enrolled"},
    )
    assert _nothing_stored()


def test_patient_who_left_is_refused(run_import, place, now):
    place[1].enrolments.update(ended_at=now)
    with pytest.raises(WrongPatient, match="not enrolled"):
        run_import(made.bundle(*made.whole(place[0].bsn)), chosen=None)


def test_unknown_person_or_practice(run_import, place):
    with pytest.raises(WrongPatient, match="not enrolled"):
        run_import(made.bundle(*made.whole()), chosen="999999")


def test_two_patients_in_one_dossier(run_import):
    with pytest.raises(WrongPatient, match="more than one patient"):
        run_import(made.bundle(*made.whole(), made.patient(id="p2")))
    assert _nothing_stored()


def test_two_bsns_in_one_dossier(run_import, place):
    both = made.patient(place[0].bsn)
    both["identifier"].append({"system": made.BSN, "value": world.make_bsn()})
    with pytest.raises(WrongPatient, match="more than one BSN"):
        run_import(made.bundle(*[both, *made.whole()[1:]]))


@pytest.mark.parametrize(
    "subject",
    [
        {"reference": "Patient/p2"},
        {"reference": "https://elsewhere.example/fhir/Patient/p1"},
        {"reference": "urn:uuid:0d0c8f0e-4b9d-4f5c-8f0e-000000000000"},
        {"reference": "#p1"},
        {"identifier": {"system": made.BSN, "value": "999990019"}},
    ],
)
def test_resource_of_somebody_else_refuses_the_whole(run_import, place, subject):
    """Also when it is of a kind that is not imported at all."""
    for stray in (made.result(subject=subject), {"resourceType": "Procedure", "id": "x", "subject": subject}):
        with pytest.raises(WrongPatient) as caught:
            run_import(made.bundle(*made.whole(place[0].bsn), made.changed(stray, id="stray")))
        assert caught.value.place == "" or "entry[" in caught.value.place or "identifier" in caught.value.place
    assert _nothing_stored()


def test_resource_of_nobody_is_refused_alone(run_import):
    nobody = made.result(id="nobody")
    del nobody["subject"]
    group = made.result(id="group", subject={"reference": "Group/g1"})
    report = run_import(made.bundle(*made.whole(), nobody, group))
    assert {(refusal.source_id, refusal.reason) for refusal in report.refusals} == {
        ("nobody", "names no patient (subject)"),
        ("group", "is not about the patient"),
    }
    assert report.accepted == 16


def test_files_without_a_patient_rest_on_the_choice_and_say_so(run_import, place):
    with pytest.raises(WrongPatient):
        run_import(made.bundle(*made.whole()[1:]), chosen=None)
    report = run_import(made.bundle(*made.whole()[1:]))
    assert [note.text for note in report.notes if note.kind == "Patient"] == [
        "is not in these files; whose they are rests on the choice alone"
    ]
    mixed = [made.condition(), made.allergy(patient={"reference": "Patient/p2"})]
    with pytest.raises(WrongPatient, match="before it"):
        run_import(made.bundle(*mixed))


def test_bsn_may_stand_in_the_subject(run_import, place):
    subject = {"identifier": {"system": made.BSN, "value": place[0].bsn}}
    assert run_import(made.bundle(made.condition(subject=subject)), chosen=None).patient_id == place[0].pk


def test_other_birth_date_is_remarked(run_import):
    report = run_import(made.bundle(*[made.patient(birthDate="1999-01-01"), *made.whole()[1:]]))
    assert any("another birth date" in note.text for note in report.notes)
    assert not any("birth date" in note.text for note in run_import(made.bundle(*made.whole())).notes)


def test_dossier_of_one_practice_is_not_seen_by_another(run_import, place, now):
    """The same patient elsewhere keeps an own record."""
    run_import(made.bundle(*made.whole()))
    assert set(SourceResource.objects.values_list("practice_id", flat=True)) == {place[1].pk}
