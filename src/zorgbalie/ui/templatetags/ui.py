"""The component tags: ``{% load ui %}``. One line per tag with an example: ``ui/README.md``.

A block tag ends with ``end`` and its own name: ``{% ui_alert "info" "Let op" %}…{% endui_alert %}``.
"""

import secrets
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from zorgbalie.kernel.language_meter import Measure
from zorgbalie.ui import charts, glossary
from zorgbalie.ui import forms as ui_forms
from zorgbalie.ui.icons import icon
from zorgbalie.ui.templatetags import ui_formats
from zorgbalie.ui.types import Crumb, GlossaryTerm, Step, SummaryRow, Tab, TrendPoint

register = template.Library()
register.tags.update(ui_formats.register.tags)
register.filters.update(ui_formats.register.filters)

BUTTON_KINDS = ("primary", "secondary", "subtle", "danger")
ALERT_KINDS = {
    "info": "info-circle",
    "ok": "circle-check",
    "warning": "alert-triangle",
    "error": "alert-octagon",
}
TAG_TONES = ("neutral", "info", "ok", "warning")


def _choose(value: str, allowed: Sequence[str] | dict[str, str], what: str) -> str:
    """Refuse a look that the design does not have, at the moment that the template is written."""
    if value not in allowed:
        raise ValueError(f"Unknown {what} {value!r}; choose from {', '.join(allowed)}")
    return value


def _part(name: str, values: dict[str, Any]) -> SafeString:
    return SafeString(render_to_string(f"ui/components/{name}.html", values))


# Basics


@register.simple_tag
def ui_icon(name: str, label: str = "", size: str = "md") -> SafeString:
    """Draw a vendored icon; give a label only when the icon stands alone."""
    return icon(name=name, label=label, size=size)


@register.inclusion_tag("ui/components/button.html")
def ui_button(label: str, kind: str = "primary", **options: Any) -> dict[str, Any]:
    """Render a button. Options: icon, type (submit), name, value, form, key (desk shortcut), small, wide."""
    return {"label": label, "kind": _choose(kind, BUTTON_KINDS, "button kind"), "type": "submit", **options}


@register.inclusion_tag("ui/components/link_button.html")
def ui_link_button(label: str, href: str, kind: str = "primary", **options: Any) -> dict[str, Any]:
    """Render a link that looks like a button, for going somewhere. Options: icon, small, wide, key."""
    return {"label": label, "href": href, "kind": _choose(kind, BUTTON_KINDS, "button kind"), **options}


@register.inclusion_tag("ui/components/back_link.html")
def ui_back_link(href: str, label: str = "") -> dict[str, str]:
    """Render the back link on top of a page (ux 2)."""
    return {"href": href, "label": label}


@register.inclusion_tag("ui/components/breadcrumbs.html")
def ui_breadcrumbs(crumbs: Sequence[Crumb]) -> dict[str, Any]:
    """Render where we are; the last crumb is this page."""
    return {"crumbs": crumbs}


@register.inclusion_tag("ui/components/tag.html")
def ui_tag(label: str, tone: str = "neutral", icon: str = "") -> dict[str, str]:
    """Render a status as an adjective; there is no red tone on purpose (ux 14)."""
    return {"label": label, "tone": _choose(tone, TAG_TONES, "tag tone"), "icon": icon}


@register.inclusion_tag("ui/components/count.html")
def ui_count(count: int | None, label: str = "") -> dict[str, Any]:
    """Render a number badge; nothing at zero. ``label`` is read after the number."""
    return {"count": count, "label": label}


@register.inclusion_tag("ui/components/person.html")
def ui_person(name: str, function: str = "", photo_href: str = "") -> dict[str, str]:
    """Show with whom you speak: name, function, photo or initials (ux 26)."""
    words = [word for word in name.replace(".", " ").split() if word[:1].isupper()]
    initials = "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words))
    return {"name": name, "function": function, "photo_href": photo_href, "initials": initials}


# Blocks with content


@register.simple_block_tag
def ui_alert(content: str, kind: str = "info", title: str = "", **options: Any) -> SafeString:
    """Render a message block. ``error`` is the only red one. Options: level (2), live ("polite")."""
    values = {
        "content": content,
        "kind": _choose(kind, ALERT_KINDS, "alert kind"),
        "title": title,
        "level": 2,
    }
    return _part("alert", {**values, "icon": ALERT_KINDS[kind], **options})


@register.simple_block_tag
def ui_card(content: str, title: str = "", **options: Any) -> SafeString:
    """Render a card. Options: href (title becomes a link), icon, level (2), footer, id, tone."""
    return _part("card", {"content": content, "title": title, "level": 2, **options})


@register.simple_block_tag
def ui_confirmation(content: str, title: str, reference: str = "") -> SafeString:
    """Render the green panel with the ``h1`` of a confirmation; content says what happens next (ux 7)."""
    return _part("confirmation", {"content": content, "title": title, "reference": reference})


