"""Public information for patients on other websites, such as thuisarts.nl and apotheek.nl. Knows nothing of us.

A page of ours holds a link at most: nothing is fetched, embedded or prefetched for a patient (security row 67). A
source is what satisfies `KnowledgeSource`; which sources there are is data of the `knowledge` app. `probe` asks a site
whether a page still exists, and only where the operator switched that on.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from urllib.parse import quote, urlsplit

TERM = "{term}"
LONGEST_ADDRESS = 500
_PLAIN = re.compile(r"[\x21-\x7e]+")
_NEVER = frozenset('<>"\\^`{|}')
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
# Names that stand for a machine within an own network (RFC 6762, 6761, 8375 and usage).
_INSIDE = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "arpa", "onion")


class AddressFault(StrEnum):
    """Why an address is no link that a patient may be given."""

    NOT_HTTPS = "the address does not begin with https://"
    TOO_LONG = "the address is too long"
    CHARACTERS = "the address holds a space or a character that does not belong in one"
    HOST = "the address names no public website"
    USER = "the address holds a user name or password"
    PORT = "the address names a port"
    TERM = "the address does not hold {term} once, after the name of the website"


class AddressRefused(ValueError):
    """An address that may not be used; `fault` says why."""

    def __init__(self, fault: AddressFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class KnowledgeSource(Protocol):
    """A website with reliable information that can be asked for a word."""

    @property
    def host(self) -> str:
        """The website's name as it stands in an address."""

    def address_for(self, *, term: str) -> str:
        """Where one reads about a word; the start of the site where there is no word."""


@dataclass(frozen=True, slots=True)
class SearchSite:
    """A website with a search page; `template` is its address with `{term}` where the word belongs."""

    template: str

    @property
    def host(self) -> str:
        """The website's name."""
        return host_of(self.template)

    def address_for(self, *, term: str) -> str:
        """The search page for a word: every character of it encoded, so that a word can change nothing else."""
        return self.template.replace(TERM, quote(term, safe="")) if term else f"https://{self.host}/"


def host_of(address: str) -> str:
    """The name of the website in an address that was checked before."""
    return urlsplit(address).netloc.lower()


def short_host(host: str) -> str:
    """The name as people say it, and by which two addresses are of one site: without `www.`."""
    return host.removeprefix("www.")


def check_address(text: str) -> str:
    """The host of an address that may be a link. Raises AddressRefused. Source: security rows 26, 31."""
    if not text.lower().startswith("https://"):
        raise AddressRefused(AddressFault.NOT_HTTPS)
    if len(text) > LONGEST_ADDRESS:
        raise AddressRefused(AddressFault.TOO_LONG)
    if not _PLAIN.fullmatch(text) or _NEVER & set(text):
        raise AddressRefused(AddressFault.CHARACTERS)
    return _check_host(text)


def check_template(text: str) -> str:
    """The host of a search address with `{term}` in path or query. Raises AddressRefused."""
    host = check_address(text.replace(TERM, "term"))
    before = text.split(TERM)[0]
    if text.count(TERM) != 1 or "/" not in before[len("https://") :]:
        raise AddressRefused(AddressFault.TERM)
    return host


def _check_host(text: str) -> str:
    try:
        place = urlsplit(text).netloc.lower()
    except ValueError:
        raise AddressRefused(AddressFault.HOST) from None
    if "@" in place:
        raise AddressRefused(AddressFault.USER)
    host, colon, port = place.partition(":")
    if not _HOST.fullmatch(host) or len(host) > 253 or host.rpartition(".")[2] in _INSIDE:
        raise AddressRefused(AddressFault.HOST)
    if colon or port:
        raise AddressRefused(AddressFault.PORT)
    return host
