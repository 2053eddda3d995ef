"""The Python interface: light to import, three names to know."""

import subprocess
import sys
from pathlib import Path

import pytest

import explainer
from explainer import Lesson, example, read_lesson, trace, train
from explainer.lesson.choice import Choice
from explainer.training.build import lesson_for
from explainer.training.datasets import dataset

ROOT = Path(__file__).resolve().parents[2]


def test_the_names_of_the_interface():
    lesson = example("xor-2-2-1")
    assert isinstance(lesson, Lesson)
    runs = trace(lesson, passes=2)
    assert [run.summary.loss for run in runs] == [run.loss for run in runs]
    result = train(lesson, epochs=3)
    assert isinstance(result.lesson, Lesson)
    assert [losses.epoch for losses in result.losses] == [1, 2, 3]
    assert result.lesson.state.passes == 3
    assert result.lesson.network.value("w1") == pytest.approx(
        trace(lesson, 3)[-1].end.parameters["w1"]
    )
    assert callable(read_lesson)
    assert set(explainer.__dir__()) >= {"Lesson", "trace", "train", "MLPRegressor"}
    with pytest.raises(AttributeError):
        _ = explainer.nothing


@pytest.mark.parametrize("first", ["import explainer", "import explainer.trace.run"])
def test_importing_stays_light_whatever_comes_first(first):
    program = (
        f"{first}\nimport sys\nassert 'numpy' not in sys.modules and 'sympy' not in sys.modules\n"
        "from explainer import Lesson, trace, train, example\n"
        "assert 'numpy' not in sys.modules\n"
        "assert len(trace(example('lecture-2-2-1'))) == 1\n"
        "import explainer.trace.run\nassert explainer.trace is trace\n"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, timeout=60)


def test_patience_returns_to_the_best():
    split = dataset("gaussian", 20, noise=0.5, seed=3)
    from explainer.training.build import lesson_for

    lesson = lesson_for(split.training, (8, 8), seed=1)
    result = train(lesson, 2000, test=split.test, patience=15)
    tests = [losses.test for losses in result.losses]
    assert len(tests) < 2000
    best = tests.index(min(tests))
    assert result.trainer.epoch == best + 1 == len(tests) - 15
    assert result.trainer.losses() == result.losses[best]


def test_what_cannot_be_trained_is_told_in_a_sentence():
    with pytest.raises(TypeError, match="needs a Lesson, got str; example"):
        train("example:xor-2-2-1", 5)
    with pytest.raises(ValueError, match="epochs=-5 must be at least 0"):
        train(example("xor-2-2-1"), -5)
    with pytest.raises(ValueError, match="patience=0 must be at least 1"):
        train(example("xor-2-2-1"), 5, patience=0)


def test_an_explosion_is_told_although_patience_went_back():
    result = train(example("exploding-gradient"), 50, patience=50)
    assert result.explosion is not None
    assert result.trainer.epoch == 1 < len(result.losses)


def test_a_watcher_may_end_it():
    result = train(example("xor-2-2-1"), 50, watch=lambda losses: losses.epoch < 4)
    assert len(result.losses) == 4


def test_weights_are_drawn_as_suits_the_activation_unless_said():
    data = dataset("circle", 40).training
    assert lesson_for(data, (3,)).initialise == Choice("xavier_uniform")
    assert lesson_for(data, (3,), activation=Choice("relu")).initialise == Choice("he_uniform")
    said = lesson_for(data, (3,), activation=Choice("relu"), initialiser=Choice("zeros"))
    assert said.initialise == Choice("zeros")