@register.simple_block_tag
def ui_disclosure(content: str, summary: str, **options: Any) -> SafeString:
    """Render a part that opens on click, without script. Options: open, icon."""
    return _part("disclosure", {"content": content, "summary": summary, **options})


@register.simple_block_tag
def ui_empty(content: str, title: str, icon: str = "inbox") -> SafeString:
    """Explain an empty section in plain words (ux 36)."""
    return _part("empty", {"content": content, "title": title, "icon": icon})


@register.simple_block_tag
def ui_table(content: str, caption: str, **options: Any) -> SafeString:
    """Render a table that turns into cards on a phone. Options: dense, keys (desk j/k), show_caption."""
    return _part("table", {"content": content, "caption": caption, **options})


@register.simple_block_tag
def ui_td(content: str, label: str, **options: Any) -> SafeString:
    """Render a cell that carries its column name to the phone. Options: number, main, shrink."""
    return _part("td", {"content": content, "label": label, **options})


@register.simple_block_tag
def ui_filter_bar(content: str, action: str = "", label: str = "") -> SafeString:
    """Render a filter form (GET) around its fields, with its button."""
    return _part("filter_bar", {"content": content, "action": action, "label": label})


@register.simple_block_tag(takes_context=True)
def ui_question(context: Context, content: str, form: forms.BaseForm, back_href: str, **options: Any) -> SafeString:
    """Render a question page: back link, error summary, one question as ``h1``, "Verder" (ux 1, 2).

    Options: submit (button text), back_label, action, progress (text such as "Vraag 2 van 5"),
    upload (bool), keep (opaque owner for keeping typed text). Content stands under the fields.
    """
    visible = list(form.visible_fields())
    values = {"content": content, "form": form, "back_href": back_href, "only_one": len(visible) == 1}
    values |= {"csrf_token": context.get("csrf_token"), "request": context.get("request"), **options}
    return _part("question", values)


# Lists and tables


@register.inclusion_tag("ui/components/task_card.html")
def ui_task_card(label: str, href: str, icon: str, description: str = "", count: int = 0) -> dict[str, Any]:
    """Render a core task as a list item; put it in ``<ul class="zb-tasks">`` (ux 16)."""
    return {"label": label, "href": href, "icon": icon, "description": description, "count": count}


@register.inclusion_tag("ui/components/todo.html")
def ui_todo(label: str, href: str, icon: str = "bell", description: str = "", **options: Any) -> dict[str, Any]:
    """Render a thing to do, inside ``<ul class="zb-todos">``. Options: tag, tone (ux 17)."""
    return {"label": label, "href": href, "icon": icon, "description": description, **options}


@register.inclusion_tag("ui/components/summary.html")
def ui_summary(rows: Sequence[SummaryRow], change_label: str = "") -> dict[str, Any]:
    """Render label and value pairs, each with "Wijzig" when it has a ``change_href`` (ux 6)."""
    return {"rows": rows, "change_label": change_label}


def _query(context: Context, *, drop: Sequence[str], **new: str) -> str:
    """Rewrite the query string of this page; all other parameters stay."""
    request = context.get("request")
    query = request.GET.copy() if request is not None else None
    if query is None:
        return "?" + "&".join(f"{name}={value}" for name, value in new.items())
    for name in (*drop, *new):
        query.pop(name, None)
    for name, value in new.items():
        query[name] = value
    return f"?{query.urlencode()}"


@register.inclusion_tag("ui/components/th.html", takes_context=True)
def ui_th(context: Context, label: str, key: str = "", **options: Any) -> dict[str, Any]:
    """Render a column head; with a ``key`` it sorts by ``?sort=key`` or ``?sort=-key``. Option: number."""
    request = context.get("request")
    current = request.GET.get("sort", "") if request is not None else ""
    direction = {key: "ascending", f"-{key}": "descending"}.get(current, "") if key else ""
    target = f"-{key}" if direction == "ascending" else key
    href = _query(context, drop=["page"], sort=target) if key else ""
    return {"label": label, "href": href, "direction": direction, **options}


