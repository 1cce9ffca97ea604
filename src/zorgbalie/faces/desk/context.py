"""What the desk's frame shows on every page: practice, menu, who is signed in, and when the session ends.

Used by the desk and by management; costs no query, because the middleware has read it all.
"""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from zorgbalie.agenda.queries.desk import may_see_agenda
from zorgbalie.consult.queries.inbox import may_see_inbox
from zorgbalie.consult.queries.mailings import may_select
from zorgbalie.faces.entry.look import theme_href
from zorgbalie.kernel.viewer import StaffRight, Viewer
from zorgbalie.ui.roles import role_name
from zorgbalie.ui.types import AccountChoice, AccountMenu, NavGroup, NavItem, PracticeHeader, SessionClock

_LOG_RIGHTS = {
    StaffRight.READ_ACCESS_LOG,
    StaffRight.EMERGENCY_ACCESS,
    StaffRight.MANAGE_PRACTICE,
}


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context of `ui/desk_shell.html`; nothing before somebody is at work, and nothing at the portal."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    work = getattr(request, "employment", None)
    if getattr(request, "face", "") != "desk" or viewer is None or work is None:
        return {}
    return {
        "practice": PracticeHeader(name=work.practice_name, theme_href=theme_href(colour=work.brand_color)),
        "nav_groups": _nav_groups(request, viewer),
        "home_href": "/",
        "search_href": _address("desk_patients_list"),
        "live_href": _address("desk_consult_numbers"),
        "is_pharmacy": work.is_pharmacy,
        "account": _account(request, viewer),
        "session_clock": SessionClock(
            seconds=work.idle_minutes * 60,
            keep_alive_href=reverse("entry_staff_keep_alive"),
            ended_href=reverse("entry_staff_session_over"),
        ),
    }


