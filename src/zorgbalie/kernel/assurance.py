"""How surely DigiD knows a person: the four levels, and the names that DigiD and eIDAS give them.

Source: DigiD SAML interface specification (AuthnContextClassRef); Implementing Regulation (EU) 2015/1502.
"""

from enum import IntEnum

_SAML_CLASSES = "urn:oasis:names:tc:SAML:2.0:ac:classes:"
_EIDAS = "http://eidas.europa.eu/LoA/"


class UnknownAssuranceLevel(ValueError):
    """A name of a level that no source defines: it counts as no level at all."""


class AssuranceLevel(IntEnum):
    """A DigiD level; a higher number is a surer identity. The numbers are DigiD's own and are stored."""

    BASIS = 10
    MIDDEN = 20
    SUBSTANTIEEL = 25
    HOOG = 30

    @property
    def saml_class(self) -> str:
        """The AuthnContextClassRef by which DigiD's SAML names this level."""
        return _SAML_CLASSES + _SAML_NAMES[self]

    @property
    def eidas_uri(self) -> str:
        """The eIDAS name. Basis and Midden are both `low` there, so the way back is not the same."""
        return _EIDAS + _EIDAS_NAMES[self]

    @classmethod
    def from_uri(cls, uri: str) -> "AssuranceLevel":
        """The level that a DigiD or eIDAS URI names.

        eIDAS `low` covers Basis and Midden, and is read as Basis: a level is what is certain, not possible.

        Raises: UnknownAssuranceLevel.
        """
        try:
            return _BY_URI[uri.strip()]
        except KeyError:
            raise UnknownAssuranceLevel("not a DigiD or eIDAS level") from None


_SAML_NAMES = {
    AssuranceLevel.BASIS: "PasswordProtectedTransport",
    AssuranceLevel.MIDDEN: "MobileTwoFactorContract",
    AssuranceLevel.SUBSTANTIEEL: "Smartcard",
    AssuranceLevel.HOOG: "SmartcardPKI",
}
_EIDAS_NAMES = {
    AssuranceLevel.BASIS: "low",
    AssuranceLevel.MIDDEN: "low",
    AssuranceLevel.SUBSTANTIEEL: "substantial",
    AssuranceLevel.HOOG: "high",
}
_BY_URI = {
    **{level.saml_class: level for level in AssuranceLevel},
    _EIDAS + "NotNotified/low": AssuranceLevel.BASIS,
    _EIDAS + "low": AssuranceLevel.BASIS,
    _EIDAS + "substantial": AssuranceLevel.SUBSTANTIEEL,
    _EIDAS + "high": AssuranceLevel.HOOG,
}
