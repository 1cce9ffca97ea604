"""What we send: the question who is there, the question for the answer, the sign-out, and our metadata."""

import base64
import binascii
import re
from dataclasses import dataclass
from hashlib import sha1
from xml.sax.saxutils import escape

from onelogin.saml2.artifact_resolve import Artifact_Resolve_Request
from onelogin.saml2.auth import OneLogin_Saml2_Auth
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Names
from onelogin.saml2.logout_request import OneLogin_Saml2_Logout_Request
from onelogin.saml2.utils import OneLogin_Saml2_Utils

from zorgbalie.integrations.digid.saml.config import Binding, SamlConfig
from zorgbalie.integrations.digid.types import MalformedAnswer, WrongIssuer

_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}", re.ASCII)
_ARTIFACT_BYTES = 44
_ARTIFACT_TYPE = b"\x00\x04"


@dataclass(frozen=True, kw_only=True)
class Question:
    """A message for the browser to carry. `fields` is None where the address holds all of it."""

    request_id: str
    url: str
    fields: dict[str, str] | None


@dataclass(frozen=True, kw_only=True)
class ArtifactQuestion:
    """The signed SOAP message that asks for the answer behind an artifact."""

    request_id: str
    url: str
    envelope: bytes


def ask_sign_in(*, config: SamlConfig, relay_state: str) -> Question:
    """A signed AuthnRequest for at least the configured level, with a fresh sign-in each time."""
    index = config.attribute_consuming_service_index
    options = {
        # A shared computer must not sign in the next person by the session that the last one left at DigiD.
        "force_authn": True,
        "set_nameid_policy": False,
        "attr_consuming_service_index": None if index is None else str(index),
    }
    auth = OneLogin_Saml2_Auth({}, old_settings=config.library_settings)
    if config.sign_in_binding is Binding.REDIRECT:
        url = auth.login(return_to=relay_state, **options)
        return Question(request_id=auth.get_last_request_id(), url=url, fields=None)
    url, fields = auth.login_post(return_to=relay_state, **options)
    return Question(request_id=auth.get_last_request_id(), url=url, fields=fields)


def ask_answer(*, config: SamlConfig, artifact: str) -> ArtifactQuestion:
    """A signed ArtifactResolve. The artifact is checked first: the library pastes it into XML unescaped.

    Raises: MalformedAnswer, when it is no artifact. WrongIssuer, when another party made it.
    """
    _check_artifact(config=config, artifact=artifact)
    request = Artifact_Resolve_Request(config.library_settings, artifact)
    if request.soap_endpoint is None:
        raise MalformedAnswer("the artifact names an endpoint that is not in the metadata")
    envelope = request.get_soap_request()
    return ArtifactQuestion(request_id=request.get_id(), url=request.soap_endpoint["url"], envelope=_as_bytes(envelope))


def ask_sign_out(*, config: SamlConfig, name_id: str, session_index: str, relay_state: str) -> Question:
    """A signed LogoutRequest. It holds the BSN, which is why a form is the default and not an address."""
    settings = config.library_settings
    session_index = escape(session_index)
    if config.sign_out_binding is Binding.REDIRECT:
        auth = OneLogin_Saml2_Auth({}, old_settings=settings)
        url = auth.logout(return_to=relay_state, name_id=name_id, session_index=session_index)
        return Question(request_id=auth.get_last_request_id(), url=url, fields=None)
    request = OneLogin_Saml2_Logout_Request(settings, name_id=name_id, session_index=session_index)
    signed = OneLogin_Saml2_Utils.add_sign(
        request.get_xml(),
        settings.get_sp_key(),
        settings.get_sp_cert(),
        sign_algorithm=Names.RSA_SHA256,
        digest_algorithm=Names.SHA256,
    )
    fields = {"SAMLRequest": OneLogin_Saml2_Utils.b64encode(signed), "RelayState": relay_state}
    return Question(request_id=str(request.id), url=settings.get_idp_slo_url(), fields=fields)


def our_metadata(*, config: SamlConfig) -> bytes:
    """The signed description of our side, to hand to DigiD."""
    return _as_bytes(config.library_settings.get_sp_metadata())


def _check_artifact(*, config: SamlConfig, artifact: str) -> None:
    try:
        if not _BASE64.fullmatch(artifact):
            raise MalformedAnswer("the artifact is not base64")
        content = base64.b64decode(artifact, validate=True)
    except binascii.Error:
        raise MalformedAnswer("the artifact is not base64") from None
    if len(content) != _ARTIFACT_BYTES or content[:2] != _ARTIFACT_TYPE:
        raise MalformedAnswer("the artifact is not of type 4")
    # SHA-1 is what the artifact format prescribes to name its maker; nothing is proved by it.
    if content[4:24] != sha1(config.identity_provider.entity_id.encode(), usedforsecurity=False).digest():
        raise WrongIssuer("the artifact was made by another party")


def _as_bytes(xml: str | bytes) -> bytes:
    return xml.encode() if isinstance(xml, str) else xml
