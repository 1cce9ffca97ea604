"""The second factor of staff: authenticator app, passkeys and recovery codes (security row 23).

The library does the cryptography and the sessions; here are our pages, our log lines, and the rule that the last
second factor cannot be taken away.
"""

import time
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import ReauthenticateView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views as base
from allauth.mfa.base.internal.flows import delete_and_cleanup
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, format_hotp_value, hotp_value
from allauth.mfa.webauthn import views as webauthn
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zorgbalie.faces.entry.access import public_page
from zorgbalie.faces.entry.addresses import network_address
from zorgbalie.faces.entry.staff_middleware import StaffRequest, Standing, also_for
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.ids import StaffUserId
from zorgbalie.office.actions import sign_in as actions

_KEYS = Authenticator.Type
_setting_up = also_for(Standing.NEEDS_SECOND_FACTOR, Standing.MUST_CHOOSE)


def _note(request: StaffRequest, event: str, way: str) -> None:
    actions.note(
        user_id=StaffUserId(request.user.pk), event=event, way=way,
        address=network_address(request), now=request.now,
    )  # fmt: skip


class SecondStepView(base.AuthenticateView):
    """The code or the passkey, after the password."""

    template_name = "entry/staff_second_step.html"

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Show the page again, and leave a line."""
        user = self.stage.login.user
        actions.note_refusal(
            email=user.email, event="staff.second_factor_failed", reason="wrong code", now=current_moment()
        )
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Only the ways that this user has set up are offered."""
        user = self.stage.login.user
        own = {one.type: one for one in Authenticator.objects.filter(user=user)}
        return {
            **super().get_context_data(**kwargs),
            "has_app": _KEYS.TOTP in own,
            "has_passkey": _KEYS.WEBAUTHN in own,
            "demo_code": _demo_code(own.get(_KEYS.TOTP)),
        }


second_step = public_page(SecondStepView.as_view())


def _demo_code(app: Authenticator | None) -> str:
    """The code of now, so that the demo needs no phone. Production has no DEMO (start-up refuses the mix)."""
    if not settings.DEMO or app is None:
        return ""
    secret = get_adapter().decrypt(app.data["secret"])
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


@also_for(Standing.NEEDS_SECOND_FACTOR)
@require_GET
def overview(request: StaffRequest) -> HttpResponse:
    """What is set up, and what can be added. Before there is anything, the choice of the first one."""
    own = list(Authenticator.objects.filter(user=request.user).order_by("created_at"))
    context = {
        "apps": [one for one in own if one.type == _KEYS.TOTP],
        "passkeys": [(one, one.wrap().name) for one in own if one.type == _KEYS.WEBAUTHN],
        "codes_left": sum(len(one.wrap().get_unused_codes()) for one in own if one.type == _KEYS.RECOVERY_CODES),
    }
    first = request.standing is Standing.NEEDS_SECOND_FACTOR
    return render(request, "entry/staff_first_step.html" if first else "entry/staff_security.html", context)


class AddAppView(totp.ActivateTOTPView):
    """An authenticator app: scan or type the key, then prove it with a code."""

    request: StaffRequest
    template_name = "entry/staff_add_app.html"

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """The code was right: this session has a second factor from now on."""
        response = super().form_valid(form)
        _second_factor_set(self.request, _KEYS.TOTP)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The key in groups of four, to be typed over."""
        context = super().get_context_data(**kwargs)
        secret = context["form"].secret
        context["key_in_groups"] = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
        return {**context, **_frame(self.request)}


add_app = _setting_up(AddAppView.as_view())


@_setting_up
@require_GET
def app_qr(request: StaffRequest) -> HttpResponse:
    """The key of the app that is being set up, as a picture from an address of our own (no data: in our policy)."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise Http404
    adapter = get_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(request.user, secret))
    return HttpResponse(picture, content_type="image/svg+xml")


