"""Whose BSN an assertion holds: who is at the keyboard, and for whom.

DigiD gives `s00000000:` and the BSN in the NameID. The newer shape of the national identity scheme gives
ActingSubjectID, and LegalSubjectID where somebody is represented, each in clear or encrypted to our key.
Source: DigiD SAML interface specification (sector codes); urn:nl-eid-gdi:1.0 attributes.
"""

import re
from copy import deepcopy
from dataclasses import dataclass, field

import xmlsec
from lxml import etree
from onelogin.saml2.utils import OneLogin_Saml2_Utils

from zorgbalie.integrations.digid.saml.config import SamlConfig
from zorgbalie.integrations.digid.saml.document import (
    SAML,
    XENC,
    attribute_of,
    only_child,
    optional_child,
    parse,
    text_of,
)
from zorgbalie.integrations.digid.types import MalformedAnswer
from zorgbalie.kernel.bsn import Bsn, InvalidBsn, parse_exact_bsn

_SECTOR_BSN = re.compile(r"s00000000:([0-9]{9})", re.ASCII)
_GDI = "urn:nl-eid-gdi:1.0:"
_BSN_QUALIFIERS = frozenset({_GDI + "id:BSN", _GDI + "id:legacy-BSN"})
_KEY_METHODS = frozenset(
    {"http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p", "http://www.w3.org/2009/xmlenc11#rsa-oaep"}
)


@dataclass(frozen=True, kw_only=True)
class People:
    """Who acts, for whom, and by what name DigiD knows the session."""

    acting: Bsn = field(repr=False)
    subject: Bsn = field(repr=False)
    name_id: str = field(repr=False)


def read_people(*, assertion: etree._Element, config: SamlConfig) -> People:
    """The persons in an assertion whose signature has been checked.

    Raises: MalformedAnswer.
    """
    name_id = text_of(only_child(only_child(assertion, SAML + "Subject"), SAML + "NameID"))
    values = _attribute_values(assertion)
    try:
        acting = _from_attribute(values.get(_GDI + "ActingSubjectID"), config)
        represented = _from_attribute(values.get(_GDI + "LegalSubjectID"), config)
        named = _SECTOR_BSN.fullmatch(name_id)
        by_name = parse_exact_bsn(named[1]) if named else None
    except InvalidBsn as error:
        raise MalformedAnswer(f"the answer holds no BSN: {error}") from None
    return _combine(name_id=name_id, by_name=by_name, acting=acting, represented=represented)


def _combine(*, name_id: str, by_name: Bsn | None, acting: Bsn | None, represented: Bsn | None) -> People:
    person = acting or by_name
    if person is None:
        raise MalformedAnswer("the answer does not say who is acting")
    if by_name is not None and by_name != person:
        raise MalformedAnswer("the answer names two acting persons")
    if represented is not None and acting is None:
        raise MalformedAnswer("the answer names a represented person without saying who acts")
    return People(acting=person, subject=represented or person, name_id=name_id)


def _attribute_values(assertion: etree._Element) -> dict[str, etree._Element]:
    statement = optional_child(assertion, SAML + "AttributeStatement")
    values: dict[str, etree._Element] = {}
    for attribute in [] if statement is None else statement.findall(SAML + "Attribute"):
        name = attribute_of(attribute, "Name")
        if name in values:
            raise MalformedAnswer("the answer holds an attribute twice")
        values[name] = only_child(attribute, SAML + "AttributeValue")
    return values


def _from_attribute(value: etree._Element | None, config: SamlConfig) -> Bsn | None:
    if value is None:
        return None
    if len(value) != 1:
        raise MalformedAnswer("the attribute of a person holds not exactly one name")
    name_id = value[0]
    if name_id.tag == SAML + "EncryptedID":
        name_id = _decrypt(name_id, config)
    if name_id.tag != SAML + "NameID" or name_id.get("NameQualifier") not in _BSN_QUALIFIERS:
        raise MalformedAnswer("the attribute of a person holds no BSN")
    return parse_exact_bsn(text_of(name_id))


def _decrypt(encrypted: etree._Element, config: SamlConfig) -> etree._Element:
    key_element = _key_for_us(encrypted, config.entity_id)
    try:
        key = OneLogin_Saml2_Utils.decrypt_element(key_element, config.private_key)
        context = xmlsec.EncryptionContext()
        context.key = xmlsec.Key.from_binary_data(xmlsec.constants.KeyDataAes, key)
        content = context.decrypt(deepcopy(only_child(encrypted, XENC + "EncryptedData")))
    except (xmlsec.Error, ValueError, TypeError) as error:
        raise MalformedAnswer("the identity is not encrypted to our key") from error
    # Text again and parsed again, so that what was hidden from the first reading meets the same rules.
    return parse(content if isinstance(content, bytes) else etree.tostring(content))


def _key_for_us(encrypted: etree._Element, entity_id: str) -> etree._Element:
    keys = [key for key in encrypted.iter(XENC + "EncryptedKey") if key.get("Recipient") in (None, entity_id)]
    if len(keys) != 1:
        raise MalformedAnswer("the identity is not encrypted to exactly one key of ours")
    method = only_child(keys[0], XENC + "EncryptionMethod").get("Algorithm")
    if method not in _KEY_METHODS:
        raise MalformedAnswer("the identity is encrypted in a way that is not trusted")
    return keys[0]