def _address(name: str) -> str:
    """The address of a page, or nothing while this version does not have it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _nav_groups(request: HttpRequest, viewer: Viewer) -> list[NavGroup]:
    is_pharmacy = request.employment.is_pharmacy  # type: ignore[attr-defined]  # set by the middleware
    work = [
        _item(request, _("Postvak"), "desk_inbox_list", "inbox", live="open"),
        _item(request, _("Patiënten"), "desk_patients_list", "users"),
    ]
    if may_see_inbox(viewer=viewer):
        work.insert(1, _item(request, _("Vragen"), "desk_consult_inbox", "message-question", live="waiting"))
    work += _appointment_items(request, viewer, is_pharmacy=is_pharmacy)
    work.insert(1, _agenda_item(request, viewer, is_pharmacy=is_pharmacy))
    if may_select(viewer=viewer):
        work.append(_item(request, _("Bericht aan een groep"), "desk_mailing_overview", "send"))
    if viewer.has_right(StaffRight.PUBLISH_RESULTS) and not is_pharmacy:
        work.append(_item(request, _("Op te lossen berichten"), "desk_lab_unmatched", "alert-triangle"))
    if viewer.rights & {StaffRight.PUBLISH_RESULTS, StaffRight.MANAGE_PRACTICE} and not is_pharmacy:
        work.append(_item(request, _("Maskerbrieven"), "desk_letters", "notes"))
    if viewer.rights & {StaffRight.ANSWER_CONSULTS, StaffRight.MANAGE_PRACTICE}:
        work.append(_item(request, _("Standaardantwoorden"), "desk_answer_templates", "message-question"))
    if viewer.has_right(StaffRight.BILL) and not is_pharmacy:
        work.append(_item(request, _("Declaraties"), "desk_billing_list", "clipboard-list"))
    if viewer.rights & _LOG_RIGHTS:
        work.append(_item(request, _("Toegangslog en noodtoegang"), "desk_log_overview", "history"))
    elif viewer.has_right(StaffRight.INVITE_PATIENT):
        work.append(_item(request, _("Niet bezorgd"), "desk_log_undelivered", "mail"))
    groups = [NavGroup(label="", items=[item for item in work if item])]
    if viewer.has_right(StaffRight.MANAGE_PRACTICE):
        groups += _management(request, is_pharmacy=is_pharmacy)
    return groups


def _appointment_items(request: HttpRequest, viewer: Viewer, *, is_pharmacy: bool) -> list[NavItem | None]:
    if is_pharmacy or not may_see_agenda(viewer=viewer):
        return []
    return [_item(request, _("Afspraken zoeken"), "desk_appointments", "calendar-event")]


def _agenda_item(request: HttpRequest, viewer: Viewer, *, is_pharmacy: bool) -> NavItem | None:
    may_keep = may_see_agenda(viewer=viewer) and not is_pharmacy
    return _item(request, _("Agenda"), "desk_agenda", "calendar") if may_keep else None


def _management(request: HttpRequest, *, is_pharmacy: bool) -> list[NavGroup]:
    """The settings in two groups: who works here, and what patients see."""
    people = [
        _item(request, _("Praktijk"), "management_practice", "building-hospital"),
        _item(request, _("Openingstijden"), "management_opening", "clock"),
        _item(request, _("Accounts"), "management_accounts", "stethoscope"),
        _item(request, _("Medewerkers"), "management_employees", "id-badge-2"),
        _item(request, _("Groepen"), "management_groups", "users"),
    ]
    results = [
        _item(request, _("Uitslagen via het portaal"), "management_result_kinds", "flask"),
        _item(request, _("Correspondentie delen"), "management_documents", "mail"),
    ]
    billing = _item(request, _("Declareren"), "management_billing", "clipboard-list")
    portal = [
        _item(request, _("Online inzage"), "management_online", "eye"),
        _item(request, _("Overeenkomst"), "management_agreement", "file-text"),
        *([] if is_pharmacy else results),
        _item(request, _("Vragen van patiënten"), "management_consult", "message-question"),
        None if is_pharmacy else _item(request, _("Afspraken"), "management_agenda", "calendar-event"),
        _item(request, _("Links voor antwoorden"), "management_answer_links", "link"),
        None if is_pharmacy else billing,
        _item(request, _("Betrouwbare informatie"), "management_knowledge", "link"),
        _item(request, _("Taalmeter"), "management_words", "language"),
    ]
    return [
        NavGroup(label=_("Beheer: praktijk"), items=[page for page in people if page]),
        NavGroup(label=_("Beheer: portaal"), items=[page for page in portal if page]),
    ]


def _item(request: HttpRequest, label: str, name: str, icon: str, live: str = "") -> NavItem | None:
    href = _address(name)
    if not href:
        return None
    current = request.path == href if href == "/" else request.path.startswith(href)
    return NavItem(label=label, href=href, icon=icon, current=current, live=live)


def _account(request: HttpRequest, viewer: Viewer) -> AccountMenu:
    choices = _choices(request, viewer)
    feeds = _item(request, _("Agenda koppelen"), "desk_feeds", "link")
    return AccountMenu(
        name=viewer.name,
        detail=role_name(viewer.role) if viewer.role else "",
        logout_href=reverse("account_logout"),
        links=[
            NavItem(label=_("Wachtwoord"), href=reverse("entry_staff_password"), icon="lock"),
            NavItem(label=_("Tweede stap bij het inloggen"), href=reverse("mfa_index"), icon="shield-check"),
            *([feeds] if feeds and viewer.has_right(StaffRight.BOOK_APPOINTMENTS) else []),
        ],
        accounts=choices if len(choices) > 1 else [],
        switch_href=reverse("entry_staff_choose"),
    )


def _choices(request: HttpRequest, viewer: Viewer) -> list[AccountChoice]:
    """Where this employee can work: each practice, and each account within it."""
    choices = []
    for work in getattr(request, "employments", []):
        here = work.employee_id == viewer.employee_id
        label = work.practice_name
        choices.append(
            AccountChoice(value=f"{work.employee_id}:", label=label, current=here and viewer.account_id is None)
        )
        for account_id, name in zip(work.account_ids, work.account_names, strict=True):
            current = here and viewer.account_id == account_id
            value = f"{work.employee_id}:{account_id}"
            choices.append(AccountChoice(value=value, label=f"{work.practice_name}: {name}", current=current))
    return choices
