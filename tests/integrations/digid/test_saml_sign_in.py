"""Signing in at DigiD over SAML as it should go, and every ordinary way in which it does not (REQ 1)."""

import base64
import os
import zlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import xmlsec
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from lxml import etree
from tests.integrations.digid.fake_digid import (
    ACS_URL,
    BSN,
    ENTITY_ID,
    NOW,
    OTHER_BSN,
    OUR_ENTITY_ID,
    SAML,
    STATUS,
    Answer,
    FakeDigid,
    find,
    make_artifact,
    signed,
)
from tests.integrations.digid.keys import KeyPair

from zorgbalie.integrations.digid.origins import InsecureAddress
from zorgbalie.integrations.digid.saml import Binding, IdentityProvider, SamlConfig, SamlConnection
from zorgbalie.integrations.digid.saml.config import SamlSettingsError
from zorgbalie.integrations.digid.types import (
    AnswerExpired,
    AnswerReplayed,
    BrokerUnavailable,
    Identity,
    LevelTooLow,
    MalformedAnswer,
    MemoryReplayStore,
    SignInCancelled,
    WrongRequest,
)
from zorgbalie.kernel.assurance import AssuranceLevel

GDI = "urn:nl-eid-gdi:1.0:"
XENC = "http://www.w3.org/2001/04/xmlenc#"


def sign_in(saml: SamlConnection, digid: FakeDigid, **says: object) -> Identity:
    step = saml.begin(now=NOW)

    def reply(exchange: object) -> bytes:
        resolve_id = exchange.resolve_id  # type: ignore[attr-defined]  # of the stand-in
        facts = {"resolve_id": resolve_id, "request_id": step.state["request_id"], **says}
        return etree.tostring(signed(Answer(**facts), digid.keys))

    digid.reply = reply
    params = {"SAMLart": make_artifact(), "RelayState": step.state["relay_state"]}
    return saml.complete(params=params, state=step.state, now=NOW)


def test_good_answer_signs_in(saml, digid):
    identity = sign_in(saml, digid)
    assert (identity.acting_bsn, identity.subject_bsn) == (BSN, BSN)
    assert not identity.acts_for_other
    assert identity.level is AssuranceLevel.SUBSTANTIEEL
    assert (identity.connection, identity.session_index) == ("digid-saml", "17")
    assert (identity.authenticated_at, identity.issued_at) == (NOW, NOW)


def test_identity_does_not_print_the_bsn(saml, digid):
    """Security row 45: what is printed ends in a log."""
    assert BSN not in repr(sign_in(saml, digid))


@pytest.mark.parametrize(
    "says",
    [
        {"destination": None},
        {"sign_response": True},
        {"level": AssuranceLevel.HOOG.saml_class},
        {"level": "http://eidas.europa.eu/LoA/substantial"},
        {"issued": "2026-11-21T12:00:50Z"},
        {"not_after": "2026-11-21T11:59:10Z"},
        {"extra_audience": OUR_ENTITY_ID},
        {"extra_condition": "<saml:OneTimeUse/>"},
        {"name_id": f"\n  s00000000:{BSN}\n"},
    ],
    ids=lambda says: next(iter(says)),
)
def test_other_good_answers_sign_in(saml, digid, says):
    """Skew up to 60 seconds, both families of level names, and a Response that is signed as well."""
    assert sign_in(saml, digid, **says).acting_bsn == BSN


@pytest.mark.parametrize(
    ("minimum", "got", "allowed"),
    [(minimum, got, got >= minimum) for minimum in AssuranceLevel for got in AssuranceLevel],
)
def test_level_that_comes_back_is_compared(saml_config, digid, minimum, got, allowed):
    """Security row 20: every pair of asked and returned level."""
    config = replace(saml_config, minimum_level=minimum)
    saml = SamlConnection(config=config, replay_store=MemoryReplayStore())
    if allowed:
        assert sign_in(saml, digid, level=got.saml_class).level is got
        return
    with pytest.raises(LevelTooLow) as refusal:
        sign_in(saml, digid, level=got.saml_class)
    assert (refusal.value.asked, refusal.value.got) == (minimum, got)


def test_minimum_level_is_substantieel_unless_set(saml_config):
    assert saml_config.minimum_level is AssuranceLevel.SUBSTANTIEEL


