"""Reading the XML of an answer so that there is one way only to understand it.

Whatever makes two readers see two things is refused here: document types and entities, comments and
processing instructions (which a signature does not cover), repeated ids, more than one assertion, parts in
unusual places.
Source: SAML 2.0 core; security row 19; the signature wrapping attacks on SAML libraries since 2012.
"""

from collections import Counter
from dataclasses import dataclass

import defusedxml.ElementTree
from defusedxml.common import DefusedXmlException
from lxml import etree

from zorgbalie.integrations.digid.types import BrokerUnavailable, MalformedAnswer

SOAP = "{http://schemas.xmlsoap.org/soap/envelope/}"
SAML = "{urn:oasis:names:tc:SAML:2.0:assertion}"
SAMLP = "{urn:oasis:names:tc:SAML:2.0:protocol}"
DS = "{http://www.w3.org/2000/09/xmldsig#}"
XENC = "{http://www.w3.org/2001/04/xmlenc#}"


@dataclass(frozen=True, kw_only=True)
class Parts:
    """The parts of one answer, each the only one of its kind in the document.

    Without `response` the artifact was not known to DigiD; without `assertion` nobody signed in.
    """

    root: etree._Element
    artifact_response: etree._Element
    response: etree._Element | None
    assertion: etree._Element | None


def parse(xml: bytes) -> etree._Element:
    """The root element of an XML text that holds elements, attributes and text, and nothing else.

    Raises: MalformedAnswer.
    """
    try:
        # Expat with every door shut looks first, so that libxml2 never meets a document type.
        defusedxml.ElementTree.fromstring(xml, forbid_dtd=True)
        root = etree.fromstring(xml, _parser())
    except (DefusedXmlException, SyntaxError, ValueError, LookupError) as error:
        raise MalformedAnswer(f"the XML is refused: {type(error).__name__}") from None
    info = root.getroottree().docinfo
    if info.internalDTD is not None or info.externalDTD is not None:
        raise MalformedAnswer("the XML has a document type")
    if any(not isinstance(node.tag, str) for node in _all_nodes(root)):
        raise MalformedAnswer("the XML has a comment, an instruction or an entity")
    _check_ids_unique(root)
    return root


def find_parts(root: etree._Element) -> Parts:
    """Take an answer apart, each part from its one right place.

    Raises: MalformedAnswer, BrokerUnavailable (a SOAP fault).
    """
    body = only_child(root, SOAP + "Body") if root.tag == SOAP + "Envelope" else None
    if body is None or len(body) != 1:
        raise MalformedAnswer("the answer is no SOAP message with one part")
    if body[0].tag == SOAP + "Fault":
        raise BrokerUnavailable("DigiD answered with a SOAP fault")
    artifact_response = body[0]
    if artifact_response.tag != SAMLP + "ArtifactResponse":
        raise MalformedAnswer("the SOAP message holds no ArtifactResponse")
    response = optional_child(artifact_response, SAMLP + "Response")
    assertion = None if response is None else optional_child(response, SAML + "Assertion")
    parts = Parts(root=root, artifact_response=artifact_response, response=response, assertion=assertion)
    _check_nothing_elsewhere(parts)
    return parts


def only_child(parent: etree._Element, tag: str) -> etree._Element:
    """The one child with this tag.

    Raises: MalformedAnswer, when there is none or more than one.
    """
    child = optional_child(parent, tag)
    if child is None:
        raise MalformedAnswer(f"there is no {local_name(tag)}")
    return child


def optional_child(parent: etree._Element, tag: str) -> etree._Element | None:
    """The child with this tag, or None.

    Raises: MalformedAnswer, when there is more than one.
    """
    children = parent.findall(tag)
    if len(children) > 1:
        raise MalformedAnswer(f"there is more than one {local_name(tag)}")
    return children[0] if children else None


def text_of(element: etree._Element) -> str:
    """The text of an element that holds text alone.

    Raises: MalformedAnswer.
    """
    if len(element):
        raise MalformedAnswer(f"{local_name(element.tag)} holds more than text")
    return (element.text or "").strip()


def attribute_of(element: etree._Element, name: str) -> str:
    """The value of an attribute that must be there.

    Raises: MalformedAnswer.
    """
    value = element.get(name)
    if not value:
        raise MalformedAnswer(f"{local_name(element.tag)} has no {name}")
    return str(value)


def local_name(tag: str) -> str:
    """The name of a tag without its namespace."""
    return tag.rpartition("}")[2]


def _parser() -> etree.XMLParser:
    # A parser per answer: lxml's are not for use by two threads at once.
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )


def _all_nodes(root: etree._Element) -> list[etree._Element]:
    outside = [*root.itersiblings(preceding=True), *root.itersiblings()]
    return [*outside, *root.iter()]


def _check_ids_unique(root: etree._Element) -> None:
    counts = Counter(
        value for element in root.iter() for name, value in element.attrib.items() if local_name(name).lower() == "id"
    )
    if any(count > 1 for count in counts.values()):
        raise MalformedAnswer("two elements have the same id")


def _check_nothing_elsewhere(parts: Parts) -> None:
    expected = {
        SAMLP + "ArtifactResponse": 1,
        SAMLP + "Response": 0 if parts.response is None else 1,
        SAML + "Assertion": 0 if parts.assertion is None else 1,
        SAML + "EncryptedAssertion": 0,
    }
    found = Counter(element.tag for element in parts.root.iter())
    for tag, count in expected.items():
        if found[tag] != count:
            raise MalformedAnswer(f"there is a {local_name(tag)} where none belongs")
