"""The scene of these tests."""

import pytest

from tests.record_documents.scene import Scene


@pytest.fixture
def scene(now) -> Scene:
    return Scene(now)
