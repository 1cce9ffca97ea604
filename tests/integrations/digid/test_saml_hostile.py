"""Answers that somebody forged, bent, kept or stole: none may sign anybody in (security row 19).

Each wrapping is tried twice: as an attacker on the way can do it, with the outer signature broken by the
change; and with the outer signature made good again, so that what protects the assertion is proved on its
own.
"""

from collections.abc import Callable
from copy import deepcopy

import pytest
import xmlsec
from lxml import etree
from tests.integrations.digid.fake_digid import (
    BSN,
    DS,
    NOW,
    OTHER_BSN,
    SAML,
    SAMLP,
    SOAP,
    STATUS,
    Answer,
    Exchange,
    FakeDigid,
    find,
    make_artifact,
    moment,
    sign,
    signed,
)
from tests.integrations.digid.keys import KeyPair

from zorgbalie.integrations.digid.saml import SamlConnection
from zorgbalie.integrations.digid.saml.document import parse
from zorgbalie.integrations.digid.types import (
    AnswerExpired,
    AnswerNotYetValid,
    AnswerRefused,
    BrokerUnavailable,
    MalformedAnswer,
    MemoryReplayStore,
    SignatureInvalid,
    SignInRefused,
    WrongAudience,
    WrongIssuer,
    WrongRequest,
)

Tree = etree._Element
Bend = Callable[[Tree], Tree | None]


def attempt(saml: SamlConnection, digid: FakeDigid, make: Callable[[dict[str, str]], bytes]) -> None:
    """One sign-in in which DigiD's endpoint gives what `make` makes of the two ids."""
    step = saml.begin(now=NOW)

    def reply(exchange: Exchange) -> bytes:
        return make({"resolve_id": exchange.resolve_id, "request_id": step.state["request_id"]})

    digid.reply = reply
    params = {"SAMLart": make_artifact(), "RelayState": step.state["relay_state"]}
    saml.complete(params=params, state=step.state, now=NOW)


LIES = {
    "expired": ({"not_after": moment(-2)}, AnswerExpired),
    "expired by a second past the skew": ({"not_after": moment(-1)}, AnswerExpired),
    "confirmation expired": ({"confirmed_until": moment(-2)}, AnswerExpired),
    "session over": ({"session_until": moment(-2)}, AnswerExpired),
    "issued before the question": ({"issued": moment(-5)}, AnswerExpired),
    "person signed in long ago": ({"authenticated": moment(-60)}, AnswerExpired),
    "not yet valid": ({"not_before": moment(2)}, AnswerNotYetValid),
    "issued in the future": ({"issued": moment(2)}, AnswerNotYetValid),
    "person signs in tomorrow": ({"authenticated": moment(1440)}, AnswerNotYetValid),
    "no end": ({"not_after": ""}, MalformedAnswer),
    "end is no moment": ({"not_after": "morgen"}, MalformedAnswer),
    "end without time zone": ({"not_after": "2026-11-21T12:05:00"}, MalformedAnswer),
    "audience is another": ({"audience": "https://elders.example"}, WrongAudience),
    "no audience": ({"audience": None}, WrongAudience),
    "second audience is another": ({"extra_audience": "https://elders.example"}, WrongAudience),
    "recipient is another": ({"recipient": "https://elders.example/terug"}, WrongAudience),
    "recipient starts alike": (
        {"recipient": "https://portaal.example/inloggen/digid/terug/elders"},
        WrongAudience,
    ),
    "destination is another": ({"destination": "https://elders.example/terug"}, WrongAudience),
    "destination is empty": ({"destination": ""}, WrongAudience),
    "artifact issuer is another": ({"artifact_issuer": "https://elders.example"}, WrongIssuer),
    "response issuer is another": ({"response_issuer": "https://elders.example"}, WrongIssuer),
    "assertion issuer is another": ({"assertion_issuer": "https://elders.example"}, WrongIssuer),
    "answers another request": ({"response_in_response_to": "_elders"}, WrongRequest),
    "answers no request": ({"response_in_response_to": ""}, AnswerRefused),
    "confirmed to another request": ({"confirmed_in_response_to": "_elders"}, WrongRequest),
    "confirmed to no request": ({"confirmed_in_response_to": ""}, AnswerRefused),
    "answers another resolve": ({"resolve_id": "_elders"}, WrongRequest),
    "not for the bearer": ({"method": "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key"}, MalformedAnswer),
    "unknown condition": (
        {
            "extra_condition": '<saml:Condition xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
            'xsi:type="saml:OneTimeUseType"/>'
        },
        MalformedAnswer,
    ),
    "part that SAML does not know": ({"extra_assertion_part": "<saml:Evil/>"}, MalformedAnswer),
    "level is unknown": ({"level": "urn:oasis:names:tc:SAML:2.0:ac:classes:Password"}, MalformedAnswer),
    "level is empty": ({"level": ""}, MalformedAnswer),
    "status is a failure with a person": ({"status": STATUS + "Responder"}, BrokerUnavailable),
    "old SAML": ({"version": "1.1"}, MalformedAnswer),
    "success without a person": ({"with_assertion": False}, MalformedAnswer),
    "sector is not BSN": ({"name_id": f"s00000001:{BSN}"}, MalformedAnswer),
    "number fails the test": ({"name_id": "s00000000:999990010"}, MalformedAnswer),
    "number is too short": ({"name_id": "s00000000:99999001"}, MalformedAnswer),
    "number in other digits": ({"name_id": "s00000000:٩٩٩٩٩٠٠١٩"}, MalformedAnswer),
    "name is empty": ({"name_id": ""}, MalformedAnswer),
    "element in the name": ({"name_id": f"s00000000:{BSN}<saml:Issuer/>"}, MalformedAnswer),
    "comment in the name": ({"name_id": f"s00000000:{BSN}<!-- -->0"}, MalformedAnswer),
    "comment cuts the name": ({"name_id": f"s00000000:{BSN}<!---->.elders.example"}, MalformedAnswer),
    "instruction in the name": ({"name_id": f"s00000000:{BSN}<?x y?>"}, MalformedAnswer),
    "assertion unsigned": ({"sign_assertion": False}, SignatureInvalid),
    "only the response signed": ({"sign_assertion": False, "sign_response": True}, SignatureInvalid),
    "outside unsigned": ({"sign_outside": False}, SignatureInvalid),
    "nothing signed": ({"sign_outside": False, "sign_assertion": False}, SignatureInvalid),
    "assertion in the header": (
        {
            "soap_header": f'<saml:Assertion xmlns:saml="{SAML}" ID="_header" Version="2.0" '
            f'IssueInstant="{moment(0)}"><saml:Issuer>x</saml:Issuer></saml:Assertion>'
        },
        MalformedAnswer,
    ),
    "assertion in the advice": (
        {
            "extra_assertion_part": f'<saml:Advice><saml:Assertion ID="_advice" Version="2.0" '
            f'IssueInstant="{moment(0)}"><saml:Issuer>x</saml:Issuer></saml:Assertion></saml:Advice>'
        },
        MalformedAnswer,
    ),
}


