"""What a patient sees, and what never leaves the database (R3, R14; REQ 14 to 17, 55, 57; OPEN data set)."""

from datetime import date, timedelta

import pytest

from tests.conftest import acting
from tests.factories import world
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.practice.types import ShowingRules
from zorgbalie.record.queries import shown, shown_scope
from zorgbalie.record.types import Hidden

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
KINDS = frozenset({DataKind.EPISODES, DataKind.JOURNAL, DataKind.OBSERVATIONS, DataKind.ALLERGIES, DataKind.MEDICATION})
RULES = ShowingRules(
    online_access_since=date(2025, 1, 1),
    results_months=14,
    closed_with_attention=True,
    closed_without_attention=False,
)


@pytest.fixture
def file():
    """A patient with an open record, who looks at it in the portal's own role."""
    patient, practice = world.make_patient_with_open_record()
    viewer = world.viewer_of_patient(patient)
    return patient, practice, viewer


def scope_of(patient, practice, *, kinds=KINDS, rules=RULES, hidden=None):
    grant = Grant(patient_id=patient.pk, practice_id=practice.pk, kind=DataKind.RELEASE, use=Use.READ, basis="test")
    return shown_scope.release_scope(grant=grant, kinds=kinds, rules=rules, today=TODAY, hidden=hidden)


def record(file, **options):
    patient, practice, viewer = file
    with acting(viewer):
        return shown.get_counted_record(scope=scope_of(patient, practice, **options))


def texts(found):
    return sorted(line.text for contact in found.contacts.items for line in contact.lines)


@pytest.mark.parametrize(
    ("end_date", "attention", "settings", "listed"),
    [
        (None, False, (False, False), True),
        (TODAY, False, (False, False), True),
        (TODAY - timedelta(days=1), False, (True, False), False),
        (TODAY - timedelta(days=1), True, (True, False), True),
        (TODAY - timedelta(days=1), True, (False, True), False),
        (TODAY - timedelta(days=1), False, (True, True), True),
    ],
)
def test_req14_closed_episodes_follow_the_two_settings(file, end_date, attention, settings, listed):
    patient, practice, _ = file
    world.make_episode(patient, practice, end_date=end_date, has_attention=attention)
    rules = ShowingRules(
        online_access_since=RULES.online_access_since,
        results_months=14,
        closed_with_attention=settings[0],
        closed_without_attention=settings[1],
    )
    assert record(file, rules=rules).counts.episodes == int(listed)


def test_req15_only_e_and_p_lines_are_read(file):
    patient, practice, _ = file
    contact = world.make_encounter(patient, practice)
    for soep in "SOEP":
        world.make_entry(contact, soep=soep, text=f"regel {soep}")
    found = record(file)
    assert texts(found) == ["regel E", "regel P"]
    assert found.counts.lines == 2
    assert "regel S" not in repr(found)
    assert "regel O" not in repr(found)


def test_req15_lines_start_on_the_day_of_online_access(file):
    patient, practice, _ = file
    for day in (date(2024, 12, 31), date(2025, 1, 1)):
        world.make_entry(world.make_encounter(patient, practice, started_on=day), text=f"van {day}")
    found = record(file)
    assert texts(found) == ["van 2025-01-01"]
    assert found.counts.contacts == 1


def test_req15_no_line_at_all_while_online_access_has_no_first_day(file):
    patient, practice, _ = file
    world.make_entry(world.make_encounter(patient, practice))
    rules = ShowingRules(
        online_access_since=None,
        results_months=14,
        closed_with_attention=True,
        closed_without_attention=False,
    )
    assert record(file, rules=rules).counts.contacts == 0


def test_r3_nothing_of_an_unticked_episode_is_read(file):
    patient, practice, _ = file
    secret = world.make_episode(patient, practice, title="CANARIE geheim", visible_to_patient=False)
    contact = world.make_encounter(patient, practice, reason="CANARIE reden")
    world.make_entry(contact, secret, text="CANARIE regel")
    world.make_observation(patient, practice, episode=secret, title="CANARIE eigen")
    world.make_observation(patient, practice, encounter=contact, title="CANARIE via contact")
    world.make_medication(patient, practice, episode=secret, title="CANARIE pil")
    found = record(file)
    assert "CANARIE" not in repr(found)
    assert (found.counts.contacts, found.counts.values, found.counts.medicines) == (0, 0, 0)


def test_r3_a_contact_about_both_keeps_the_rest_and_loses_its_reason(file):
    patient, practice, _ = file
    secret = world.make_episode(patient, practice, visible_to_patient=False)
    known = world.make_episode(patient, practice, title="Enkel verstuikt")
    contact = world.make_encounter(patient, practice, reason="CANARIE en enkel")
    world.make_entry(contact, secret, text="CANARIE")
    world.make_entry(contact, known, text="Enkel gaat goed")
    world.make_observation(patient, practice, encounter=contact, title="temperatuur")
    found = record(file)
    assert texts(found) == ["Enkel gaat goed"]
    assert found.contacts.items[0].reason == ""
    assert found.counts.values == 1
    assert "CANARIE" not in repr(found)


