"""A patient with a record at a practice and a pharmacy, and the work of the worker in its own role."""

from datetime import timedelta

import pytest

from tests.conftest import acting, as_role
from tests.factories import world
from zorgbalie.exchange import tasks
from zorgbalie.exchange.actions.exports import ask_for_export
from zorgbalie.exchange.export_types import ExportKind
from zorgbalie.exchange.models import RecordExport
from zorgbalie.exchange.queries.exports import get_download
from zorgbalie.kernel.clock import current_moment, local_date

NOW = current_moment()
TODAY = local_date(NOW)


class Scene:
    """A record with something to see and something hidden in every part."""

    def __init__(self) -> None:
        self.patient, self.practice = world.make_patient_with_open_record()
        self.pharmacy = world.make_practice("pharmacy", name="Apotheek De Vijzel")
        world.enrol(self.patient, self.pharmacy, world.make_account(self.pharmacy))
        world.sign_agreement(self.patient, self.pharmacy)
        world.release_record(self.patient, self.pharmacy)
        of = (self.patient, self.practice)
        self.episode = world.make_episode(*of, title="Rughernia", has_attention=True, author_role="Huisarts",
                                          author_name="Dokter Bernard")  # fmt: skip
        self.hidden = world.make_episode(*of, title="Geheime episode", visible_to_patient=False)
        self.contact = world.make_encounter(*of, reason="Rugpijn", kind_code="03", started_on=TODAY)
        for soep in "SOEP":
            world.make_entry(self.contact, self.episode, soep, text=f"Regel {soep} li. <b>been</b>\n= tweede")
        secret = world.make_encounter(*of, reason="Geheime reden", started_on=TODAY)
        world.make_entry(secret, self.hidden, "E", text="Geheime regel")
        self.value = world.make_observation(*of, observed_on=TODAY, reference_low=90, reference_high=120,
                                            remark="zittend", author_name="Assistent", unit_code="mm[Hg]")  # fmt: skip
        world.make_observation(*of, observed_on=TODAY - timedelta(days=9), value_number="131.5")
        world.make_observation(*of, observed_on=TODAY, title="Kweek", code="", value_number=None,
                               value_text="geen groei", unit="", category="laboratory")  # fmt: skip
        world.make_observation(*of, observed_on=TODAY - timedelta(days=900), title="Geheim oud", code="9")
        world.make_observation(*of, observed_on=TODAY, title="Geheime meting", code="8", visible_to_patient=False)
        world.make_allergy(*of, title="Penicilline", reaction="huiduitslag\njeuk", category="medication",
                           criticality="high", start_date=TODAY, remark="sinds jaren")  # fmt: skip
        world.make_medication(*of, title="IBUPROFEN 400 MG", reason="rugpijn", episode=self.episode)
        world.make_medication(*of, title="Geheim middel", episode=self.hidden)
        world.make_medication(self.patient, self.pharmacy, title="OMEPRAZOL 20 MG", date_precision="month")
        world.make_allergy(self.patient, self.pharmacy, title="Pleisters")
        self.viewer = world.viewer_of_patient(self.patient)

    def ask(self, kind=ExportKind.PDF, viewer=None, now=NOW) -> int:
        """Ask at the portal."""
        viewer = viewer or self.viewer
        with acting(viewer):
            return ask_for_export(viewer=viewer, kind=kind, language="nl", now=now)

    def make(self, export_id, patient=None) -> RecordExport:
        """What the worker does."""
        with as_role("zorgbalie_worker"):
            tasks.make_export(export_id, (patient or self.patient).pk)
        return RecordExport.objects.get(pk=export_id)

    def download(self, export_id, viewer=None, now=None):
        """Download at the portal."""
        viewer = viewer or self.viewer
        with acting(viewer):
            return get_download(viewer=viewer, export_id=export_id, now=now or current_moment())


@pytest.fixture
def scene() -> Scene:
    return Scene()