@pytest.mark.parametrize(("says", "error"), LIES.values(), ids=LIES)
def test_signed_answer_that_says_something_wrong_is_refused(saml, digid, says, error):
    with pytest.raises(error):
        attempt(saml, digid, lambda ids: etree.tostring(signed(Answer(**{**ids, **says}), digid.keys)))


def evil_copy(root: Tree) -> Tree:
    """An unsigned copy of the assertion with the BSN of the attacker's victim and an id of its own."""
    evil = deepcopy(find(root, ".//saml:Assertion"))
    evil.remove(find(evil, "ds:Signature"))
    evil.set("ID", "_evil")
    find(evil, ".//saml:NameID").text = f"s00000000:{OTHER_BSN}"
    return evil


def place_before(root: Tree) -> None:
    find(root, ".//saml:Assertion").addprevious(evil_copy(root))


def place_after(root: Tree) -> None:
    find(root, ".//saml:Assertion").addnext(evil_copy(root))


def original_inside_evil(root: Tree) -> None:
    original, evil = find(root, ".//saml:Assertion"), evil_copy(root)
    original.getparent().replace(original, evil)
    evil.append(original)


def original_in_object_of_moved_signature(root: Tree) -> None:
    original, evil = find(root, ".//saml:Assertion"), evil_copy(root)
    signature = find(original, "ds:Signature")
    original.getparent().replace(original, evil)
    find(evil, "saml:Issuer").addnext(signature)
    etree.SubElement(signature, f"{{{DS}}}Object").append(original)


def evil_in_object_of_signature(root: Tree) -> None:
    evil = evil_copy(root)
    etree.SubElement(find(root, ".//saml:Assertion/ds:Signature"), f"{{{DS}}}Object").append(evil)


def original_in_extensions(root: Tree) -> None:
    original, evil = find(root, ".//saml:Assertion"), evil_copy(root)
    response = original.getparent()
    response.replace(original, evil)
    extensions = etree.Element(f"{{{SAMLP}}}Extensions")
    find(response, "saml:Issuer").addnext(extensions)
    extensions.append(original)