@pytest.mark.parametrize("named_by", ["line", "value"])
def test_r3_what_has_no_episode_goes_with_a_contact_about_unticked_ones_alone(file, named_by):
    """Systems do not link each line: the plan of a hidden complaint often stands loose beside it."""
    patient, practice, _ = file
    secret = world.make_episode(patient, practice, visible_to_patient=False)
    contact = world.make_encounter(patient, practice, reason="CANARIE reden")
    if named_by == "line":
        world.make_entry(contact, secret, soep="S")
    else:
        world.make_observation(patient, practice, episode=secret, encounter=contact)
    world.make_entry(contact, soep="P", text="CANARIE plan")
    world.make_observation(patient, practice, encounter=contact, title="CANARIE meting")
    found = record(file)
    assert "CANARIE" not in repr(found)
    assert (found.counts.contacts, found.counts.lines, found.counts.values) == (0, 0, 0)


def test_r3_what_has_no_episode_stays_where_a_contact_is_about_a_ticked_one_too(file):
    patient, practice, _ = file
    secret = world.make_episode(patient, practice, visible_to_patient=False)
    contact = world.make_encounter(patient, practice)
    world.make_entry(contact, secret, text="CANARIE")
    world.make_entry(contact, world.make_episode(patient, practice), text="Enkel gaat goed")
    world.make_entry(contact, soep="P", text="Kom terug bij klachten")
    assert texts(record(file)) == ["Enkel gaat goed", "Kom terug bij klachten"]
    assert texts(record(file, hidden=Hidden())) == ["CANARIE", "Enkel gaat goed", "Kom terug bij klachten"]


def test_r3_s_and_o_lines_of_an_unticked_episode_hide_an_otherwise_empty_contact(file):
    patient, practice, _ = file
    secret = world.make_episode(patient, practice, visible_to_patient=False)
    world.make_entry(world.make_encounter(patient, practice), secret, soep="S")
    assert record(file).counts.contacts == 0


@pytest.mark.parametrize(("visible", "contacts"), [(True, 1), (False, 0)])
def test_r3_a_contact_without_lines_goes_with_the_one_episode_that_it_names(file, visible, contacts):
    patient, practice, _ = file
    episode = world.make_episode(patient, practice, visible_to_patient=visible)
    world.make_encounter(patient, practice, episode=episode)
    assert record(file).counts.contacts == contacts


def test_a_contact_without_any_line_is_shown_with_its_reason(file):
    patient, practice, _ = file
    world.make_encounter(patient, practice, reason="Griepprik")
    assert [contact.reason for contact in record(file).contacts.items] == ["Griepprik"]


def test_r3_a_single_row_can_be_unticked_in_each_kind(file):
    patient, practice, _ = file
    world.make_entry(world.make_encounter(patient, practice), visible_to_patient=False)
    world.make_encounter(patient, practice, visible_to_patient=False)
    world.make_observation(patient, practice, visible_to_patient=False)
    world.make_allergy(patient, practice, visible_to_patient=False)
    world.make_medication(patient, practice, visible_to_patient=False)
    found = record(file).counts
    assert (found.contacts, found.lines, found.values, found.allergies, found.medicines) == (0, 0, 0, 0, 0)


def test_a_line_of_a_closed_episode_that_is_not_listed_does_not_name_it(file):
    patient, practice, _ = file
    closed = world.make_episode(patient, practice, title="Oud zeer", end_date=date(2026, 7, 1))
    world.make_entry(world.make_encounter(patient, practice), closed, text="Genezen")
    (contact,) = record(file).contacts.items
    assert (contact.lines[0].text, contact.lines[0].episode_id, contact.lines[0].episode_title) == (
        "Genezen",
        None,
        "",
    )


@pytest.mark.parametrize(("day", "listed"), [(date(2025, 9, 23), 0), (date(2025, 9, 24), 1), (date(2026, 11, 24), 1)])
def test_req16_results_of_the_latest_fourteen_months(file, day, listed):
    patient, practice, _ = file
    world.make_observation(patient, practice, observed_on=day)
    assert record(file).counts.values == listed


@pytest.mark.parametrize(
    ("values", "listed"),
    [
        ({"start_date": TODAY}, 1),
        ({"start_date": TODAY + timedelta(days=1)}, 0),
        ({"end_date": TODAY}, 1),
        ({"end_date": TODAY - timedelta(days=1)}, 0),
        ({"status": "stopped"}, 0),
        ({"start_date": None}, 1),
    ],
)
def test_req17_medicines_in_use_on_the_day_of_reading(file, values, listed):
    patient, practice, _ = file
    world.make_medication(patient, practice, **values)
    assert record(file).counts.medicines == listed


