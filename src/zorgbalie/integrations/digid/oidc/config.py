"""What must be known to sign in through an OpenID Connect broker. Every value comes from the settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from zorgbalie.integrations.digid.origins import check_secure
from zorgbalie.kernel.assurance import AssuranceLevel

_SIGNATURES = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"})


class ClientAuthentication(StrEnum):
    """How we prove to the broker who we are. The values are those of the OpenID Connect registry."""

    PRIVATE_KEY_JWT = "private_key_jwt"
    CLIENT_SECRET_BASIC = "client_secret_basic"  # noqa: S105 - the name of a method
    CLIENT_SECRET_POST = "client_secret_post"  # noqa: S105 - the name of a method
    NONE = "none"


class UserinfoFormat(StrEnum):
    """In which shape the broker gives the BSN."""

    ENCRYPTED = "encrypted"
    """A JWE to our key that holds a signed JWT: only we can read it, only the broker can make it."""

    JSON = "json"
    """Plain JSON, protected by the connection alone. Only for a broker that cannot encrypt."""


class OidcSettingsError(ValueError):
    """The settings lack something or contradict each other."""


@dataclass(frozen=True, kw_only=True)
class OidcConfig:
    """Our side of the link with a broker.

    Keys are PEM. `decryption_keys` are tried in turn, so that a new key can be brought in before the old
    one goes. `userinfo_issuer` and `userinfo_certificate` are for a broker that signs its userinfo by
    another name or key than its ID tokens; None means the broker's own issuer and published keys. The
    `_claim` fields name the claims of the userinfo.

    A broker that passes on DigiD Machtigen must give the acting person too. Where it only puts the
    represented person in `bsn`, as nl-rdo-max does, representation must be switched off at the broker:
    nothing in the answer would tell that somebody else is at the keyboard.
    """

    issuer: str
    client_id: str
    redirect_uri: str
    client_authentication: ClientAuthentication
    userinfo_format: UserinfoFormat
    client_secret: str | None = field(repr=False, default=None)
    client_private_key: str | None = field(repr=False, default=None)
    client_key_id: str | None = None
    decryption_keys: tuple[str, ...] = field(repr=False, default=())
    userinfo_issuer: str | None = None
    userinfo_certificate: str | None = None
    minimum_level: AssuranceLevel = AssuranceLevel.SUBSTANTIEEL
    scopes: tuple[str, ...] = ("openid",)
    authorize_params: Mapping[str, str] = field(default_factory=dict)
    bsn_claim: str = "bsn"
    level_claim: str = "loa_authn"
    acting_bsn_claim: str = "ActingSubjectID"
    represented_bsn_claim: str = "LegalSubjectID"
    session_claim: str = "session_id"
    signature_algorithm: str = "RS256"
    key_encryption_algorithms: tuple[str, ...] = ("RSA-OAEP", "RSA-OAEP-256")
    content_encryption_algorithms: tuple[str, ...] = ("A128CBC-HS256", "A256CBC-HS512", "A128GCM", "A256GCM")
    post_logout_redirect_uri: str | None = None
    ca_bundle_path: Path | None = None
    timeout_seconds: float = 10.0

    def __post_init__(self) -> None:
        """Refuse settings under which an answer would prove nothing.

        Raises: OidcSettingsError, InsecureAddress.
        """
        check_secure(name="issuer", url=self.issuer)
        check_secure(name="redirect_uri", url=self.redirect_uri)
        if self.signature_algorithm not in _SIGNATURES:
            raise OidcSettingsError("signature_algorithm must be one with a public key")
        if "openid" not in self.scopes:
            raise OidcSettingsError("scopes must hold openid")
        self._check_client()

    def _check_client(self) -> None:
        encrypted = self.userinfo_format is UserinfoFormat.ENCRYPTED
        if encrypted and not self.decryption_keys:
            raise OidcSettingsError("encrypted userinfo needs decryption_keys")
        match self.client_authentication:
            case ClientAuthentication.PRIVATE_KEY_JWT:
                present = bool(self.client_private_key)
            case ClientAuthentication.NONE:
                # Without a proof of who we are, only the encryption keeps the BSN from another client.
                present = encrypted
            case _:
                present = bool(self.client_secret)
        if not present:
            raise OidcSettingsError(f"client_authentication {self.client_authentication} lacks what it needs")