def signature_moved_to_evil(root: Tree) -> None:
    original, evil = find(root, ".//saml:Assertion"), evil_copy(root)
    find(evil, "saml:Issuer").addnext(find(original, "ds:Signature"))
    original.getparent().replace(original, evil)


def same_id_twice(root: Tree) -> None:
    evil = evil_copy(root)
    evil.set("ID", find(root, ".//saml:Assertion").get("ID"))
    find(root, ".//saml:Assertion").addprevious(evil)


def same_id_elsewhere(root: Tree) -> None:
    """Another element takes the id, so that the signature may be checked over that one."""
    name = find(root, ".//saml:Assertion").get("ID")
    find(root, ".//saml:NameID").text = f"s00000000:{OTHER_BSN}"
    find(root, ".//samlp:Status").set("ID", name)


def evil_in_encrypted_assertion(root: Tree) -> None:
    holder = etree.Element(f"{{{SAML}}}EncryptedAssertion")
    holder.append(evil_copy(root))
    find(root, ".//saml:Assertion").addprevious(holder)


def second_response(root: Tree) -> None:
    evil = deepcopy(find(root, ".//samlp:Response"))
    evil.set("ID", "_evilresponse")
    evil.replace(find(evil, "saml:Assertion"), evil_copy(root))
    find(root, ".//samlp:Response").addprevious(evil)


def original_response_inside_evil_response(root: Tree) -> None:
    original = find(root, ".//samlp:Response")
    evil = deepcopy(original)
    evil.set("ID", "_evilresponse")
    evil.replace(find(evil, "saml:Assertion"), evil_copy(root))
    original.getparent().replace(original, evil)
    extensions = etree.Element(f"{{{SAMLP}}}Extensions")
    find(evil, "saml:Issuer").addnext(extensions)
    extensions.append(original)


def original_answer_in_header(root: Tree) -> None:
    original = find(root, ".//samlp:ArtifactResponse")
    evil = deepcopy(original)
    evil.set("ID", "_evilanswer")
    assertion = find(evil, ".//saml:Assertion")
    assertion.getparent().replace(assertion, evil_copy(root))
    original.getparent().replace(original, evil)
    header = etree.Element(f"{{{SOAP}}}Header")
    root.insert(0, header)
    header.append(original)


def two_answers_in_the_body(root: Tree) -> None:
    evil = deepcopy(find(root, ".//samlp:ArtifactResponse"))
    for element in evil.iter():
        if element.get("ID"):
            element.set("ID", element.get("ID") + "x")
    find(root, "soap:Body").insert(0, evil)


def two_bodies(root: Tree) -> None:
    body = deepcopy(find(root, "soap:Body"))
    for element in body.iter():
        if element.get("ID"):
            element.set("ID", element.get("ID") + "x")
    root.append(body)


def name_changed(root: Tree) -> None:
    find(root, ".//saml:NameID").text = f"s00000000:{OTHER_BSN}"


def level_changed(root: Tree) -> None:
    find(root, ".//saml:AuthnContextClassRef").text = "urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI"


def signature_taken_off(root: Tree) -> None:
    assertion = find(root, ".//saml:Assertion")
    assertion.remove(find(assertion, "ds:Signature"))


def signature_empty(root: Tree) -> None:
    find(root, ".//saml:Assertion/ds:Signature/ds:SignatureValue").text = ""


def signature_twice(root: Tree) -> None:
    signature = find(root, ".//saml:Assertion/ds:Signature")
    signature.addnext(deepcopy(signature))


def signature_from_outside(root: Tree) -> None:
    """The outer signature also stands in the place of the inner one."""
    inner = find(root, ".//saml:Assertion/ds:Signature")
    inner.getparent().replace(inner, deepcopy(find(root, ".//samlp:ArtifactResponse/ds:Signature")))


def second_reference(root: Tree) -> None:
    info = find(root, ".//saml:Assertion/ds:Signature/ds:SignedInfo")
    info.append(deepcopy(find(info, "ds:Reference")))


def comment_in_name(root: Tree) -> None:
    """Exclusive canonicalisation leaves comments out, so both signatures stay good."""
    name = find(root, ".//saml:NameID")
    text = name.text
    name.text = text[:14]
    comment = etree.Comment("x")
    comment.tail = text[14:]
    name.append(comment)


def comment_elsewhere(root: Tree) -> None:
    find(root, ".//saml:Conditions").append(etree.Comment("x"))


def digest_has_a_comment(root: Tree) -> None:
    """The parser differential of 2025: one reader takes the first piece of the text, another all of it."""
    value = find(root, ".//saml:Assertion/ds:Signature/ds:SignedInfo/ds:Reference/ds:DigestValue")
    value.append(etree.Comment("x"))


