"""Softmax with cross-entropy, maxout, batch normalisation with its running averages, and dropout agree with PyTorch.

Compared with what it computes now where it is installed, with stored values elsewhere.
"""

import pytest

from explainer.trace.run import trace
from tests.peers import torch_layers as peer
from tests.peers.stored import stored

SOURCES = ["stored"] + (["installed"] if peer.HAS_TORCH else [])


@pytest.fixture(params=SOURCES)
def peer_values(request):
    def values(case):
        return stored()["layers"][case] if request.param == "stored" else peer.computed(case)

    return values


def near(wanted):
    return pytest.approx(wanted, rel=1e-11, abs=1e-15)


@pytest.mark.parametrize("case", peer.CASES)
def test_passes_agree(case, peer_values):
    runs = trace(peer.lesson_of(case), peer.PASSES)
    for run, wanted in zip(runs, peer_values(case), strict=True):
        found = run.summary
        assert found.loss == pytest.approx(wanted["loss"], rel=1e-12)
        assert found.gradients == near(wanted["gradients"])
        assert found.parameters_after == near(wanted["parameters"])
        by_inputs = [
            [found.input_gradients[str(sample)][x] for x in ("x1", "x2")]
            for sample in found.samples
        ]
        for row, other in zip(by_inputs, wanted["input_gradients"], strict=True):
            assert row == near(other)


@pytest.mark.parametrize("case", [case for case in peer.CASES if "normalisation" in case])
def test_running_averages_agree(case, peer_values):
    runs = trace(peer.lesson_of(case), peer.PASSES)
    for run, wanted in zip(runs, peer_values(case), strict=True):
        state = run.summary.state_after
        for cell in ("running_mean", "running_variance"):
            given = {name: both[cell == "running_variance"] for name, both in peer.RUNNING.items()}
            found = [state.get(name, {}).get(cell, given[name]) for name in ("h1", "h2")]
            assert found == near(wanted[cell])
    moved = peer_values(case)[-1]["running_mean"] != [0.3, -0.2]
    assert moved == (peer.CASES[case][2] == "train")


@pytest.mark.parametrize("case", [case for case in peer.CASES if "dropout" in case])
def test_the_masks_are_those_that_were_compared(case, peer_values):
    masks = [one["masks"] for one in peer_values(case)]
    assert [mask for mask in masks if mask] == peer.masks_of(case)
    if peer.CASES[case][2] == "train":
        assert {kept for mask in masks for row in mask for kept in row} == {0.0, 1.0}


def test_every_case_is_stored():
    assert set(stored()["layers"]) == set(peer.CASES)
