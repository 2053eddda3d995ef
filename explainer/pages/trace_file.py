"""The trace as JSON: what `explainer trace --json` prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from explainer.lesson.lesson import Lesson
from explainer.messages import translate
from explainer.pages.names import NORM, Names
from explainer.pages.narrate import narrate
from explainer.pages.page import Formula, Page, joined
from explainer.pages.phrases import short_title
from explainer.trace.record import Run
from explainer.trace.steps import Step
from explainer.trace.update_steps import is_about_whole_gradient


def trace_to_builtins(runs: Sequence[Run], language: str, digits: int) -> dict[str, Any]:
    """Return the trace of CONTRACT §3: every step with its lines, every value as a full double."""
    return {
        "format": "explainer-trace",
        "version": 1,
        "passes": [_pass(runs, index, language, digits) for index in range(len(runs))],
    }


def step_title(lesson: Lesson, step: Step, language: str) -> str:
    """Return the short title of a step."""
    return translate(short_title(lesson, step), language)


def _pass(runs: Sequence[Run], index: int, language: str, digits: int) -> dict[str, Any]:
    run = runs[index]
    names = Names(run, language, digits)
    data: dict[str, Any] = msgspec.to_builtins(run.summary)
    # The graph shows them; the file has them in its lines.
    del data["slopes"]
    if run.summary.gradients_clipped is None:
        del data["gradients_clipped"]
    for step, entry in zip(run.summary.steps, data["steps"], strict=True):
        page = narrate(runs, index, step.index, language, digits)
        del entry["edge"], entry["neuron"]
        entry["title"] = step_title(run.lesson, step, language)
        entry["symbol"] = _symbol(names, step, page)
        entry["lines"] = _lines(page)
    return _as_expression(data) if run.lesson.expression else data


def _as_expression(data: dict[str, Any]) -> dict[str, Any]:
    """Return the pass of a formula: a value, every node's value by its name, the gradients of the inputs."""
    return {
        "steps": data["steps"],
        "value": data["loss"],
        "values": data["values"]["0"],
        "gradients": data["gradients"],
    }


def _lines(page: Page) -> list[dict[str, str]]:
    return [
        {"role": row.role, "latex": row.latex}
        for block in page.blocks
        if isinstance(block, Formula)
        for row in block.rows
    ]


def _symbol(names: Names, step: Step, page: Page) -> str:
    """Return what a step computes: what its last line has on the left, but δ for a derivative by a weighted sum."""
    if step.kind == "delta":
        return names.delta(step.subject).latex
    if is_about_whole_gradient(names.run.lesson, step):
        return NORM.latex
    last = [row for block in page.blocks if isinstance(block, Formula) for row in block.rows][-1]
    return joined(last.left)