BENDS: dict[str, Bend] = {
    bend.__name__: bend
    for bend in (
        place_before,
        place_after,
        original_inside_evil,
        original_in_object_of_moved_signature,
        evil_in_object_of_signature,
        original_in_extensions,
        signature_moved_to_evil,
        same_id_twice,
        same_id_elsewhere,
        evil_in_encrypted_assertion,
        second_response,
        original_response_inside_evil_response,
        original_answer_in_header,
        two_answers_in_the_body,
        two_bodies,
        name_changed,
        level_changed,
        signature_taken_off,
        signature_empty,
        signature_twice,
        signature_from_outside,
        second_reference,
        comment_in_name,
        comment_elsewhere,
        digest_has_a_comment,
    )
}


@pytest.mark.parametrize("outside", ["outer signature left", "outer signature renewed"])
@pytest.mark.parametrize("bend", BENDS.values(), ids=BENDS)
def test_bent_answer_is_refused(saml, digid, bend, outside):
    def make(ids: dict[str, str]) -> bytes:
        root = signed(Answer(**ids), digid.keys)
        bend(root)
        if outside == "outer signature renewed":
            sign(find(root, "soap:Body/samlp:ArtifactResponse"), digid.keys)
        return etree.tostring(root)

    with pytest.raises(AnswerRefused):
        attempt(saml, digid, make)


SIGNATURES = {
    "by a stranger": {"by_stranger": True},
    "by a stranger who shows a certificate": {"by_stranger": True, "certificate_inside": True},
    "over the whole document": {"uri": ""},
    "over another part": {"uri": "#_elsewhere"},
    "SHA-1 signature": {"method": xmlsec.Transform.RSA_SHA1},
    "SHA-1 digest": {"digest": xmlsec.Transform.SHA1},
    "shared secret made of the public key": {"method": xmlsec.Transform.HMAC_SHA256, "secret": True},
    "with comments": {"c14n": xmlsec.constants.TransformExclC14NWithComments},
    "inclusive": {"c14n": xmlsec.Transform.C14N},
    "no canonicalisation": {"transforms": (xmlsec.Transform.ENVELOPED,)},
    "three transforms": {
        "transforms": (
            xmlsec.Transform.ENVELOPED,
            xmlsec.Transform.EXCL_C14N,
            xmlsec.Transform.EXCL_C14N,
        )
    },
    "two references": {"references": 2},
}


@pytest.mark.parametrize("part", [".//saml:Assertion", ".//samlp:ArtifactResponse"])
@pytest.mark.parametrize("how", SIGNATURES.values(), ids=SIGNATURES)
def test_signature_that_proves_nothing_is_refused(saml, digid, digid_keys, stranger_keys, how, part):
    """Each is a signature that a lenient reader takes for good; it stands on the inner or the outer part."""
    options = dict(how)
    keys: KeyPair = stranger_keys if options.pop("by_stranger", False) else digid_keys
    if options.pop("secret", False):
        options["secret"] = digid_keys.certificate_pem.encode()

    def make(ids: dict[str, str]) -> bytes:
        root = signed(Answer(**ids), digid_keys)
        if options.get("uri") == "#_elsewhere":
            find(root, ".//samlp:Status").set("ID", "_elsewhere")
        sign(find(root, part), keys, **options)
        if part == ".//saml:Assertion":
            sign(find(root, ".//samlp:ArtifactResponse"), digid_keys)
        return etree.tostring(root)

    with pytest.raises(AnswerRefused):
        attempt(saml, digid, make)


