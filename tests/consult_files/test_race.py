"""Files that arrive at the same moment (security row 48)."""

import pytest

from tests.consult.steps import Scene
from tests.consult.test_race import _together
from tests.consult_files.steps import colour
from zorgbalie.access.unit_of_work import unit_of_work
from zorgbalie.consult.actions.attachments import add_file
from zorgbalie.consult.models import ConsultAttachment
from zorgbalie.consult.types import MOST_FILES, FileNotTaken, NewFile, Place


@pytest.mark.django_db(transaction=True)
def test_row48_the_same_file_at_once_is_one_and_the_last_place_is_taken_once(now):
    scene = Scene(now)
    consult_id = scene.write()

    def adding(content):
        def add():
            viewer = scene.viewer()
            file = NewFile(name="a.jpg", content=content)
            with unit_of_work(viewer):
                try:
                    return add_file(
                        viewer=viewer, place=Place(consult_id=consult_id), file=file, token=None, now=now
                    ).attachment_id
                except FileNotTaken:
                    return "full"

        return add

    assert len(set(_together([adding(colour("red"))] * 4))) == 1
    for number in range(MOST_FILES - 2):
        adding(colour((0, number * 20, 0)))()
    outcomes = _together([adding(colour((0, 0, 50 + number * 40))) for number in range(4)])
    assert outcomes.count("full") == 3
    assert ConsultAttachment.objects.count() == MOST_FILES
