"""Who signed the parts of an answer. What is read is exactly what is signed, with keys that we knew before.

A certificate inside a message proves nothing and is not looked at. SHA-1 is refused.
Source: XML Signature 1.1; SAML 2.0 core 5.4; security row 19.
"""

from collections.abc import Sequence

import xmlsec
from lxml import etree
from onelogin.saml2.utils import OneLogin_Saml2_Utils

from zorgbalie.integrations.digid.saml.document import DS, Parts, local_name
from zorgbalie.integrations.digid.types import SignatureInvalid

_EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
_TRANSFORMS = ["http://www.w3.org/2000/09/xmldsig#enveloped-signature", _EXCLUSIVE]
_INCLUSIVE_NAMESPACES = "{" + _EXCLUSIVE + "}InclusiveNamespaces"
_SIGNATURES = frozenset(f"http://www.w3.org/2001/04/xmldsig-more#rsa-sha{bits}" for bits in (256, 384, 512))
_DIGESTS = frozenset(
    {
        "http://www.w3.org/2001/04/xmlenc#sha256",
        "http://www.w3.org/2001/04/xmldsig-more#sha384",
        "http://www.w3.org/2001/04/xmlenc#sha512",
    }
)


def check_signatures(*, parts: Parts, certificates: Sequence[str]) -> None:
    """Both the ArtifactResponse and the assertion must be signed; any further signature must be right too.

    The first covers the status and the Response, the second the person.

    Raises: SignatureInvalid.
    """
    required = [parts.artifact_response, *([] if parts.assertion is None else [parts.assertion])]
    allowed = [*required, *([] if parts.response is None else [parts.response])]
    if any(len(part.findall(DS + "Signature")) != 1 for part in required):
        raise SignatureInvalid("the answer is not signed as DigiD signs it")
    signatures = list(parts.root.iter(DS + "Signature"))
    # Registers the ids by which the signatures name what they cover; `document` made sure each is unique.
    xmlsec.tree.add_ids(parts.root, ["ID"])
    for signature in signatures:
        if signature.getparent() not in allowed:
            raise SignatureInvalid("there is a signature where none belongs")
        _check_shape(signature)
        _check_value(signature, certificates)
    if len(signatures) != sum(len(part.findall(DS + "Signature")) for part in allowed):
        raise SignatureInvalid("there is a signature inside a signature")


def _check_value(signature: etree._Element, certificates: Sequence[str]) -> None:
    for certificate in certificates:
        if OneLogin_Saml2_Utils.validate_node_sign(signature, None, cert=certificate):
            return
    raise SignatureInvalid(f"the signature of the {local_name(signature.getparent().tag)} is wrong")


def _check_shape(signature: etree._Element) -> None:
    """Refuse every signature that is not: this whole parent, enveloped, exclusive, by RSA with SHA-2."""
    signed_info, *others = _children(signature, ["SignedInfo", "SignatureValue"], optional="KeyInfo")
    del others
    canonicalization, method, reference = _children(
        signed_info, ["CanonicalizationMethod", "SignatureMethod", "Reference"]
    )
    transforms, digest, _value = _children(reference, ["Transforms", "DigestMethod", "DigestValue"])
    parent_id = signature.getparent().get("ID")
    facts = (
        bool(parent_id) and reference.get("URI") == f"#{parent_id}",
        canonicalization.get("Algorithm") == _EXCLUSIVE,
        method.get("Algorithm") in _SIGNATURES,
        digest.get("Algorithm") in _DIGESTS,
        [transform.get("Algorithm") for transform in transforms] == _TRANSFORMS,
        all(node.tag == _INCLUSIVE_NAMESPACES for transform in transforms for node in transform),
    )
    if not all(facts):
        raise SignatureInvalid("the signature covers something else, or in a way that is not trusted")


def _children(parent: etree._Element, names: list[str], optional: str = "") -> list[etree._Element]:
    children = list(parent)
    found = [child.tag for child in children]
    expected = [DS + name for name in names]
    if found != expected and found != [*expected, DS + optional]:
        raise SignatureInvalid(f"{local_name(parent.tag)} is not of the shape that DigiD uses")
    return children
