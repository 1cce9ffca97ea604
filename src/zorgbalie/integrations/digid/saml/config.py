"""What must be known to sign in at DigiD by SAML. Every value comes from the settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from onelogin.saml2.constants import OneLogin_Saml2_Constants as Names
from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser
from onelogin.saml2.settings import OneLogin_Saml2_Settings
from onelogin.saml2.utils import OneLogin_Saml2_Utils

from zorgbalie.integrations.digid.origins import check_secure
from zorgbalie.kernel.assurance import AssuranceLevel

_ARTIFACT_BINDING = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact"
_MARKUP = frozenset("<>&\"'")


class Binding(StrEnum):
    """How a message travels through the browser."""

    POST = "post"
    REDIRECT = "redirect"

    @property
    def urn(self) -> str:
        """The name that SAML gives to this binding."""
        return str(Names.BINDING_HTTP_POST if self is Binding.POST else Names.BINDING_HTTP_REDIRECT)


class SamlSettingsError(ValueError):
    """The settings or the metadata of DigiD lack something, or hold what cannot be used."""


@dataclass(frozen=True, kw_only=True)
class IdentityProvider:
    """DigiD, as its metadata describe it.

    `artifact_urls` by their index, as an artifact names them. `signing_certificates` are PEM; more than one
    while DigiD changes its key. `sign_out_url` is None where signing out at DigiD is not used.
    """

    entity_id: str
    sign_in_url: str
    artifact_urls: Mapping[str, str]
    signing_certificates: tuple[str, ...]
    sign_out_url: str | None = None

    def __post_init__(self) -> None:
        """Refuse what would make an answer unprovable or unencrypted."""
        if not self.signing_certificates:
            raise SamlSettingsError("the metadata of DigiD hold no signing certificate")
        if not self.artifact_urls:
            raise SamlSettingsError("the metadata of DigiD hold no ArtifactResolutionService")
        for url in (self.sign_in_url, self.sign_out_url, *self.artifact_urls.values()):
            if url is not None:
                check_secure(name="an address in the metadata of DigiD", url=url)

    @classmethod
    def from_metadata(
        cls, metadata: bytes, *, entity_id: str, sign_in: Binding, sign_out: Binding
    ) -> "IdentityProvider":
        """Read the metadata file that DigiD publishes. It is trusted: the operator has placed and checked it.

        Raises: SamlSettingsError.
        """
        parsed = OneLogin_Saml2_IdPMetadataParser.parse(
            metadata,
            required_sso_binding=sign_in.urn,
            required_slo_binding=sign_out.urn,
            entity_id=entity_id,
        )
        idp = parsed.get("idp", {})
        if "singleSignOnService" not in idp:
            raise SamlSettingsError("the metadata hold no such entity with this binding for signing in")
        services = idp.get("artifactResolutionService", [])
        return cls(
            entity_id=idp["entityId"],
            sign_in_url=idp["singleSignOnService"]["url"],
            artifact_urls={service["index"]: service["url"] for service in services},
            signing_certificates=_certificates(idp),
            sign_out_url=idp.get("singleLogoutService", {}).get("url"),
        )


@dataclass(frozen=True, kw_only=True)
class SamlConfig:
    """Our side of the link with DigiD.

    `certificate` and `private_key` (PEM) sign our messages and open encrypted identities; `next_certificate`
    is announced in the metadata while the key changes. `tls_certificate_path` and `tls_key_path` are for the
    mutual TLS on which the answer is fetched (PKIoverheid); `ca_bundle_path` are the authorities that DigiD's
    server is checked against, None for those of the system. `timeout_seconds` is for each wait.
    """

    entity_id: str
    acs_url: str
    identity_provider: IdentityProvider
    certificate: str
    private_key: str = field(repr=False)
    tls_certificate_path: Path
    tls_key_path: Path
    ca_bundle_path: Path | None = None
    minimum_level: AssuranceLevel = AssuranceLevel.SUBSTANTIEEL
    sign_in_binding: Binding = Binding.POST
    sign_out_binding: Binding = Binding.POST
    sign_out_return_url: str | None = None
    service_name: str = "Zorgbalie"
    next_certificate: str | None = None
    attribute_consuming_service_index: int | None = None
    timeout_seconds: float = 10.0

    def __post_init__(self) -> None:
        """Refuse settings that cannot stand in a message: the library pastes them into XML as they are."""
        check_secure(name="acs_url", url=self.acs_url)
        idp = self.identity_provider
        pasted = (self.entity_id, self.acs_url, self.sign_out_return_url, self.service_name, idp.entity_id)
        for value in (*pasted, idp.sign_in_url, idp.sign_out_url):
            if value is not None and _MARKUP.intersection(value):
                raise SamlSettingsError("entity ids, addresses and names may not hold < > & or quotes")

    @cached_property
    def library_settings(self) -> OneLogin_Saml2_Settings:
        """The same settings in the shape of the SAML library."""
        return OneLogin_Saml2_Settings(
            {"strict": True, "sp": self._our_side(), "idp": self._their_side(), "security": self._security()}
        )

    def _our_side(self) -> dict[str, Any]:
        side: dict[str, Any] = {
            "entityId": self.entity_id,
            "assertionConsumerService": {"url": self.acs_url, "binding": _ARTIFACT_BINDING},
            "attributeConsumingService": {
                "index": str(self.attribute_consuming_service_index or 1),
                "serviceName": self.service_name,
                "language": "nl",
                "requestedAttributes": [],
            },
            "NameIDFormat": Names.NAMEID_UNSPECIFIED,
            "x509cert": self.certificate,
            "privateKey": self.private_key,
        }
        if self.attribute_consuming_service_index is None:
            del side["attributeConsumingService"]
        if self.next_certificate:
            side["x509certNew"] = self.next_certificate
        if self.sign_out_return_url:
            side["singleLogoutService"] = {
                "url": self.sign_out_return_url,
                "binding": self.sign_out_binding.urn,
            }
        return side

    def _their_side(self) -> dict[str, Any]:
        idp = self.identity_provider
        soap = "urn:oasis:names:tc:SAML:2.0:bindings:SOAP"
        side: dict[str, Any] = {
            "entityId": idp.entity_id,
            "singleSignOnService": {"url": idp.sign_in_url, "binding": self.sign_in_binding.urn},
            "artifactResolutionService": [
                {"index": index, "url": url, "binding": soap} for index, url in idp.artifact_urls.items()
            ],
            "x509certMulti": {"signing": list(idp.signing_certificates)},
        }
        if idp.sign_out_url:
            side["singleLogoutService"] = {"url": idp.sign_out_url, "binding": self.sign_out_binding.urn}
        return side

    def _security(self) -> dict[str, Any]:
        return {
            "authnRequestsSigned": True,
            "logoutRequestSigned": True,
            "logoutResponseSigned": True,
            "signMetadata": True,
            "wantAssertionsSigned": True,
            "wantAttributeStatement": False,
            "requestedAuthnContext": [self.minimum_level.saml_class],
            "requestedAuthnContextComparison": "minimum",
            "signatureAlgorithm": Names.RSA_SHA256,
            "digestAlgorithm": Names.SHA256,
            # DigiD asks for a new file when something changes; a date would break the link on its own.
            "metadataValidUntil": "",
            "metadataCacheDuration": "",
        }


def _certificates(idp: Mapping[str, Any]) -> tuple[str, ...]:
    several = idp.get("x509certMulti", {}).get("signing", [])
    found = several or [idp["x509cert"]] if several or "x509cert" in idp else []
    return tuple(str(OneLogin_Saml2_Utils.format_cert(certificate)) for certificate in found)
