"""Every initialiser draws from the distribution that PyTorch draws from: as it draws now, or as stored values say."""

import pytest

from explainer.lesson.choice import Choice
from explainer.lesson.initialise import Fans, spread_of
from explainer.maths.initialisers import INITIALISERS
from tests.peers import torch_initialisers as peer
from tests.peers.stored import stored

SOURCES = ["stored"] + (["installed"] if peer.HAS_TORCH else [])


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("name", INITIALISERS)
def test_the_distribution_is_the_same(name, source):
    drawn = stored()["initialisers"][name] if source == "stored" else peer.computed(name)
    spread = spread_of(Choice(name), Fans(peer.FAN_IN, peer.FAN_OUT))
    if spread.distribution == "constant":
        assert drawn["smallest"] == drawn["largest"] == spread.numbers[0]
        return
    first, second = spread.numbers
    if spread.distribution == "uniform":
        # Of 120 000 numbers the outermost are this near the ends, and never beyond.
        assert first <= drawn["smallest"] < first + (second - first) / 5000
        assert second - (second - first) / 5000 < drawn["largest"] <= second
    else:
        assert drawn["mean"] == pytest.approx(first, abs=second / 50)
        assert drawn["deviation"] == pytest.approx(second, rel=0.01)


def test_every_initialiser_is_compared():
    assert set(peer.CALLED) == set(INITIALISERS) == set(stored()["initialisers"])