def attribute(name: str, value: str) -> str:
    inner = f"<saml:AttributeValue>{value}</saml:AttributeValue>"
    return f'<saml:Attribute Name="{GDI}{name}">{inner}</saml:Attribute>'


def clear(bsn: str, qualifier: str = "urn:nl-eid-gdi:1.0:id:BSN") -> str:
    return f'<saml:NameID NameQualifier="{qualifier}">{bsn}</saml:NameID>'


OAEP = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"
RSA_15 = "http://www.w3.org/2001/04/xmlenc#rsa-1_5"


def encrypted(bsn: str, keys: KeyPair, *, recipient: str = OUR_ENTITY_ID, transport: str = OAEP) -> str:
    """A NameID encrypted as the national scheme does it: the key stands beside the data."""
    plain = clear(bsn).replace("<saml:NameID", f'<saml:NameID xmlns:saml="{SAML}"').encode()
    rest = 16 - len(plain) % 16
    session_key, vector = os.urandom(32), os.urandom(16)
    cipher = Cipher(algorithms.AES(session_key), modes.CBC(vector)).encryptor()
    content = vector + cipher.update(plain + bytes(rest - 1) + bytes([rest])) + cipher.finalize()
    sha1 = hashes.SHA1()  # noqa: S303 - the padding that this name stands for
    oaep = padding.OAEP(mgf=padding.MGF1(sha1), algorithm=sha1, label=None)
    wrapped = keys.key.public_key().encrypt(session_key, oaep if transport == OAEP else padding.PKCS1v15())
    return (
        f'<saml:EncryptedID xmlns:xenc="{XENC}"><xenc:EncryptedData Type="{XENC}Element">'
        f'<xenc:EncryptionMethod Algorithm="{XENC}aes256-cbc"/>'
        f"<xenc:CipherData><xenc:CipherValue>{base64.b64encode(content).decode()}</xenc:CipherValue>"
        f'</xenc:CipherData></xenc:EncryptedData><xenc:EncryptedKey Recipient="{recipient}">'
        f'<xenc:EncryptionMethod Algorithm="{transport}"/>'
        f"<xenc:CipherData><xenc:CipherValue>{base64.b64encode(wrapped).decode()}</xenc:CipherValue>"
        "</xenc:CipherData></xenc:EncryptedKey></saml:EncryptedID>"
    )


def test_representative_acts_for_another(saml, digid):
    """Security row 15: both persons come through, and are told apart."""
    both = attribute("ActingSubjectID", clear(OTHER_BSN)) + attribute("LegalSubjectID", clear(BSN))
    identity = sign_in(saml, digid, name_id="_transient", attributes=both)
    assert (identity.acting_bsn, identity.subject_bsn) == (OTHER_BSN, BSN)
    assert identity.acts_for_other


def test_encrypted_identities_are_read(saml, digid, our_keys):
    both = attribute("ActingSubjectID", encrypted(OTHER_BSN, our_keys)) + attribute(
        "LegalSubjectID", encrypted(BSN, our_keys)
    )
    identity = sign_in(saml, digid, name_id="_transient", attributes=both)
    assert (identity.acting_bsn, identity.subject_bsn) == (OTHER_BSN, BSN)


@pytest.mark.parametrize(
    "case",
    [
        "to another",
        "old padding",
        "by a stranger's key",
        "wrong qualifier",
        "no number",
        "twice",
        "two names",
    ],
)
def test_identity_attributes_that_are_refused(saml, digid, our_keys, stranger_keys, case):
    values = {
        "to another": encrypted(BSN, our_keys, recipient="https://elders.example"),
        "old padding": encrypted(BSN, our_keys, transport=RSA_15),
        "by a stranger's key": encrypted(BSN, stranger_keys),
        "wrong qualifier": clear(BSN, "urn:nl-eid-gdi:1.0:id:Pseudonym"),
        "no number": clear("123456789"),
        "twice": clear(BSN),
        "two names": clear(BSN) + clear(OTHER_BSN),
    }
    acting = attribute("ActingSubjectID", values[case])
    with pytest.raises(MalformedAnswer):
        sign_in(saml, digid, name_id="_transient", attributes=acting * (2 if case == "twice" else 1))


