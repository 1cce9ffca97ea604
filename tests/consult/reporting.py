"""Steps of reporting and moving, each as one unit of work in the desk's role."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from uuid import uuid4

from django.db import connection

from tests.conftest import acting
from tests.consult.steps import Scene
from tests.factories import world
from zorgbalie.consult.actions.copying import copy_to_journal
from zorgbalie.consult.actions.moving import move_question
from zorgbalie.consult.models import Consult
from zorgbalie.consult.queries.concerned import list_patient_threads
from zorgbalie.consult.queries.moving import get_move_plan, list_close_persons
from zorgbalie.consult.queries.reporting import get_journal_source, get_reporting
from zorgbalie.consult.types import WantedCopy
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import Refused
from zorgbalie.record.queries.patient_record import list_contacts
from zorgbalie.record.types.journal import LineKind, NewEpisode, NewLine

LINES = (NewLine(kind=LineKind.SUBJECTIVE, text="Mag ik sporten?"), NewLine(kind=LineKind.PLAN, text="Ja, dat mag."))


class Desk(Scene):
    """A question of a parent whose record is open, and a child of whom the record is open too."""

    def __init__(self, now):
        super().__init__(now)
        self._release(self.person)
        self.child = world.make_person(given_name="Sem", birth_date=date(2020, 5, 1))
        world.enrol(self.child, self.practice, self.account)
        world.represent(self.person, self.child)
        self._release(self.child)

    def _release(self, person):
        world.sign_agreement(person, self.practice)
        world.release_record(person, self.practice)

    def shown(self, person):
        """The texts of the journal as the patient reads them (a parent for a child)."""
        viewer = world.viewer_of_patient(self.person, subject=person)
        with acting(viewer):
            found = list_contacts(viewer=viewer, now=self.now, page=1)
        return {(line.soep, line.text) for contact in found.items for line in contact.lines}

    def wanted(self, **values):
        plain = {"token": uuid4(), "record_of": self.person.pk, "day": local_date(self.now), "lines": LINES}
        return WantedCopy(**{**plain, **values})

    def copy(self, consult_id, wanted=None, employee=None, patient=None, **values):
        viewer = self.staff(employee)
        values.setdefault("record_of", Consult.objects.get(pk=consult_id).concerns_id or self.person.pk)
        with acting(viewer):
            return copy_to_journal(
                viewer=viewer, patient_id=(patient or self.person).pk, consult_id=consult_id,
                wanted=wanted or self.wanted(**values), now=self.now,
            )  # fmt: skip

    def source(self, consult_id, employee=None):
        viewer = self.staff(employee)
        with acting(viewer):
            return get_journal_source(viewer=viewer, patient_id=self.person.pk, consult_id=consult_id, now=self.now)

    def reporting(self, consult_id):
        viewer = self.staff()
        with acting(viewer):
            return get_reporting(viewer=viewer, patient_id=self.person.pk, consult_id=consult_id, now=self.now)

    def move(self, consult_id, to, employee=None, revision=None):
        viewer = self.staff(employee)
        shown = Consult.objects.get(pk=consult_id).revision if revision is None else revision
        with acting(viewer):
            return move_question(
                viewer=viewer, patient_id=self.person.pk, consult_id=consult_id, to_patient_id=to.pk, revision=shown,
                now=self.now + timedelta(minutes=1),
            )  # fmt: skip

    def plan(self, consult_id, to, employee=None):
        viewer = self.staff(employee)
        with acting(viewer):
            return get_move_plan(
                viewer=viewer, patient_id=self.person.pk, consult_id=consult_id, to_patient_id=to.pk, now=self.now
            )

    def close_persons(self, consult_id):
        viewer = self.staff()
        with acting(viewer):
            return list_close_persons(viewer=viewer, patient_id=self.person.pk, consult_id=consult_id, now=self.now)

    def file_of(self, person, employee=None, **values):
        viewer = self.staff(employee)
        plain = {"state": None, "words": "", "page": 1}
        with acting(viewer):
            return list_patient_threads(viewer=viewer, patient_id=person.pk, now=self.now, **{**plain, **values})


def together(acts):
    """Run all at the same moment, each on a connection of its own; returns what came of each."""
    start = Barrier(len(acts))

    def run(act):
        start.wait()
        try:
            return act()
        except Refused:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def new_episode(title="Hoesten", icpc_code="R05", visible=True):
    return NewEpisode(title=title, icpc_code=icpc_code, visible=visible)
