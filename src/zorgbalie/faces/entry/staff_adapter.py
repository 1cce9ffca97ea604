"""Where the sign-in library meets this house: texts, log lines, addresses, and secrets that are kept encrypted."""

import base64
from io import BytesIO
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage
from qrcode.main import QRCode

from zorgbalie.faces.entry.addresses import network_address
from zorgbalie.faces.entry.staff_session import passed_second_factor, start_values
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.ids import StaffUserId
from zorgbalie.office.actions import sign_in

TOO_MANY = _(
    "Er is te vaak een fout wachtwoord of een foute code ingevuld. Wacht 15 minuten en probeer het dan opnieuw. "
    "Of vraag uw praktijkmanager om de blokkade op te heffen."
)
_ENCRYPTED = "v1:"


class StaffAccountAdapter(DefaultAccountAdapter):
    """Signing in with e-mail and password."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("Dit e-mailadres en wachtwoord horen niet bij elkaar."),
        "incorrect_password": _("Dit wachtwoord klopt niet."),
        "incorrect_code": _("Deze code klopt niet, of is al gebruikt. Wacht op de volgende code en vul die in."),
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The library's own messages are left out; our views say what is worth saying."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address as the log has it."""
        return network_address(request)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return sign_in.failed_password_key(email=credentials.get("email", ""))

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        """Whether this is the user's password; counts as a try. Our users have one address, the one on the user."""
        found = self.authenticate(self.request, email=user.get_username(), password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not while the first second factor is set up: the password was given a moment ago."""
        return bool(passed_second_factor(self.request.session, user=self.request.user))

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Open the session: with a new key (row 16), and with the moments at which it will end."""
        super().login(request, user)
        request.session.update(start_values(now=current_moment()))
        way = "second_factor" if passed_second_factor(request.session, user=user) else "password_only"
        sign_in.note(
            user_id=StaffUserId(user.pk), event="staff.signed_in", address=network_address(request),
            now=current_moment(), way=way,
        )  # fmt: skip


class StaffSecondFactorAdapter(DefaultMFAAdapter):
    """The second factor."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": StaffAccountAdapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": _("Dit is uw enige tweede stap. Stel eerst een andere in."),
        "rate_limited": TOO_MANY,
    }

    def encrypt(self, text: str) -> str:
        """Keys of authenticator apps are not readable in a copy of the database."""
        return _ENCRYPTED + _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Counterpart of `encrypt`; what was stored before encryption is read as it is."""
        if not encrypted_text.startswith(_ENCRYPTED):
            return encrypted_text
        return _box().decrypt(encrypted_text.removeprefix(_ENCRYPTED).encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Never the last app or passkey: nobody works here with a password alone (row 23)."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
        return bool(others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())

    def build_totp_svg(self, url: str) -> str:
        """The QR code on a white ground, so that it can be scanned in dark colours too."""
        stream = BytesIO()
        code = QRCode(image_factory=SvgPathFillImage, border=3)
        code.add_data(url)  # type: ignore[no-untyped-call]  # the library is untyped
        code.make_image().save(stream)  # type: ignore[no-untyped-call]  # the library is untyped
        return stream.getvalue().decode()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """A name for a new passkey, which its owner can change."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, Any]:
        """What the passkey shows; the library would show our number of the user."""
        return {**super().get_public_key_credential_user_entity(user), "display_name": user.get_username()}


def nameless_client(request: HttpRequest, credentials: Any = None, *args: Any) -> str:
    """How the lock-out library names a browser in log files: not at all."""
    return "client"


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(key)) for key in keys])


def _key(secret: str | bytes) -> bytes:
    raw = secret if isinstance(secret, bytes) else secret.encode()
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"zorgbalie second factor").derive(raw)
    return base64.urlsafe_b64encode(derived)