@pytest.mark.parametrize(("missing", "part"), [(DataKind.ALLERGIES, "allergies"), (DataKind.MEDICATION, "medicines")])
def test_r14_a_kind_that_is_off_is_absent(file, missing, part):
    patient, practice, _ = file
    world.make_allergy(patient, practice)
    world.make_medication(patient, practice)
    assert getattr(record(file, kinds=KINDS - {missing}), part) is None
    assert getattr(record(file), part).total == 1


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_r14_without_its_kind_a_scope_reads_no_row(file, kind):
    patient, practice, _ = file
    contact = world.make_encounter(patient, practice)
    world.make_entry(contact, world.make_episode(patient, practice))
    world.make_observation(patient, practice)
    found = record(file, kinds=frozenset({kind})).counts
    open_to = {"episodes": found.episodes, "journal": found.contacts, "observations": found.values}
    assert [name for name, count in open_to.items() if count] == [name for name in open_to if name == kind]


def test_req55_ticks_that_are_tried_replace_the_stored_ones(file):
    patient, practice, _ = file
    stored = world.make_episode(patient, practice, title="nu uit", visible_to_patient=False)
    other = world.make_episode(patient, practice, title="nu aan")
    line = world.make_entry(world.make_encounter(patient, practice), other)
    world.make_entry(world.make_encounter(patient, practice), stored)
    assert [one.title for one in record(file).episodes.items] == ["nu aan"]
    everything = record(file, hidden=Hidden()).counts
    assert (everything.episodes, everything.lines) == (2, 2)
    tried = record(file, hidden=Hidden(episode_ids=frozenset({other.pk})))
    assert [one.title for one in tried.episodes.items] == ["nu uit"]
    assert record(file, hidden=Hidden(entry_ids=frozenset({line.pk}))).counts.lines == 1


def test_values_are_grouped_with_the_latest_first(file):
    patient, practice, _ = file
    for month, number in ((8, 120), (10, 140), (9, 130)):
        world.make_observation(patient, practice, observed_on=date(2026, month, 1), value_number=number)
    world.make_observation(patient, practice, code="", title="Polsritme", value_number=None, value_text="regulair")
    world.make_observation(patient, practice, code="", title="polsritme", value_number=None, value_text="irregulair")
    pressure, rhythm = sorted(record(file).values.items, key=lambda group: -group.count)
    assert (pressure.count, pressure.latest.number, pressure.previous.number) == (3, 140, 130)
    assert rhythm.count == 2


def test_history_draws_values_of_one_unit_and_pages_the_table(file):
    patient, practice, viewer = file
    for day in range(1, 28):
        row = world.make_observation(patient, practice, observed_on=date(2026, 10, day), value_number=day)
    world.make_observation(patient, practice, observed_on=date(2026, 10, 2), value_number=16, unit="kPa")
    with acting(viewer):
        scope = scope_of(patient, practice)
        found = shown.get_value_history(scope=scope, observation_id=row.pk, page=99, per_page=20)
    assert (found.values.number, found.values.total, len(found.values.items)) == (2, 28, 8)
    assert [point.number for point in found.points] == list(range(4, 28))
    assert found.latest.number == 27


def test_what_is_not_shown_is_the_same_as_what_does_not_exist(file):
    patient, practice, viewer = file
    hidden = world.make_observation(patient, practice, visible_to_patient=False)
    episode = world.make_episode(patient, practice, visible_to_patient=False)
    with acting(viewer):
        scope = scope_of(patient, practice)
        for missing in (hidden.pk, 10**9):
            with pytest.raises(NotVisible):
                shown.get_value_history(scope=scope, observation_id=missing, page=1)
        for missing in (episode.pk, 10**9):
            with pytest.raises(NotVisible):
                shown.get_episode(scope=scope, episode_id=missing)


def test_lines_without_a_contact_stand_between_the_contacts_by_day(file):
    patient, practice, _ = file
    first = world.make_encounter(patient, practice, started_on=date(2026, 6, 1))
    third = world.make_encounter(patient, practice, started_on=date(2026, 8, 1))
    world.make_entry(first, text="eerste")
    loose = world.make_entry(first, text="tweede", recorded_on=date(2026, 7, 1))
    type(loose).objects.filter(pk=loose.pk).update(encounter=None)
    world.make_entry(third, text="derde")
    found = record(file).contacts
    assert [contact.lines[0].text for contact in found.items] == ["derde", "tweede", "eerste"]
    assert found.items[1].encounter_id is None


@pytest.mark.parametrize("rows", [1, 30])
def test_query_count_does_not_grow_with_the_record(file, rows, django_assert_num_queries):
    patient, practice, viewer = file
    for number in range(rows):
        episode = world.make_episode(patient, practice)
        world.make_entry(world.make_encounter(patient, practice), episode)
        world.make_observation(patient, practice, code=str(number))
        world.make_allergy(patient, practice)
        world.make_medication(patient, practice)
    with acting(viewer):
        scope = scope_of(patient, practice)
        with django_assert_num_queries(9):
            shown.get_counted_record(scope=scope)
