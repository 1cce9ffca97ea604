"""The demo world: two GP practices, a pharmacy, their staff, and patients at each step of the way to their record."""

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from psycopg import Connection

from zorgbalie.config.seeding.demo_agenda import add_agenda, add_other_agenda
from zorgbalie.config.seeding.demo_answering import add_answering
from zorgbalie.config.seeding.demo_appointments import AgendaScene
from zorgbalie.config.seeding.demo_billing import add_billing
from zorgbalie.config.seeding.demo_consult import add_consults
from zorgbalie.config.seeding.demo_corrections import add_corrections
from zorgbalie.config.seeding.demo_documents import add_documents
from zorgbalie.config.seeding.demo_files import add_files
from zorgbalie.config.seeding.demo_inbox import add_inbox
from zorgbalie.config.seeding.demo_knowledge import add_links
from zorgbalie.config.seeding.demo_lab import Place, add_lab_reports
from zorgbalie.config.seeding.demo_outgoing import add_outgoing
from zorgbalie.config.seeding.demo_promise import add_late_question, add_opening
from zorgbalie.config.seeding.demo_reasons import add_reasons
from zorgbalie.config.seeding.demo_record import AT_PHARMACY, MAIN, SMALL, DemoRecord, record_rows
from zorgbalie.config.seeding.demo_reporting import add_reported
from zorgbalie.config.seeding.demo_staff import DEMO_PASSWORD, DEMO_STAFF, DEMO_TOTP_SECRET
from zorgbalie.config.seeding.demo_wishes import add_result_rules
from zorgbalie.config.seeding.demo_writing import add_writing
from zorgbalie.config.seeding.names import filler_people
from zorgbalie.config.seeding.rows import insert, insert_one
from zorgbalie.faces.entry.demo_people import DEMO_PEOPLE, DemoPerson
from zorgbalie.kernel.clock import local_date
from zorgbalie.practice.types import Facility

FILLERS = 60
_FACILITIES = {
    "gp": [facility.value for facility in Facility],
    "pharmacy": [Facility.MEDICATION.value, Facility.ALLERGIES.value, Facility.E_CONSULT.value],
}
_PRACTICES: dict[str, dict[str, Any]] = {
    "linde": {
        "kind": "gp", "name": "Huisartsenpraktijk De Linde", "agb": "01999901", "street": "Lindelaan",
        "house_number": "12", "postcode": "1234 AB", "city": "Lindedorp", "phone": "020 555 01 23",
        "urgent_phone": "020 555 01 24", "opening_hours": "Maandag tot en met vrijdag van 8.00 tot 17.00 uur",
        "out_of_hours_name": "Huisartsenpost Lindedorp", "out_of_hours_phone": "020 555 01 99",
        "email": "praktijk@linde.example", "release_mode": "manual",
        "welcome_text": "Welkom bij De Linde. Hier leest u uw dossier.",
    },
    "vijzel": {
        "kind": "pharmacy", "name": "Apotheek De Vijzel", "agb": "02999902", "street": "Marktplein",
        "house_number": "3", "postcode": "1234 CD", "city": "Lindedorp", "phone": "020 555 02 34",
        "urgent_phone": "", "opening_hours": "Maandag tot en met vrijdag van 8.30 tot 17.30 uur",
        "out_of_hours_name": "Dienstapotheek Lindedorp", "out_of_hours_phone": "020 555 02 99",
        "email": "apotheek@vijzel.example", "release_mode": "manual", "welcome_text": "",
    },
    "gracht": {
        "kind": "gp", "name": "Huisartsen aan de Gracht", "agb": "01999903", "street": "Gracht",
        "house_number": "88", "postcode": "1235 EF", "city": "Grachtstad", "phone": "020 555 03 45",
        "urgent_phone": "", "opening_hours": "Maandag tot en met vrijdag van 8.00 tot 17.00 uur",
        "out_of_hours_name": "Huisartsenpost Grachtstad", "out_of_hours_phone": "020 555 03 99",
        "email": "praktijk@gracht.example", "release_mode": "automatic", "welcome_text": "",
    },
}  # fmt: skip
_ACCOUNTS = {
    "linde": (("dr. J. de Wit", "huisarts"), ("dr. S. Yilmaz", "huisarts")),
    "vijzel": (("M. Koster", "apotheker"),),
    "gracht": (("dr. A. Gracht", "huisarts"),),
}
_SIGNERS = {"linde": "wit", "vijzel": "koster", "gracht": "gracht"}


