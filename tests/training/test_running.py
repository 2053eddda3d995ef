"""Training on command, with a clock that tests wind."""

import io
import math

import numpy as np
import pytest
from msgspec.structs import replace

from explainer.lesson.choice import Choice
from explainer.lesson.continuing import continued
from explainer.lesson.edits import set_learning_rate
from explainer.lesson.examples import example
from explainer.lesson.files import lesson_for_worker
from explainer.lesson.lesson import Arithmetic, Update
from explainer.trace.run import trace
from explainer.training.build import lesson_for
from explainer.training.datasets import dataset, together
from explainer.training.running import Runner
from explainer.training.trainer import Trainer
from explainer.training.wire import (
    BrokenStreamError,
    Look,
    Open,
    Pause,
    Refusal,
    Run,
    Seen,
    Stand,
    Step,
    Stood,
    Visit,
    read_command,
    read_reply,
    write_command,
    write_reply,
)

LESSON = lesson_for(
    together(dataset("circle", 60, seed=1)), (4, 2), update=Update(learning_rate=0.1, batch_size=10)
)


class Bench:
    """A runner and its clock."""

    def __init__(self, lesson=LESSON):
        self.now = 0.0
        self.runner = Runner(self.tick)
        self.told = self.runner.take(Open(1, lesson_for_worker(lesson)))

    def tick(self):
        self.now += 1e-4
        return self.now

    def look(self, *wanted, side=0, layers=False):
        self.runner.take(Look(wanted, side, layers))
        for _ in range(10_000):
            self.runner.work()
            found = self.runner.answer()
            if found is not None:
                return found
        raise AssertionError("nothing to see")

    def work(self, times=50):
        for _ in range(times):
            self.runner.work()


def test_it_trains_as_the_trainer_does_and_tells_every_loss():
    bench, trainer = Bench(), Trainer(LESSON)
    wanted = [trainer.losses()]
    trainer.run(7, wanted.append)
    assert bench.look().moment.epoch == 0
    for _ in range(7):
        bench.runner.take(Step(whole_epoch=True))
    bench.work()
    seen = bench.look()
    assert seen.moment.epoch == seen.furthest == 7
    assert seen.moment.parameters == trainer.parameters()
    assert list(seen.points) == wanted[1:]
    assert not seen.is_running


def test_nothing_is_told_twice_unless_more_is_looked_at():
    bench = Bench()
    assert bench.look().moment.surfaces == {}
    bench.runner.take(Look())
    bench.work()
    assert bench.runner.answer() is None
    assert bench.runner.rest() is None
    assert set(bench.look("x1", "o1").moment.surfaces) == {"x1", "o1"}
    assert bench.look(side=20).moment.heat.shape == (len(LESSON.network.neurons), 400)


def test_full_speed_runs_between_looks_and_pause_ends_it():
    bench = Bench()
    bench.look()
    bench.runner.take(Run(None))
    bench.work(20)
    seen = bench.look()
    assert seen.is_running
    assert seen.moment.epoch > 20
    assert bench.runner.rest() == 0
    bench.runner.take(Pause())
    assert not bench.look().is_running
    assert bench.runner.rest() is None


def test_a_pace_is_kept():
    bench = Bench()
    bench.look()
    bench.runner.take(Run(5.0))
    before = bench.now
    while bench.now < before + 3.0:
        bench.runner.work()
        bench.now += bench.runner.rest() or 0
    assert bench.look().moment.epoch == pytest.approx(16, abs=1)


def test_one_epoch_for_each_look():
    bench = Bench()
    bench.look()
    bench.runner.take(Run(0.0))
    epochs = [bench.look().moment.epoch for _ in range(6)]
    assert epochs[1:] == [2, 3, 4, 5, 6] or epochs[1:] == [1, 2, 3, 4, 5]
    bench.work()
    assert bench.look().moment.epoch == epochs[-1] + 1


def test_any_epoch_can_be_visited_and_gone_on_from():
    bench = Bench()
    bench.runner.take(Run(None))
    bench.work(100)
    bench.runner.take(Pause())
    furthest = bench.look().furthest
    trainer = Trainer(LESSON)
    trainer.run(5)
    bench.runner.take(Visit(5))
    seen = bench.look()
    assert seen.moment.parameters == trainer.parameters()
    assert seen.furthest == furthest
    bench.runner.take(Visit(9))
    bench.runner.take(Step(whole_epoch=True))
    bench.work()
    assert bench.look().moment.epoch == 10


def test_a_batch_leaves_the_epoch_half_done_and_where_it_stands_is_told():
    bench = Bench()
    bench.runner.take(Step(whole_epoch=False))
    assert bench.look().moment.passes == 1
    stood = bench.runner.take(Stand("explain"))
    assert (stood.passes, stood.purpose) == (1, "explain")
    bench.runner.take(Step(whole_epoch=True))
    bench.work()
    assert bench.look().moment.passes == 3


