"""Reading off a built-in lesson what its description claims."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from explainer.lesson.examples import example
from explainer.lesson.lesson import Lesson
from explainer.trace.record import Run
from explainer.trace.run import trace


def one_pass(name: str) -> Run:
    """Return the first pass of a built-in lesson."""
    (run,) = trace(example(name), 1)
    return run


def passes(name: str, count: int) -> tuple[Run, ...]:
    """Return the first passes of a built-in lesson."""
    return trace(example(name), count)


def with_update(lesson: Lesson, **changes: Any) -> Lesson:
    """Return the lesson trained otherwise."""
    return replace(lesson, update=replace(lesson.update, **changes))


def with_parameters(lesson: Lesson, **values: float) -> Lesson:
    """Return the lesson with other starting values."""
    parameters = {**lesson.network.parameters, **values}
    return replace(lesson, network=replace(lesson.network, parameters=parameters))


def with_data(lesson: Lesson, inputs: Any, targets: Any) -> Lesson:
    """Return the lesson with other samples."""
    return replace(lesson, data=replace(lesson.data, inputs=inputs, targets=targets))


def answers(lesson: Lesson, values: dict[str, float] | None = None) -> list[float]:
    """Return what the only output says of each sample, with these parameters."""
    asked = with_update(with_parameters(lesson, **(values or {})), batch_size="all")
    (run,) = trace(asked, 1)
    (output,) = lesson.network.of_role("output")
    return [run.summary.values[str(sample)][output.id] for sample in range(len(lesson.data.inputs))]


def targets(lesson: Lesson) -> list[float]:
    """Return the targets of the only output."""
    return [target for (target,) in lesson.data.targets]


def said(name: str, *texts: str) -> None:
    """See that the description has these pieces, so that a number in it cannot change unnoticed."""
    description = example(name).description
    assert not isinstance(description, str)
    for text in texts:
        assert text in description.en, text
        # Numbers in formulas, such as 3/2, are the same in both languages; decimal fractions have a comma.
        assert text in description.ru or text.replace(".", ",") in description.ru, text
