"""Makes the viewer of each request at the desk. No page answers without password and second factor (row 23)."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from zorgbalie.faces.entry.access import is_public
from zorgbalie.faces.entry.addresses import network_address
from zorgbalie.faces.entry.staff_session import (
    IDLE_MINUTES_BEFORE_WORK,
    has_ended,
    note_seen,
    passed_second_factor,
)
from zorgbalie.faces.entry.typed_texts import give_back, typed_texts
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.ids import AccountId, StaffUserId
from zorgbalie.kernel.viewer import Viewer, staff_viewer
from zorgbalie.office.queries import sign_in
from zorgbalie.office.types import Employment

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class Standing(StrEnum):
    """How far somebody is with signing in; each has one page where it leads."""

    SIGNED_OUT = "account_login"
    MUST_CHANGE_PASSWORD = "entry_staff_password"  # noqa: S105  (a page's name)
    NEEDS_SECOND_FACTOR = "mfa_index"
    MUST_CHOOSE = "entry_staff_choose"
    AT_WORK = ""


def also_for(*standings: Standing) -> Callable[[View], View]:
    """Mark a view that also answers somebody who is signed in but not yet at work."""

    def mark(view: View) -> View:
        view.standings = frozenset(standings)  # type: ignore[attr-defined]  # read by the middleware
        return view

    return mark


def background(view: View) -> View:
    """Mark a view that a page asks for by itself: it does not keep the session alive."""
    view.background = True  # type: ignore[attr-defined]  # read by the middleware
    return view


class StaffRequest(HttpRequest):
    """A request behind this middleware. `viewer` is None until somebody is at work."""

    user: Any  # the framework's lazy user: one of ours, or nobody
    viewer: Viewer | None
    now: datetime
    standing: Standing
    employments: list[Employment]
    employment: Employment | None


class StaffViewerMiddleware:
    """Sets `request.now`, `request.viewer`, `request.standing` and where the user works."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Prepare the request, then go on."""
        prepare(request)  # type: ignore[arg-type]  # gets its attributes here
        return self.get_response(request)

    def process_view(
        self, request: StaffRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Let through what the standing allows; lead everybody else to the page that comes next."""
        match = request.resolver_match
        if match is not None and is_public(match):
            return None
        if request.standing is Standing.AT_WORK or request.standing in getattr(view, "standings", ()):
            if not getattr(view, "background", False):
                note_seen(request.session, now=request.now)
            return None
        return _lead_on(request)


def prepare(request: StaffRequest) -> None:
    """Find out who this is and how far; the registers are read anew each time (security row 13)."""
    request.face = "desk"  # type: ignore[attr-defined]  # a FaceRequest
    request.now = current_moment()
    request.viewer, request.employment, request.employments = None, None, []
    request.standing = Standing.SIGNED_OUT
    request.session_ended = request.work_ended = False  # type: ignore[attr-defined]  # read by the templates
    if request.user.is_authenticated:
        request.standing = _standing(request)
    work = getattr(request, "employment", None)
    if work is not None:
        request.viewer = _viewer(request, work)


def _standing(request: StaffRequest) -> Standing:
    session, user = request.session, request.user
    request.employments = sign_in.list_work(user_id=StaffUserId(user.pk), now=request.now)
    chosen = _chosen(request)
    if has_ended(session, now=request.now, idle_minutes=_idle_minutes(request, chosen)):
        return _sign_out(request, "session_ended")
    second_factor = passed_second_factor(session, user=user)
    if not second_factor and is_mfa_enabled(user):
        # A session from before the second factor was set may not go on on the password alone.
        return _sign_out(request, "session_ended")
    if not request.employments:
        return _sign_out(request, "work_ended")
    if user.must_change_password:
        if user.one_time_until is not None and user.one_time_until <= request.now:
            return _sign_out(request, "one_time_over")
        return Standing.MUST_CHANGE_PASSWORD
    if not second_factor:
        return Standing.NEEDS_SECOND_FACTOR
    if chosen is None:
        return Standing.MUST_CHOOSE
    session.setdefault("employee_id", chosen.employee_id)
    request.employment = chosen
    return Standing.AT_WORK


def _chosen(request: StaffRequest) -> Employment | None:
    """The work that was chosen, while it lasts. The only one chooses itself, but never takes over from another."""
    wanted = request.session.get("employee_id")
    if wanted is None and len(request.employments) == 1:
        (only,) = request.employments
        return only
    return next((one for one in request.employments if one.employee_id == wanted), None)


def _idle_minutes(request: StaffRequest, chosen: Employment | None) -> int:
    return chosen.idle_minutes if chosen else IDLE_MINUTES_BEFORE_WORK


def _sign_out(request: StaffRequest, why: str) -> Standing:
    logout(request)
    setattr(request, why, True)
    request.employments = []
    return Standing.SIGNED_OUT


def _viewer(request: StaffRequest, work: Employment) -> Viewer:
    account_id = request.session.get("account_id")
    return staff_viewer(
        employee_id=work.employee_id,
        practice_id=work.practice_id,
        role=work.role,
        rights=work.rights,
        name=work.name,
        organisation=work.practice_name,
        account_id=AccountId(account_id) if account_id in work.account_ids else None,
        address=network_address(request),
    )


def _lead_on(request: StaffRequest) -> HttpResponse:
    address = reverse(request.standing.value)
    asked: dict[str, str] = {}
    if request.standing is Standing.SIGNED_OUT:
        texts = typed_texts(request)
        if texts:
            return give_back(request, texts=texts, sign_in=address)
        if request.method == "GET" and not request.headers.get("HX-Request"):
            asked["next"] = request.get_full_path()[:500]
        if getattr(request, "session_ended", False):
            asked["beeindigd"] = "1"
        if getattr(request, "work_ended", False):
            asked["uit-dienst"] = "1"
        if getattr(request, "one_time_over", False):
            asked["verlopen"] = "1"
    if asked:
        address += f"?{urlencode(asked)}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    return redirect(address)
