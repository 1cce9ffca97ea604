"""A key to sign with, and a push service that answers as it is told."""

from types import SimpleNamespace

from joserfc.jwk import ECKey

ADDRESS = "https://fcm.googleapis.com/fcm/send/abc123"
OTHER = "https://updates.push.services.mozilla.com/wpush/v2/xyz"
KEY = ECKey.generate_key("P-256")
PEM = KEY.as_pem(private=True).decode()


class Service:
    """Stands in for `requests.post`."""

    def __init__(self) -> None:
        self.status: dict[str, int] = {}
        self.asked: list[SimpleNamespace] = []

    def post(self, address, **values):
        self.asked.append(SimpleNamespace(address=address, **values))
        return SimpleNamespace(status_code=self.status.get(address, 201))
