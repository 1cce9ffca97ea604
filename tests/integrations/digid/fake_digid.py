"""A DigiD of our own for tests: it signs answers, true or forged, and hands them out over mutual TLS."""

import base64
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha1
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path

import xmlsec
from lxml import etree
from tests.integrations.digid.keys import KeyPair

ENTITY_ID = "https://digid.example/saml/idp/metadata"
OUR_ENTITY_ID = "https://portaal.example/saml"
ACS_URL = "https://portaal.example/inloggen/digid/terug"
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
BSN = "999990019"
OTHER_BSN = "999990020"

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
SAML = "urn:oasis:names:tc:SAML:2.0:assertion"
SAMLP = "urn:oasis:names:tc:SAML:2.0:protocol"
DS = "http://www.w3.org/2000/09/xmldsig#"
STATUS = "urn:oasis:names:tc:SAML:2.0:status:"
NAMES = {"soap": SOAP, "saml": SAML, "samlp": SAMLP, "ds": DS}

_numbers = count(1)


def moment(minutes: float) -> str:
    """A moment as SAML writes it, this many minutes after NOW."""
    return (NOW + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


def make_artifact(*, entity_id: str = ENTITY_ID, index: int = 0, type_code: int = 4) -> str:
    # SHA-1 is what the format prescribes to name the maker.
    maker = sha1(entity_id.encode(), usedforsecurity=False).digest()
    handle = next(_numbers).to_bytes(20, "big")
    content = type_code.to_bytes(2, "big") + index.to_bytes(2, "big")
    return base64.b64encode(content + maker + handle).decode()


@dataclass(kw_only=True)
class Answer:
    """All that an answer says. The defaults are those of a good one, but for the two ids it answers to."""

    resolve_id: str = ""
    request_id: str = ""
    artifact_issuer: str = ENTITY_ID
    response_issuer: str = ENTITY_ID
    assertion_issuer: str = ENTITY_ID
    artifact_status: str = STATUS + "Success"
    status: str = STATUS + "Success"
    detail: str = ""
    version: str = "2.0"
    destination: str | None = ACS_URL
    response_in_response_to: str | None = None
    confirmed_in_response_to: str | None = None
    recipient: str = ACS_URL
    method: str = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
    audience: str | None = OUR_ENTITY_ID
    extra_audience: str | None = None
    extra_condition: str = ""
    issued: str = moment(0)
    authenticated: str = moment(0)
    not_before: str = moment(-1)
    not_after: str = moment(2)
    confirmed_until: str = moment(2)
    session_until: str | None = None
    level: str = "urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard"
    name_id: str = f"s00000000:{BSN}"
    attributes: str = ""
    extra_assertion_part: str = ""
    with_response: bool = True
    with_assertion: bool = True
    sign_assertion: bool = True
    sign_response: bool = False
    sign_outside: bool = True
    assertion_id: str = field(default_factory=lambda: f"_assertion{next(_numbers)}")
    soap_header: str = ""

    def xml(self) -> bytes:
        """The answer without signatures."""
        header = f"<soap:Header>{self.soap_header}</soap:Header>" if self.soap_header else ""
        return (
            f'<soap:Envelope xmlns:soap="{SOAP}">{header}<soap:Body>'
            f'<samlp:ArtifactResponse xmlns:samlp="{SAMLP}" xmlns:saml="{SAML}" '
            f'ID="_outside{next(_numbers)}" Version="2.0" IssueInstant="{moment(0)}" '
            f'InResponseTo="{self.resolve_id}">'
            f"<saml:Issuer>{self.artifact_issuer}</saml:Issuer>"
            f'<samlp:Status><samlp:StatusCode Value="{self.artifact_status}"/></samlp:Status>'
            f"{self._response() if self.with_response else ''}</samlp:ArtifactResponse>"
            "</soap:Body></soap:Envelope>"
        ).encode()

    def _response(self) -> str:
        detail = f'<samlp:StatusCode Value="{self.detail}"/>' if self.detail else ""
        target = f'Destination="{self.destination}"' if self.destination is not None else ""
        answered = self.request_id if self.response_in_response_to is None else self.response_in_response_to
        return (
            f'<samlp:Response ID="_response{next(_numbers)}" Version="{self.version}" {target} '
            f'IssueInstant="{moment(0)}" InResponseTo="{answered}">'
            f"<saml:Issuer>{self.response_issuer}</saml:Issuer>"
            f'<samlp:Status><samlp:StatusCode Value="{self.status}">{detail}'
            "</samlp:StatusCode></samlp:Status>"
            f"{self._assertion() if self.with_assertion else ''}</samlp:Response>"
        )

    def _assertion(self) -> str:
        confirmed = self.confirmed_in_response_to
        audience = "".join(
            f"<saml:AudienceRestriction><saml:Audience>{name}</saml:Audience></saml:AudienceRestriction>"
            for name in (self.audience, self.extra_audience)
            if name is not None
        )
        until = f'SessionNotOnOrAfter="{self.session_until}"' if self.session_until else ""
        statement = f"<saml:AttributeStatement>{self.attributes}</saml:AttributeStatement>" if self.attributes else ""
        return (
            f'<saml:Assertion ID="{self.assertion_id}" Version="2.0" IssueInstant="{self.issued}">'
            f"<saml:Issuer>{self.assertion_issuer}</saml:Issuer>"
            f"<saml:Subject><saml:NameID>{self.name_id}</saml:NameID>"
            f'<saml:SubjectConfirmation Method="{self.method}"><saml:SubjectConfirmationData '
            f'InResponseTo="{self.request_id if confirmed is None else confirmed}" '
            f'Recipient="{self.recipient}" NotOnOrAfter="{self.confirmed_until}"/></saml:SubjectConfirmation>'
            "</saml:Subject>"
            f'<saml:Conditions NotBefore="{self.not_before}" NotOnOrAfter="{self.not_after}">'
            f"{audience}{self.extra_condition}</saml:Conditions>{self.extra_assertion_part}"
            f'<saml:AuthnStatement AuthnInstant="{self.authenticated}" SessionIndex="17" {until}>'
            "<saml:SubjectLocality Address='127.0.0.1'/><saml:AuthnContext>"
            f"<saml:AuthnContextClassRef>{self.level}</saml:AuthnContextClassRef>"
            f"</saml:AuthnContext></saml:AuthnStatement>{statement}</saml:Assertion>"
        )


def find(root: etree._Element, path: str) -> etree._Element:
    found = root.find(path, NAMES)
    assert found is not None, path
    return found


def sign(
    element: etree._Element,
    keys: KeyPair,
    *,
    method: object = xmlsec.Transform.RSA_SHA256,
    digest: object = xmlsec.Transform.SHA256,
    uri: str | None = None,
    transforms: tuple[object, ...] = (xmlsec.Transform.ENVELOPED, xmlsec.Transform.EXCL_C14N),
    c14n: object = xmlsec.Transform.EXCL_C14N,
    secret: bytes | None = None,
    references: int = 1,
    certificate_inside: bool = False,
) -> None:
    """Put a signature behind the Issuer of an element, by default as DigiD does."""
    for old in element.findall(f"{{{DS}}}Signature"):
        element.remove(old)
    signature = xmlsec.template.create(element, c14n, method, ns="ds")
    find(element, "saml:Issuer").addnext(signature)
    for _ in range(references):
        reference = xmlsec.template.add_reference(
            signature, digest, uri=f"#{element.get('ID')}" if uri is None else uri
        )
        for transform in transforms:
            xmlsec.template.add_transform(reference, transform)
    if certificate_inside:
        xmlsec.template.add_x509_data(xmlsec.template.ensure_key_info(signature))
    context = xmlsec.SignatureContext()
    if secret is None:
        context.key = xmlsec.Key.from_memory(keys.key_pem, xmlsec.KeyFormat.PEM)
        context.key.load_cert_from_memory(keys.certificate_pem, xmlsec.KeyFormat.PEM)
    else:
        context.key = xmlsec.Key.from_binary_data(xmlsec.KeyData.HMAC, secret)
    # The root, because an empty URI means the whole document.
    xmlsec.tree.add_ids(element.getroottree().getroot(), ["ID"])
    context.sign(signature)


def signed(answer: Answer, keys: KeyPair) -> etree._Element:
    """The answer as a tree, signed from the inside out."""
    root = etree.fromstring(answer.xml())
    if answer.with_response and answer.with_assertion and answer.sign_assertion:
        sign(find(root, ".//saml:Assertion"), keys)
    if answer.with_response and answer.sign_response:
        sign(find(root, ".//samlp:Response"), keys)
    if answer.sign_outside:
        sign(find(root, ".//samlp:ArtifactResponse"), keys)
    return root


@dataclass
class Exchange:
    """What arrived at the artifact endpoint."""

    body: bytes
    resolve_id: str
    artifact: str


Reply = Callable[[Exchange], bytes]


class FakeDigid:
    """The artifact endpoint. Set `reply`; what arrived stands in `exchanges`."""

    def __init__(self, keys: KeyPair) -> None:
        self.keys = keys
        self.reply: Reply = lambda exchange: b""
        self.status = 200
        self.headers: dict[str, str] = {}
        self.delay = threading.Event()
        self.wait_seconds = 0.0
        self.exchanges: list[Exchange] = []
        self.url = ""

    def answer(self, body: bytes) -> bytes:
        tree = etree.fromstring(body)
        resolve = find(tree, ".//samlp:ArtifactResolve")
        artifact = find(resolve, "samlp:Artifact").text or ""
        exchange = Exchange(body=body, resolve_id=resolve.get("ID") or "", artifact=artifact)
        self.exchanges.append(exchange)
        if self.wait_seconds:
            self.delay.wait(self.wait_seconds)
        return self.reply(exchange)


@contextmanager
def serve(digid: FakeDigid, *, server: tuple[Path, Path], client_authority: Path) -> Iterator[FakeDigid]:
    """Run the endpoint on this machine; only clients with a certificate of the authority get through."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = digid.answer(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(digid.status)
            for name, value in digid.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            pass

    httpd = Server(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*server)
    context.load_verify_locations(client_authority)
    context.verify_mode = ssl.CERT_REQUIRED
    httpd.socket = context.wrap_socket(httpd.socket, server_side=True)
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    digid.url = f"https://127.0.0.1:{httpd.server_port}/resolve"
    try:
        yield digid
    finally:
        digid.delay.set()
        httpd.shutdown()
        httpd.server_close()
        thread.join(5)
