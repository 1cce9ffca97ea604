"""The use cases of what the practice begins, each as one unit of work in the database role of its side."""

from datetime import timedelta
from uuid import uuid4

from tests.conftest import acting
from tests.consult.steps import Scene
from tests.factories import world
from zorgbalie.consult.actions import follow_ups, mailing_work, mailings, objections, starting
from zorgbalie.consult.models import Mailing, MailingRecipient
from zorgbalie.consult.queries import mailings as reads
from zorgbalie.consult.queries.outgoing import get_start_place
from zorgbalie.consult.types import Criteria, NewMessage
from zorgbalie.kernel.viewer import system_viewer
from zorgbalie.messaging.models import NoticePreference

MESSAGE = NewMessage(subject="Controle", text="{aanhef}, komt u prikken?", takes_replies=True)


def says_yes(person):
    """Consent to be told of messages of the practice (R15)."""
    NoticePreference.objects.create(person=person, kind="practice_message", channel="email", is_on=True)


class Outgoing(Scene):
    """A practice that begins; the sender is a doctor with every right."""

    def __init__(self, now, **values):
        super().__init__(now, **values)
        self.doctor = world.make_employee(self.practice, name="dr. J. de Wit")

    def place(self, person=None, employee=None):
        viewer = self.staff(employee or self.doctor)
        with acting(viewer):
            return get_start_place(viewer=viewer, patient_id=(person or self.person).pk, now=self.now)

    def begin(self, message=MESSAGE, token=None, person=None, employee=None):
        viewer = self.staff(employee or self.doctor)
        with acting(viewer):
            return starting.begin(
                viewer=viewer, patient_id=(person or self.person).pk, message=message, token=token or uuid4(),
                now=self.now,
            )  # fmt: skip

    def plan(self, consult_id, day, text="Hoe gaat het?", revision=0, employee=None):
        viewer = self.staff(employee or self.doctor)
        with acting(viewer):
            return follow_ups.plan(
                viewer=viewer, patient_id=self.person.pk, consult_id=consult_id, day=day, text=text,
                revision=revision, now=self.now,
            )  # fmt: skip

    def cancel(self, consult_id, revision=1):
        viewer = self.staff(self.doctor)
        with acting(viewer):
            follow_ups.cancel(
                viewer=viewer, patient_id=self.person.pk, consult_id=consult_id, revision=revision, now=self.now
            )

    def work(self, now=None):
        """What the worker does with planned follow-ups."""
        moment = now or self.now
        with acting(system_viewer(task="test")):
            due = follow_ups.list_due(now=moment)
        for pk, patient_id, practice_id in due:
            viewer = system_viewer(task="test", practice_id=practice_id, subject_id=patient_id)
            with acting(viewer):
                follow_ups.act_on_due(
                    viewer=viewer, follow_up_id=pk, patient_id=patient_id, practice_id=practice_id, now=moment
                )
        return len(due)

    def later(self, days, hours=0):
        self.now += timedelta(days=days, hours=hours)

    # A selection

    def diabetic(self, code="T90.02", account=None, enrolled=None, **values):
        person = world.make_person(**values)
        world.enrol(person, self.practice, account or self.account, **(enrolled or {}))
        world.make_episode(person, self.practice, icpc_code=code)
        return person

    def look_for(self, wanted=None, token=None, employee=None, title="Oproep"):
        viewer = self.staff(employee or self.doctor)
        with acting(viewer):
            return mailings.ask_selection(
                viewer=viewer, title=title, wanted=wanted or Criteria(icpc=("T90",)), token=token or uuid4(),
                now=self.now,
            )  # fmt: skip

    def select(self, mailing_id):
        viewer = system_viewer(task="test", practice_id=self.practice.pk)
        with acting(viewer):
            mailing_work.store_selection(
                viewer=viewer, mailing_id=mailing_id, practice_id=self.practice.pk, now=self.now
            )

    def selected(self, wanted=None):
        mailing_id = self.look_for(wanted)
        self.select(mailing_id)
        return mailing_id

    def desk(self, act, mailing_id, employee=None, **values):
        viewer = self.staff(employee or self.doctor)
        with acting(viewer):
            return act(viewer=viewer, mailing_id=mailing_id, **values)

    def write_text(self, mailing_id, message=MESSAGE):
        revision = Mailing.objects.get(pk=mailing_id).revision
        self.desk(mailings.write, mailing_id, message=message, unread_days=7, revision=revision, now=self.now)

    def confirm(self, mailing_id, typed=None, employee=None):
        row = Mailing.objects.get(pk=mailing_id)
        count = MailingRecipient.objects.filter(mailing=row, state="chosen").count() if typed is None else typed
        self.desk(mailings.confirm, mailing_id, employee, typed=count, revision=row.revision, now=self.now)

    def send_all(self, mailing_id, most=None):
        """What the worker does with a mailing; `most`: it is killed after so many."""
        place = self.practice.pk
        viewer = system_viewer(task="test", practice_id=place)
        values = {"mailing_id": mailing_id, "practice_id": place, "now": self.now}
        with acting(viewer):
            if not mailing_work.check_sender(viewer=viewer, **values):
                return
            chosen = mailing_work.list_chosen(mailing_id=mailing_id)
        for patient_id in chosen[:most]:
            one = system_viewer(task="test", practice_id=place, subject_id=patient_id)
            with acting(one):
                if not mailing_work.send_one(viewer=one, patient_id=patient_id, **values):
                    return
        with acting(viewer):
            mailing_work.finish(viewer=viewer, **values)

    def sent_mailing(self, wanted=None):
        mailing_id = self.selected(wanted)
        self.write_text(mailing_id)
        self.confirm(mailing_id)
        self.send_all(mailing_id)
        return mailing_id

    def get(self, mailing_id, employee=None):
        return self.desk(reads.get_mailing, mailing_id, employee)

    def object_to(self, consult_id, person, objects=True):
        viewer = world.viewer_of_patient(person)
        with acting(viewer):
            objections.set_objection(viewer=viewer, consult_id=consult_id, objects=objects, now=self.now)