def test_represented_person_without_acting_person_is_refused(saml, digid):
    with pytest.raises(MalformedAnswer):
        sign_in(saml, digid, attributes=attribute("LegalSubjectID", clear(OTHER_BSN)))


def test_two_acting_persons_are_refused(saml, digid):
    with pytest.raises(MalformedAnswer):
        sign_in(saml, digid, attributes=attribute("ActingSubjectID", clear(OTHER_BSN)))


@pytest.mark.parametrize(
    ("says", "error"),
    [
        ({"detail": STATUS + "AuthnFailed"}, SignInCancelled),
        ({"detail": STATUS + "NoAuthnContext"}, LevelTooLow),
        ({"detail": STATUS + "RequestDenied"}, BrokerUnavailable),
        ({"detail": STATUS + "NoSupportedIDP"}, BrokerUnavailable),
        ({}, BrokerUnavailable),
    ],
)
def test_refusal_of_digid_is_told_apart(saml, digid, says, error):
    with pytest.raises(error):
        sign_in(saml, digid, status=STATUS + "Responder", with_assertion=False, **says)


def test_unknown_artifact_is_expired(saml, digid):
    with pytest.raises(AnswerExpired):
        sign_in(saml, digid, with_response=False)


def test_refused_artifact_request_is_unavailable(saml, digid):
    with pytest.raises(BrokerUnavailable):
        sign_in(saml, digid, artifact_status=STATUS + "Requester", with_response=False)


def test_forged_cancellation_is_not_believed(saml, digid):
    """An unsigned status could be used to learn or to mislead."""
    with pytest.raises(Exception, match="not signed"):
        sign_in(
            saml, digid, status=STATUS + "Responder", detail=STATUS + "AuthnFailed",
            with_assertion=False, sign_outside=False,
        )  # fmt: skip


def test_slow_person_must_start_anew(saml):
    step = saml.begin(now=NOW)
    params = {"SAMLart": make_artifact(), "RelayState": step.state["relay_state"]}
    with pytest.raises(AnswerExpired):
        saml.complete(params=params, state=step.state, now=NOW + timedelta(minutes=16))


@pytest.mark.parametrize("state", [{}, {"started_at": "x"}, {"started_at": NOW.isoformat()}])
def test_browser_without_a_sign_in_is_refused(saml, digid, state):
    with pytest.raises(WrongRequest):
        saml.complete(params={"SAMLart": make_artifact(), "RelayState": ""}, state=state, now=NOW)
    assert digid.exchanges == []


def test_request_is_signed_and_asks_the_level(saml, our_keys):
    step = saml.begin(now=NOW)
    request = etree.fromstring(base64.b64decode(step.form_fields["SAMLRequest"]))
    context = find(request, "samlp:RequestedAuthnContext")
    xmlsec.tree.add_ids(request, ["ID"])
    check = xmlsec.SignatureContext()
    check.key = xmlsec.Key.from_memory(our_keys.certificate_pem, xmlsec.KeyFormat.CERT_PEM)
    check.verify(find(request, "ds:Signature"))
    assert context.get("Comparison") == "minimum"
    assert find(context, "saml:AuthnContextClassRef").text == AssuranceLevel.SUBSTANTIEEL.saml_class
    assert request.get("ForceAuthn") == "true"
    assert request.get("AssertionConsumerServiceURL") == ACS_URL
    assert request.get("ProtocolBinding") == "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact"
    assert request.get("ID") == step.state["request_id"]
    assert step.form_fields["RelayState"] == step.state["relay_state"]


def test_request_by_redirect_is_signed_in_the_address(saml_config):
    config = replace(saml_config, sign_in_binding=Binding.REDIRECT)
    step = SamlConnection(config=config, replay_store=MemoryReplayStore()).begin(now=NOW)
    query = parse_qs(urlsplit(step.url).query)
    assert step.form_fields is None
    assert {"SAMLRequest", "RelayState", "SigAlg", "Signature"} == set(query)
    request = zlib.decompress(base64.b64decode(query["SAMLRequest"][0]), -15)
    assert etree.fromstring(request).get("ID") == step.state["request_id"]


