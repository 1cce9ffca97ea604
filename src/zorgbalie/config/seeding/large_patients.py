"""Patients of the large world with their records, as lines for COPY. Pure and deterministic; runs in processes apart.

Formatting is kept to one f-string per row, with all that does not differ between patients joined beforehand: the
generating is as fast as PostgreSQL takes the lines in.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from random import Random

from zorgbalie.config.seeding import large_catalogue as catalogue
from zorgbalie.config.seeding.large_plan import (
    ENCOUNTERS,
    EPISODES,
    FLAGS,
    HEAVY_PATIENT_OBSERVATIONS,
    LINES_PER_ENCOUNTER,
    MEDICATIONS,
    OBSERVATIONS,
    Plan,
    has_released_record,
    is_child,
    is_invited,
    waits_for_release,
)  # fmt: skip
from zorgbalie.config.seeding.names import FAMILY, GIVEN_FEMALE, GIVEN_MALE, range_bsn

_RECORD = "id patient_id practice_id"
_TAIL = "author_name author_role visible_to_patient hidden_reason date_precision created_at"
# What each line holds, in this order.
COLUMNS: dict[str, str] = {
    "people_person": "id bsn bsn_verified_at initials given_name name_prefix family_name birth_date sex email"
    " email_verified_at phone street house_number postcode city language created_at",
    "people_representation": "id representative_id patient_id kind starts_on child_consent_at created_at",
    "practice_enrolment": "id practice_id practice_kind person_id account_id starts_on online_access",
    "access_agreement": "id practice_id person_id text_id patient_signed_at patient_signer_id patient_signer_level"
    " practice_signed_at practice_signer_id ended_by_patient",
    "access_invitation": "id practice_id person_id channel code_digest invited_by_id created_at expires_at"
    " failed_attempts",
    "access_accessrequest": "id practice_id person_id asked_by_id state reason automatic asked_at decided_at"
    " decided_by_id",
    "messaging_noticepreference": "id person_id kind channel is_on changed_at",
    "messaging_notice": "id practice_id person_id kind channel event_key address language state attempts created_at"
    " sent_at last_error",
    "worklist_workitem": "id practice_id account_id person_id kind about_id for_right state is_urgent created_at"
    " done_at",
    "record_episode": f"{_RECORD} icpc_code title has_attention start_date end_date {_TAIL}",
    "record_flag": f"{_RECORD} episode_id code title start_date {_TAIL}",
    "record_encounter": f"{_RECORD} started_on kind_code kind_title reason {_TAIL}",
    "record_journalentry": f"{_RECORD} encounter_id episode_id soep text icpc_code icpc_title recorded_on {_TAIL}",
    "record_observation": f"{_RECORD} category code_system code title unit unit_code reference_low reference_high"
    f" value_comparator value_text reference_text interpretation status remark value_number observed_on episode_id"
    f" {_TAIL}",
    "record_allergy": f"{_RECORD} code_system code title category criticality clinical_status reaction remark"
    f" start_date {_TAIL}",
    "record_medication": f"{_RECORD} code_system code title dosage status reason stop_reason start_date end_date"
    f" episode_id {_TAIL}",
}  # fmt: skip
NHG_45 = "https://referentiemodel.nhg.org/tabellen/nhg-tabel-45-diagnostische-bepalingen"
_SEED = 20261124
_DAYS_BACK = 96 * 366
_HIDDEN_EVERY = 97  # journal lines that the practice keeps from the patient
_NULL = "\\N"

Sheets = dict[str, list[str]]


def patient_sheets(plan: Plan, text_id: int, first: int, end: int) -> dict[str, bytes]:
    """Lines by table of the patients from `first` up to `end` (indexes over the whole world)."""
    sheets: Sheets = defaultdict(list)
    random = Random(_SEED + first)  # noqa: S311  (values of a made-up world)
    for index in range(first, end):
        _Patient(plan, text_id, index, random, sheets).write()
    return {table: "".join(lines).encode() for table, lines in sheets.items()}


@cache
def _days(plan: Plan) -> list[str]:
    """The day so many days ago, as text."""
    return [(plan.today - timedelta(days=ago)).isoformat() for ago in range(_DAYS_BACK)]


@cache
def _journal_texts() -> list[list[str]]:
    """Per condition its four lines from `soep` to `icpc_title`."""
    return [
        [
            f"{soep}\t{text}\t{condition.icpc if soep == 'E' else ''}\t{condition.title if soep == 'E' else ''}"
            for soep, text in zip("SOEP", condition.lines, strict=True)
        ]
        for condition in catalogue.CONDITIONS
    ]


@cache
def _observation_texts() -> list[str]:
    """Per series its line from `category` to `remark`."""
    return [
        f"{s.category}\t{NHG_45}\t{s.code}\t{s.title}\t{s.unit}\t\t{s.low}\t{s.high}\t\t\t\t\tfinal\t"
        for s in catalogue.SERIES
    ]


class _Patient:
    """One patient; writes lines into the sheets."""

    def __init__(self, plan: Plan, text_id: int, index: int, random: Random, sheets: Sheets) -> None:
        self.plan, self.text_id, self.index, self.random, self.sheets = plan, text_id, index, random, sheets
        self.id = index + 1
        self.number = index % plan.patients
        self.practice = plan.practice_id(index)
        self.days = _days(plan)
        self.made_at = f"{self.days[1]} 06:00:00+00"
        self.tail = f"dokter {self.practice}\thuisarts\tt\t\tday\t{self.made_at}\n"
        self.head = f"{self.id}\t{self.practice}\t"

    def write(self) -> None:
        """Everything about this patient."""
        self._person()
        self._enrolments()
        self._online_access()
        self._record()

    def _below(self, bound: int) -> int:
        return int(self.random.random() * bound)

    def _moment(self, ago: int) -> str:
        return f"{self.days[ago]} {8 + ago % 9:02}:{ago * 7 % 60:02}:00+00"

    def _age_in_days(self) -> int:
        if is_child(self.number):
            return 500 + self._below(14 * 365)
        if is_child(self.number + 1):
            return 30 * 365 + self._below(15 * 365)  # a parent
        return 18 * 365 + self._below(75 * 365)

    def _person(self) -> None:
        female = self._below(2)
        given = (GIVEN_FEMALE if female else GIVEN_MALE)[self._below(12)]
        prefix, family = FAMILY[self._below(len(FAMILY))]
        if self._below(5) < 2:
            second_prefix, second = FAMILY[self._below(len(FAMILY))]
            family = f"{family}-{second_prefix} {second}" if second_prefix else f"{family}-{second}"
        stem = self.plan.stem(self.index)
        bsn = range_bsn(stem) if stem is not None else None
        born = self.days[self._age_in_days()]
        self.sheets["people_person"].append(
            f"{self.id}\t{bsn or _NULL}\t{self.made_at if bsn else _NULL}\t{given[0]}.\t{given}\t{prefix}\t{family}\t"
            f"{born}\t{'female' if female else 'male'}\tpatient{self.id}@post.example\t{self.made_at}\t\t"
            f"{catalogue.STREETS[self._below(7)]}\t{1 + self._below(200)}\t{1000 + self.practice} AB\t"
            f"Dorp {self.practice}\tnl\t{self.made_at}\n"
        )
        if is_child(self.number):
            self.sheets["people_representation"].append(
                f"{self.id}\t{self.id - 1}\t{self.id}\tparent\t{born}\t{self.made_at}\t{self.made_at}\n"
            )

    def _enrolments(self) -> None:
        since = self.days[400 + self._below(4000)]
        pharmacy = self.plan.pharmacy_id(self.practice)
        theirs = self.plan.account_id(pharmacy)
        account = self.plan.account_id(self.practice, self.number % 2)
        access = "copy_only" if self.number % 100 == 98 else "allowed"
        self.sheets["practice_enrolment"] += (
            f"{self.index * 2 + 1}\t{self.practice}\tgp\t{self.id}\t{account}\t{since}\t{access}\n",
            f"{self.index * 2 + 2}\t{pharmacy}\tpharmacy\t{self.id}\t{theirs}\t{since}\tallowed\n",
        )

    def _online_access(self) -> None:
        if has_released_record(self.number) or waits_for_release(self.number):
            self._agreement()
        if has_released_record(self.number):
            self._released()
        elif waits_for_release(self.number):
            self._asked()
        elif is_invited(self.number):
            self._invited()

    @property
    def _signer(self) -> int:
        return self.id - 1 if is_child(self.number) else self.id

    def _agreement(self) -> None:
        signed = self._moment(100 + self._below(500))
        self.sheets["access_agreement"].append(
            f"{self.id}\t{self.practice}\t{self.id}\t{self.text_id}\t{signed}\t{self._signer}\tsubstantieel\t{signed}\t"
            f"{self.plan.employee_id(self.practice, 1)}\tf\n"
        )

    def _released(self) -> None:
        ago = 20 + self._below(70)
        asked, done = self._moment(ago), self._moment(ago - 2)
        doctor, account = self.plan.employee_id(self.practice, 1), self.plan.account_id(self.practice)
        self.sheets["access_accessrequest"].append(
            f"{self.id}\t{self.practice}\t{self.id}\t{self._signer}\treleased\t\tf\t{asked}\t{done}\t{doctor}\n"
        )
        self.sheets["messaging_noticepreference"].append(f"{self.id}\t{self.id}\trecord_released\temail\tt\t{asked}\n")
        if self.number % 4 == 0:
            self.sheets["worklist_workitem"].append(
                f"{self.id}\t{self.practice}\t{account}\t{self.id}\taccess_request\t{self.id}\trelease_record\tdone\tf\t"
                f"{asked}\t{done}\n"
            )
        if self.number % 2 == 0:
            state = f"failed\t5\t{done}\t\\N\trefused" if self.number % 100 == 0 else f"sent\t1\t{done}\t{done}\t"
            self.sheets["messaging_notice"].append(
                f"{self.id}\t{self.practice}\t{self.id}\trecord_released\temail\trequest:{self.id}:released\t"
                f"patient{self.id}@post.example\tnl\t{state}\n"
            )

    def _asked(self) -> None:
        asked = self._moment(1 + self._below(9))
        self.sheets["access_accessrequest"].append(
            f"{self.id}\t{self.practice}\t{self.id}\t{self._signer}\tasked\t\tf\t{asked}\t\\N\t\\N\n"
        )
        self.sheets["worklist_workitem"].append(
            f"{self.id}\t{self.practice}\t{self.plan.account_id(self.practice)}\t{self.id}\taccess_request\t{self.id}\t"
            f"release_record\topen\tf\t{asked}\t\\N\n"
        )

    def _invited(self) -> None:
        ago = 1 + self._below(50)
        until = self.plan.today + timedelta(days=60 - ago)
        self.sheets["access_invitation"].append(
            f"{self.id}\t{self.practice}\t{self.id}\tletter\tnobody-knows-this-code\t"
            f"{self.plan.employee_id(self.practice, 2)}\t{self._moment(ago)}\t{until} 12:00:00+00\t0\n"
        )

    def _record(self) -> None:
        conditions = self.random.sample(range(len(catalogue.CONDITIONS)), EPISODES)
        starts = [60 + self._below(3600) for _ in conditions]
        self._episodes(conditions, starts)
        self._contacts(conditions)
        self._observations()
        self._allergy()
        self._medicines(conditions, starts)

    def _episodes(self, conditions: list[int], starts: list[int]) -> None:
        episode = self.index * EPISODES
        for place, (number, start) in enumerate(zip(conditions, starts, strict=True)):
            condition = catalogue.CONDITIONS[number]
            ended = self.days[start // 2] if place == EPISODES - 1 else _NULL
            attention = "t" if condition.has_attention else "f"
            self.sheets["record_episode"].append(
                f"{episode + place + 1}\t{self.head}{condition.icpc}\t{condition.title}\t{attention}\t"
                f"{self.days[start]}\t{ended}\t{self.tail}"
            )
            if place < FLAGS:
                self.sheets["record_flag"].append(
                    f"{self.index * FLAGS + place + 1}\t{self.head}{episode + place + 1}\t\t{condition.title}\t"
                    f"{self.days[start]}\t{self.tail}"
                )

    def _contacts(self, conditions: list[int]) -> None:
        encounter, episode = self.index * ENCOUNTERS, self.index * EPISODES
        line = encounter * LINES_PER_ENCOUNTER
        texts, lines, ago = _journal_texts(), self.sheets["record_journalentry"], 0
        hidden_tail = self.tail.replace("\tt\t\t", "\tf\tEerst zelf bespreken\t")
        for place in range(ENCOUNTERS):
            ago += 3 + self._below(170)
            encounter += 1
            which = place % EPISODES
            day, code = self.days[ago], catalogue.KINDS[ago % 4]
            self.sheets["record_encounter"].append(
                f"{encounter}\t{self.head}{day}\t{code[0]}\t{code[1]}\t{catalogue.CONDITIONS[conditions[which]].title}\t"
                f"{self.tail}"
            )
            for text in texts[conditions[which]]:
                line += 1
                tail = self.tail if line % _HIDDEN_EVERY else hidden_tail
                lines.append(f"{line}\t{self.head}{encounter}\t{episode + which + 1}\t{text}\t{day}\t{tail}")

    def _observations(self) -> None:
        number, lines, texts = self.index * OBSERVATIONS, self.sheets["record_observation"], _observation_texts()
        episode = self.index * EPISODES + 1
        for series, text in zip(catalogue.SERIES, texts, strict=True):
            level = series.middle + (self.random.random() - 0.5) * 2 * series.spread
            for place in range(series.count):
                number += 1
                value = level + series.drift * place + (self.random.random() - 0.5) * series.spread / 4
                ago = (series.count - place) * 90 - self._below(60)
                lines.append(
                    f"{number}\t{self.head}{text}\t{value:.{series.decimals}f}\t{self.days[ago]}\t{episode}\t{self.tail}"
                )
        if self.index == 0:
            lines.extend(self._many_observations(texts))

    def _many_observations(self, texts: list[str]) -> Iterator[str]:
        """The rest of the patient on whom long lists are measured: all series, day after day."""
        first, episode = self.plan.total * OBSERVATIONS, self.index * EPISODES + 1
        for place in range(HEAVY_PATIENT_OBSERVATIONS - OBSERVATIONS):
            ago, which = divmod(place, len(texts))
            series = catalogue.SERIES[which]
            value = series.middle + series.drift * (ago % 60) / 30 + self.random.random() * series.spread / 4
            yield (
                f"{first + place + 1}\t{self.head}{texts[which]}\t{value:.{series.decimals}f}\t{self.days[ago // 2]}\t"
                f"{episode}\t{self.tail}"
            )

    def _allergy(self) -> None:
        title, category, reaction = catalogue.ALLERGIES[self.index % len(catalogue.ALLERGIES)]
        since = self.days[300 + self._below(3000)]
        self.sheets["record_allergy"].append(
            f"{self.id}\t{self.head}\t\t{title}\t{category}\t\tactive\t{reaction}\t\t{since}\t{self.tail}"
        )

    def _medicines(self, conditions: list[int], starts: list[int]) -> None:
        """The last one is kept by the pharmacy, without an episode."""
        head, tail, episode = self.head, self.tail, self.index * EPISODES
        for place in range(MEDICATIONS):
            condition, link = catalogue.CONDITIONS[conditions[place]], str(episode + place + 1)
            if place == MEDICATIONS - 1:
                pharmacy, link = self.plan.pharmacy_id(self.practice), _NULL
                head = f"{self.id}\t{pharmacy}\t"
                tail = f"apotheek {pharmacy}\tapotheker\tt\t\tday\t{self.made_at}\n"
            self.sheets["record_medication"].append(
                f"{self.index * MEDICATIONS + place + 1}\t{head}\t\t{condition.medicine}\t{condition.dosage}\tactive\t"
                f"{condition.title}\t\t{self.days[starts[place]]}\t\\N\t{link}\t{tail}"
            )