@register.inclusion_tag("ui/components/pagination.html", takes_context=True)
def ui_pagination(context: Context, page: "Page[Any]", parameter: str = "page") -> dict[str, Any]:
    """Render the pages of a list; other parameters of the address are kept."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    links = [
        {
            "number": one,
            "href": _query(context, drop=[], **{parameter: str(one)}) if isinstance(one, int) else "",
        }
        for one in numbers
    ]
    before = page.number - 1 if page.has_previous() else 0
    after = page.number + 1 if page.has_next() else 0
    return {
        "page": page,
        "links": links,
        "previous_href": _query(context, drop=[], **{parameter: str(before)}) if before else "",
        "next_href": _query(context, drop=[], **{parameter: str(after)}) if after else "",
    }


@register.inclusion_tag("ui/components/search.html")
def ui_search(action: str, value: str = "", label: str = "", name: str = "q") -> dict[str, str]:
    """Render a search field with its button (GET)."""
    return {"action": action, "value": value, "label": label, "name": name}


# Forms


@register.inclusion_tag("ui/components/field.html")
def ui_field(bound: BoundField, as_heading: bool = False) -> dict[str, Any]:
    """Render one form field with label, help and error; ``as_heading`` makes the label the ``h1``."""
    return {"view": ui_forms.field_view(bound=bound, as_heading=as_heading)}


@register.inclusion_tag("ui/components/error_summary.html")
def ui_error_summary(form: forms.BaseForm) -> dict[str, Any]:
    """Render the list of errors on top, each a link to its field; nothing without errors (ux 9)."""
    return {"links": ui_forms.error_links(form=form) if form.is_bound else []}


@register.inclusion_tag("ui/components/form.html")
def ui_form(form: forms.BaseForm) -> dict[str, Any]:
    """Render error summary and all fields; the ``<form>``, csrf token and button stay with the page."""
    return {"form": form}


# Measurements


@register.inclusion_tag("ui/components/range.html")
def ui_range(value: Decimal, unit: str, low: Decimal | None = None, high: Decimal | None = None) -> dict[str, Any]:
    """Render a value as a bar with words (ux 31); all numbers in ``unit``."""
    return {"bar": charts.range_bar(value=value, low=low, high=high, unit=unit), "unit": unit}


@register.inclusion_tag("ui/components/trend.html")
def ui_trend(
    points: Sequence[TrendPoint],
    unit: str,
    title: str,
    low: Decimal | None = None,
    high: Decimal | None = None,
) -> dict[str, Any]:
    """Render measurements in time with a table beside it; nothing before the second value (ux 30)."""
    key = secrets.token_hex(4)
    if len(points) < 2:
        return {"line": None}
    line = charts.trend_line(points=points, unit=unit, low=low, high=high)
    return {"line": line, "unit": unit, "title": title, "key": key}


# Words


@register.simple_tag
def ui_term(text: str, meaning: str) -> SafeString:
    """Render a word whose meaning opens on click (ux 19)."""
    return glossary.term_button(text=text, meaning=meaning, key=secrets.token_hex(4))


@register.simple_tag
def ui_explain(text: str, terms: Sequence[GlossaryTerm]) -> SafeString:
    """Render care text unaltered, with its abbreviations explained on click (ux 34)."""
    return glossary.explain(text=text, terms=terms, key=secrets.token_hex(4))


@register.inclusion_tag("ui/components/language_meter.html")
def ui_language_meter(measure: Measure, oob: bool = False) -> dict[str, Any]:
    """Render what the language meter says of a text (ux 40). Load ``ui/css/writing.css``; ``oob`` for htmx."""
    return {"measure": measure, "oob": oob}


# Page furniture


@register.inclusion_tag("ui/components/tabs.html")
def ui_tabs(tabs: Sequence[Tab], label: str) -> dict[str, Any]:
    """Render tabs that are ordinary links."""
    return {"tabs": tabs, "label": label}


@register.inclusion_tag("ui/components/stepper.html")
def ui_stepper(steps: Sequence[Step], label: str, as_line: bool = False) -> dict[str, Any]:
    """Render how far something is, in words and dots; ``as_line`` puts the steps side by side where they fit."""
    return {"steps": steps, "label": label, "as_line": as_line}


@register.inclusion_tag("ui/components/progress.html")
def ui_progress(value: int, maximum: int, label: str) -> dict[str, Any]:
    """Render a progress bar with its text."""
    return {"value": value, "maximum": maximum, "label": label}


@register.inclusion_tag("ui/components/print_button.html")
def ui_print_button(label: str = "") -> dict[str, str]:
    """Render a print button; it appears only where script runs (ux 21)."""
    return {"label": label}


@register.inclusion_tag("ui/components/read_aloud.html")
def ui_read_aloud(target: str, label: str = "") -> dict[str, str]:
    """Render a read-aloud button for the element with id ``target``; hidden without a voice (ux 21)."""
    return {"target": target, "label": label}


@register.inclusion_tag("ui/components/urgent.html")
def ui_urgent(phone: str, hours: str = "", out_of_hours: str = "", **options: Any) -> dict[str, Any]:
    """Render "Bel 112" and "Bel de praktijk" (R17, ux 13). Options: level, emergency_signs, urgent_signs.

    Outside opening hours: ``out_phone`` is called instead, ``out_name`` says whose it is, and ``opens`` when the
    practice is there again. Within them ``until`` says how long.
    """
    return {"phone": phone, "hours": hours, "out_of_hours": out_of_hours, "level": 2, **options}


@register.inclusion_tag("ui/components/leave_quickly.html")
def ui_leave_quickly(href: str) -> dict[str, str]:
    """Render the button that leaves a sensitive page at once (ux 28)."""
    return {"href": href}


@register.inclusion_tag("ui/components/messages.html", takes_context=True)
def ui_messages(context: Context) -> dict[str, Any]:
    """Render Django's flash messages; shells do this by themselves."""
    return {"messages": context.get("messages") or []}