def test_artifact_request_is_signed(saml, digid, our_keys):
    sign_in(saml, digid)
    resolve = find(etree.fromstring(digid.exchanges[0].body), ".//samlp:ArtifactResolve")
    xmlsec.tree.add_ids(resolve, ["ID"])
    check = xmlsec.SignatureContext()
    check.key = xmlsec.Key.from_memory(our_keys.certificate_pem, xmlsec.KeyFormat.CERT_PEM)
    check.verify(find(resolve, "ds:Signature"))


@pytest.mark.parametrize(
    "artifact",
    [
        "",
        "AAQ=",
        make_artifact(type_code=1),
        make_artifact(index=7),
        make_artifact() + "</samlp:Artifact><evil/>",
        make_artifact() + "\n",
        make_artifact()[:-4] + "é===",
        "A" * 10_000,
    ],
)
def test_bad_artifact_is_never_sent(saml, digid, artifact):
    step = saml.begin(now=NOW)
    params = {"SAMLart": artifact, "RelayState": step.state["relay_state"]}
    with pytest.raises(MalformedAnswer):
        saml.complete(params=params, state=step.state, now=NOW)
    assert digid.exchanges == []


def test_same_answer_twice_is_refused(saml, digid):
    step = saml.begin(now=NOW)
    digid.reply = lambda exchange: etree.tostring(
        signed(Answer(resolve_id=exchange.resolve_id, request_id=step.state["request_id"]), digid.keys)
    )
    params = {"SAMLart": make_artifact(), "RelayState": step.state["relay_state"]}
    saml.complete(params=params, state=step.state, now=NOW)
    with pytest.raises(AnswerReplayed):
        saml.complete(params=params, state=step.state, now=NOW)


def test_same_assertion_to_another_request_is_refused(saml, digid):
    sign_in(saml, digid, assertion_id="_once")
    with pytest.raises(AnswerReplayed):
        sign_in(saml, digid, assertion_id="_once")


@pytest.mark.parametrize("client", ["nobody", "missing"])
def test_client_certificate_is_needed(saml_config, digid, tls_folder, client):
    """Mutual TLS: the endpoint of these tests, too, admits nobody without a certificate of the authority."""
    paths = {
        "tls_certificate_path": tls_folder / f"{client}.crt",
        "tls_key_path": tls_folder / f"{client}.key",
    }
    saml = SamlConnection(config=replace(saml_config, **paths), replay_store=MemoryReplayStore())
    with pytest.raises(BrokerUnavailable):
        sign_in(saml, digid)


@pytest.mark.parametrize("bundle", ["nobody.crt", None])
def test_server_certificate_is_checked(saml_config, digid, tls_folder, bundle):
    path: Path | None = tls_folder / bundle if bundle else None
    saml = SamlConnection(config=replace(saml_config, ca_bundle_path=path), replay_store=MemoryReplayStore())
    with pytest.raises(BrokerUnavailable):
        sign_in(saml, digid)


def test_silent_digid_does_not_hold_the_worker(saml_config, digid):
    digid.wait_seconds = 5.0
    saml = SamlConnection(config=replace(saml_config, timeout_seconds=0.2), replay_store=MemoryReplayStore())
    with pytest.raises(BrokerUnavailable):
        sign_in(saml, digid)


@pytest.mark.parametrize("status", [302, 307, 404, 500, 503])
def test_error_status_is_unavailable(saml, digid, status):
    """A redirect is not followed: the signed question goes to the address in the metadata alone."""
    digid.status, digid.headers = status, {"location": digid.url}
    with pytest.raises(BrokerUnavailable):
        sign_in(saml, digid)
    assert len(digid.exchanges) == 1


def test_sign_out_asks_digid_by_form(saml, digid):
    """Security row 22. The BSN travels in the body, so that it stands in no address."""
    identity = sign_in(saml, digid)
    step = saml.begin_sign_out(hint=identity.sign_out_hint, now=NOW)
    assert step is not None
    request = etree.fromstring(base64.b64decode(step.form_fields["SAMLRequest"]))
    assert find(request, "saml:NameID").text == f"s00000000:{BSN}"
    assert find(request, "samlp:SessionIndex").text == "17"
    assert request.find("ds:Signature", {"ds": "http://www.w3.org/2000/09/xmldsig#"}) is not None
    assert "?" not in step.url


