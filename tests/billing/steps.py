"""The use cases of billing on a real thread, each as one unit of work in the role of the desk."""

from datetime import date
from uuid import uuid4

from tests.conftest import acting
from tests.consult.steps import Scene
from tests.factories import billing, world
from zorgbalie.billing.actions import declarations, entries, exporting
from zorgbalie.billing.models import Declaration
from zorgbalie.billing.queries import declarations as reads
from zorgbalie.billing.types import DeclarationFilter, SourceKind
from zorgbalie.consult.actions import billing as consult_billing
from zorgbalie.consult.queries.billing import get_billing


class Money(Scene):
    """A practice that declares, a question that was answered, and an assistant who bills."""

    def __init__(self, now, **settings):
        super().__init__(now)
        self.settings = billing.switch_on(self.practice, **settings)
        billing.make_tariffs(year=now.year)
        self.consult_id = self.ask()

    def answered(self, text="Ja, dat mag."):
        self.answer(self.consult_id, text)
        return self

    def spend(self, seconds, employee=None, token=None):
        return self.do(consult_billing.add_time, employee, seconds=seconds, token=token or uuid4())

    def correct_time(self, entry, seconds, employee=None, revision=None):
        shown = entry.revision if revision is None else revision
        return self.do(consult_billing.correct_time, employee, entry_id=entry.pk, revision=shown, seconds=seconds)

    def propose(self, employee=None):
        return self.do(consult_billing.propose, employee)

    def mark(self, wanted, employee=None):
        return self.do(consult_billing.mark_administration, employee, is_administration=wanted)

    def panel(self, employee=None):
        return self.do(get_billing, employee)

    def do(self, act, employee=None, **values):
        viewer = self.staff(employee)
        with acting(viewer):
            return act(viewer=viewer, patient_id=self.person.pk, consult_id=self.consult_id, now=self.now, **values)

    def confirm(self, *rows, employee=None, revision=None):
        chosen = {row.pk: row.revision if revision is None else revision for row in rows}
        return self.bill(declarations.confirm, employee, chosen=chosen)

    def refuse(self, row, reason="no_advice", employee=None, revision=None):
        shown = row.revision if revision is None else revision
        return self.bill(declarations.refuse, employee, declaration_id=row.pk, revision=shown, reason=reason)

    def reopen(self, row, revision=None):
        shown = row.revision if revision is None else revision
        return self.bill(declarations.reopen, declaration_id=row.pk, revision=shown)

    def correct(self, row, seconds, code=""):
        return self.bill(declarations.correct, declaration_id=row.pk, revision=row.revision, seconds=seconds, code=code)

    def export(self, token=None, employee=None):
        return self.bill(exporting.export, employee, token=token or uuid4())

    def move(self, to, employee=None, person=None):
        viewer = self.staff(employee)
        with acting(viewer):
            entries.move_source(
                viewer=viewer, source_kind=SourceKind.CONSULT, source_id=self.consult_id,
                from_patient_id=(person or self.person).pk, to_patient_id=to.pk, practice_id=self.practice.pk,
                now=self.now,
            )  # fmt: skip

    def bill(self, act, employee=None, **values):
        viewer = self.staff(employee)
        with acting(viewer):
            return act(viewer=viewer, now=self.now, **values)

    def listed(self, employee=None, **wanted):
        viewer = self.staff(employee)
        with acting(viewer):
            found, totals = reads.list_declarations(viewer=viewer, wanted=DeclarationFilter(**wanted), page=1)
        return found.rows, totals

    def file(self, batch, employee=None):
        viewer = self.staff(employee)
        with acting(viewer):
            return reads.get_file(viewer=viewer, batch_id=batch.batch_id)[1]

    def row(self) -> Declaration:
        return Declaration.objects.get(line_kind="charge", is_credited=False, source_id=self.consult_id)

    def other_patient(self, **values):
        person = world.make_person(given_name="Sem", **values)
        world.enrol(person, self.practice, self.account)
        return person


TODAY = date(2026, 11, 24)
