"""A question with files, through both faces."""

import io
import json
import re

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.conftest import DeskClient, PortalClient
from tests.consult.steps import Scene
from tests.factories import documents, world
from zorgbalie.consult.models import Consult, ConsultAttachment
from zorgbalie.kernel.clock import current_moment

PHOTO = documents.photo()
SCRIPT = {"X-Zb-Files": "1"}


def upload(content=PHOTO, name="foto.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/x-anything")


def colour(name) -> bytes:
    """A photo that is another than the last one."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), name).save(out, "JPEG")
    return out.getvalue()


class Both(Scene):
    """A patient at the portal and an assistant at the desk."""

    def __init__(self):
        super().__init__(current_moment())
        self.portal = PortalClient("portal", "zorgbalie_portal", raise_request_exception=False)
        self.portal.sign_in(self.person)
        self.desk = DeskClient("desk", "zorgbalie_desk", raise_request_exception=False)
        self.desk.sign_in(self.employee)

    def choose(self, consult_id, *files, headers=None, client=None, **values):
        """Press `Voeg toe` on the page of a draft."""
        data = {"doen": "toevoegen", "attachments": list(files), **values}
        return (client or self.portal).post(f"/vragen/concept/{consult_id}/bestanden/", data, headers=headers)

    def ask_with(self, *files) -> int:
        """A sent question with these files."""
        consult_id = self.write()
        assert self.choose(consult_id, *(files or [upload()])).status_code == 302
        self.send(consult_id)
        return consult_id

    def at_desk(self, consult_id) -> str:
        return f"/vragen/{self.person.pk}/{consult_id}/"

    def form(self, client, path) -> dict:
        page = client.get(path).content.decode()
        return dict(re.findall(r'name="(revision|token)" value="([^"]+)"', page))

    def press(self, consult_id, doen, *files, form=None, **values):
        """A button of the desk's page."""
        path = self.at_desk(consult_id)
        form = form or self.form(self.desk, path)
        return self.desk.post(path, {**form, "doen": doen, "vragen_gezien": "ja", "attachments": list(files), **values})


def rows(**values):
    return list(ConsultAttachment.objects.filter(**values).order_by("pk"))


def listed(answer) -> dict:
    return json.loads(answer.content)


def revision(consult_id) -> int:
    return Consult.objects.get(pk=consult_id).revision


def other_people(both) -> dict:
    """Six who may see nothing of it, each signed in (security row 8)."""
    other, _ = world.make_patient_with_open_record(both.practice)
    helper = world.make_person()
    stranger = world.make_employee(world.make_practice())
    rightless = world.make_employee(both.practice, role="assistant", rights=())
    manager = world.make_employee(both.practice, role="manager")
    people = {"anonymous portal": PortalClient("portal", "zorgbalie_portal", raise_request_exception=False)}
    for name, person in (("other patient", other), ("person without a relation", helper)):
        people[name] = PortalClient("portal", "zorgbalie_portal", raise_request_exception=False)
        people[name].sign_in(person)
    for name, employee in (("other practice", stranger), ("no right", rightless), ("manager", manager)):
        people[name] = DeskClient("desk", "zorgbalie_desk", raise_request_exception=False)
        people[name].sign_in(employee)
    return people