def test_no_sign_out_where_digid_has_none(saml_config, saml, digid):
    idp = replace(saml_config.identity_provider, sign_out_url=None)
    silent = SamlConnection(config=replace(saml_config, identity_provider=idp), replay_store=MemoryReplayStore())
    assert silent.begin_sign_out(hint={"name_id": "x"}, now=NOW) is None
    assert saml.begin_sign_out(hint={}, now=NOW) is None


def test_our_metadata_say_who_we_are(saml):
    metadata = etree.fromstring(saml.metadata())
    names = {"md": "urn:oasis:names:tc:SAML:2.0:metadata", "ds": "http://www.w3.org/2000/09/xmldsig#"}
    acs = metadata.find(".//md:AssertionConsumerService", names)
    descriptor = metadata.find("md:SPSSODescriptor", names)
    assert metadata.get("entityID") == OUR_ENTITY_ID
    assert (acs.get("Location"), acs.get("Binding")[-13:]) == (ACS_URL, "HTTP-Artifact")
    assert descriptor.get("AuthnRequestsSigned") == descriptor.get("WantAssertionsSigned") == "true"
    assert metadata.find("ds:Signature", names) is not None
    assert metadata.get("validUntil") is None


def test_metadata_of_digid_are_read(digid_keys, stranger_keys):
    def key(keys: KeyPair) -> str:
        body = "".join(keys.certificate_pem.splitlines()[1:-1])
        return (
            '<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>'
            f"{body}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"
        )

    binding = "urn:oasis:names:tc:SAML:2.0:bindings:"
    xml = (
        '<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" '
        f'xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="{ENTITY_ID}"><md:IDPSSODescriptor>'
        f"{key(digid_keys)}{key(stranger_keys)}"
        f'<md:ArtifactResolutionService Binding="{binding}SOAP" index="0" '
        'Location="https://digid.example/art"/>'
        f'<md:SingleLogoutService Binding="{binding}HTTP-Redirect" Location="https://digid.example/slo"/>'
        f'<md:SingleSignOnService Binding="{binding}HTTP-POST" Location="https://digid.example/sso"/>'
        "</md:IDPSSODescriptor></md:EntityDescriptor>"
    ).encode()
    idp = IdentityProvider.from_metadata(xml, entity_id=ENTITY_ID, sign_in=Binding.POST, sign_out=Binding.REDIRECT)
    assert (idp.sign_in_url, idp.sign_out_url) == ("https://digid.example/sso", "https://digid.example/slo")
    assert (dict(idp.artifact_urls), len(idp.signing_certificates)) == ({"0": "https://digid.example/art"}, 2)
    with pytest.raises(SamlSettingsError):
        IdentityProvider.from_metadata(xml, entity_id="https://elders", sign_in=Binding.POST, sign_out=Binding.POST)


def test_old_and_new_key_of_digid_are_both_believed(saml_config, digid, digid_keys, stranger_keys):
    """While DigiD changes its key, two certificates stand in its metadata."""
    both = (stranger_keys.certificate_pem, digid_keys.certificate_pem)
    idp = replace(saml_config.identity_provider, signing_certificates=both)
    config = replace(saml_config, identity_provider=idp)
    assert sign_in(SamlConnection(config=config, replay_store=MemoryReplayStore()), digid).acting_bsn == BSN


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"acs_url": "http://portaal.example/terug"}, InsecureAddress),
        ({"acs_url": "terug"}, InsecureAddress),
        ({"entity_id": 'x"/><evil/>'}, SamlSettingsError),
        ({"service_name": "Jansen & Co"}, SamlSettingsError),
    ],
)
def test_unsafe_settings_are_refused(saml_config: SamlConfig, change, error):
    with pytest.raises(error):
        replace(saml_config, **change)


@pytest.mark.parametrize(
    "change",
    [
        {"signing_certificates": ()},
        {"artifact_urls": {}},
        {"artifact_urls": {"0": "http://digid.example"}},
        {"sign_in_url": "http://digid.example"},
    ],
)
def test_unsafe_identity_provider_is_refused(saml_config, change):
    with pytest.raises(ValueError):
        replace(saml_config.identity_provider, **change)


def test_origins_for_the_form_are_named(saml):
    assert saml.browser_origins == {"https://digid.example"}
