"""Ten passes with every update rule, penalty, way of clipping and schedule agree with PyTorch.

Compared with what it computes now where it is installed, with stored values elsewhere.
"""

import pytest

from explainer.maths.penalties import PENALTIES
from explainer.maths.schedules import SCHEDULES
from explainer.maths.updates import UPDATES
from explainer.trace.run import trace
from tests.peers import torch_training as peer
from tests.peers.stored import stored

SOURCES = ["stored"] + (["installed"] if peer.HAS_TORCH else [])


@pytest.fixture(params=SOURCES)
def peer_values(request):
    def values(case):
        return stored()["training"][case] if request.param == "stored" else peer.computed(case)

    return values


def near(wanted):
    # Ten passes multiply what the last digit of the first one was off.
    return pytest.approx(wanted, rel=1e-10, abs=1e-15)


@pytest.mark.parametrize("case", peer.CASES)
def test_ten_passes_agree(case, peer_values):
    runs = trace(peer.lesson_of(case), peer.PASSES)
    wanted = peer_values(case)
    for number, one in zip(peer.COMPARED, wanted, strict=True):
        found = runs[number - 1].summary
        assert found.loss == near(one["loss"])
        assert found.learning_rate == near(one["learning_rate"])
        for name, gradient in one["gradients"].items():
            assert found.gradients[name] == near(gradient)
            assert found.parameters_after[name] == near(one["parameters"][name])
        assert found.state_after.keys() == one["state"].keys()
        for name, cells in one["state"].items():
            assert found.state_after[name] == near(cells)


@pytest.mark.parametrize("case", peer.CASES)
def test_the_first_pass_agrees_to_the_last_digits(case, peer_values):
    (run,) = trace(peer.lesson_of(case), 1)
    wanted = peer_values(case)[0]
    for name, gradient in wanted["gradients"].items():
        assert run.summary.gradients[name] == pytest.approx(gradient, rel=1e-12, abs=1e-16)
        after = wanted["parameters"][name]
        assert run.summary.parameters_after[name] == pytest.approx(after, rel=1e-12)


def test_everything_is_compared():
    lessons = [peer.lesson_of(case) for case in peer.CASES]
    assert {lesson.update.choice.name for lesson in lessons} == set(UPDATES)
    assert {lesson.update.schedule.name for lesson in lessons} == set(SCHEDULES)
    assert {lesson.penalty.name for lesson in lessons if lesson.penalty} == set(PENALTIES)
    assert {lesson.update.clip.by for lesson in lessons if lesson.update.clip} == {"norm", "value"}
    assert set(stored()["training"]) == set(peer.CASES)


def test_the_frozen_bias_has_a_gradient_and_stays():
    (run,) = trace(peer.lesson_of("clip by norm"), 1)
    assert run.summary.gradients["b2"] != 0
    assert run.summary.parameters_after["b2"] == -0.2
    assert "b2" not in run.summary.gradients_clipped
    assert run.summary.gradients_clipped.keys() == set(peer.TRAINED)
    length = sum(g * g for g in run.summary.gradients_clipped.values()) ** 0.5
    assert length == pytest.approx(0.05, rel=1e-14)
