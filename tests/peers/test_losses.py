"""Every loss and its derivatives agree with PyTorch: computed now where it is installed, stored values elsewhere."""

import pytest

from explainer.maths import operations
from explainer.maths.losses import LOSSES
from tests.peers import torch_losses as peer
from tests.peers.stored import stored

CASES = peer.cases()
SOURCES = ["stored"] + (["installed"] if peer.HAS_TORCH else [])


@pytest.fixture(params=SOURCES)
def peer_values(request):
    def values(case):
        if request.param == "stored":
            return stored()["losses"][case]
        return peer.computed(*CASES[case])

    return values


@pytest.mark.parametrize("case", CASES)
def test_the_error_and_its_derivatives_agree(case, peer_values):
    name, parameters, predictions, targets = CASES[case]
    operation = operations.loss(name, len(predictions), tuple(sorted(parameters.items())))
    wanted = peer_values(case)
    place = [*predictions, *targets]
    assert operation.value(place) == pytest.approx(wanted["value"], rel=1e-12, abs=1e-15)
    found = operation.partials(place)[: len(predictions)]
    assert found == pytest.approx(wanted["slopes"], rel=1e-12, abs=1e-15)


def test_every_loss_is_compared():
    assert {name for name, *_ in CASES.values()} == set(LOSSES)
    assert set(stored()["losses"]) == set(CASES)