DOCTYPES = {
    "entity": b'<!DOCTYPE x [<!ENTITY bsn "999990020">]>',
    "external entity": b'<!DOCTYPE x [<!ENTITY bsn SYSTEM "file:///etc/hostname">]>',
    "external document type": b'<!DOCTYPE x SYSTEM "http://127.0.0.1:1/evil.dtd">',
    "parameter entity": b'<!DOCTYPE x [<!ENTITY % all SYSTEM "http://127.0.0.1:1/evil.dtd"> %all;]>',
    "default attribute": b"<!DOCTYPE x [<!ATTLIST NameID Format CDATA 'x'>]>",
    "empty": b"<!DOCTYPE x>",
    "laughs": b"<!DOCTYPE x [<!ENTITY a 'ha'>"
    + b"".join(b"<!ENTITY %c '%s'>" % (name + 1, b"&%c;" % name * 10) for name in range(ord("a"), ord("m")))
    + b"]>",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("doctype", DOCTYPES.values(), ids=DOCTYPES)
def test_document_type_is_refused(saml, digid, doctype, encoding):
    def make(ids: dict[str, str]) -> bytes:
        xml = etree.tostring(signed(Answer(**ids), digid.keys))
        if b"ENTITY bsn" in doctype:
            xml = xml.replace(BSN.encode(), b"&bsn;")
        return (doctype + xml).decode().encode(encoding)

    with pytest.raises(MalformedAnswer):
        attempt(saml, digid, make)


GARBAGE = {
    "nothing": b"",
    "no XML": b"geen xml",
    "half": b"<soap:Envelope",
    "NUL": b"\x00" * 100,
    "wrong UTF-8": b"<a>\xff\xfe</a>",
    "unknown encoding": b'<?xml version="1.0" encoding="x-evil"?><a/>',
    "other root": b"<a/>",
    "empty envelope": f'<s:Envelope xmlns:s="{SOAP}"/>'.encode(),
    "empty body": f'<s:Envelope xmlns:s="{SOAP}"><s:Body/></s:Envelope>'.encode(),
    "other content": f'<s:Envelope xmlns:s="{SOAP}"><s:Body><a/></s:Body></s:Envelope>'.encode(),
    "fault": f'<s:Envelope xmlns:s="{SOAP}"><s:Body><s:Fault/></s:Body></s:Envelope>'.encode(),
    "too large": b"<a>" + b"x" * 600_000 + b"</a>",
    "too deep": b"<a>" * 5_000 + b"</a>" * 5_000,
}


@pytest.mark.parametrize("body", GARBAGE.values(), ids=GARBAGE)
def test_garbage_is_refused_in_our_words(saml, digid, body):
    """Security row 32: whatever comes, the seam raises only its own errors."""
    with pytest.raises(SignInRefused):
        attempt(saml, digid, lambda ids: body)


def test_answer_without_end_is_cut_off(saml, digid):
    with pytest.raises(MalformedAnswer, match="too large"):
        attempt(saml, digid, lambda ids: b"<a>" + b"x" * 600_000)


@pytest.mark.parametrize("name", ["ID", "Id", "id", "xml:id"])
def test_two_elements_with_one_id_are_refused(name):
    """Two readers may each find another element by it."""
    with pytest.raises(MalformedAnswer, match="same id"):
        parse(f'<a ID="x"><b {name}="x"/></a>'.encode())


def test_artifact_of_another_browser_is_refused(saml, digid):
    """An attacker lets his victim's browser finish the attacker's sign-in, or the other way round."""
    mine, theirs = saml.begin(now=NOW), saml.begin(now=NOW)
    digid.reply = lambda exchange: etree.tostring(
        signed(Answer(resolve_id=exchange.resolve_id, request_id=theirs.state["request_id"]), digid.keys)
    )
    params = {"SAMLart": make_artifact(), "RelayState": mine.state["relay_state"]}
    with pytest.raises(WrongRequest):
        saml.complete(params=params, state=mine.state, now=NOW)


@pytest.mark.parametrize("relay_state", ["", "x", "é", None])
def test_other_relay_state_is_refused_before_the_artifact_is_used(saml, digid, relay_state):
    step = saml.begin(now=NOW)
    params = {"SAMLart": make_artifact()} | ({} if relay_state is None else {"RelayState": relay_state})
    with pytest.raises(WrongRequest):
        saml.complete(params=params, state=step.state, now=NOW)
    assert digid.exchanges == []


def test_artifact_of_another_party_is_refused(saml, digid):
    step = saml.begin(now=NOW)
    artifact = make_artifact(entity_id="https://elders.example")
    with pytest.raises(WrongIssuer):
        saml.complete(params={"SAMLart": artifact, "RelayState": step.state["relay_state"]}, state=step.state, now=NOW)
    assert digid.exchanges == []


def test_errors_never_hold_a_bsn(saml, digid):
    """Security row 45: a refusal is logged, a BSN is not."""
    for says, _error in LIES.values():
        with pytest.raises(SignInRefused) as refusal:
            attempt(saml, digid, lambda ids, says=says: etree.tostring(
                signed(Answer(**{**ids, **says}), digid.keys)
            ))  # fmt: skip
        assert BSN not in f"{refusal.value!r} {refusal.value.__cause__!r}"


def test_untouched_answer_is_accepted(saml_config, digid):
    """The control of this file: what all others bend is good before it is bent."""
    saml = SamlConnection(config=saml_config, replay_store=MemoryReplayStore())
    attempt(saml, digid, lambda ids: etree.tostring(signed(Answer(**ids), digid.keys)))
