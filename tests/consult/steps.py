"""The use cases of a question, each as one unit of work in the database role of its side."""

from uuid import uuid4

from tests.conftest import acting
from tests.factories import world
from zorgbalie.consult.actions import desk, patient
from zorgbalie.consult.models import Consult
from zorgbalie.consult.queries import drafts
from zorgbalie.consult.queries import patient as reads
from zorgbalie.consult.queries.desk import get_desk_thread


class Scene:
    """A patient who may ask, and an assistant who answers. No record was released."""

    def __init__(self, now, **values):
        self.now = now
        self.practice = world.make_practice()
        self.account = world.make_account(self.practice, name="dr. J. de Wit")
        self.group = world.make_group(self.practice, name="Assistente")
        self.person = world.make_person(**values)
        world.enrol(self.person, self.practice, self.account)
        self.employee = world.make_employee(self.practice, role="assistant", name="Samira Bakker")

    def viewer(self, person=None):
        return world.viewer_of_patient(person or self.person, subject=self.person)

    def staff(self, employee=None):
        return world.viewer_of_employee(employee or self.employee)

    def start(self, person=None, about=None):
        viewer = self.viewer(person)
        with acting(viewer):
            return patient.start_draft(viewer=viewer, about=about, now=self.now)

    def write(self, person=None, text="Mag ik sporten?", key="practice-0", subject="Sporten", about=None):
        """A complete draft; returns its number."""
        consult_id = self.start(person, about)
        viewer = self.viewer(person)
        with acting(viewer):
            patient.save_addressee(viewer=viewer, consult_id=consult_id, key=key, now=self.now)
            patient.save_subject(viewer=viewer, consult_id=consult_id, subject=subject, keeps_about=True, now=self.now)
            patient.save_text(viewer=viewer, consult_id=consult_id, text=text, now=self.now)
        return consult_id

    def send(self, consult_id, person=None, revision=None):
        viewer = self.viewer(person)
        shown = Consult.objects.get(pk=consult_id).revision if revision is None else revision
        with acting(viewer):
            return patient.send(viewer=viewer, consult_id=consult_id, revision=shown, now=self.now)

    def ask(self, person=None, **values):
        consult_id = self.write(person, **values)
        self.send(consult_id, person)
        return consult_id

    def draft(self, consult_id, person=None):
        viewer = self.viewer(person)
        with acting(viewer):
            return drafts.get_draft(viewer=viewer, consult_id=consult_id, now=self.now)

    def read(self, consult_id, person=None):
        viewer = self.viewer(person)
        with acting(viewer):
            return reads.get_thread(viewer=viewer, consult_id=consult_id, now=self.now)

    def listed(self, person=None):
        viewer = self.viewer(person)
        with acting(viewer):
            return reads.list_threads(viewer=viewer, now=self.now, page=1).rows

    def news(self, person=None):
        viewer = self.viewer(person)
        with acting(viewer):
            return reads.list_news(viewer=viewer, now=self.now)

    def follow_up(self, consult_id, text="Nog iets", token=None, person=None):
        viewer = self.viewer(person)
        with acting(viewer):
            patient.follow_up(viewer=viewer, consult_id=consult_id, text=text, token=token or uuid4(), now=self.now)

    def open(self, consult_id, employee=None):
        viewer = self.staff(employee)
        with acting(viewer):
            return get_desk_thread(viewer=viewer, patient_id=self.person.pk, consult_id=consult_id, now=self.now)

    def answer(self, consult_id, text="Ja, dat mag.", token=None, revision=None, employee=None):
        return self._at_desk(desk.answer, consult_id, employee, revision, text=text, token=token or uuid4())

    def close(self, consult_id, revision=None, employee=None):
        return self._at_desk(desk.close, consult_id, employee, revision)

    def hand_to(self, consult_id, account=None, revision=None):
        return self._at_desk(desk.hand_to, consult_id, None, revision, account_id=(account or self.account).pk)

    def note(self, consult_id, text="Belt terug", token=None, employee=None):
        viewer = self.staff(employee)
        with acting(viewer):
            desk.add_note(
                viewer=viewer, patient_id=self.person.pk, consult_id=consult_id, text=text, token=token or uuid4(),
                now=self.now,
            )  # fmt: skip

    def _at_desk(self, act, consult_id, employee, revision, **values):
        viewer = self.staff(employee)
        shown = Consult.objects.get(pk=consult_id).revision if revision is None else revision
        with acting(viewer):
            return act(
                viewer=viewer, patient_id=self.person.pk, consult_id=consult_id, revision=shown, now=self.now, **values
            )
