"""One hostile text for every text column of the database, and what a page looks like when one of them came alive."""

from html.parser import HTMLParser

from django.apps import apps
from django.db import connection
from django.db.models import CharField, EmailField, TextField

# Columns whose value the software chose or checked: a code of ours, a digest, a number of the sender, a form's token.
_CHOSEN = {
    "state", "kind", "category", "direction", "media_type", "sha256", "source", "source_key", "virus_state", "digest",
    "status", "soep", "step", "wish", "item_kind", "hear_by", "first", "token", "bsn", "sex", "channel", "event_key",
    "code_digest", "code_system", "date_precision", "practice_kind", "online_access", "role", "employee_code",
    "release_mode", "brand_color", "language", "level", "fault", "about_kind", "author_kind", "source_id",
    "resource_type", "value_comparator", "flag", "interpretation", "unit_code", "clinical_status", "criticality",
    "for_right", "password", "host", "url", "template", "resolved_as", "session_key", "phone", "kind_code",
}  # fmt: skip
_CHOSEN_THERE = {"billing.DeclarationEvent.reason"}
_TEXTS_WITH_TYPE = {"consult.ConsultAnswer.answer"}
_OURS = {
    "access", "billing", "consult", "exchange", "knowledge", "messaging", "people", "practice", "record", "worklist",
}  # fmt: skip
PAYLOAD = "\"'><img src=x onerror=alert(1)><script>alert(1)</script>{{7*1910000017}}{% load x %}"
# What a template that ran would have made: long, as a number of a log line or a trace holds any short one by chance.
PRODUCT = "13370000119"
_SHORT = "\"'><s onclick=a>{{7*1910000017}}"
_NUMBER = 7
_SHORTEST = "\"'><u>"


def fill_every_text() -> dict[str, str]:
    """Put a payload in every free text of every row; returns the mark of each column. Run as the owner."""
    marks: dict[str, str] = {}
    for model in apps.get_models():
        if model._meta.app_label not in _OURS or not model._meta.managed:
            continue  # a view shows what stands in a table, which is filled itself
        for column in model._meta.concrete_fields:
            if column.name in _CHOSEN or not isinstance(column, CharField | TextField):
                continue
            if isinstance(column, EmailField) or column.primary_key or column.choices or _is_word_of_ours(column):
                continue
            mark = f"zq{len(marks)}q"
            room = column.max_length or 1000
            fits = room - len(mark) - _NUMBER
            payload = next((one for one in (PAYLOAD, _SHORT, _SHORTEST) if len(one) <= fits), None)
            if payload is not None and _overwrite(model._meta, column.column, mark + payload):
                marks[mark] = f"{model.__name__}.{column.name}"
    return marks


def _is_word_of_ours(column) -> bool:
    """Whether the column names the type of its values: then they are words of the software, and no text."""
    names_type = str(column.help_text).startswith("types.") and str(column) not in _TEXTS_WITH_TYPE
    return names_type or str(column) in _CHOSEN_THERE


def _overwrite(meta, column: str, payload: str) -> int:
    with connection.cursor() as cursor:
        # The number at the end, as some texts may be there once.
        cursor.execute(
            f'UPDATE "{meta.db_table}" SET "{column}" = %s || "{meta.pk.column}" WHERE "{column}" IS NOT NULL',
            [payload],
        )
        return cursor.rowcount


class Alive(HTMLParser):
    """What in a page could run or was made by a payload: nothing of it may ever be there."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs) -> None:
        values = dict(attrs)
        if tag in {"img", "s", "u", "iframe", "object", "embed", "base", "math", "template"} and (
            tag != "img" or values.get("src") == "x"
        ):
            self.found.append(tag)
        if tag == "script" and not values.get("src") and values.get("type") not in {"application/json"}:
            self.found.append("inline script")
        for name, value in attrs:
            if name.startswith("on") or name in {"style", "srcdoc"}:
                self.found.append(f"{tag} {name}")
            if name in {"href", "src", "action", "formaction", "hx-get", "hx-post"} and _runs(value or ""):
                self.found.append(f"{tag} {name}={value}")

    handle_startendtag = handle_starttag


def _runs(address: str) -> bool:
    return "".join(address.split()).lower().startswith(("javascript:", "data:", "vbscript:"))


def alive(page: str) -> list[str]:
    """What came alive in a page."""
    reader = Alive()
    reader.feed(page)
    reader.close()
    if "<img src=x" in page or "<s onclick" in page or PRODUCT in page:
        reader.found.append("payload as it was stored")
    return reader.found
