"""A window whose graph shows what a trainer beside it learns."""

from __future__ import annotations

import pytest

from explainer.training.looking import Looking
from explainer.training.trainer import Trainer
from tests.gui.training.live_graphs import circle


@pytest.fixture
def live(open_desk):
    lesson = circle()
    desk = open_desk(lesson)
    desk.settle()
    trainer = Trainer(lesson)
    return desk, desk.window.graph, trainer, Looking(trainer)
