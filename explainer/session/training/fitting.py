"""A lesson fitted to one of the built-in data sets: its inputs and outputs, its error where that cannot take the targets."""

from __future__ import annotations

from typing import Literal, NamedTuple

from msgspec.structs import replace

from explainer.lesson.checks import check_lesson
from explainer.lesson.choice import Choice
from explainer.lesson.data_edits import replace_data
from explainer.lesson.feature_edits import with_columns
from explainer.lesson.lesson import Data, Feature, Lesson, Samples, State
from explainer.lesson.limits import MAX_OPERATIONS_PER_PASS
from explainer.maths.losses import LOSSES
from explainer.maths.vector_activations import bounds_of
from explainer.messages import Refused
from explainer.session.training.feature_symbols import with_symbols
from explainer.training.datasets import DATASETS, FEATURES, dataset, together
from explainer.training.objective import check_targets
from explainer.training.refusals import why_not_trained

_SQUARES, _IDENTITY = Choice("half_squared_error"), Choice("identity")


class Wanted(NamedTuple):
    """A data set as it is wanted: how many samples and how noisy, the share held out, names of features, the batches."""

    name: str
    samples: int = 500
    noise: float = 0.0
    test_share: float = 0.5
    seed: int = 0
    features: tuple[str, ...] = ()
    batch_size: int | Literal["all"] = 10


def features_for(name: str) -> tuple[Feature, ...]:
    """Return what can be computed from the columns of a data set."""
    if DATASETS[name].inputs >= 2:
        return FEATURES
    return tuple(feature for feature in FEATURES if "x2" not in feature.expression)


def fitted(lesson: Lesson, wanted: Wanted) -> Lesson:
    """Return the lesson with the data set, untrained, inputs and outputs as many as it has columns.

    Classes are −1 and 1, or 0 and 1 where the error or the last layer asks for shares. For numbers the error and the last
    layer change where they cannot reach them. Raises Refused for what there cannot be, and for a formula.
    """
    if lesson.expression is not None:
        reason = why_not_trained(lesson)
        if reason is not None:
            raise Refused(reason)
    row = DATASETS.get(wanted.name)
    data = samples_of(lesson, wanted)
    if row is not None and row.task == "regression":
        lesson = _for_numbers(lesson, data)
    lesson = replace_data(replace(lesson, state=State()), data, adapt=True)
    chosen = tuple(f for f in features_for(wanted.name) if f.name in wanted.features)
    lesson = with_symbols(with_columns(lesson, chosen, range(len(data.inputs[0]))))
    each = len(lesson.network.neurons) + len(lesson.network.edges)
    most = max(1, min(len(data.inputs), MAX_OPERATIONS_PER_PASS // each))
    size = wanted.batch_size
    if (len(data.inputs) if size == "all" else size) > most:
        size = most
    lesson = replace(lesson, update=replace(lesson.update, batch_size=size))
    check_lesson(lesson)
    return lesson


def with_table(lesson: Lesson, data: Data, *, adapt: bool = False) -> Lesson:
    """Return the lesson with the samples of a table; Refused where it cannot take them.

    Adapted, the network has as many inputs and outputs as they have columns, and an error that can take their targets.
    """
    changed = replace_data(lesson, data, adapt=adapt)
    try:
        check_targets(changed)
    except Refused:
        if not adapt:
            raise
        changed = replace_data(_for_numbers(lesson, data), data, adapt=True)
        check_targets(changed)
    return changed


def samples_of(lesson: Lesson, wanted: Wanted) -> Data:
    """Return the samples as this lesson needs their targets; Refused as for `dataset`."""
    loss = LOSSES[lesson.loss.choice.name]
    outputs = lesson.network.of_role("output")
    last = {neuron.activation.name for neuron in outputs}
    are_shares = all(_bounds(neuron.activation) == (0.0, 1.0) for neuron in outputs)
    is_shared = are_shares if loss.classes is None else loss.classes == (0.0, 1.0)
    split = dataset(
        wanted.name,
        wanted.samples,
        noise=wanted.noise,
        seed=wanted.seed,
        training_share=1 - wanted.test_share,
        zero_one=is_shared,
    )
    data = together(split)
    row = DATASETS[wanted.name]
    if row.task == "classification" and (loss.wants_one_output_each or last == {"softmax"}):
        return _one_of_two(data)
    # Truth tables are written with 0 and 1.
    if row.fixed is not None and loss.classes == (-1.0, 1.0):
        return replace(data, targets=tuple((2 * target - 1,) for (target,) in data.targets))
    return data


def _one_of_two(data: Data) -> Data:
    """Return the classes 0 and 1 as one output for each."""

    def pairs(targets: tuple[tuple[float, ...], ...]) -> tuple[tuple[float, ...], ...]:
        return tuple((1.0 - max(0.0, t), max(0.0, t)) for (t,) in targets)

    test = data.test
    if test is not None:
        test = Samples(test.inputs, pairs(test.targets))
    return replace(data, targets=pairs(data.targets), test=test)


def _for_numbers(lesson: Lesson, data: Data) -> Lesson:
    """Return the lesson with an error and a last layer that can take these targets."""
    if LOSSES[lesson.loss.choice.name].tells_classes:
        lesson = replace(lesson, loss=replace(lesson.loss, choice=_SQUARES))
    numbers = [target for row in data.targets for target in row]

    def reaching(last: Choice) -> bool:
        low, high = _bounds(last) or (min(numbers), max(numbers))
        return low <= min(numbers) and max(numbers) <= high and last.name != "softmax"

    neurons = tuple(
        replace(neuron, activation=_IDENTITY, group=None)
        if neuron.role == "output" and not reaching(neuron.activation)
        else neuron
        for neuron in lesson.network.neurons
    )
    return replace(lesson, network=replace(lesson.network, neurons=neurons))


def _bounds(last: Choice) -> tuple[float, float] | None:
    return bounds_of(last.name, dict(last.parameters))
