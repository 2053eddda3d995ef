"""The trainer: exact returns, restarts that are bit-equal, cancelling, and where numbers run away."""

import dataclasses
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from explainer.lesson.choice import Choice
from explainer.lesson.examples import example
from explainer.lesson.files import lesson_from_json, lesson_to_json
from explainer.lesson.lesson import Dropout, Normalise, Update
from explainer.messages import Refused
from explainer.trace.run import trace
from explainer.training.build import lesson_for
from explainer.training.datasets import dataset
from explainer.training.engine import Engine
from explainer.training.history import History
from explainer.training.trainer import Trainer, trained_lesson


def circle(rule="sgd", *, hidden=(4, 2), rate=0.03, dropout=None, **settings):
    data = dataset("circle", 100, seed=4).training
    update = Update(Choice(rule), learning_rate=rate, batch_size=12, **settings)
    lesson = lesson_for(data, hidden, output=Choice("tanh"), update=update, seed=2)
    if dropout is None:
        return lesson
    neurons = tuple(
        replace(neuron, dropout=Dropout(dropout)) if neuron.role == "hidden" else neuron
        for neuron in lesson.network.neurons
    )
    return replace(lesson, network=replace(lesson.network, neurons=neurons))


KINDS = [
    circle(),
    circle("adam", shuffle=True),
    circle("nesterov", dropout=0.25, schedule=Choice("exponential")),
    example("batch-norm"),
]


@pytest.mark.parametrize("lesson", KINDS)
def test_going_back_is_exact(lesson):
    trainer = Trainer(lesson)
    seen = [(trainer.parameters(), trainer.state())]
    for _ in range(6):
        assert trainer.step_epoch()
        seen.append((trainer.parameters(), trainer.state()))
    for epoch in (4, 1, 0):
        trainer.back_to(epoch)
        assert trainer.epoch == epoch
        assert (trainer.parameters(), trainer.state()) == seen[epoch]
    for _ in range(6):
        trainer.step_epoch()
    assert (trainer.parameters(), trainer.state()) == seen[6]


@pytest.mark.parametrize("lesson", KINDS)
@pytest.mark.parametrize("batches", [1, 7, 10])
def test_a_saved_lesson_goes_on_bit_equal(lesson, batches):
    trainer = Trainer(lesson)
    for _ in range(batches):
        trainer.step_batch()
    saved = lesson_from_json(lesson_to_json(trained_lesson(trainer)))
    other = Trainer(saved)
    assert other.passes == batches
    for _ in range(3):
        trainer.step_epoch()
        other.step_epoch()
    assert other.parameters() == trainer.parameters()
    assert other.state() == trainer.state()


def normalised(lesson):
    """Return a lesson with batch normalisation of every hidden neuron."""
    parameters = dict(lesson.network.parameters)
    neurons = []
    for neuron in lesson.network.neurons:
        if neuron.role == "hidden":
            names = f"gamma{neuron.id}", f"beta{neuron.id}"
            parameters.update(zip(names, (1.0, 0.0), strict=True))
            neuron = replace(neuron, normalise=Normalise(*names))
        neurons.append(neuron)
    network = replace(lesson.network, neurons=tuple(neurons), parameters=parameters)
    return replace(lesson, network=network)


def with_learnt_slopes(lesson):
    """Return a lesson whose hidden neurons learn how steep they are below 0."""
    names = [neuron.id for neuron in lesson.network.of_role("hidden")]
    slopes = {f"slope{name}": 0.25 for name in names}
    neurons = tuple(
        replace(neuron, activation=Choice("prelu", {"alpha": f"slope{neuron.id}"}))
        if neuron.id in names
        else neuron
        for neuron in lesson.network.neurons
    )
    parameters = {**lesson.network.parameters, **slopes}
    return replace(lesson, network=replace(lesson.network, neurons=neurons, parameters=parameters))


@pytest.mark.parametrize(
    "lesson",
    [
        circle("momentum", shuffle=True),
        # Of 50 samples the last batch has two: what the batches of another size have left does not count in it.
        normalised(circle("momentum", shuffle=True)),
        with_learnt_slopes(circle("momentum")),
    ],
)
def test_any_trained_moment_can_be_stepped(lesson):
    """From anywhere the trace continues exactly as the trainer does."""
    trainer = Trainer(lesson)
    trainer.run(3)
    for _ in range(trainer.engine.per_epoch + 1):
        run = trace(trained_lesson(trainer))[0]
        trainer.step_batch()
        for name, value in run.end.parameters.items():
            assert trainer.parameters()[name] == pytest.approx(value, rel=1e-12, abs=1e-15)


def test_an_epoch_is_its_batches():
    one, other = Trainer(circle("adam")), Trainer(circle("adam"))
    one.step_epoch()
    for _ in range(other.engine.per_epoch):
        other.step_batch()
    assert one.parameters() == other.parameters()
    assert one.epoch == other.epoch == 1
    other.step_batch()
    other.step_epoch()
    one.step_epoch()
    assert one.parameters() == other.parameters()


