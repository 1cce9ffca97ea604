"""Rows of another author, patient or practice, asked for by number without the second wall (row 11; REQ 55, 59).

The tests run as the owner of the tables, so only our own conditions decide.
"""

import pytest

from tests.factories import world
from tests.record_release.choices import make_dossier
from zorgbalie.access.unit_of_work import unit_of_work
from zorgbalie.record.actions.visibility import save_choice
from zorgbalie.record.queries.notes import own_notes
from zorgbalie.record.types.desk import Choice, ItemKind, ItemRef

pytestmark = pytest.mark.django_db


def test_req59_notes_are_those_of_the_author_about_this_patient_at_this_practice(now):
    dossier = make_dossier()
    author = world.make_employee(dossier.practice)
    mine = world.add_work_note(author, dossier.patient)
    world.add_work_note(author, dossier.patient, expires_at=now)
    world.add_work_note(world.make_employee(dossier.practice), dossier.patient)
    world.add_work_note(author, world.make_person())
    viewer = world.viewer_of_employee(author)
    with unit_of_work(viewer):
        assert list(own_notes(viewer=viewer, patient_id=dossier.patient.pk, now=now)) == [mine]


def test_req55_a_choice_changes_rows_of_this_patient_at_this_practice_alone(now):
    dossier = make_dossier()
    own = world.make_episode(dossier.patient, dossier.practice)
    foreign = [
        world.make_episode(world.make_person(), dossier.practice),
        world.make_episode(dossier.patient, world.make_practice()),
    ]
    choice = Choice(hide=frozenset(ItemRef(ItemKind.EPISODE, row.pk) for row in (own, *foreign)))
    with unit_of_work(dossier.viewer):
        saved = save_choice(
            viewer=dossier.viewer, patient_id=dossier.patient.pk, choice=choice, reason="Kan schaden", now=now
        )
    assert saved.hidden == 1
    for row in (own, *foreign):
        row.refresh_from_db()
    assert [row.visible_to_patient for row in (own, *foreign)] == [False, True, True]
