"""A passkey in software, as a browser and a security key make it together (WebAuthn level 2, attestation none)."""

import base64
import hashlib
import json
import os
import re

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class SoftPasskey:
    """One key for one host."""

    def __init__(self, host: str) -> None:
        self.host, self.identifier = host, os.urandom(32)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.uses = 0

    def create(self, page: str) -> str:
        """The credential for the challenge on the page where a passkey is made."""
        client = self._client("webauthn.create", self._options(page)["creation_options"])
        data = self._data(0x45, self._attested())
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        response = {"clientDataJSON": _text(client), "attestationObject": _text(attestation), "transports": []}
        return self._credential(response)

    def answer(self, page: str) -> str:
        """The signed answer to the challenge on the sign-in page."""
        client = self._client("webauthn.get", self._options(page)["request_options"])
        self.uses += 1
        data = self._data(0x05)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": _text(client), "authenticatorData": _text(data), "signature": _text(signature),
            "userHandle": None,
        }  # fmt: skip
        return self._credential(response)

    def _options(self, page: str) -> dict:
        found = re.search(r'<script id="js_data" type="application/json">(.*?)</script>', page)
        return json.loads(found[1].replace("\\u0026", "&"))

    def _client(self, kind: str, options: dict) -> bytes:
        challenge = options["publicKey"]["challenge"]
        return json.dumps({"type": kind, "challenge": challenge, "origin": f"https://{self.host}"}).encode()

    def _data(self, flags: int, attested: bytes = b"") -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + self.uses.to_bytes(4, "big") + attested

    def _attested(self) -> bytes:
        numbers = self.key.public_key().public_numbers()
        x, y = numbers.x.to_bytes(32, "big"), numbers.y.to_bytes(32, "big")
        public = cbor.encode({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        return bytes(16) + len(self.identifier).to_bytes(2, "big") + self.identifier + public

    def _credential(self, response: dict) -> str:
        identifier = _text(self.identifier)
        return json.dumps(
            {"type": "public-key", "id": identifier, "rawId": identifier, "response": response,
             "clientExtensionResults": {}}
        )  # fmt: skip