@given(st.integers(1, 300), st.integers(2, 40))
def test_a_history_stays_bounded_and_reaches_every_epoch(epochs, most):
    engine = Engine(example("xor-2-2-1"))
    history = History(most, 10**9)
    for epoch in range(epochs + 1):
        history.keep(epoch, engine.snapshot(at=epoch))
        assert len(history) <= most
    for epoch in range(epochs + 1):
        at, snapshot = history.before(epoch)
        assert at <= epoch
        assert snapshot.passes == at
        # Never farther than the thinned-out distance.
        assert epoch - at <= 2 * epochs // most + 2
    assert history.first == 0


def test_a_long_training_can_go_back_to_any_epoch():
    trainer = Trainer(example("xor-2-2-1"))
    seen = {}
    for epoch in range(700):
        if epoch in (3, 255, 256, 257, 601):
            seen[epoch] = trainer.parameters()
        trainer.step_epoch()
    for epoch in sorted(seen, reverse=True):
        trainer.back_to(epoch)
        assert trainer.parameters() == seen[epoch]
    with pytest.raises(KeyError):
        trainer.back_to(1000)


def test_numbers_that_run_away_stop_before_the_update_that_did_it():
    lesson = circle(hidden=(3,), rate=1e3)
    neurons = tuple(
        neuron if neuron.role == "input" else replace(neuron, activation=Choice("identity"))
        for neuron in lesson.network.neurons
    )
    lesson = replace(lesson, network=replace(lesson.network, neurons=neurons))
    trainer = Trainer(lesson)
    assert not trainer.run(50)
    explosion = trainer.explosion
    assert explosion is not None
    assert trainer.passes == explosion.passes
    assert explosion.epoch == explosion.passes // trainer.engine.per_epoch
    assert all(abs(value) <= 1e15 for value in trainer.parameters().values())
    assert str(explosion.epoch + 1) in str(explosion.message_in("en"))
    # Numbers and names are written as everywhere.
    said = dataclasses.replace(explosion, value=-1.334e18, symbol="w₁").message_in("ru")
    assert dict(said.arguments)["value"] == "−1,33·10¹⁸"
    assert dict(said.arguments)["place"] == "w₁"
    # It stays where it stopped until it is sent back.
    assert not trainer.step_batch()
    assert trainer.passes == explosion.passes
    # That update can be stepped: it is where the trace grows too large, too.
    try:
        run = trace(trained_lesson(trainer))[0]
    except Refused:
        pass
    else:
        assert max(map(abs, run.end.parameters.values())) > 1e15
    trainer.back_to(0)
    assert trainer.explosion is None
    assert trainer.parameters() == Trainer(lesson).parameters()


def test_an_infinite_error_names_the_error():
    lesson = example("logistic-cross-entropy")
    neurons = tuple(
        replace(neuron, activation=Choice("hard_sigmoid")) if neuron.role == "output" else neuron
        for neuron in lesson.network.neurons
    )
    network = replace(lesson.network, neurons=neurons)
    targets = tuple(tuple(1 - value for value in row) for row in lesson.data.targets)
    for far in (50.0, -50.0):
        parameters = dict.fromkeys(network.parameters, far)
        other = replace(
            lesson,
            network=replace(network, parameters=parameters),
            data=replace(lesson.data, targets=targets),
        )
        trainer = Trainer(other)
        if not trainer.run(1):
            assert trainer.explosion.kind in ("error", "backward")
            assert trainer.passes == 0
            return
    pytest.fail("neither end of the interval is wrong")


def test_cancelling_ends_a_run_in_another_thread_soon():
    trainer = Trainer(circle())
    thread = threading.Thread(target=trainer.run, args=(10**9,))
    thread.start()
    time.sleep(0.05)
    trainer.cancel()
    # It would go on for hours.
    thread.join(60)
    assert not thread.is_alive()
    # Where it stopped is a moment like any other.
    other = Trainer(circle())
    for _ in range(min(trainer.passes, 2000)):
        other.step_batch()
    if other.passes == trainer.passes:
        assert other.parameters() == trainer.parameters()
    assert trainer.run(2)


def test_a_watcher_may_end_it():
    trainer = Trainer(circle())
    seen = []
    assert not trainer.run(10, lambda losses: seen.append(losses) or losses.epoch < 3)
    assert [losses.epoch for losses in seen] == [1, 2, 3]
    assert seen[-1] == trainer.losses()


def test_losses_are_those_of_the_trace():
    lesson = example("xor-2-2-1")
    trainer = Trainer(lesson, lesson.data)
    losses = trainer.losses()
    assert losses.training == losses.test == pytest.approx(trace(lesson)[0].loss, rel=1e-12)


@pytest.mark.parametrize(
    ("name", "change", "word"),
    [
        ("graph-sin", {}, "formula"),
        ("xor-2-2-1", {"arithmetic": {"mode": "rounded", "decimals": 3}}, "rounds"),
        ("xor-2-2-1", {"update": {"order": "in_place"}}, "in place"),
    ],
)
def test_what_needs_the_graph_says_so(name, change, word):
    lesson = example(name)
    for field, values in change.items():
        lesson = replace(lesson, **{field: replace(getattr(lesson, field), **values)})
    with pytest.raises(Refused, match=word):
        Trainer(lesson)


def test_a_target_that_the_error_is_not_made_for_is_refused():
    lesson = example("logistic-cross-entropy")
    data = replace(lesson.data, targets=((2.0,),) * len(lesson.data.inputs))
    with pytest.raises(Refused, match="targets"):
        Trainer(replace(lesson, data=data))
