"""Many browsers at once at the real pages, each on a connection of its own in the database role of its face.

`ZB_ROUNDS=20` makes the races as large as security rows 46 and 48 ask, for before a release.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier

from django.db import connection

from tests.conftest import DeskClient, PortalClient
from zorgbalie.faces.patient.booking.times import place_value

ROUNDS = int(os.environ.get("ZB_ROUNDS", "1"))
BROWSERS, PRESSES = (200, 50) if ROUNDS > 1 else (24, 10)
_AT_ONCE = 10
START, KINDS = "/afspraak-maken/", "/afspraak-maken/soort/"


def patients_browser(person, subject=None) -> PortalClient:
    """A browser in which a patient signed in."""
    client = PortalClient("portal", "zorgbalie_portal")
    client.sign_in(person, subject)
    return client


def desks_browser(employee) -> DeskClient:
    """A browser in which an employee signed in."""
    client = DeskClient("desk", "zorgbalie_desk")
    client.sign_in(employee)
    return client


def at_once(acts, clients=()) -> list:
    """Do all, beginning together; returns what came of each. `clients`: the browsers, all of one face."""
    start = Barrier(min(_AT_ONCE, len(acts)))

    def run(numbered):
        number, act = numbered
        try:
            if number < start.parties:
                start.wait()
            return act()
        finally:
            connection.close()

    with ExitStack() as stack, ThreadPoolExecutor(start.parties) as pool:
        # The settings of a face are of the whole process: one browser sets them and all use them.
        if clients:
            stack.enter_context(clients[0].stay())
            for client in clients:
                client._stays = True
        found = list(pool.map(run, enumerate(acts)))
    for client in clients:
        client._stays = False
    return found


def press_many(client, path, values) -> object:
    """One form, pressed many times at once in tabs of one session: each gets the same answer, which is returned."""
    tabs = []
    for _ in range(PRESSES):
        tab = type(client)("desk" if isinstance(client, DeskClient) else "portal", client.role)
        tab.cookies.update(client.cookies)
        tabs.append(tab)
    answers = at_once([lambda tab=tab: tab.post(path, values) for tab in tabs], tabs)
    said = {(answer.status_code, answer.get("Location", "")) for answer in answers}
    assert len(said) == 1, (path, said)
    return answers[0]


def pass_warning(client) -> None:
    """That none of the signs fits (R17)."""
    assert client.post(START, {"none_of_these": "on"}).status_code == 302


def press_time(client, kind, place, token):
    """Press a time on the page of a kind."""
    return client.post(f"{KINDS}{kind.pk}/", {"plek": place_value(place), "token": token})
