"""How a Django form field becomes a labelled, described and error-linked control.

Source: ux rules 1, 8, 9, 10; WCAG 2.2 1.3.1, 3.3.1, 3.3.2, 4.1.2.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


@dataclass(frozen=True, kw_only=True)
class FieldView:
    """What the field template needs; ``kind`` is ``hidden``, ``group``, ``tick`` or ``control``."""

    bound: BoundField
    kind: str
    control: SafeString
    described_by: str
    error_id: str
    help_id: str
    as_heading: bool


@dataclass(frozen=True, kw_only=True)
class ErrorLink:
    """A line of the error summary and the control that it leads to; no target for form errors."""

    message: str
    target: str


def _kind(*, bound: BoundField) -> str:
    widget = bound.field.widget
    if bound.is_hidden:
        return "hidden"
    if isinstance(widget, GROUPS):
        return "group"
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    return "control"


def _style(*, widget: forms.Widget, invalid: bool) -> str:
    """Name the NL Design System block that fits the widget."""
    if isinstance(widget, forms.CheckboxInput):
        return "zb-tick__input"
    if isinstance(widget, forms.Textarea):
        block = "utrecht-textarea"
    elif isinstance(widget, forms.Select):
        block = "utrecht-select"
    elif isinstance(widget, forms.FileInput):
        block = "zb-file"
    else:
        block = "utrecht-textbox"
    return f"{block} zb-input {block}--invalid" if invalid else f"{block} zb-input"


def _attributes(*, bound: BoundField, described_by: str) -> dict[str, Any]:
    """Collect the attributes; a textarea tells its limit but does not silently cut a pasted text."""
    widget = bound.field.widget
    own = str(widget.attrs.get("class", ""))
    attributes: dict[str, Any] = {
        "class": f"{_style(widget=widget, invalid=bool(bound.errors))} {own}".strip(),
        "aria-describedby": described_by or False,
    }
    if bound.errors:
        attributes["aria-invalid"] = "true"
    limit = widget.attrs.get("maxlength")
    if isinstance(widget, forms.Textarea) and limit:
        attributes |= {"maxlength": False, "data-limit": str(limit)}
    return attributes


def field_view(*, bound: BoundField, as_heading: bool) -> FieldView:
    """Prepare a bound field for its template.

    Source: WCAG 3.3.1: the message is tied to the control by ``aria-describedby``.
    """
    identifier = bound.id_for_label or bound.auto_id
    base = bound.auto_id or identifier
    help_id = f"{base}_helptext" if bound.help_text else ""
    error_id = f"{base}_error" if bound.errors else ""
    described_by = " ".join(one for one in (error_id, help_id) if one)
    kind = _kind(bound=bound)
    control = (
        SafeString("")
        if kind == "group"
        else bound.as_widget(attrs=_attributes(bound=bound, described_by=described_by))
    )
    return FieldView(
        bound=bound,
        kind=kind,
        control=control,
        described_by=described_by,
        error_id=error_id,
        help_id=help_id,
        as_heading=as_heading,
    )


def error_links(*, form: forms.BaseForm) -> list[ErrorLink]:
    """List every error of a form in the order of its fields, form-wide errors first (ux 9)."""
    links = [ErrorLink(message=str(one), target="") for one in form.non_field_errors()]
    questions = [one for one in form.visible_fields() if not isinstance(one.field.widget, forms.CheckboxInput)]
    for bound in form:
        target = bound.auto_id
        if isinstance(bound.field.widget, GROUPS):
            target = f"{bound.auto_id}_0"
        elif isinstance(bound.field.widget, forms.MultiWidget | forms.SelectDateWidget):
            target = bound.id_for_label or target
        # The words of the only question on the page would be said twice.
        is_only_one = form.visible_fields() == [bound] or questions == [bound]
        before = "" if is_only_one else f"{str(bound.label).rstrip('?:. ')}: "
        links += [ErrorLink(message=f"{before}{one}", target=target) for one in bound.errors]
    return links
