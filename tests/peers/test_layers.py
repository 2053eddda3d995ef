"""Four passes through softmax, maxout, dropout and batch normalisation agree with PyTorch, running averages included.

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


@pytest.mark.parametrize("case", peer.CASES)
def test_four_passes_agree(case, peer_values):
    lesson = peer.CASES[case]
    runs = trace(lesson, peer.PASSES)
    for number, (run, wanted) in enumerate(zip(runs, peer_values(case), strict=True)):
        found = run.summary
        # Every pass multiplies what the last digit of the first one was off.
        digits = {"rel": 1e-12 * 10**number, "abs": 1e-14 * 10**number}
        assert found.loss == pytest.approx(wanted["loss"], **digits)
        assert found.gradients == pytest.approx(wanted["gradients"], **digits)
        assert found.parameters_after == pytest.approx(wanted["parameters"], **digits)
        for table in ("deltas", "input_gradients"):
            tables = getattr(found, table)
            assert tables.keys() == wanted[table].keys()
            for sample, values in wanted[table].items():
                assert tables[sample] == pytest.approx(values, **digits)
        for sample, values in wanted["values"].items():
            shown = {name: found.values[sample][name] for name in values}
            assert shown == pytest.approx(values, **digits)
        for name, averages in wanted["running"].items():
            state = found.state_after if lesson.mode == "train" else found.state_before
            kept = {cell: state.get(name, {}).get(cell, averages[cell]) for cell in averages}
            assert kept == pytest.approx(averages, **digits)


def test_everything_is_compared():
    assert set(stored()["layers"]) == set(peer.CASES)
    trained = [lesson for lesson in peer.CASES.values() if lesson.mode == "train"]
    assert any(run["running"] for case in stored()["layers"].values() for run in case)
    assert {
        neuron.dropout.scaling
        for lesson in trained
        for neuron in lesson.network.neurons
        if neuron.dropout is not None
    } == {"inverted", "at_application"}
