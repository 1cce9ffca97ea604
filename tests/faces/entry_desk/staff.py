"""Staff who can really sign in: password, authenticator app, and the codes it shows."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

from tests.factories import world

PASSWORD = "vier-groene-fietsen"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def make_staff(practice=None, *, app=True, **values):
    """An employee with a password and, unless said otherwise, an app."""
    employee = world.make_employee(practice or world.make_practice(), **values)
    employee.user.set_password(PASSWORD)
    employee.user.save()
    if app:
        TOTP.activate(employee.user, SECRET)
    return employee


def code(shift: int = 0, secret: str = SECRET) -> str:
    """The code that the app shows now, or `shift` periods of 30 seconds later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + shift))


def give_password(client, employee, password=PASSWORD):
    return client.post("/inloggen/", {"login": employee.user.email, "password": password})


def give_code(client, value):
    return client.post("/inloggen/code/", {"code": value})


def sign_in(client, employee):
    give_password(client, employee)
    return give_code(client, code())


def has_app(employee) -> bool:
    return Authenticator.objects.filter(user=employee.user).exists()
