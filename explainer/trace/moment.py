"""What is known at one moment of a trace: the values computed so far, the parameters as they stand."""

from __future__ import annotations

from msgspec import Struct

from explainer.lesson.lesson import Lesson
from explainer.trace.steps import Focus, Pass, Phase


class Moment(Struct, frozen=True):
    """The state of the blackboard after one step; `loss` is None until the error has been computed.

    `values` are those of `sample` (addresses as in `Pass.values`), inputs always among them.
    """

    phase: Phase | None
    sample: int
    values: dict[str, float]
    parameters: dict[str, float]
    updated: frozenset[str]
    loss: float | None
    deltas: dict[str, float]
    focus: Focus


def starting_moment(lesson: Lesson) -> Moment:
    """Return the blackboard before the first step: inputs and parameters only. Needs no trace."""
    names = [neuron.id for neuron in lesson.network.of_role("input")]
    values = dict(zip(names, lesson.data.inputs[0], strict=True))
    parameters = {name: lesson.network.value(name) for name in lesson.network.parameters}
    return Moment(None, 0, values, parameters, frozenset(), None, {}, Focus())


def moment_at(lesson: Lesson, one_pass: Pass, step_index: int) -> Moment:
    """Return the blackboard after step `step_index` of a pass.

    The sample shown is the step's own; steps of the whole batch keep the sample of the step before them.
    """
    done = one_pass.steps[: step_index + 1]
    current = done[-1]
    sample = next(
        (step.sample for step in reversed(done) if step.sample is not None), one_pass.samples[0]
    )
    all_values = one_pass.values[str(sample)]
    input_ids = {neuron.id for neuron in lesson.network.of_role("input")}
    known = set(input_ids)
    deltas: dict[str, float] = {}
    parameters = dict(one_pass.parameters_before)
    updated: set[str] = set()
    loss: float | None = None
    several = len(one_pass.samples) > 1
    for step in done:
        if step.kind == "update":
            parameters[step.subject] = step.value
            updated.add(step.subject)
        elif step.kind == "batch_loss":
            loss = step.value
        elif step.sample == sample:
            if step.kind == "weighted_sum":
                known.add(f"{step.subject}.z")
                if f"{step.subject}" not in known and not _has_activation_step(
                    one_pass, step.subject
                ):
                    known.add(step.subject)
            elif step.kind == "activation":
                known.add(step.subject)
            elif step.kind == "loss" and not several:
                loss = step.value
            elif step.kind == "loss":
                loss = step.value if current.phase == "error" or loss is None else loss
            elif step.kind == "delta":
                deltas[step.subject] = step.value
    values = {address: value for address, value in all_values.items() if address in known}
    return Moment(
        current.phase, sample, values, parameters, frozenset(updated), loss, deltas, current.focus
    )


def _has_activation_step(one_pass: Pass, neuron_id: str) -> bool:
    return any(step.kind == "activation" and step.subject == neuron_id for step in one_pass.steps)
