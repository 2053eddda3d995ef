"""The tab of choices, opened on the lecture example."""

import pytest

from tests.gui.choosing.helpers import Choosing


@pytest.fixture
def choosing(desk):
    return Choosing(desk)
