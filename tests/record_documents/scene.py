"""A patient with an open record, a doctor, and short ways to add, share and look."""

from datetime import date

from tests.conftest import acting
from tests.factories import documents, world
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.record.actions.documents import add_document, publish_document, withdraw_document
from zorgbalie.record.models import Document
from zorgbalie.record.queries import patient_documents
from zorgbalie.record.types.documents import Direction, DocumentCategory, NewDocument, Publication


def new_document(**values) -> NewDocument:
    defaults = {
        "title": "Brief van de cardioloog", "category": DocumentCategory.SPECIALIST_IN,
        "direction": Direction.INCOMING, "document_date": date(2026, 10, 1), "author_name": "Cardioloog",
        "file_name": "brief.pdf", "content": documents.pdf(), "source_key": f"upload:{world.next_number()}",
    }  # fmt: skip
    return NewDocument(**{**defaults, **values})


class Scene:
    """Everything in order, and every category switched on."""

    def __init__(self, now) -> None:
        self.now = now
        self.patient, self.practice = world.make_patient_with_open_record()
        self.doctor = world.make_employee(self.practice, name="dr. J. de Wit")
        documents.switch_on(self.practice)

    def make(self, **values) -> Document:
        return documents.make_document(self.patient, self.practice, **values)

    def add(self, employee=None, patient=None, **values):
        viewer = world.viewer_of_employee(employee or self.doctor)
        with acting(viewer):
            return add_document(
                viewer=viewer, patient_id=(patient or self.patient).pk, document=new_document(**values), now=self.now
            )

    def publish(self, row, explanation="", employee=None, revision=None) -> None:
        viewer = world.viewer_of_employee(employee or self.doctor)
        publication = Publication(revision=row.revision if revision is None else revision, explanation=explanation)
        with acting(viewer):
            publish_document(
                viewer=viewer, patient_id=row.patient_id, document_id=row.pk, publication=publication, now=self.now
            )
        row.refresh_from_db()

    def withdraw(self, row, revision=None) -> None:
        viewer = world.viewer_of_employee(self.doctor)
        with acting(viewer):
            withdraw_document(
                viewer=viewer, patient_id=row.patient_id, document_id=row.pk, now=self.now,
                revision=row.revision if revision is None else revision,
            )  # fmt: skip
        row.refresh_from_db()

    def sees(self, row, viewer=None) -> bool:
        """Whether the patient finds a document: in the list, as a page and as a file, or in none of the three."""
        viewer = viewer or world.viewer_of_patient(self.patient)
        found = []
        with acting(viewer):
            for look in (self._listed, self._page, self._file):
                try:
                    found.append(look(viewer, row))
                except NotVisible:
                    found.append(False)
        assert len(set(found)) == 1, found
        return found[0]

    def _listed(self, viewer, row) -> bool:
        listed = patient_documents.list_letters(viewer=viewer, now=self.now, page=1)
        return row.pk in {one.document_id for one in listed.items}

    def _page(self, viewer, row) -> bool:
        return patient_documents.get_letter(viewer=viewer, document_id=row.pk, now=self.now).title == row.title

    def _file(self, viewer, row) -> bool:
        return bool(patient_documents.open_letter(viewer=viewer, document_id=row.pk, now=self.now).content)