class AddPasskeyView(webauthn.AddWebAuthnView):
    """A passkey: a security key, or the finger or face that opens this computer or phone."""

    request: StaffRequest
    template_name = "entry/staff_add_passkey.html"

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """The key answered: this session has a second factor from now on."""
        response = super().form_valid(form)
        _second_factor_set(self.request, _KEYS.WEBAUTHN)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what the frame needs."""
        form = kwargs.get("form") or self.get_form()  # the library's view drops the form with its errors
        return {**super().get_context_data(**kwargs), "form": form, **_frame(self.request)}


add_passkey = _setting_up(AddPasskeyView.as_view())


def _frame(request: StaffRequest) -> dict[str, Any]:
    at_work = request.standing is Standing.AT_WORK
    return {"frame": "ui/desk_shell.html" if at_work else "ui/entry_shell.html", "at_work": at_work}


def _second_factor_set(request: StaffRequest, way: str) -> None:
    """Count what was just proved as passed; a new session key goes with more rights (row 16)."""
    record_authentication(request, request.user, "mfa", type=way, reauthenticated=True)
    request.session.cycle_key()
    _note(request, "staff.second_factor_added", way)


@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]  # allauth is untyped here
@require_http_methods(["GET", "POST"])
def remove_app(request: StaffRequest) -> HttpResponse:
    """Take the authenticator app away."""
    return _remove(request, get_object_or_404(Authenticator, user=request.user, type=_KEYS.TOTP))


@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]  # allauth is untyped here
@require_http_methods(["GET", "POST"])
def remove_passkey(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a passkey away."""
    return _remove(request, get_object_or_404(Authenticator, user=request.user, type=_KEYS.WEBAUTHN, pk=pk))


def _remove(request: StaffRequest, authenticator: Authenticator) -> HttpResponse:
    adapter = get_adapter()
    if not adapter.can_delete_authenticator(authenticator):
        messages.error(request, adapter.error_messages["cannot_delete_authenticator"])
        return redirect("mfa_index")
    if request.method == "GET":
        return render(request, "entry/staff_remove_factor.html", {"is_app": authenticator.type == _KEYS.TOTP})
    way = authenticator.type
    delete_and_cleanup(request, authenticator)
    _note(request, "staff.second_factor_removed", way)
    messages.success(request, _("De tweede stap is verwijderd."))
    return redirect("mfa_index")


class RecoveryCodesView(recovery.ViewRecoveryCodesView):
    """The recovery codes, shown once."""

    request: StaffRequest
    template_name = "entry/staff_recovery_codes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what the frame needs."""
        return {**super().get_context_data(**kwargs), **_frame(self.request)}


recovery_codes = also_for(Standing.MUST_CHOOSE)(RecoveryCodesView.as_view())


class NewRecoveryCodesView(recovery.GenerateRecoveryCodesView):
    """New recovery codes in place of the old ones."""

    request: StaffRequest
    template_name = "entry/staff_new_recovery_codes.html"

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Leave a line."""
        response = super().form_valid(form)
        _note(self.request, "staff.recovery_codes_made", "")
        return response


new_recovery_codes = NewRecoveryCodesView.as_view()


class _AgainMixin:
    """Prove again who you are before something about signing in is changed."""

    way = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Which way this is."""
        return {**super().get_context_data(**kwargs), "way": self.way}  # type: ignore[misc]  # of the class it is mixed into


class PasswordAgainView(_AgainMixin, ReauthenticateView):
    """By password."""

    template_name = "entry/staff_prove_again.html"
    success_url = reverse_lazy("mfa_index")
    way = "password"


class CodeAgainView(_AgainMixin, base.ReauthenticateView):
    """By a code."""

    template_name = "entry/staff_prove_again.html"
    success_url = reverse_lazy("mfa_index")
    way = "code"


class PasskeyAgainView(_AgainMixin, webauthn.ReauthenticateWebAuthnView):
    """By a passkey."""

    template_name = "entry/staff_prove_again.html"
    success_url = reverse_lazy("mfa_index")
    way = "passkey"


password_again = also_for(Standing.MUST_CHOOSE)(PasswordAgainView.as_view())
code_again = also_for(Standing.MUST_CHOOSE)(CodeAgainView.as_view())
passkey_again = also_for(Standing.MUST_CHOOSE)(PasskeyAgainView.as_view())
