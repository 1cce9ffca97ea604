"""The two other parties of a sign-in, run on this machine for the length of the tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.integrations.digid.fake_digid import ACS_URL, ENTITY_ID, OUR_ENTITY_ID, FakeDigid, serve
from tests.integrations.digid.keys import KeyPair, make_key_pair

from zorgbalie.integrations.digid.saml import IdentityProvider, SamlConfig, SamlConnection
from zorgbalie.integrations.digid.types import MemoryReplayStore


@pytest.fixture(scope="session")
def digid_keys() -> KeyPair:
    return make_key_pair("digid-signing")


@pytest.fixture(scope="session")
def stranger_keys() -> KeyPair:
    return make_key_pair("stranger")


@pytest.fixture(scope="session")
def our_keys() -> KeyPair:
    return make_key_pair("portaal")


@pytest.fixture(scope="session")
def tls_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An authority, a server and a client by it, and a client by nobody."""
    folder = tmp_path_factory.mktemp("tls")
    authority = make_key_pair("authority", authority=True)
    authority.write(folder, "authority")
    make_key_pair("127.0.0.1", signed_by=authority).write(folder, "server")
    make_key_pair("portaal", signed_by=authority).write(folder, "client")
    make_key_pair("nobody", authority=True).write(folder, "nobody")
    return folder


@pytest.fixture(scope="session")
def digid_endpoint(digid_keys: KeyPair, tls_folder: Path) -> Iterator[FakeDigid]:
    server = (tls_folder / "server.crt", tls_folder / "server.key")
    with serve(FakeDigid(digid_keys), server=server, client_authority=tls_folder / "authority.crt") as digid:
        yield digid


@pytest.fixture
def digid(digid_endpoint: FakeDigid) -> FakeDigid:
    digid_endpoint.reply = lambda exchange: b""
    digid_endpoint.status = 200
    digid_endpoint.headers = {}
    digid_endpoint.wait_seconds = 0.0
    digid_endpoint.exchanges = []
    return digid_endpoint


@pytest.fixture
def saml_config(digid: FakeDigid, digid_keys: KeyPair, our_keys: KeyPair, tls_folder: Path) -> SamlConfig:
    return SamlConfig(
        entity_id=OUR_ENTITY_ID,
        acs_url=ACS_URL,
        identity_provider=IdentityProvider(
            entity_id=ENTITY_ID,
            sign_in_url="https://digid.example/saml/idp/request_authentication",
            artifact_urls={"0": digid.url},
            signing_certificates=(digid_keys.certificate_pem,),
            sign_out_url="https://digid.example/saml/idp/request_logout",
        ),
        certificate=our_keys.certificate_pem,
        private_key=our_keys.key_pem,
        tls_certificate_path=tls_folder / "client.crt",
        tls_key_path=tls_folder / "client.key",
        ca_bundle_path=tls_folder / "authority.crt",
        sign_out_return_url="https://portaal.example/uitgelogd",
        timeout_seconds=3.0,
    )


@pytest.fixture
def replay_store() -> MemoryReplayStore:
    return MemoryReplayStore()


@pytest.fixture
def saml(saml_config: SamlConfig, replay_store: MemoryReplayStore) -> SamlConnection:
    return SamlConnection(config=saml_config, replay_store=replay_store)
