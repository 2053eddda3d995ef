"""The sizes of gradients over the epochs, told by who trains."""

from itertools import pairwise

from explainer.lesson.edits import set_learning_rate
from explainer.lesson.files import lesson_for_worker
from explainer.lesson.training_edits import initialised
from explainer.training.build import XAVIER
from explainer.training.looking import Looking
from explainer.training.trainer import Trainer
from explainer.training.wire import Open, Pause, Run, Step
from tests.training.test_running import LESSON, Bench


def test_gradient_norms_are_kept_evenly_however_seldom_somebody_looks():
    bench = Bench()
    assert [passes for passes, _ in bench.look().norms] == [0]
    bench.runner.take(Run(None))
    while bench.runner._trainer.epoch < 700:
        bench.runner.work()
    bench.runner.take(Pause())
    norms = bench.look().norms
    passes = [each for each, _ in norms]
    assert len(passes) > 250
    gaps = {after - before for before, after in pairwise(passes)}
    assert max(gaps) <= 2 * min(gaps)
    trainer = Trainer(LESSON)
    at = passes[len(passes) // 2]
    while trainer.passes < at:
        trainer.step_epoch()
    trainer.losses()
    assert Looking(trainer).moment(whole=()).norms == dict(norms)[at]
    # None is told twice.
    bench.runner.take(Step(whole_epoch=True))
    bench.work()
    assert all(each > passes[-1] for each, _ in bench.look().norms)


def test_norms_go_on_with_another_rate_and_begin_anew_with_other_weights():
    bench = Bench()
    bench.look()
    for _ in range(3):
        bench.runner.take(Step(whole_epoch=True))
    bench.work()
    first = bench.look().norms
    bench.runner.take(Open(2, lesson_for_worker(set_learning_rate(LESSON, 0.02)), keeps=True))
    # All are told once more: whoever looks may have another picture by now.
    assert bench.look().norms[-3:] == first
    bench.runner.take(Open(3, lesson_for_worker(initialised(LESSON, XAVIER, 99))))
    ((passes, norms),) = bench.look().norms
    assert passes == 0
    assert norms != Looking(Trainer(LESSON)).moment(whole=()).norms
