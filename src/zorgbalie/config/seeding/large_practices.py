"""Practices, accounts and staff of the large world, written straight away: there are only hundreds of them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password
from psycopg import Connection

from zorgbalie.config.seeding.demo_staff import DEMO_PASSWORD, DEMO_TOTP_SECRET
from zorgbalie.config.seeding.large_plan import ACCOUNTS_PER_GP_PRACTICE, Plan
from zorgbalie.config.seeding.rows import Row, insert
from zorgbalie.kernel.viewer import StaffRight, StaffRole
from zorgbalie.practice.types import Facility

TABLES = (
    "practice_practice", "practice_account", "practice_staffuser", "mfa_authenticator", "practice_employee",
    "practice_account_members", "practice_employeegroup", "practice_employeegroup_members",
)  # fmt: skip
_SALT = "largeworld"  # known, as the password is: nobody's secret, and the same world each time
_TREES = ("Linde", "Eik", "Beuk", "Wilg", "Els", "Berk", "Iep", "Es", "Plataan", "Kastanje")
_STAFF = (
    ("manager", StaffRole.MANAGER, (StaffRight.MANAGE_PRACTICE, StaffRight.READ_ACCESS_LOG, StaffRight.INVITE_PATIENT)),
    ("huisarts", StaffRole.GP, tuple(StaffRight)),
    ("assistente", StaffRole.ASSISTANT, (
        StaffRight.READ_RECORD, StaffRight.INVITE_PATIENT, StaffRight.RELEASE_RECORD, StaffRight.WORK_NOTES,
    )),
)  # fmt: skip
_PHARMACIST = ("apotheker", StaffRole.PHARMACIST, (StaffRight.READ_RECORD, StaffRight.MANAGE_PRACTICE))


def practice_rows(plan: Plan) -> Mapping[str, Sequence[Row]]:
    """Rows by table in the order in which they can be inserted."""
    made_at = datetime.combine(plan.today - timedelta(days=1), time(6), tzinfo=UTC)
    staff = [*_gp_staff(plan), *_pharmacists(plan)]
    accounts = list(_accounts(plan))
    return {
        "practice_practice": [_practice(plan, pk, made_at) for pk in range(1, plan.practices + plan.pharmacies + 1)],
        "practice_account": accounts,
        "practice_staffuser": [_user(row["id"], row["_mail"], made_at) for row in staff],
        "mfa_authenticator": [_second_factor(row["id"], made_at) for row in staff],
        "practice_employee": [{k: v for k, v in row.items() if k != "_mail"} for row in staff],
        "practice_account_members": _members(accounts, staff),
        "practice_employeegroup": [_group(pk) for pk in range(1, plan.practices + 1)],
        "practice_employeegroup_members": [
            {"id": pk, "employeegroup_id": pk, "employee_id": plan.employee_id(pk, 2)}
            for pk in range(1, plan.practices + 1)
        ],
    }


def insert_practices(link: Connection[Any], plan: Plan) -> int:
    """Write them all; returns how many rows."""
    tables = practice_rows(plan)
    for table, rows in tables.items():
        insert(link, table, rows)
    return sum(map(len, tables.values()))


def agreement_text(link: Connection[Any]) -> int:
    """The newest national text of the agreement, made where there is none."""
    found = link.execute(
        "SELECT id FROM access_agreementtext WHERE practice_id IS NULL ORDER BY version DESC LIMIT 1"
    ).fetchone()
    if found is not None:
        return int(found[0])
    sides = ("patient_rights", "patient_duties", "practice_rights", "practice_duties")
    bodies = dict.fromkeys((f"body_{side}" for side in sides), "Voorbeeldtekst.")
    row = {"version": 1, "title": "Afspraken over online inzage", **bodies}
    return insert(link, "access_agreementtext", [row])[0]


def _practice(plan: Plan, pk: int, made_at: datetime) -> Row:
    gp = pk <= plan.practices
    kind, name = ("gp", f"Huisartsenpraktijk De {_TREES[pk % 10]} {pk}") if gp else ("pharmacy", f"Apotheek {pk}")
    return {
        "id": pk, "kind": kind, "name": name, "agb": "", "ura": "", "street": f"{_TREES[pk % 10]}laan",
        "house_number": str(pk), "postcode": f"{1000 + pk} AB", "city": f"Dorp {pk}", "phone": f"020 555 {pk:04}",
        "urgent_phone": "", "opening_hours": "Maandag tot en met vrijdag van 8.00 tot 17.00 uur",
        "out_of_hours_name": "Huisartsenpost", "out_of_hours_phone": "020 555 9999", "email": "", "brand_color": "",
        "welcome_text": "", "online_access_since": plan.today - timedelta(days=3 * 365), "release_mode": "manual",
        "automatic_release_notifies": True, "results_months": 14, "show_closed_with_attention": True,
        "show_closed_without_attention": False, "staff_idle_minutes": 30, "created_at": made_at,
    }  # fmt: skip


def _accounts(plan: Plan) -> list[dict[str, Any]]:
    gp = [(pk, number) for pk in range(1, plan.practices + 1) for number in range(ACCOUNTS_PER_GP_PRACTICE)]
    pharmacies = [(plan.practices + place, 0) for place in range(1, plan.pharmacies + 1)]
    return [
        {
            "id": plan.account_id(pk, number), "practice_id": pk, "name": f"dr. {_TREES[number]} {pk}", "agb": "",
            "function": "huisarts" if pk <= plan.practices else "apotheker",
            "facilities": [facility.value for facility in Facility], "is_active": True,
        }
        for pk, number in (*gp, *pharmacies)
    ]  # fmt: skip


def _gp_staff(plan: Plan) -> list[dict[str, Any]]:
    return [
        _employee(plan.employee_id(pk, number), pk, *_STAFF[number])
        for pk in range(1, plan.practices + 1)
        for number in range(len(_STAFF))
    ]


def _pharmacists(plan: Plan) -> list[dict[str, Any]]:
    ids = [plan.practices + place for place in range(1, plan.pharmacies + 1)]
    return [_employee(plan.employee_id(pk), pk, *_PHARMACIST) for pk in ids]


def _employee(pk: int, practice_id: int, word: str, role: StaffRole, rights: tuple[StaffRight, ...]) -> dict[str, Any]:
    return {
        "id": pk, "practice_id": practice_id, "user_id": pk, "employee_code": f"{word}{practice_id}",
        "name": f"{word.capitalize()} {practice_id}", "role": role.value, "rights": [right.value for right in rights],
        "starts_on": date(2020, 1, 1), "_mail": f"{word}{practice_id}@praktijk.example",
    }  # fmt: skip


def _user(pk: int, email: str, made_at: datetime) -> Row:
    return {
        "id": pk, "email": email, "password": _password(), "is_active": True, "must_change_password": False,
        "one_time_until": None, "created_at": made_at,
    }  # fmt: skip


@cache
def _password() -> str:
    return make_password(DEMO_PASSWORD, salt=_SALT)


def _second_factor(user: int, made_at: datetime) -> Row:
    from allauth.mfa.utils import encrypt

    data = {"secret": encrypt(DEMO_TOTP_SECRET)}
    return {"id": user, "user_id": user, "type": "totp", "data": data, "created_at": made_at}


def _members(accounts: list[dict[str, Any]], staff: list[dict[str, Any]]) -> list[Row]:
    pairs = [(a["id"], e["id"]) for a in accounts for e in staff if a["practice_id"] == e["practice_id"]]
    return [
        {"id": pk, "account_id": account, "employee_id": employee}
        for pk, (account, employee) in enumerate(pairs, start=1)
    ]


def _group(practice_id: int) -> Row:
    return {
        "id": practice_id, "practice_id": practice_id, "name": "Assistente", "is_visible_to_patients": True,
        "description": "Voor vragen over afspraken, uitslagen en verwijzingen.",
    }  # fmt: skip
