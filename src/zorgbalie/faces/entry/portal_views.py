"""Signing in and out at the portal."""

from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from zorgbalie.access.actions import sign_in
from zorgbalie.faces.entry.access import FaceRequest, public_page
from zorgbalie.faces.entry.addresses import network_address
from zorgbalie.faces.entry.connections import digid_connection
from zorgbalie.faces.entry.patient_session import session_values
from zorgbalie.integrations.digid.types import BrowserStep, Identity, SignInRefused
from zorgbalie.kernel.ids import PersonId

HOME = "/"


@public_page
@never_cache
@require_safe
def sign_in_page(request: HttpRequest) -> HttpResponse:
    """The page before sign-in: what this is, and the button of DigiD."""
    if getattr(request, "viewer", None):
        return redirect(HOME)
    context = {
        "ended": "beeindigd" in request.GET,
        "signed_out": "uitgelogd" in request.GET,
        "help_href": reverse("entry_help"),
        "demo": settings.DEMO,
    }
    return _allowing_digid(render(request, "entry/sign_in.html", context))


def _allowing_digid(response: HttpResponse) -> HttpResponse:
    """Let forms of this page lead to DigiD: browsers hold `form-action` against redirects after a form, too."""
    try:
        origins = sorted(digid_connection().browser_origins)
    except SignInRefused:
        return response  # the broker does not answer; pressing the button will say so
    if origins:
        response._csp_update = {"form-action": origins}  # type: ignore[attr-defined]  # read by django-csp
    return response


@public_page
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Send the browser to DigiD."""
    now = cast(FaceRequest, request).now
    try:
        connection = digid_connection()
        step = connection.begin(now=now)
    except SignInRefused as refusal:
        return _refused(request, refusal.code)
    request.session["sign_in_state"] = dict(step.state)
    return _to_digid(request, step)


def _to_digid(request: HttpRequest, step: BrowserStep) -> HttpResponse:
    """A redirect, or a page with a button that posts to DigiD (that host joins `form-action` for this page)."""
    if step.form_fields is None:
        return redirect(step.url)
    return _allowing_digid(
        render(request, "entry/to_digid.html", {"url": step.url, "fields": step.form_fields.items()})
    )


@public_page
@never_cache
@require_GET
def complete(request: HttpRequest) -> HttpResponse:
    """DigiD sent the browser back: check the answer, open a new session."""
    face_request = cast(FaceRequest, request)
    state = request.session.pop("sign_in_state", {})
    address = network_address(request)
    try:
        identity = digid_connection().complete(params=request.GET.dict(), state=state, now=face_request.now)
    except SignInRefused as refusal:
        sign_in.refuse_sign_in(reason=refusal.code, connection=settings.DIGID_CONNECTION, address=address)
        return _refused(request, refusal.code)
    try:
        return _open_session(face_request, identity, address)
    except sign_in.LevelInsufficient:
        return _refused(request, "level_too_low")
    except sign_in.UnknownPerson:
        return _refused(request, "unknown_person")
    except sign_in.NotRepresented:
        return _refused(request, "not_represented")


def _open_session(request: FaceRequest, identity: Identity, address: str) -> HttpResponse:
    """A new session id, nothing of the session before it but the page to go to (security rows 16, 17).

    Nor do forms that were left open before it work in this session.
    """
    viewer = sign_in.sign_in_patient(
        acting_bsn=identity.acting_bsn,
        subject_bsn=identity.subject_bsn,
        level=identity.level,
        connection=identity.connection,
        address=address,
        now=request.now,
    )
    target = request.session.get("next", HOME)
    request.session.flush()
    rotate_token(request)
    request.session.update(
        session_values(
            person_id=cast(PersonId, viewer.person_id),
            subject_id=cast(PersonId, viewer.subject_id),
            name=viewer.name,
            level=identity.level,
            now=request.now,
            connection=identity.connection,
            sign_out_hint=identity.sign_out_hint,
        )
    )
    request.session.set_expiry(settings.SESSION_HOURS * 3600)
    allowed = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return redirect(target if allowed and target.startswith("/") else HOME)


_REFUSAL_STATUS = {"unavailable": 503}


def _refused(request: HttpRequest, code: str) -> HttpResponse:
    """One plain sentence per reason; what is wrong with a forged answer is for the log alone."""
    known = {"cancelled", "level_too_low", "unavailable", "unknown_person", "not_represented", "expired"}
    context = {"code": code if code in known else "refused", "help_href": reverse("entry_help")}
    return render(request, "entry/refused.html", context, status=_REFUSAL_STATUS.get(code, 403))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session here, then at DigiD where the connection has that."""
    face_request = cast(FaceRequest, request)
    sign_in.sign_out_patient(viewer=face_request.viewer)
    hint = request.session.get("sign_out_hint", {})
    request.session.flush()
    try:
        step = digid_connection().begin_sign_out(hint=hint, now=face_request.now)
    except SignInRefused:
        step = None
    response = _signed_out(request, step)
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _signed_out(request: HttpRequest, step: BrowserStep | None) -> HttpResponse:
    """Signed out here; a page leads on to DigiD's own sign-out where there is one."""
    if step is None:
        return redirect(reverse("entry_sign_in") + "?uitgelogd=1")
    context = {"url": step.url, "fields": (step.form_fields or {}).items(), "by_link": step.form_fields is None}
    return _allowing_digid(render(request, "entry/signed_out.html", context))


@require_POST
def keep_alive(request: HttpRequest) -> JsonResponse:
    """The patient said "I am still here": seeing this request was enough (the middleware noted it)."""
    request.session["seen_at"] = cast(FaceRequest, request).now.isoformat()
    return JsonResponse({"seconds": settings.IDLE_MINUTES * 60})


@public_page
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Help for everybody, signed in or not."""
    is_inside = getattr(request, "viewer", None) is not None
    frame = "ui/patient_shell.html" if is_inside else "ui/entry_shell.html"
    return render(request, "entry/help.html", {"home_href": HOME, "frame": frame})


@public_page
@require_safe
def saml_metadata(request: HttpRequest) -> HttpResponse:
    """Our metadata, for DigiD. Holds nothing secret."""
    from zorgbalie.integrations.digid.saml import SamlConnection

    connection = digid_connection()
    if not isinstance(connection, SamlConnection):
        return HttpResponse(status=404)
    return HttpResponse(connection.metadata(), content_type="application/samlmetadata+xml")
