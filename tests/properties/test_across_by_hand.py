"""The trace of any lesson against pencil and paper: softmax, maxout, dropout, batch normalisation, every rule, several passes."""

from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from explainer.messages import Refused
from explainer.trace.batches import batch_of
from explainer.trace.run import trace
from tests.properties.across_by_hand import AcrossLearner
from tests.properties.everything import any_lessons
from tests.properties.test_by_hand import closely, same_table, same_tables, tame

KINDS = ("row", "row", "softmax", "maxout", "prelu")
# They divide by the size of the gradient: what doubles make of a gradient of 0 they would blow up.
ADAPTIVE = ("adagrad", "rmsprop", "adam", "adamw")


@given(any_lessons(tame, KINDS), st.integers(1, 4))
def test_any_lesson_as_by_hand(lesson, passes):
    lesson = replace(lesson, update=replace(lesson.update, order="simultaneous"))
    learner = AcrossLearner(lesson)
    try:
        runs = trace(lesson, passes)
    except Refused:
        assume(False)
    for index, run in enumerate(runs):
        found = run.summary
        learner.learn(batch_of(lesson, index))
        assume(not learner.near_a_kink())
        assume(lesson.update.choice.name not in ADAPTIVE or settled(learner, found))
        assert found.samples == tuple(learner.values)
        closely(found.loss, learner.loss)
        for sample, values in learner.values.items():
            same_table({name: found.values[str(sample)][name] for name in values}, values, closely)
        same_tables(found.deltas, learner.deltas, closely)
        same_tables(found.input_gradients, learner.input_gradients, closely)
        same_table(found.gradients, learner.gradients, closely)
        same_table(found.parameters_after, learner.parameters, closely)
        for name, cells in (learner.rule.memory | learner.running).items():
            kept = {**learner.rule.memory.get(name, {}), **learner.running.get(name, {}), **cells}
            same_table(found.state_after[name], kept, closely)


def settled(learner, found):
    """Tell whether no gradient is 0 but for what doubles make of it."""
    return all(
        abs(gradient) > 1e-7 or found.gradients[name] == gradient == 0
        for name, gradient in learner.gradients.items()
    )
