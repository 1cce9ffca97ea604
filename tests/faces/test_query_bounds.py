"""How many database queries each page may cost, with 1 and with 30 rows of everything (ux 23, 56: p95 below 200 ms).

Counted is every statement of a request: session, naming the viewer, reads, and the INSERT of log lines. Not counted is
what opens and closes the transaction. A page that is missing here makes the last test fail.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.architecture.walk import addresses
from tests.audit.lines import write_lines
from tests.factories import (
    agenda,
    answering,
    billing,
    consult,
    corrections,
    desk_appointments,
    documents,
    earlier,
    outgoing,
    promises,
    reasons,
    reporting,
    world,
    writing,
)  # fmt: skip
from tests.factories import agenda as agendas
from tests.factories.attachments import add_attachment
from tests.factories.exports import make_export
from tests.factories.knowledge import make_link
from tests.factories.result_kinds import make_kind, make_wish
from zorgbalie.access.models import AccessRequest, EmergencyAccess
from zorgbalie.agenda.models import AgendaClosing
from zorgbalie.agenda.types import Place
from zorgbalie.kernel.clock import current_moment, local_date
from zorgbalie.messaging.models import Notice
from zorgbalie.practice.models import Account

pytestmark = pytest.mark.django_db
NOW = current_moment()
MONDAY = local_date(NOW) + timedelta(days=7 - local_date(NOW).weekday())
TODAY = local_date(NOW)
_FRAME = ("SAVEPOINT", "RELEASE SAVEPOINT", "SET ROLE", "RESET ROLE")
_NO_VIEWER = "SELECT set_config('zorgbalie.person', '', true)"


class Scene:
    """One patient with an open record, a colleague-rich practice, and `rows` of whatever can be listed."""

    def __init__(self, rows: int) -> None:
        self.patient, self.practice = world.make_patient_with_open_record(given_name="Anna")
        self.account: Account = self.practice.accounts.get()
        self.pharmacy = world.make_practice("pharmacy", name="Apotheek De Vijzel")
        world.enrol(self.patient, self.pharmacy, world.make_account(self.pharmacy))
        world.sign_agreement(self.patient, self.pharmacy)
        world.release_record(self.patient, self.pharmacy)
        self.employee = world.make_employee(self.practice)
        self.employee.user.last_login = NOW
        self.account.members.add(self.employee)
        self.asker = self._asker()
        world.invite(self.patient, self.practice, self.employee)
        documents.switch_on(self.practice)
        billing.switch_on(self.practice)
        self.draft = consult.make_draft(self.patient, self.practice)
        promises.set_hours(self.practice)
        promises.set_times(self.practice, cap_per_day=1, open_days=14)
        self.formed = consult.make_draft(self.patient, self.practice, "", about_kind="", about_id=1, subject="")
        for place in range(1, min(rows, 7) + 1):
            reasons.make_answer(self.formed, place, is_answered=place < rows)
        self.agenda, self.appointment_kind = agenda.make_agenda(self.practice), agenda.make_kind(self.practice)
        for number in range(rows):
            self._appointment_row(number)
            self._row(number)
            self.agenda, self.appointment_kind = agendas.make_agenda(self.practice), agendas.make_kind(self.practice)
            self.block = agendas.make_block(self.agenda, self.appointment_kind)
            self.reason = reasons.make_reason(self.practice, ("short",) * min(rows, 7), care_term="eczeem")
        self.formed.reason = self.reason
        self.formed.save(update_fields=["reason"])
        self.agenda_path = f"/beheer/afspraken/agendas/{self.agenda.pk}/"
        for number in range(rows):
            day = MONDAY + timedelta(days=number)
            self.leave = AgendaClosing.objects.create(
                practice=self.practice, agenda=self.agenda, starts_on=day, ends_on=day, reason="Vrij"
            )
        self.appointment = desk_appointments.make_many(self.patient, self.practice, rows)
        lines = {"patient_id": self.patient.pk, "practice_id": self.practice.pk, "kind": "full_record"}
        write_lines(rows, world.viewer_of_employee(self.employee), **lines)

    def _asker(self) -> AccessRequest:
        """Somebody who waits for the release of the record."""
        person = world.make_person()
        world.enrol(person, self.practice, self.account)
        world.sign_agreement(person, self.practice)
        world.make_episode(person, self.practice)
        return world.release_record(person, self.practice, state="asked", decided_at=None)

    def _row(self, number: int) -> None:
        day = TODAY - timedelta(days=number)
        for person in (self.patient, self.asker.person):
            episode = world.make_episode(person, self.practice)
            contact = world.make_encounter(person, self.practice, started_on=day)
            for soep in "SOEP":
                world.make_entry(contact, episode, soep=soep)
            self.value = world.make_observation(person, self.practice, code=str(number), observed_on=day)
            world.make_observation(person, self.practice, code="same", observed_on=day, hidden_by=self.employee,
                                   visible_to_patient=number % 2 == 0, hidden_reason="reden")  # fmt: skip
            world.make_allergy(person, self.practice)
            medicine = world.make_medication(person, self.practice, episode=episode)
            if person == self.patient:
                self.medicine = medicine
                world.make_medication(person, self.pharmacy)
                world.make_allergy(person, self.pharmacy)
            if person == self.patient:
                self.episode, self.shown_value = episode, self.value
                corrections.make_statement(person, self.practice, "klacht", episode.pk, text="Eigen woorden")
                self.correction = corrections.make_correction(person, self.practice, "klacht", self.episode.pk)
        whose = {"patient": self.patient, "practice": self.practice, "document_date": day}
        self.letter = documents.make_document(**whose, state="shared", explanation="Uitleg", published_at=NOW)
        corrections.make_statement(self.patient, self.practice, "brief", self.letter.pk, text="Eigen woorden")
        self.unshared = documents.make_document(**whose)
        make_export(self.patient, self.practice, content=b"x" if number % 2 else None, state="ready")
        self._desk_row(number)
        self.answer_template = answering.add_template(self.practice, self.employee)
        self.answer_link = answering.add_link(self.practice)
        self.consult = consult.make_consult(self.patient, self.practice, state="answered", changed_at=NOW)
        promises.add_slip(self.consult)
        self.closing = promises.add_closing(self.practice, TODAY, TODAY + timedelta(days=number))
        for count in range(number + 1):
            answer = consult.add_text(self.consult, "Antwoord", self.employee)
            consult.add_note(self.consult, self.employee)
            reporting.add_copy(self.consult, self.employee)
            add_attachment(self.consult, answer, self.employee)
            add_attachment(self.consult, content=b"%d" % count)
            billing.make_entry(self.patient, self.practice, self.employee, self.consult.pk)
        add_attachment(self.draft, content=b"%d" % number)
        self._billing_row()

    def _billing_row(self) -> None:
        """A line in each state, a file, and an own tariff; time stands with the question."""
        for state in ("proposed", "confirmed"):
            self.claim = billing.make_declaration(self.patient, self.practice, state=state)
        self.batch = billing.make_batch(self.practice, self.employee)
        billing.make_declaration(self.patient, self.practice, state="exported", batch=self.batch)
        billing.make_tariffs(self.practice, year=2100 + self.batch.number % 900)

        self._mailing_row()

    def _mailing_row(self) -> None:
        """Mailings: one that is being made, and one that was sent, each to everybody made so far and one more."""
        other = world.make_person()
        world.enrol(other, self.practice, self.account)
        if not hasattr(self, "choosing"):
            self.choosing = outgoing.make_mailing(self.practice, self.employee)
            self.sent = outgoing.make_mailing(self.practice, self.employee, state="done", confirmed_at=NOW)
            self.begun = outgoing.make_begun(self.patient, self.practice, self.employee, changed_at=NOW)
            outgoing.make_plan(self.begun, self.employee)
        outgoing.make_mailing(self.practice, self.employee)
        outgoing.add_recipient(self.choosing, other)
        row = outgoing.make_begun(other, self.practice, self.employee, mailing=self.sent, changed_at=NOW)
        outgoing.add_recipient(self.sent, other, "sent", consult=row)

    def _appointment_row(self, number: int) -> None:
        """A coming appointment with a wish and an offer, and one that was."""
        begins = (NOW + timedelta(days=20 + number)).replace(minute=0, second=0, microsecond=0)
        whose = (self.patient, self.agenda, self.appointment_kind)
        agenda.make_appointment(*whose, begins - timedelta(days=400), state="done")
        self.appointment = agenda.make_appointment(*whose, begins)
        place = Place(
            agenda_id=self.agenda.pk, starts_at=begins - timedelta(days=10, hours=1),
            ends_at=begins - timedelta(days=10, minutes=50),
        )  # fmt: skip
        self.offer = earlier.make_offer(earlier.make_wish(self.appointment, NOW), place, NOW)

    def _desk_row(self, number: int) -> None:
        colleague = world.make_employee(self.practice)
        world.make_account(self.practice).members.add(colleague)
        self.group = world.make_group(self.practice, colleague, self.employee)
        other = world.make_person()
        world.enrol(other, self.practice, self.account)
        world.sign_agreement(other, self.practice)
        world.release_record(other, self.practice)
        world.invite(other, self.practice, colleague)
        world.add_work_item(other, self.practice, assigned_to=colleague)
        self.action = writing.add_action(other, self.employee)
        self.template = writing.add_letter(self.practice, self.employee)
        self.word = writing.add_word(self.practice, f"woord{number}")
        self.note = world.add_work_note(self.employee, self.patient)
        self.link = make_link(self.practice, code_system="gpk", code=str(number))
        world.add_shared_note(self.patient, self.practice).shared_with.add(colleague)
        values = {"person_name": "Anna", "started_at": NOW, "expires_at": NOW + timedelta(hours=1)}
        self.emergency: EmergencyAccess = world.start_emergency(self.employee, other, **values)
        self.text = world.make_agreement_text(practice=self.practice)
        self.kind = make_kind(self.practice)
        make_wish(self.patient, self.practice, "call", self.kind)
        Notice.objects.create(practice=self.practice, person=other, kind="record_released", channel="email",
                              event_key=f"k{number}", address="a@b.example", state="failed")  # fmt: skip


def queries_of(client, address: str) -> tuple[int, Any]:
    """The number of statements of one request, and its answer."""
    with client.stay(), CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    statements = [one["sql"] for one in captured if not one["sql"].startswith(_FRAME)]
    if statements[-1].startswith(_NO_VIEWER):
        statements.pop()  # only within a test's own transaction, which goes on after the request
    return len(statements), answer


def _note(scene: Scene) -> str:
    return f"/dossier/{scene.patient.pk}/werknotities/{scene.note.pk}/"


_Path = Callable[[Scene], str]
# The first page asks each topic for its news: results, letters, answers to questions and to requests.
PATIENT: dict[str, tuple[int, _Path]] = {
    # Each kind of thing to do (result, letter, answer, request) is a list of its own.
    "patient_home": (22, lambda scene: "/"),
    "patient_record_overview": (18, lambda scene: "/dossier/"),
    "patient_record_episodes": (12, lambda scene: "/dossier/klachten/"),
    "patient_record_episode": (12, lambda scene: f"/dossier/klachten/{scene.episode.pk}/"),
    "patient_record_contacts": (12, lambda scene: "/dossier/contacten/"),
    "patient_record_values": (12, lambda scene: "/dossier/uitslagen/"),
    "patient_record_value": (12, lambda scene: f"/dossier/uitslagen/{scene.shown_value.pk}/"),
    "patient_record_results": (
        14,
        lambda scene: reverse("patient_record_results", urlconf="zorgbalie.config.urls.portal"),
    ),
    "patient_record_letters": (12, lambda scene: "/dossier/brieven/"),
    "patient_record_letter": (12, lambda scene: f"/dossier/brieven/{scene.letter.pk}/"),
    "patient_record_allergies": (12, lambda scene: "/dossier/allergieen/"),
    "patient_record_medicines": (12, lambda scene: "/dossier/medicijnen/"),
    "patient_record_about_episode": (12, lambda scene: f"/dossier/klachten/{scene.episode.pk}/informatie/"),
    "patient_record_about_value": (12, lambda scene: f"/dossier/uitslagen/{scene.shown_value.pk}/informatie/"),
    "patient_record_about_medicine": (13, lambda scene: f"/dossier/medicijnen/{scene.medicine.pk}/informatie/"),
    "patient_access_overview": (12, lambda scene: "/toegang/"),
    "patient_access_withdraw": (12, lambda scene: f"/toegang/{scene.practice.pk}/intrekken/"),
    "patient_access_agreement": (12, lambda scene: f"/toegang/{scene.practice.pk}/afspraken/"),
    "patient_access_end": (12, lambda scene: f"/toegang/{scene.practice.pk}/afspraken/stoppen/"),
    "patient_export_overview": (14, lambda scene: "/opslaan/"),
    "patient_log_overview": (12, lambda scene: "/logboek/"),
    "patient_consult_overview": (17, lambda scene: "/vragen/"),
    "patient_consult_start": (12, lambda scene: "/vragen/nieuw/"),
    "patient_consult_addressee": (17, lambda scene: f"/vragen/concept/{scene.draft.pk}/aan/"),
    "patient_consult_place": (14, lambda scene: f"/vragen/concept/{scene.draft.pk}/waar/"),
    "patient_consult_reason": (14, lambda scene: f"/vragen/concept/{scene.draft.pk}/reden/"),
    "patient_consult_answer": (14, lambda scene: f"/vragen/concept/{scene.formed.pk}/antwoord/1/"),
    # Beside the draft: its reason, and the sources and pages of information.
    "patient_consult_self_care": (16, lambda scene: f"/vragen/concept/{scene.formed.pk}/misschien/"),
    "patient_consult_subject": (15, lambda scene: f"/vragen/concept/{scene.draft.pk}/waarover/"),
    "patient_consult_question": (15, lambda scene: f"/vragen/concept/{scene.draft.pk}/vraag/"),
    "patient_consult_files": (15, lambda scene: f"/vragen/concept/{scene.draft.pk}/bestanden/"),
    "patient_consult_check": (16, lambda scene: f"/vragen/concept/{scene.draft.pk}/controleer/"),
    "patient_consult_drop": (15, lambda scene: f"/vragen/concept/{scene.draft.pk}/weg/"),
    "patient_consult_thread": (22, lambda scene: f"/vragen/{scene.consult.pk}/"),
    "patient_consult_sent": (22, lambda scene: f"/vragen/{scene.consult.pk}/verstuurd/"),
    "patient_consult_thread?begun": (22, lambda scene: f"/vragen/{scene.begun.pk}/"),
    "patient_appointments": (14, lambda scene: "/afspraken/"),
    "patient_appointment": (17, lambda scene: f"/afspraken/{scene.appointment.pk}/"),
    "patient_appointment_cancel": (17, lambda scene: f"/afspraken/{scene.appointment.pk}/afzeggen/"),
    "patient_appointment_earlier": (17, lambda scene: f"/afspraken/{scene.appointment.pk}/eerder/"),
    # What twelve weeks of all agendas offer beside it.
    "patient_appointment_move": (26, lambda scene: f"/afspraken/{scene.appointment.pk}/verzetten/"),
    "patient_offer": (13, lambda scene: f"/afspraken/aanbod/{scene.offer.pk}/"),
    "patient_corrections_overview": (12, lambda scene: "/verzoeken/"),
    "patient_correction_new": (12, lambda scene: "/verzoeken/nieuw/"),
    "patient_correction_item": (12, lambda scene: f"/verzoeken/nieuw/klacht/{scene.episode.pk}/"),
    "patient_correction_item?letter": (12, lambda scene: f"/verzoeken/nieuw/brief/{scene.letter.pk}/"),
    "patient_correction": (13, lambda scene: f"/verzoeken/{scene.correction.pk}/"),
    "patient_correction_sent": (13, lambda scene: f"/verzoeken/{scene.correction.pk}/verstuurd/"),
    "patient_correction_withdraw": (13, lambda scene: f"/verzoeken/{scene.correction.pk}/intrekken/"),
    "patient_wishes": (12, lambda scene: "/uitslag-horen/"),
    "patient_notices_overview": (13, lambda scene: "/meldingen/"),
    "patient_notices_address": (13, lambda scene: "/meldingen/adres/"),
    "patient_notices_mobile": (13, lambda scene: "/meldingen/mobiel/"),
    "entry_help": (12, lambda scene: "/hulp/"),
}
# The page that shows a whole record twice, as a list of ticks and as the patient reads it, may cost more.
DESK: dict[str, tuple[int, _Path]] = {
    "desk_inbox_list": (15, lambda scene: "/?q=canarie"),
    "desk_inbox_list?actions": (15, lambda scene: "/?soort=action"),
    "desk_inbox_item": (14, lambda scene: f"/postvak/{scene.action.pk}/"),
    "desk_action_new": (14, lambda scene: f"/acties/{scene.patient.pk}/nieuw/"),
    "desk_lab_enter": (13, lambda scene: f"/uitslag-invoeren/{scene.patient.pk}/"),
    "desk_letters": (12, lambda scene: "/maskerbrieven/"),
    "desk_letter_new": (12, lambda scene: "/maskerbrieven/nieuw/"),
    "desk_letter": (12, lambda scene: f"/maskerbrieven/{scene.template.pk}/"),
    "desk_letter_remove": (12, lambda scene: f"/maskerbrieven/{scene.template.pk}/verwijderen/"),
    "management_words": (12, lambda scene: "/beheer/taalmeter/"),
    "management_word_remove": (12, lambda scene: f"/beheer/taalmeter/{scene.word.pk}/verwijderen/"),
    "desk_correction": (16, lambda scene: f"/correcties/{scene.patient.pk}/{scene.correction.pk}/"),
    "desk_appointment_start": (14, lambda scene: "/afspraken/nieuw/"),
    "desk_appointments": (14, lambda scene: "/afspraken/"),
    "desk_appointment": (24, lambda scene: f"/afspraken/{scene.patient.pk}/{scene.appointment.pk}/"),
    # Seven queries for the agendas, whatever is booked; the rest is the frame of a patient's page.
    "desk_appointment_new": (
        24,
        lambda scene: f"/afspraken/{scene.patient.pk}/nieuw/?soort={scene.appointment.kind_id}",
    ),
    "desk_appointment_move": (
        30,
        lambda scene: f"/afspraken/{scene.patient.pk}/{scene.appointment.pk}/verzetten/",
    ),
    "desk_appointment_cancel": (
        22,
        lambda scene: f"/afspraken/{scene.patient.pk}/{scene.appointment.pk}/afzeggen/",
    ),
    "desk_patients_list": (12, lambda scene: "/patienten/"),
    "desk_patients_register": (12, lambda scene: "/patienten/nieuw/"),
    # Two of them are what comes and what was in the agenda.
    "desk_patients_card": (16, lambda scene: f"/patienten/{scene.patient.pk}/"),
    "desk_patients_contact": (13, lambda scene: f"/patienten/{scene.patient.pk}/gegevens/"),
    "desk_patients_identity": (13, lambda scene: f"/patienten/{scene.patient.pk}/identiteit/"),
    "desk_patients_account": (14, lambda scene: f"/patienten/{scene.patient.pk}/arts/"),
    "desk_patients_end": (13, lambda scene: f"/patienten/{scene.patient.pk}/uitschrijven/"),
    "desk_patients_online": (13, lambda scene: f"/patienten/{scene.patient.pk}/online-inzage/"),
    "desk_patients_invite": (13, lambda scene: f"/patienten/{scene.patient.pk}/uitnodigen/"),
    "desk_patients_agreement": (13, lambda scene: f"/patienten/{scene.patient.pk}/afspraken/"),
    "desk_patients_end_agreement": (13, lambda scene: f"/patienten/{scene.patient.pk}/afspraken/beeindigen/"),
    "desk_patients_close_release": (13, lambda scene: f"/patienten/{scene.patient.pk}/inzage-sluiten/"),
    "desk_release_cockpit": (26, lambda scene: f"/dossier/verzoek/{scene.asker.pk}/"),
    "desk_release_confirm": (26, lambda scene: f"/dossier/verzoek/{scene.asker.pk}/bevestigen/"),
    "desk_release_refuse": (12, lambda scene: f"/dossier/verzoek/{scene.asker.pk}/weigeren/"),
    "desk_release_leave_open": (12, lambda scene: f"/dossier/verzoek/{scene.asker.pk}/openlaten/"),
    "desk_release_record": (13, lambda scene: f"/dossier/{scene.patient.pk}/"),
    "desk_release_record?values": (13, lambda scene: f"/dossier/{scene.patient.pk}/?deel=values"),
    "desk_release_record?episodes": (14, lambda scene: f"/dossier/{scene.patient.pk}/?deel=episodes"),
    "desk_release_visibility": (26, lambda scene: f"/dossier/{scene.patient.pk}/zichtbaarheid/"),
    "desk_release_copy": (12, lambda scene: f"/dossier/{scene.patient.pk}/kopie/"),
    "desk_release_notes": (12, lambda scene: f"/dossier/{scene.patient.pk}/werknotities/"),
    "desk_release_note": (12, lambda scene: _note(scene)),
    "desk_release_note_delete": (12, lambda scene: f"{_note(scene)}verwijderen/"),
    "desk_release_note_share": (12, lambda scene: f"{_note(scene)}delen/"),
    "desk_documents_list": (12, lambda scene: f"/documenten/{scene.patient.pk}/"),
    "desk_documents_upload": (12, lambda scene: f"/documenten/{scene.patient.pk}/nieuw/"),
    "desk_documents_document": (12, lambda scene: f"/documenten/{scene.patient.pk}/{scene.letter.pk}/"),
    "desk_documents_publish": (12, lambda scene: f"/documenten/{scene.patient.pk}/{scene.unshared.pk}/publiceren/"),
    "desk_documents_withdraw": (12, lambda scene: f"/documenten/{scene.patient.pk}/{scene.letter.pk}/intrekken/"),
    "desk_log_overview": (12, lambda scene: "/toegangslog/"),
    "desk_log_patient": (12, lambda scene: f"/toegangslog/{scene.patient.pk}/"),
    "desk_log_undelivered": (12, lambda scene: "/toegangslog/niet-bezorgd/"),
    "desk_log_emergency": (12, lambda scene: "/toegangslog/noodtoegang/"),
    "desk_log_emergency_running": (12, lambda scene: f"/toegangslog/noodtoegang/{scene.emergency.pk}/"),
    "desk_log_emergency_reviews": (12, lambda scene: "/toegangslog/noodtoegang/beoordelen/"),
    "desk_log_emergency_review": (12, lambda scene: f"/toegangslog/noodtoegang/beoordelen/{scene.emergency.pk}/"),
    "desk_lab_unmatched": (12, lambda scene: reverse("desk_lab_unmatched", urlconf="zorgbalie.config.urls.desk")),
    "desk_answer_templates": (12, lambda scene: "/standaardantwoorden/"),
    "desk_answer_template_new": (12, lambda scene: "/standaardantwoorden/nieuw/"),
    "desk_answer_template": (12, lambda scene: f"/standaardantwoorden/{scene.answer_template.pk}/"),
    "desk_answer_template_remove": (12, lambda scene: f"/standaardantwoorden/{scene.answer_template.pk}/verwijderen/"),
    "management_answer_links": (12, lambda scene: "/beheer/links/"),
    "management_answer_link_new": (12, lambda scene: "/beheer/links/nieuw/"),
    "management_answer_link": (12, lambda scene: f"/beheer/links/{scene.answer_link.pk}/"),
    # With the record in short, earlier questions and what was ticked beside it (ux 46).
    "desk_consult_thread": (45, lambda scene: f"/vragen/{scene.patient.pk}/{scene.consult.pk}/"),
    "desk_consult_time": (19, lambda scene: f"/vragen/{scene.patient.pk}/{scene.consult.pk}/tijd/"),
    "desk_agenda": (36, lambda scene: "/agenda/"),
    "desk_agenda?week": (36, lambda scene: "/agenda/?weergave=week"),
    "desk_agenda_print": (36, lambda scene: "/agenda/daglijst/"),
    "desk_agenda_occupation_new": (18, lambda scene: "/agenda/vullen/"),
    "desk_billing_list": (12, lambda scene: "/declaraties/"),
    "desk_billing_one": (12, lambda scene: f"/declaraties/{scene.claim.pk}/"),
    "desk_billing_refuse": (12, lambda scene: f"/declaraties/{scene.claim.pk}/niet/"),
    "desk_billing_batches": (12, lambda scene: "/declaraties/bestanden/"),
    "management_billing": (12, lambda scene: "/beheer/declareren/"),
    "management_billing_tariffs": (12, lambda scene: "/beheer/declareren/tarieven/"),
    "management_billing_load": (12, lambda scene: "/beheer/declareren/tarieven/laden/"),
    # Whether the patient read it and what is planned are a query each.
    "desk_consult_thread?begun": (45, lambda scene: f"/vragen/{scene.patient.pk}/{scene.begun.pk}/"),
    "desk_consult_follow_up": (17, lambda scene: f"/vragen/{scene.patient.pk}/{scene.begun.pk}/vervolg/"),
    "desk_message_start": (16, lambda scene: f"/vragen/{scene.patient.pk}/bericht/"),
    "desk_mailing_overview": (12, lambda scene: "/berichten/"),
    "desk_mailing_new": (12, lambda scene: "/berichten/nieuw/"),
    "desk_mailing": (12, lambda scene: f"/berichten/{scene.choosing.pk}/"),
    "desk_mailing_recipients": (13, lambda scene: f"/berichten/{scene.choosing.pk}/wie/"),
    "desk_mailing_write": (12, lambda scene: f"/berichten/{scene.choosing.pk}/tekst/"),
    "desk_mailing_preview": (16, lambda scene: f"/berichten/{scene.choosing.pk}/voorbeeld/"),
    "desk_mailing_send": (16, lambda scene: f"/berichten/{scene.choosing.pk}/versturen/"),
    "desk_mailing_drop": (12, lambda scene: f"/berichten/{scene.choosing.pk}/weg/"),
    "desk_mailing_unread": (13, lambda scene: f"/berichten/{scene.sent.pk}/bellen/"),
    "management_messages": (12, lambda scene: "/beheer/vragen/berichten/"),
    "management_consult": (12, lambda scene: "/beheer/vragen/"),
    "management_consult_times": (12, lambda scene: "/beheer/vragen/tijden/"),
    "management_opening": (12, lambda scene: "/beheer/openingstijden/"),
    "management_closing_new": (12, lambda scene: "/beheer/openingstijden/dicht/"),
    "management_closing_remove": (12, lambda scene: f"/beheer/openingstijden/dicht/{scene.closing.pk}/"),
    "management_agenda": (19, lambda scene: "/beheer/afspraken/"),
    "management_appointment_kinds": (12, lambda scene: "/beheer/afspraken/soorten/"),
    "management_appointment_kind_new": (12, lambda scene: "/beheer/afspraken/soorten/nieuw/"),
    "management_appointment_kind": (13, lambda scene: f"/beheer/afspraken/soorten/{scene.appointment_kind.pk}/"),
    "management_agendas": (12, lambda scene: "/beheer/afspraken/agendas/"),
    "management_agenda_new": (12, lambda scene: "/beheer/afspraken/agendas/nieuw/"),
    "management_agenda_one": (12, lambda scene: f"/beheer/afspraken/agendas/{scene.agenda.pk}/"),
    "management_agenda_use": (12, lambda scene: f"/beheer/afspraken/agendas/{scene.agenda.pk}/gebruik/"),
    "management_agenda_copy": (12, lambda scene: f"/beheer/afspraken/agendas/{scene.agenda.pk}/overnemen/"),
    # Eleven are a week of an agenda: what it offers, what closes it and what stands in it.
    "management_agenda_weeks": (16, lambda scene: f"{scene.agenda_path}weken/"),
    "management_week_copy": (16, lambda scene: f"{scene.agenda_path}weken/kopieren/"),
    "management_block_new": (16, lambda scene: f"{scene.agenda_path}weken/blok/"),
    "management_block": (16, lambda scene: f"{scene.agenda_path}weken/blok/{scene.block.pk}/?dag={MONDAY}"),
    "management_block_remove": (16, lambda scene: f"{scene.agenda_path}weken/blok/{scene.block.pk}/weg/?dag={MONDAY}"),
    "management_leave_new": (16, lambda scene: f"{scene.agenda_path}vrij/"),
    "management_leave": (16, lambda scene: f"{scene.agenda_path}vrij/{scene.leave.pk}/"),
    "management_series_new": (16, lambda scene: f"{scene.agenda_path}bezet/"),
    "desk_feeds": (16, lambda scene: "/agenda-koppelen/"),
    "management_consult_asking": (12, lambda scene: "/beheer/vragen/wie/"),
    "management_consult_reasons": (12, lambda scene: "/beheer/vragen/redenen/"),
    "management_consult_reason_new": (12, lambda scene: "/beheer/vragen/redenen/nieuw/"),
    "management_consult_reason": (12, lambda scene: f"/beheer/vragen/redenen/{scene.reason.pk}/"),
    "desk_consult_inbox": (18, lambda scene: "/vragen/"),
    "desk_consult_list": (13, lambda scene: f"/vragen/{scene.patient.pk}/"),
    "desk_consult_journal": (21, lambda scene: f"/vragen/{scene.patient.pk}/{scene.consult.pk}/journaal/"),
    "desk_consult_move": (21, lambda scene: f"/vragen/{scene.patient.pk}/{scene.consult.pk}/ander/?q=bos"),
    "desk_consult_move_to": (
        21,
        lambda scene: f"/vragen/{scene.patient.pk}/{scene.consult.pk}/ander/{scene.asker.person.pk}/",
    ),
    "management_consult_storage": (12, lambda scene: "/beheer/vragen/dossier/"),
    "management_practice": (12, lambda scene: "/beheer/praktijk/"),
    "management_online": (12, lambda scene: "/beheer/online-inzage/"),
    "management_documents": (12, lambda scene: "/beheer/correspondentie/"),
    "management_accounts": (12, lambda scene: "/beheer/accounts/"),
    "management_account_new": (12, lambda scene: "/beheer/accounts/nieuw/"),
    "management_account_copy": (12, lambda scene: "/beheer/accounts/overnemen/"),
    "management_account": (12, lambda scene: f"/beheer/accounts/{scene.account.pk}/"),
    "management_employees": (12, lambda scene: "/beheer/medewerkers/"),
    "management_employee_new": (12, lambda scene: "/beheer/medewerkers/nieuw/"),
    "management_rights": (12, lambda scene: "/beheer/medewerkers/rechten/"),
    "management_employee": (13, lambda scene: f"/beheer/medewerkers/{scene.employee.pk}/"),
    "management_groups": (12, lambda scene: "/beheer/groepen/"),
    "management_group": (12, lambda scene: f"/beheer/groepen/{scene.group.pk}/"),
    "management_group_new": (12, lambda scene: "/beheer/groepen/nieuw/"),
    "management_result_kinds": (12, lambda scene: "/beheer/uitslagen/"),
    "management_result_kind": (12, lambda scene: f"/beheer/uitslagen/{scene.kind.pk}/"),
    "management_result_kind_new": (12, lambda scene: "/beheer/uitslagen/nieuw/"),
    "management_result_kind_rest": (12, lambda scene: "/beheer/uitslagen/andere/"),
    "management_result_kind_remove": (12, lambda scene: f"/beheer/uitslagen/{scene.kind.pk}/weg/"),
    "management_agreement": (12, lambda scene: "/beheer/overeenkomst/"),
    "management_agreement_new": (12, lambda scene: "/beheer/overeenkomst/nieuw/"),
    "management_agreement_version": (12, lambda scene: f"/beheer/overeenkomst/{scene.text.pk}/"),
    "management_knowledge": (12, lambda scene: "/beheer/informatie/"),
    "management_knowledge_load": (12, lambda scene: "/beheer/informatie/laden/"),
    "management_knowledge_preview": (12, lambda scene: "/beheer/informatie/voorbeeld/?soort=condition&naam=Jicht"),
    "management_knowledge_source_new": (12, lambda scene: "/beheer/informatie/website/"),
    "management_knowledge_link": (12, lambda scene: f"/beheer/informatie/link/{scene.link.pk}/"),
    "entry_staff_password": (12, lambda scene: "/wachtwoord/"),
    "entry_staff_choose": (12, lambda scene: "/werken-voor/"),
    "mfa_index": (12, lambda scene: "/beveiliging/"),
}


# What is no page of its own: sign-in steps, files, answers to a script, and pages that need another state (their tests
# are with their topic).
NOT_A_PAGE = {
    "portal": {
        "entry_begin", "entry_complete", "entry_demo_mail", "entry_keep_alive", "entry_saml_metadata", "entry_sign_in",
        "entry_sign_out", "entry_standin", "entry_theme", "language", "patient_access_agreement_pdf",
        "patient_access_ask", "patient_access_invitation", "patient_access_sign", "patient_home_switch",
        "patient_consult_download", "patient_consult_keep_text",
        "patient_log_download", "patient_notices_add_browser", "patient_notices_code", "patient_notices_drop_browser",
        "patient_notices_drop_mobile", "patient_notices_mobile_code", "patient_record_letter_file",
        "patient_consult_group_messages",
        "patient_appointment_earlier_stop", "patient_appointment_ics",
        "patient_export_ask", "patient_export_download", "patient_export_progress",
        "patient_record_result", "theme",
        "patient_consult_file", "patient_consult_thread_files", "patient_consult_thumbnail",
        "patient_consult_for_whom",  # only for who has a child: bounded with its own tests
        # Only after the warning and with a held time: bounded with their own tests.
        "patient_booking", "patient_booking_check", "patient_booking_details", "patient_booking_done",
        "patient_booking_for_whom", "patient_booking_kinds", "patient_booking_leave", "patient_booking_time",
    },
    "desk": {
        "desk_consult_draft", "desk_consult_next", "desk_consult_ticks", "desk_consult_take", "desk_consult_give_back",
        "desk_consult_hand", "desk_consult_urgent", "desk_consult_presence", "desk_consult_numbers",
        "desk_agenda_board", "desk_agenda_mark", "desk_agenda_move", "desk_agenda_occupation",
        "desk_agenda_occupation_remove", "desk_agenda_stamp",
        "desk_billing_confirm", "desk_billing_file", "desk_consult_time_count",
        "desk_mailing_stop", "desk_mailing_unread_csv",
        "desk_correction_decide", "desk_correction_extend", "desk_correction_note", "desk_correction_take_up",
        "account_login", "account_logout", "account_reauthenticate", "desk_documents_file",
        "desk_consult_file", "desk_consult_files", "desk_consult_thumbnail",
        "desk_inbox_close", "desk_inbox_give_back",
        "desk_inbox_take", "desk_lab_process", "desk_lab_unmatched_assign", "desk_lab_unmatched_message",
        "desk_lab_unmatched_set_aside", "desk_log_csv", "desk_log_emergency_end", "desk_log_pdf", "desk_patients_find",
        "desk_patients_revoke", "desk_patients_sign", "desk_release_copy_pdf", "desk_release_copy_ready",
        "desk_release_visibility_confirm", "entry_staff_app_qr", "entry_staff_keep_alive", "entry_staff_session_over",
        "entry_theme", "language", "management_account_active", "management_employee_end",
        "management_employee_reset", "management_employee_resume", "management_employee_unlock",
        "management_knowledge_source", "management_consult_reason_examples", "management_consult_reason_move",
        "management_consult_reason_switch",
        "management_leave_remove", "management_series_remove",
        "desk_feed_revoke", "desk_feed_read", "desk_appointment_item",
        "management_agenda_move", "management_appointment_kind_archive", "management_appointment_kind_examples",
        "management_appointment_kind_move", "management_appointment_kind_switch", "management_result_kind_examples",
        "management_result_kind_move", "management_result_kind_preview",
        "management_online_preview", "mfa_activate_totp", "mfa_add_webauthn", "mfa_authenticate",
        "mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
        "mfa_remove_webauthn", "mfa_view_recovery_codes", "theme",
    },
}  # fmt: skip


@pytest.fixture(params=[1, 30])
def scene(request) -> Scene:
    return Scene(request.param)


def too_many(client, pages: dict[str, tuple[int, _Path]], scene: Scene) -> list[tuple[str, int, int]]:
    """The pages that cost more than they may, with what they cost and may."""
    client.get("/")  # words that a process reads once
    found = []
    for name, (most, path) in pages.items():
        number, answer = queries_of(client, path(scene))
        assert answer.status_code == 200, (name, answer.status_code)
        if number > most:
            found.append((name, number, most))
    return found


def test_ux56_each_page_of_the_portal_has_a_bound_that_does_not_grow(scene, portal_client):
    portal_client.sign_in(scene.patient)
    portal_client.get("/dossier/")
    assert too_many(portal_client, PATIENT, scene) == []


def test_ux56_each_page_of_the_desk_has_a_bound_that_does_not_grow(scene, desk_client):
    desk_client.sign_in(scene.employee)
    desk_client.get(f"/dossier/{scene.patient.pk}/zichtbaarheid/")
    assert too_many(desk_client, DESK, scene) == []


@pytest.mark.parametrize(("face", "pages"), [("portal", PATIENT), ("desk", DESK)])
def test_every_page_has_a_bound(face, pages):
    names = {address.name for address in addresses(f"zorgbalie.config.urls.{face}")}
    bounded = {name.partition("?")[0] for name in pages}
    assert names - bounded - NOT_A_PAGE[face] == set()
