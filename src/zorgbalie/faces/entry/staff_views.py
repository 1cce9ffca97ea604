"""Signing in at the desk, choosing where one works, and signing out."""

from typing import Any

from allauth.account.views import LoginView
from django import forms
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zorgbalie.faces.entry.access import public_page
from zorgbalie.faces.entry.addresses import network_address
from zorgbalie.faces.entry.staff_forms import NewPasswordForm
from zorgbalie.faces.entry.staff_middleware import StaffRequest, Standing, also_for
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.ids import StaffUserId
from zorgbalie.office.actions import sign_in as actions
from zorgbalie.office.types import Employment

_HALF_WAY = (Standing.MUST_CHANGE_PASSWORD, Standing.NEEDS_SECOND_FACTOR, Standing.MUST_CHOOSE)


class SignInView(LoginView):
    """E-mail address and password; the library goes on to the second factor."""

    template_name = "entry/staff_sign_in.html"

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Show the form again, and leave a line for the practices of this address."""
        if email := form.cleaned_data.get("login"):
            reasons = [error.code or "" for error in form.non_field_errors().as_data()]
            _note_refusal(email, reasons[0] if reasons else "")
        answer: HttpResponse = super().form_invalid(form)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Why somebody is back here."""
        reason = next(
            (name for name in ("beeindigd", "uit-dienst", "verlopen", "uitgelogd") if name in self.request.GET), ""
        )
        return {**super().get_context_data(**kwargs), "reason": reason}


sign_in = public_page(SignInView.as_view())


def _note_refusal(email: str, reason: str) -> None:
    known = {"email_password_mismatch": "wrong password", "too_many_login_attempts": "too many tries"}
    actions.note_refusal(
        email=email, event="staff.sign_in_failed", reason=known.get(reason, "refused"), now=current_moment()
    )


def locked_out(
    request: HttpRequest, original_response: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """The answer at the tenth wrong password: what happened, how long it lasts, who can help (row 23)."""
    email = str((credentials or {}).get("email", ""))
    actions.note_refusal(email=email, event="staff.locked_out", reason="too many tries", now=current_moment())
    return render(request, "entry/staff_locked_out.html", status=429)


@public_page
@require_POST
def sign_out(request: StaffRequest) -> HttpResponse:
    """End the session on the server: a copied cookie is worth nothing afterwards (row 16)."""
    if request.user.is_authenticated:
        actions.note(
            user_id=StaffUserId(request.user.pk), event="staff.signed_out",
            address=network_address(request), now=request.now,
        )  # fmt: skip
    logout(request)
    return redirect(_address("account_login", "uitgelogd"))


def _address(name: str, reason: str) -> str:
    return f"{reverse(name)}?{reason}=1"


@also_for(Standing.MUST_CHOOSE)
@require_http_methods(["GET", "POST"])
def choose(request: StaffRequest) -> HttpResponse:
    """For which practice and account somebody works now ("Werken voor")."""
    if request.method == "POST":
        return _switch(request)
    choices = [(work, _account_choices(work)) for work in request.employments]
    lost = request.standing is Standing.MUST_CHOOSE and "employee_id" in request.session
    return render(request, "entry/staff_choose.html", {"choices": choices, "lost": lost})


def _account_choices(work: Employment) -> list[tuple[str, str]]:
    named = zip(work.account_ids, work.account_names, strict=True)
    return [(f"{work.employee_id}:{number}", name) for number, name in named]


def _switch(request: StaffRequest) -> HttpResponse:
    """Only to work of one's own, whatever number was posted (security row 2)."""
    wanted = request.POST.get("account", "")
    for work in request.employments:
        for value, account_id in [(f"{work.employee_id}:", None), *_own_accounts(work)]:
            if value == wanted:
                request.session["employee_id"], request.session["account_id"] = work.employee_id, account_id
                request.session.cycle_key()
                rotate_token(request)  # forms that stand open were for the other practice
                return redirect("/")
    messages.error(request, _("Kies een van de praktijken of accounts hieronder."))
    return redirect("entry_staff_choose")


def _own_accounts(work: Employment) -> list[tuple[str, int]]:
    return [(f"{work.employee_id}:{number}", number) for number in work.account_ids]


@also_for(Standing.MUST_CHANGE_PASSWORD)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: StaffRequest) -> HttpResponse:
    """Choose a password: obliged after one that the manager gave, otherwise whenever one likes."""
    obliged = request.standing is Standing.MUST_CHANGE_PASSWORD
    form = NewPasswordForm(request.POST or None, user=request.user, needs_current=not obliged)
    if request.method == "POST" and form.is_valid():
        return _change_password(request, form)
    template = "entry/staff_password.html" if obliged else "entry/staff_own_password.html"
    return render(request, template, {"form": form})


def _change_password(request: StaffRequest, form: NewPasswordForm) -> HttpResponse:
    actions.change_own_password(
        user_id=StaffUserId(request.user.pk), password=form.cleaned_data["password"],
        address=network_address(request), now=request.now,
    )  # fmt: skip
    request.user.refresh_from_db()
    update_session_auth_hash(request, request.user)
    messages.success(request, _("Uw nieuwe wachtwoord is opgeslagen."))
    return redirect("/")


@also_for(*_HALF_WAY)
@require_POST
def keep_alive(request: StaffRequest) -> HttpResponse:
    """Somebody says to be there still; the middleware notes it."""
    request.session["seen_at"] = request.now.isoformat()
    return HttpResponse(status=204)


@public_page
@require_GET
def session_over(request: StaffRequest) -> HttpResponse:
    """Where a page goes by itself when the time is over: ends the session if the browser's clock was right."""
    if request.standing is Standing.SIGNED_OUT:
        return redirect(_address("account_login", "beeindigd"))
    return redirect("/")
