"""Training and switching leaves nothing behind: what `python -m scripts.soak` watches for an hour, for a while."""

import pytest

from explainer.session.training.fitting import Wanted
from scripts.soak import MOST, grown
from tests.counts import count


@pytest.mark.slow
def test_training_and_switching_takes_no_memory_for_good(open_desk):
    desk = open_desk()
    desk.settle()
    session = desk.stage.session
    desk.stage.do(session.take_fitted, session.fitting(Wanted("circle", 200))())
    taken, done = grown(desk.program, count(12.0, 300.0))
    assert taken < MOST, (taken, done)
    assert done > 5
