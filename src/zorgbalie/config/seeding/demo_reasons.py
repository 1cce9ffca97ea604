"""Reasons to ask in the demo: the examples at each practice, and one question that came with a form."""

import json
from typing import Any

from psycopg import Connection

from zorgbalie.config.seeding.rows import insert_one
from zorgbalie.consult.queries.example_reasons import example_reasons


def add_reasons(link: Connection[Any], practices: dict[str, int]) -> None:
    """The examples, as a manager puts them ready, and answers with the question about a long cough."""
    for key, practice in practices.items():
        for position, reason in enumerate(example_reasons(for_pharmacy=key == "vijzel")):
            number = insert_one(
                link, "consult_consultreason", practice_id=practice, name=reason.name, description=reason.description,
                for_whom=reason.for_whom.value, care_term=reason.care_term, care_code=reason.care_code,
                care_links=json.dumps([]), is_on=True, position=position, revision=1, to_account_id=None,
                to_group_id=None,
            )  # fmt: skip
            for place, question in enumerate(reason.questions, start=1):
                insert_one(
                    link, "consult_consultreasonquestion", practice_id=practice, reason_id=number, place=place,
                    label=question.label, kind=question.kind.value, help_text=question.help_text,
                    choices=list(question.choices), unit=question.unit, is_optional=question.is_optional,
                    may_be_unknown=question.may_be_unknown,
                )  # fmt: skip
    _answer_cough(link, practices["linde"])


def _answer_cough(link: Connection[Any], practice: int) -> None:
    thread = link.execute(
        "UPDATE consult_consult SET reason_name = 'Hoesten of keelpijn' WHERE subject = 'Lang hoesten'"
        " AND practice_id = %s RETURNING id, patient_id",
        [practice],
    ).fetchone()
    if thread is None:
        return
    answers: tuple[tuple[str, str, list[str], str, bool, str], ...] = (
        ("Hoe lang heeft u dit al?", "short", [], "2 weken", False, ""),
        ("Wat heeft u er nog meer bij?", "several", ["koorts", "slijm", "geen van deze"], "slijm", False, ""),
        ("Wat is de hoogste temperatuur die u heeft gemeten?", "number", [], "37.4", False, "°C"),
        ("Wordt het erger?", "yes_no", [], "", True, ""),
    )
    for place, (label, kind, choices, answer, is_unknown, unit) in enumerate(answers, start=1):
        insert_one(
            link, "consult_consultanswer", practice_id=practice, patient_id=thread[1], consult_id=thread[0],
            place=place, label=label, kind=kind, help_text="", choices=choices, unit=unit, is_optional=False,
            may_be_unknown=True, answer=answer, is_unknown=is_unknown, is_answered=True,
        )  # fmt: skip
