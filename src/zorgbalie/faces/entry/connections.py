"""Builds the connection to DigiD that the settings choose, once per process."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from zorgbalie.access.actions.sign_in import DatabaseReplayStore
from zorgbalie.integrations.digid.oidc import OidcConfig, OidcConnection
from zorgbalie.integrations.digid.oidc.config import ClientAuthentication, UserinfoFormat
from zorgbalie.integrations.digid.saml import SamlConfig, SamlConnection
from zorgbalie.integrations.digid.saml.config import Binding, IdentityProvider
from zorgbalie.integrations.digid.types import Connection
from zorgbalie.kernel.assurance import AssuranceLevel


@cache
def digid_connection() -> Connection:
    """The connection of this process (setting DIGID_CONNECTION)."""
    if settings.DIGID_CONNECTION == "standin":
        return _stand_in()
    if settings.DIGID_CONNECTION == "oidc":
        return OidcConnection(config=oidc_config(), replay_store=DatabaseReplayStore())
    if settings.DIGID_CONNECTION == "saml":
        return SamlConnection(config=saml_config(), replay_store=DatabaseReplayStore())
    raise ImproperlyConfigured("DIGID_CONNECTION must be oidc or saml (standin in the demo only)")


def _stand_in() -> Connection:
    if not settings.DEMO:
        raise ImproperlyConfigured("The stand-in for DigiD works in the demo only; choose oidc or saml.")
    from zorgbalie.faces.entry.standin import StandInConnection

    return StandInConnection()


def oidc_config() -> OidcConfig:
    """The broker's settings (DIGID_OIDC_…)."""
    values = settings.DIGID_OIDC
    return OidcConfig(
        issuer=values["issuer"],
        client_id=values["client_id"],
        redirect_uri=settings.PORTAL_URL.rstrip("/") + "/inloggen/terug/",
        client_authentication=ClientAuthentication(values["client_authentication"]),
        userinfo_format=UserinfoFormat(values["userinfo_format"]),
        client_secret=values["client_secret"] or None,
        client_private_key=_text(values["client_key_file"]),
        client_key_id=values["client_key_id"] or None,
        decryption_keys=tuple(filter(None, map(_text, values["decryption_key_files"]))),
        scopes=tuple(values["scopes"]),
        userinfo_issuer=values["userinfo_issuer"] or None,
        userinfo_certificate=_text(values["userinfo_certificate_file"]),
        minimum_level=AssuranceLevel[settings.DIGID_MINIMUM_LEVEL],
        post_logout_redirect_uri=settings.PORTAL_URL.rstrip("/") + "/inloggen/",
        ca_bundle_path=_path(values["ca_bundle_file"]),
    )


def saml_config() -> SamlConfig:
    """DigiD's settings (DIGID_SAML_…)."""
    values = settings.DIGID_SAML
    portal = settings.PORTAL_URL.rstrip("/")
    metadata = Path(values["metadata_file"]).read_bytes()
    return SamlConfig(
        entity_id=values["entity_id"],
        acs_url=portal + "/inloggen/terug/",
        identity_provider=IdentityProvider.from_metadata(
            metadata,
            entity_id=values["idp_entity_id"],
            sign_in=Binding(values["sign_in_binding"]),
            sign_out=Binding(values["sign_out_binding"]),
        ),
        sign_in_binding=Binding(values["sign_in_binding"]),
        sign_out_binding=Binding(values["sign_out_binding"]),
        sign_out_return_url=portal + "/inloggen/",
        certificate=_text(values["certificate_file"]) or "",
        private_key=_text(values["key_file"]) or "",
        next_certificate=_text(values["next_certificate_file"]),
        tls_certificate_path=Path(values["tls_certificate_file"]),
        tls_key_path=Path(values["tls_key_file"]),
        ca_bundle_path=_path(values["ca_bundle_file"]),
        minimum_level=AssuranceLevel[settings.DIGID_MINIMUM_LEVEL],
        service_name=values["service_name"],
    )


def _text(name: str) -> str | None:
    return Path(name).read_text() if name else None


def _path(name: str) -> Path | None:
    return Path(name) if name else None