class DemoWorld:
    """Fills an empty database. `now` is the moment of seeding; everything is dated from there."""

    def __init__(self, link: Connection[Any], *, now: datetime) -> None:
        self.link = link
        self.now = now
        self.today: date = local_date(now)
        self.practices: dict[str, int] = {}
        self.accounts: dict[str, list[int]] = {}
        self.employees: dict[str, int] = {}
        self.people: dict[str, int] = {}
        self.others: list[int] = []

    def fill(self) -> None:
        """Write the whole world, in the caller's transaction."""
        self._practices()
        self._staff()
        self._people()
        self._fillers()
        self._steps()
        self._records()
        self._agendas()

    def _practices(self) -> None:
        since = self.today - timedelta(days=3 * 365)
        for key, values in _PRACTICES.items():
            row = {
                **values, "ura": "", "brand_color": "", "online_access_since": since,
                "automatic_release_notifies": True,
                "results_months": 14, "show_closed_with_attention": True, "show_closed_without_attention": False,
                "staff_idle_minutes": 30,
            }  # fmt: skip
            self.practices[key] = insert_one(self.link, "practice_practice", **row)
            self.accounts[key] = [
                insert_one(
                    self.link, "practice_account", practice_id=self.practices[key], name=name, function=function,
                    agb="", facilities=_FACILITIES[values["kind"]], is_active=True,
                )
                for name, function in _ACCOUNTS[key]
            ]  # fmt: skip

    def _staff(self) -> None:
        from allauth.mfa.utils import encrypt

        password = make_password(DEMO_PASSWORD)
        for person in DEMO_STAFF:
            user = insert_one(
                self.link, "practice_staffuser", email=person.email, password=password, is_active=True,
                must_change_password=False,
            )  # fmt: skip
            insert_one(
                self.link, "mfa_authenticator", user_id=user, type="totp", data={"secret": encrypt(DEMO_TOTP_SECRET)},
                created_at=self.now,
            )  # fmt: skip
            self.employees[person.code] = insert_one(
                self.link, "practice_employee", practice_id=self.practices[person.practice], user_id=user,
                employee_code=person.code, name=person.name, role=person.role.value,
                rights=[right.value for right in person.rights], starts_on=date(2020, 1, 1),
            )  # fmt: skip
            for account in self.accounts[person.practice]:
                insert_one(
                    self.link,
                    "practice_account_members",
                    account_id=account,
                    employee_id=self.employees[person.code],
                )
        group = insert_one(
            self.link, "practice_employeegroup", practice_id=self.practices["linde"], name="Assistente",
            description="Voor vragen over afspraken, uitslagen en verwijzingen.", is_visible_to_patients=True,
        )  # fmt: skip
        insert_one(
            self.link,
            "practice_employeegroup_members",
            employeegroup_id=group,
            employee_id=self.employees["bakker"],
        )

    def _person(self, person: DemoPerson, number: int) -> int:
        return insert_one(
            self.link, "people_person", bsn=person.bsn, bsn_verified_at=self.now, initials=f"{person.given_name[0]}.",
            given_name=person.given_name, name_prefix=person.name_prefix, family_name=person.family_name,
            birth_date=person.birth_date, sex=person.sex, email=f"patient{number}@post.example",
            email_verified_at=self.now, phone="", street="Voorbeeldstraat", house_number=str(number),
            postcode="1234 AB", city="Lindedorp", language="nl",
        )  # fmt: skip

    def _people(self) -> None:
        for number, person in enumerate(DEMO_PEOPLE, start=1):
            self.people[person.given_name] = self._person(person, number)
            self._enrol(
                self.people[person.given_name],
                "linde",
                "copy_only" if person.given_name == "Henk" else "allowed",
            )
            self._enrol(self.people[person.given_name], "vijzel", "allowed")
        insert_one(
            self.link, "people_representation", representative_id=self.people["Pieter"], patient_id=self.people["Sem"],
            kind="parent", starts_on=date(2018, 9, 2),
        )  # fmt: skip

    def _enrol(self, person: int, practice: str, online_access: str = "allowed", account: int = 0) -> None:
        insert_one(
            self.link, "practice_enrolment", practice_id=self.practices[practice],
            practice_kind=_PRACTICES[practice]["kind"], person_id=person,
            account_id=self.accounts[practice][account], starts_on=date(2015, 1, 1), online_access=online_access,
        )  # fmt: skip

    def _fillers(self) -> None:
        """Other patients, so that lists have pages; each has a small record."""
        ids = [self._person(person, 100 + number) for number, person in enumerate(filler_people(FILLERS))]
        for number, person in enumerate(ids):
            self._enrol(person, "linde" if number % 5 else "gracht", account=0)
            self.others += [person] if number % 5 else []
            self._record(person, "linde" if number % 5 else "gracht", SMALL)
        for person in ids[1:13]:
            if ids.index(person) % 5:
                self._sign(person, "linde")
                self._ask(person, "linde", days_ago=ids.index(person) % 9)

    def _steps(self) -> None:
        """Each demo patient at another step (REQ 4 to 8, 24, 54 to 56)."""
        for name in ("Jacqueline", "Fatima", "Noor", "Sem", "Lotte"):
            self._sign(self.people[name], "linde", signer=self.people["Pieter"] if name == "Sem" else None)
        for name in ("Jacqueline", "Noor", "Sem"):
            self._release(self.people[name], "linde")
        self._sign(self.people["Jacqueline"], "vijzel")
        self._release(self.people["Jacqueline"], "vijzel")
        self._sign(self.people["Fatima"], "vijzel")
        self._ask(self.people["Fatima"], "vijzel", days_ago=1)
        self._ask(self.people["Fatima"], "linde", days_ago=2)
        self._ask(self.people["Lotte"], "linde", days_ago=1)
        self._invite(self.people["Willem"])

    def _sign(self, person: int, practice: str, signer: int | None = None) -> None:
        moment = self.now - timedelta(days=90)
        insert_one(
            self.link, "access_agreement", practice_id=self.practices[practice], person_id=person,
            text_id=self._text(), patient_signed_at=moment, patient_signer_id=signer or person,
            patient_signer_level="substantieel", practice_signed_at=moment,
            practice_signer_id=self.employees[_SIGNERS[practice]],
            ended_by_patient=False,
        )  # fmt: skip

    def _text(self) -> int:
        found = self.link.execute(
            "SELECT id FROM access_agreementtext WHERE practice_id IS NULL ORDER BY version DESC"
        ).fetchone()
        if found is None:
            raise RuntimeError("the general agreement text is missing: run `zorgbalie migrate` first")
        return int(found[0])

    def _release(self, person: int, practice: str) -> None:
        insert_one(
            self.link, "access_accessrequest", practice_id=self.practices[practice], person_id=person,
            asked_by_id=person, state="released", reason="", automatic=False, asked_at=self.now - timedelta(days=89),
            decided_at=self.now - timedelta(days=88),
            decided_by_id=self.employees[_SIGNERS[practice]],
        )  # fmt: skip

    def _ask(self, person: int, practice: str, days_ago: int) -> None:
        moment = self.now - timedelta(days=days_ago, hours=2)
        request = insert_one(
            self.link, "access_accessrequest", practice_id=self.practices[practice], person_id=person,
            asked_by_id=person, state="asked", reason="", automatic=False, asked_at=moment,
        )  # fmt: skip
        insert_one(
            self.link, "worklist_workitem", practice_id=self.practices[practice], person_id=person,
            kind="access_request", about_id=request, for_right="release_record", state="open", is_urgent=False,
            created_at=moment,
        )  # fmt: skip

    def _invite(self, person: int) -> None:
        from zorgbalie.access.actions.invitations import digest_of_code

        insert_one(
            self.link, "access_invitation", practice_id=self.practices["linde"], person_id=person, channel="letter",
            code_digest=digest_of_code(code="GRAAN-STEEN"), invited_by_id=self.employees["wit"],
            expires_at=self.now + timedelta(days=60),
        )  # fmt: skip
        insert_one(
            self.link, "access_agreement", practice_id=self.practices["linde"], person_id=person, text_id=self._text(),
            patient_signer_level="", practice_signed_at=self.now, practice_signer_id=self.employees["wit"],
            ended_by_patient=False,
        )  # fmt: skip

    def _records(self) -> None:
        self._record(self.people["Jacqueline"], "linde", MAIN)
        for name in ("Willem", "Fatima", "Pieter", "Noor", "Sem", "Lotte", "Henk"):
            self._record(self.people[name], "linde", SMALL)
        self._pharmacy_record(self.people["Jacqueline"], AT_PHARMACY)
        self._pharmacy_record(self.people["Fatima"], SMALL)
        place = Place(
            practice=self.practices["linde"], account=self.accounts["linde"][0], doctor=self.employees["wit"],
            now=self.now,
        )  # fmt: skip
        add_lab_reports(self.link, place, self.people["Jacqueline"], self.people["Willem"])
        add_documents(self.link, place, self.people["Jacqueline"], self.people["Fatima"])
        add_consults(self.link, place, self.people["Jacqueline"], self.people["Fatima"])
        add_files(self.link)
        add_opening(self.link, self.practices, self.today)
        add_late_question(self.link, place, self.people["Noor"])
        add_reasons(self.link, self.practices)
        add_inbox(self.link, place, self.accounts["linde"][1], self.employees["bakker"])
        add_answering(self.link, place)
        add_reported(self.link, place, self.people["Jacqueline"], self.people["Pieter"], self.people["Sem"])
        add_billing(self.link, place)
        add_outgoing(self.link, place, self.people["Jacqueline"], self.people["Pieter"], self.people["Willem"])
        add_links(self.link, self.practices["linde"])
        add_corrections(self.link, place, self.people["Jacqueline"], self.people["Noor"])
        add_result_rules(self.link, place, self.people["Fatima"])
        add_writing(self.link, place, self.people["Fatima"], self.people["Noor"])

    def _agendas(self) -> None:
        scene = AgendaScene(
            practice=self.practices["linde"], accounts=tuple(self.accounts["linde"]), employees=self.employees,
            people=self.people, others=tuple(self.others), now=self.now,
        )  # fmt: skip
        add_agenda(self.link, scene)
        add_other_agenda(self.link, self.practices["gracht"], self.accounts["gracht"][0], self.now)

    def _base(self, person: int, practice: str) -> dict[str, Any]:
        return {
            "patient_id": person, "practice_id": self.practices[practice], "author_name": _ACCOUNTS[practice][0][0],
            "author_role": _ACCOUNTS[practice][0][1], "visible_to_patient": True, "hidden_reason": "",
        }  # fmt: skip

    def _record(self, person: int, practice: str, record: DemoRecord) -> None:
        tables = record_rows(record, today=self.today, base=self._base(person, practice))
        episodes = self._keyed("record_episode", tables.pop("record_episode"))
        encounters = self._keyed("record_encounter", tables.pop("record_encounter"))
        for table, rows in tables.items():
            insert(self.link, table, [_linked(row, episodes, encounters) for row in rows])

    def _keyed(self, table: str, rows: list[dict[str, Any]]) -> dict[Any, int]:
        keys = [row.pop("_key") for row in rows]
        return dict(zip(keys, insert(self.link, table, rows), strict=True))

    def _pharmacy_record(self, person: int, record: DemoRecord) -> None:
        """A pharmacy keeps medicines and allergies alone."""
        rows = record_rows(record, today=self.today, base=self._base(person, "vijzel"))
        insert(self.link, "record_medication", rows["record_medication"])
        insert(self.link, "record_allergy", rows["record_allergy"])


def _linked(row: dict[str, Any], episodes: dict[Any, int], encounters: dict[Any, int]) -> dict[str, Any]:
    """Replace the keys of a row by ids."""
    linked = {name: value for name, value in row.items() if not name.startswith("_")}
    if "_episode" in row:
        linked["episode_id"] = episodes[row["_episode"]]
    if "_encounter" in row:
        linked["encounter_id"] = encounters[row["_encounter"]]
    return linked


def is_empty(link: Connection[Any]) -> bool:
    """Whether no world was loaded yet."""
    return link.execute("SELECT 1 FROM practice_practice LIMIT 1").fetchone() is None
