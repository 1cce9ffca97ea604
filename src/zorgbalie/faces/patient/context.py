"""What stands around every page of the portal: practice, menu, who is signed in, and for whom."""

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zorgbalie.access.types import DataKind
from zorgbalie.agenda.queries.own import may_have
from zorgbalie.consult.queries.patient import may_ask
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.entry.look import theme_href
from zorgbalie.faces.entry.opening_words import hours_words
from zorgbalie.record.queries import patient_home
from zorgbalie.record.types.home import PatientShell
from zorgbalie.ui.types import AccountMenu, ActingFor, FooterLink, NavItem, PracticeHeader, SessionClock

_REMEMBERED = "_patient_shell"


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor for `ui/patient_shell.html`; nothing at other faces, before sign-in or after a failure."""
    is_patient = getattr(request, "face", "") == "portal" and getattr(request, "viewer", None) is not None
    if not is_patient or getattr(request, "work_failed", False):
        return {}
    face_request = cast(FaceRequest, request)
    found = shell_of(face_request)
    questions = reverse("patient_consult_overview") if may_ask(viewer=face_request.viewer, now=face_request.now) else ""
    return {
        "practice": practice_header(found),
        "nav": _nav(face_request, found, questions),
        "questions_href": questions,
        "home_href": reverse("patient_home"),
        "help_href": reverse("entry_help"),
        "account": AccountMenu(
            name=found.name or _("Mijn account"), logout_href=reverse("entry_sign_out"), links=_account_links(found)
        ),
        "acting_for": _acting_for(found),
        "footer_links": [FooterLink(label=link.label, href=link.href) for link in _account_links(found)],
        "session_clock": SessionClock(
            seconds=settings.IDLE_MINUTES * 60,
            keep_alive_href=reverse("entry_keep_alive"),
            ended_href=reverse("entry_sign_in") + "?beeindigd=1",
        ),
    }


def shell_of(request: FaceRequest) -> PatientShell:
    """The frame of this request, asked for once."""
    found: PatientShell | None = getattr(request, _REMEMBERED, None)
    if found is None:
        found = patient_home.get_shell(viewer=request.viewer, now=request.now)
        setattr(request, _REMEMBERED, found)
    return found


def href_of(name: str) -> str:
    """The address of a page that another topic of this face may have; empty where it does not."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def practice_header(found: PatientShell) -> PracticeHeader | None:
    """The practice as every page shows it (REQ 88, ux 25)."""
    card = found.practice
    if card is None:
        return None
    out_of_hours = ""
    if card.out_of_hours_phone:
        words = {"name": card.out_of_hours_name or _("de huisartsenpost"), "phone": card.out_of_hours_phone}
        out_of_hours = _("Is de praktijk dicht? Bel %(name)s: %(phone)s.") % words
    return PracticeHeader(
        name=card.name,
        phone=card.phone,
        phone_hours=hours_words(card.week) or card.opening_hours,
        out_of_hours=out_of_hours,
        out_of_hours_phone=card.out_of_hours_phone,
        out_of_hours_name=card.out_of_hours_name,
        theme_href=theme_href(colour=card.brand_color),
    )


def age_words(age: int) -> str:
    """An age as people say it."""
    return ngettext("%(age)s jaar", "%(age)s jaar", age) % {"age": age}


def _acting_for(found: PatientShell) -> ActingFor | None:
    person = found.acting_for
    if person is None:
        return None
    return ActingFor(name=person.name, detail=age_words(person.age), stop_href=reverse("patient_home") + "#voor-wie")


def _nav(request: FaceRequest, found: PatientShell, questions: str) -> list[NavItem]:
    """The menu: only what is open (R14), in the order of the tasks on the first page (ux 16)."""
    items = [("patient_home", _("Begin"), "home")]
    if questions:
        items.append(("patient_consult_overview", _("Stel een vraag"), "message-question"))
    if may_have(viewer=request.viewer, now=request.now):
        items.append(("patient_appointments", _("Afspraken"), "calendar"))
    if DataKind.MEDICATION in found.kinds:
        items.append(("patient_record_medicines", _("Medicijnen"), "pill"))
    if DataKind.OBSERVATIONS in found.kinds:
        items.append(("patient_record_values", _("Uitslagen"), "flask"))
    if found.kinds:
        items.append(("patient_record_overview", _("Dossier"), "folder"))
    if DataKind.DOCUMENTS in found.kinds:
        items.append(("patient_record_letters", _("Brieven"), "file-text"))
    if found.kinds:
        items.append(("patient_export_overview", _("Dossier opslaan"), "download"))
    here = request.resolver_match.url_name if request.resolver_match else ""
    return [
        NavItem(label=label, href=reverse(name), icon=icon, current=_is_here(here or "", name))
        for name, label, icon in items
    ]


_UNDER = {
    "patient_record_episodes": "patient_record_overview",
    "patient_record_episode": "patient_record_overview",
    "patient_record_contacts": "patient_record_overview",
    "patient_record_allergies": "patient_record_overview",
    "patient_record_letter": "patient_record_letters",
    "patient_record_about_episode": "patient_record_overview",
    "patient_record_about_value": "patient_record_values",
    "patient_record_about_medicine": "patient_record_medicines",
    "patient_wishes": "patient_record_values",
    "patient_record_value": "patient_record_values",
    "patient_record_results": "patient_record_values",
    "patient_record_result": "patient_record_values",
    "patient_appointment": "patient_appointments",
    "patient_appointment_move": "patient_appointments",
    "patient_appointment_cancel": "patient_appointments",
    "patient_appointment_earlier": "patient_appointments",
    "patient_offer": "patient_appointments",
    "patient_booking": "patient_appointments",
    "patient_booking_for_whom": "patient_appointments",
    "patient_booking_kinds": "patient_appointments",
    "patient_booking_time": "patient_appointments",
    "patient_booking_details": "patient_appointments",
    "patient_booking_check": "patient_appointments",
    "patient_booking_done": "patient_appointments",
    "patient_consult_start": "patient_consult_overview",
    "patient_consult_addressee": "patient_consult_overview",
    "patient_consult_for_whom": "patient_consult_overview",
    "patient_consult_place": "patient_consult_overview",
    "patient_consult_reason": "patient_consult_overview",
    "patient_consult_answer": "patient_consult_overview",
    "patient_consult_self_care": "patient_consult_overview",
    "patient_consult_subject": "patient_consult_overview",
    "patient_consult_question": "patient_consult_overview",
    "patient_consult_files": "patient_consult_overview",
    "patient_consult_drop": "patient_consult_overview",
    "patient_consult_check": "patient_consult_overview",
    "patient_consult_thread": "patient_consult_overview",
    "patient_consult_sent": "patient_consult_overview",
}


def _is_here(here: str, name: str) -> bool:
    return name in (here, _UNDER.get(here))


def log_title(found: PatientShell) -> str:
    """What the page about who looked is called: "my" record is wrong while acting for somebody else (ux 17, 41)."""
    return _("Wie heeft mijn dossier gezien?") if found.acting_for is None else _("Wie heeft het dossier gezien?")


def _account_links(found: PatientShell) -> list[NavItem]:
    own = found.acting_for is None
    pages = (
        ("patient_log_overview", log_title(found), "history"),
        ("patient_corrections_overview", _("Mijn verzoeken"), "list-check"),
        ("patient_notices_overview", _("Meldingen"), "bell"),
        ("patient_access_overview", _("Toegang tot mijn dossier") if own else _("Toegang tot het dossier"), "key"),
    )
    return [NavItem(label=label, href=href_of(name), icon=icon) for name, label, icon in pages if href_of(name)]