def test_other_settings_go_on_from_the_same_parameters():
    bench = Bench()
    bench.runner.take(Step(whole_epoch=True))
    bench.work()
    before = bench.look().moment
    changed = replace(LESSON, update=replace(LESSON.update, learning_rate=0.2, batch_size=5))
    assert bench.runner.take(Open(2, lesson_for_worker(changed), keeps=True)) is None
    seen = bench.look()
    assert (seen.number, seen.moment.parameters, seen.moment.epoch) == (2, before.parameters, 1)
    assert seen.moment.passes == seen.per_epoch == 6
    assert [point.epoch for point in seen.points] == [0, 1]
    bench.runner.take(Open(3, lesson_for_worker(LESSON)))
    assert bench.look().moment.epoch == 0


@pytest.mark.parametrize(
    "lesson",
    [replace(LESSON, arithmetic=Arithmetic("rounded", decimals=3)), example("graph-sin")],
)
def test_what_needs_the_graph_is_refused_in_every_language(lesson):
    refusal = Bench(lesson).told
    assert isinstance(refusal, Refusal)
    assert set(refusal.sentences) >= {"en", "ru"}


def test_an_explosion_stops_it_right_before_its_update():
    wild = replace(
        lesson_for(dataset("plane", 40).training, (3,), activation=Choice("relu")),
        update=Update(learning_rate=1e4, batch_size=10),
    )
    bench = Bench(wild)
    bench.runner.take(Run(None))
    bench.work(200)
    seen = bench.look()
    assert not seen.is_running
    assert "Training stopped in epoch" in seen.trouble["en"]
    assert all(map(math.isfinite, seen.moment.parameters.values()))
    assert bench.runner.take(Stand("explain")).passes == seen.moment.passes
    bench.runner.take(Visit(0))
    assert bench.look().trouble is None


def test_of_an_infinite_number_the_update_before_is_explained():
    lesson = lesson_for(
        dataset("circle", 40).training,
        (3,),
        activation=Choice("expression", expression="exp(z)"),
        update=Update(learning_rate=5.0, batch_size=5),
    )
    bench, trainer = Bench(lesson), Trainer(lesson)
    bench.runner.take(Run(None))
    bench.work(50)
    seen = bench.look()
    trainer.run(50)
    assert not trainer.explosion.can_be_stepped
    assert seen.is_before
    assert seen.at[0] == "update"
    stood = bench.runner.take(Stand("explain"))
    assert stood.passes == seen.moment.passes - 1
    one_pass = trace(continued(lesson, stood.passes, stood.parameters, stood.memory))[0]
    assert one_pass.end.parameters == pytest.approx(seen.moment.parameters, rel=1e-12)
    # Training itself stays where it was.
    assert bench.runner.take(Stand("keep")).passes == seen.moment.passes
    assert seen.moment.parameters[seen.at[1]] == max(seen.moment.parameters.values(), key=abs)


def test_other_settings_from_an_earlier_epoch_on_have_losses_of_their_own():
    bench = Bench()
    for _ in range(5):
        bench.runner.take(Step(whole_epoch=True))
    bench.work()
    before = {point.epoch: point.training for point in bench.look().points}
    bench.runner.take(Visit(2))
    bench.runner.take(Open(2, lesson_for_worker(set_learning_rate(LESSON, 0.3)), keeps=True))
    for _ in range(3):
        bench.runner.take(Step(whole_epoch=True))
    bench.work()
    seen = bench.look()
    after = {point.epoch: point.training for point in seen.points}
    assert list(after) == list(before)
    assert [after[epoch] == before[epoch] for epoch in after] == [True] * 3 + [False] * 3
    assert after[5] == seen.moment.training_loss


def test_messages_come_through_the_stream():
    bench = Bench()
    seen = bench.look("o1", "x2", side=12, layers=True)
    stream = io.BytesIO()
    for reply in (seen, Refusal(3, {"en": "no"}), Stood(1, "keep", 2, {"w": 1.0}, {})):
        write_reply(stream, reply)
    for command in (Open(1, b"{}"), Run(None), Visit(3), Look(("o1",), 30)):
        write_command(stream, command)
    stream.seek(0)
    found = read_reply(stream)
    assert isinstance(found, Seen)
    for name in ("epoch", "training_loss", "axes", "parameters", "norms", "accuracy", "free"):
        assert getattr(found.moment, name) == getattr(seen.moment, name)
    for name, surface in seen.moment.surfaces.items():
        assert (found.moment.surfaces[name] == surface).all()
    assert (found.moment.heat == seen.moment.heat).all()
    assert found.norms == seen.norms
    for one, other in zip(found.moment.gradients, seen.moment.gradients, strict=True):
        assert np.allclose(one.edges, other.edges)
        assert (one.counts == other.counts).all()
    assert (found.moment.outputs == seen.moment.outputs).all()
    assert found.moment.test_outputs.shape == seen.moment.test_outputs.shape
    assert (found.points, found.furthest) == (seen.points, seen.furthest)
    assert read_reply(stream) == Refusal(3, {"en": "no"})
    assert read_reply(stream).passes == 2
    assert read_command(stream) == Open(1, b"{}")
    assert [read_command(stream) for _ in range(3)] == [Run(None), Visit(3), Look(("o1",), 30)]
    assert read_command(stream) is None


def test_damage_is_noticed():
    with pytest.raises(BrokenStreamError):
        read_command(io.BytesIO(b"\xff" * 40))
    with pytest.raises(BrokenStreamError):
        read_reply(io.BytesIO(bytes((0, 0, 0, 2, 0, 0, 0, 0, 0xC1, 0xC1))))
