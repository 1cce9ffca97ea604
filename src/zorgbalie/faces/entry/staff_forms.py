"""Forms with which staff sign in and set up their second factor."""

import struct
from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import get_totp_secret
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, ReauthenticateWebAuthnForm
from cryptography.exceptions import InvalidSignature
from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from zorgbalie.faces.entry.staff_adapter import StaffSecondFactorAdapter


def _password_field(label: Any, autocomplete: str) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, widget=widget, strip=False, max_length=128)


class SignInForm(LoginForm):
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.EmailField(
            label=_("E-mailadres"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "username"})
        )
        self.fields["password"] = _password_field(_("Wachtwoord"), "current-password")

    def clean_login(self) -> str:
        """Addresses are kept in small letters."""
        return str(super().clean_login()).lower()


class PasswordAgainForm(ReauthenticateForm):
    """The password once more, before something about signing in is changed."""

    password = _password_field(_("Wachtwoord"), "current-password")  # type: ignore[assignment]  # ours is plainer


def _code_field() -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"})
    return forms.CharField(label=_("Code"), max_length=20, widget=widget)


def use_code_once(*, user_id: int, code: str) -> None:
    """Refuse a code of the app that was used before, for as long as it would be valid (row 23).

    Counted in the shared cache, whose unique key decides when two browsers are at it at once.
    Raises: ValidationError.
    """
    valid_seconds = (2 * settings.MFA_TOTP_TOLERANCE + 2) * 30
    if not cache.add(f"staff.code.used:{user_id}:{normalize_user_code(code)}", 1, timeout=valid_seconds):
        raise StaffSecondFactorAdapter().validation_error("incorrect_code")


class _CodeOnce(BaseAuthenticateForm):
    """A code from the app, or a recovery code; each counts once."""

    code = _code_field()

    def clean_code(self) -> str:
        code = str(super().clean_code())
        if self.authenticator.type == Authenticator.Type.TOTP:
            use_code_once(user_id=self.user.pk, code=code)
        return code


class CodeForm(_CodeOnce, AuthenticateForm):
    """The second step of signing in."""


class CodeAgainForm(_CodeOnce, CodeReauthenticateForm):
    """The code once more, before something about signing in is changed."""


class StartAppForm(ActivateTOTPForm):
    """The first code of a new authenticator app."""

    code = _code_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.user = kwargs.pop("user")
        forms.Form.__init__(self, *args, **kwargs)
        # One key as long as the set-up lasts: a second tab must not make the first one's code wrong.
        self.secret = get_totp_secret()

    def clean_code(self) -> str:
        """The code is right, and is not used again for signing in."""
        code = str(super().clean_code())
        use_code_once(user_id=self.user.pk, code=code)
        return code


# What the libraries let through when an answer is not what a browser sends (security row 32).
_NOT_AN_ANSWER = (KeyError, IndexError, TypeError, ValueError, AttributeError, struct.error, InvalidSignature)


class AddPasskeyForm(AddWebAuthnForm):
    """A new passkey."""

    name = forms.CharField(
        label=_("Naam"), required=False, max_length=40,
        help_text=_("Waaraan u hem herkent, bijvoorbeeld: laptop balie."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The key's own answer to our challenge; anything else is refused as wrong, not as our failure."""
        try:
            values: dict[str, Any] = super().clean()
        except _NOT_AN_ANSWER:
            raise StaffSecondFactorAdapter().validation_error("incorrect_code") from None
        return values


class _PasskeyAnswer(AuthenticateWebAuthnForm):
    """The answer of a passkey to our challenge."""

    def clean_credential(self) -> Authenticator:
        """As above."""
        try:
            return super().clean_credential()
        except _NOT_AN_ANSWER:
            raise StaffSecondFactorAdapter().validation_error("incorrect_code") from None


class PasskeyForm(_PasskeyAnswer):
    """The second step of signing in, by passkey."""


class PasskeyAgainForm(_PasskeyAnswer, ReauthenticateWebAuthnForm):
    """The passkey once more, before something about signing in is changed."""


class NewPasswordForm(forms.Form):
    """A password of one's own choice; with the current one first, unless it was just used to come in."""

    current = _password_field(_("Uw wachtwoord van nu"), "current-password")
    password = _password_field(_("Nieuw wachtwoord"), "new-password")
    again = _password_field(_("Nieuw wachtwoord, nog een keer"), "new-password")

    def __init__(self, *args: Any, user: Any, needs_current: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password"].help_text = _("Minstens 12 tekens. Een korte zin is makkelijk te onthouden.")
        if not needs_current:
            del self.fields["current"]

    def clean_current(self) -> str:
        """Whether it is the password of now."""
        current = str(self.cleaned_data["current"])
        if not self.user.check_password(current):
            raise forms.ValidationError(_("Dit wachtwoord klopt niet."))
        return current

    def clean_password(self) -> str:
        """Long enough, not well known, and another one than before."""
        password = str(self.cleaned_data["password"])
        if len(password) < settings.PASSWORD_MINIMUM_LENGTH:
            raise forms.ValidationError(
                _("Dit wachtwoord is te kort. Gebruik minstens %(count)d tekens."),
                params={"count": settings.PASSWORD_MINIMUM_LENGTH},
            )
        password_validation.validate_password(password, self.user)
        if self.user.check_password(password):
            raise forms.ValidationError(_("Kies een ander wachtwoord dan u nu heeft."))
        return password

    def clean(self) -> dict[str, Any]:
        """Typed twice alike."""
        values = super().clean() or {}
        if values.get("password") and values.get("again") and values["password"] != values["again"]:
            self.add_error("again", _("De twee nieuwe wachtwoorden zijn niet gelijk."))
        return values
