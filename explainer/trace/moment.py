"""What is known at one moment of a trace: the values computed so far, the parameters as they stand."""

from __future__ import annotations

from typing import cast

from msgspec import Struct

from explainer.lesson.inputs import inputs_of
from explainer.lesson.lesson import Expression, Lesson, Parameter
from explainer.trace.addresses import delta_address, input_address, output_address
from explainer.trace.batches import batch_of
from explainer.trace.slopes import known_slopes
from explainer.trace.steps import Focus, Pass, Phase, Step

_DERIVATIVES = ("delta", "gradient_node")


class Moment(Struct, frozen=True):
    """The state of the blackboard after one step; `loss` is None until the error has been computed.

    `values` are those of `sample` (addresses as in `Pass.values`), inputs always among them. `deltas` are the derivatives
    by the weighted sums, by neuron; for a formula those of its result by its nodes. `derivatives` are all those by quantities
    of neurons, by address, in the order in which they were found. `penalty` is what has been added to the error shown, `is_whole` whether `loss` is
    that sum, of the whole batch. `step` is the step itself. `slopes` are the local derivatives that the way back has used,
    as in `Pass.slopes`. `updated` are the parameters that this pass has updated so far, `before` what they were before.
    """

    phase: Phase | None
    sample: int
    values: dict[str, float]
    parameters: dict[str, float]
    updated: frozenset[str]
    loss: float | None
    deltas: dict[str, float]
    focus: Focus
    derivatives: dict[str, float] = {}
    penalty: float | None = None
    is_whole: bool = False
    step: Step | None = None
    slopes: dict[str, float] = {}
    before: dict[str, float] = {}


def starting_moment(lesson: Lesson) -> Moment:
    """Return the blackboard before the first step: inputs and parameters only. Needs no trace."""
    if lesson.expression is not None:
        return Moment(None, 0, _given(lesson.expression), {}, frozenset(), None, {}, Focus())
    sample = batch_of(lesson, 0)[0]
    values: dict[str, float] = {}
    for neuron, given in zip(
        lesson.network.of_role("input"), inputs_of(lesson, sample), strict=True
    ):
        values |= {neuron.id: given, input_address(neuron): given}
    parameters = _numbers(lesson.network.parameters)
    return Moment(None, sample, values, parameters, frozenset(), None, {}, Focus())


def _numbers(parameters: dict[str, float | Parameter]) -> dict[str, float]:
    """Return the values of parameters; most are numbers, and in a large network a call for each would be felt."""
    described = {name: each for name, each in parameters.items() if isinstance(each, Parameter)}
    values = {name: each.value for name, each in described.items()}
    return cast("dict[str, float]", {**parameters, **values})


def moment_at(lesson: Lesson, one_pass: Pass, step_index: int) -> Moment:
    """Return the blackboard after step `step_index` of a pass.

    The sample shown is the step's own; steps of the whole batch keep the sample of the step before them.
    """
    done = one_pass.steps[: step_index + 1]
    sample = next(
        (step.sample for step in reversed(done) if step.sample is not None), one_pass.samples[0]
    )
    # What belongs to the whole batch is on the board for every sample.
    of_sample = [step for step in done if step.sample in (sample, None)]
    updates = {step.subject: step.value for step in done if step.kind in ("update", "rule")}
    inputs = lesson.network.of_role("input")
    known = {address for neuron in inputs for address in (neuron.id, input_address(neuron))}
    if lesson.mode == "apply":
        known |= _running(lesson)
    if lesson.expression is not None:
        known = set(_given(lesson.expression))
    for step in of_sample:
        known |= _made_known(lesson, step)
    numbers = one_pass.values[str(sample)]
    dropped = {step.subject for step in of_sample if step.kind == "dropout"}
    # Until its dropout is computed, an input puts out what it was given.
    numbers = numbers | {
        neuron.id: numbers[input_address(neuron)] for neuron in inputs if neuron.id not in dropped
    }
    derivatives = _derivatives(of_sample)
    return Moment(
        phase=done[-1].phase,
        sample=sample,
        values={address: value for address, value in numbers.items() if address in known},
        parameters=one_pass.parameters_before | updates,
        updated=frozenset(updates),
        loss=_loss_shown(done, sample),
        deltas={
            step.subject: step.value
            for step in of_sample
            if step.kind in _DERIVATIVES and _is_of_sum(lesson, step)
        },
        focus=done[-1].focus,
        derivatives=derivatives,
        penalty=next((step.value for step in reversed(of_sample) if step.kind == "penalty"), None),
        is_whole=any(step.kind == "batch_loss" for step in done),
        step=done[-1],
        slopes=known_slopes(one_pass.slopes.get(str(sample), {}), derivatives),
        before={name: one_pass.parameters_before[name] for name in updates},
    )


def _running(lesson: Lesson) -> set[str]:
    """Return the addresses of the running averages, which a network that is applied brings along."""
    normalised = [neuron.id for neuron in lesson.network.neurons if neuron.normalise is not None]
    return {f"{name}.{average}" for name in normalised for average in ("mean", "variance")}


def _derivatives(steps: list[Step]) -> dict[str, float]:
    found: dict[str, float] = {}
    for step in steps:
        if step.kind in ("delta", "gradient_input"):
            found[step.address or step.subject] = step.value
    return found


def _given(expression: Expression) -> dict[str, float]:
    """Return what of a formula is known before anything is computed: its variables and the names of numbers."""
    # Imported here: most lessons have no formula, and reading one would cost the first frame.
    from explainer.maths.formula_nodes import formula_nodes
    from explainer.maths.trees import Number

    nodes = formula_nodes(expression.formula, tuple(expression.values)).nodes
    numbers = {
        node.name: node.tree.value for node in nodes if node.name and isinstance(node.tree, Number)
    }
    return expression.values | numbers


def _made_known(lesson: Lesson, step: Step) -> set[str]:
    """Return the addresses a forward step puts on the blackboard; the last of a neuron is also what it puts out."""
    if step.kind == "operation":
        return {step.subject}
    if step.phase != "forward":
        return set()
    found = {step.address}
    if step.kind == "dropout":
        found.add(f"{step.subject}.mask")
    if step.address == output_address(lesson.network.neuron(step.subject)):
        found.add(step.subject)
    return found


def _is_of_sum(lesson: Lesson, step: Step) -> bool:
    """Tell whether a derivative is the δ of its neuron, and not by something that was made of its sum."""
    return step.kind != "delta" or step.address == delta_address(
        lesson.network.neuron(step.subject)
    )


def _loss_shown(done: tuple[Step, ...], sample: int) -> float | None:
    """Return the batch's error once it is known, before that the error of the sample shown."""
    for step in reversed(done):
        if step.kind == "batch_loss" or (step.kind == "loss" and step.sample == sample):
            return step.value
    return None
