"""Which results, printed on a sheet, would give a blank away by one division.

∂E/∂w = δ · a with ∂E/∂w and a in print is δ, and where an activation is a straight line through 0, h is z times its slope. What
takes an equation to solve, such as a weighted sum from the sigmoid of it, stays: it is a check of the answer, and more work
than the answer.
"""

from __future__ import annotations

import math
from collections.abc import Collection

from explainer.trace.record import Run
from explainer.trace.steps import Step

# By how much a product in double precision may differ from what it is.
_CLOSE = 1e-9


class Divisions:
    """Finds the steps of one run whose results are a blank times a number that is known."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._forward: dict[tuple[int | None, str], int] = {}
        self._deltas: dict[tuple[int | None, str], list[Step]] = {}
        for step in run.summary.steps:
            if step.phase == "forward":
                self._forward[step.sample, step.address or step.subject] = step.index
            elif step.kind == "delta":
                self._deltas.setdefault((step.sample, step.subject), []).append(step)

    def gives_away(self, step: Step, asked: Collection[int]) -> bool:
        """Tell whether the result of a step, with what else is printed, is one division away from a blank."""
        if step.kind == "gradient_weight":
            return self._is_delta_times_known(step, asked)
        return step.phase == "forward" and self._is_multiple(step, asked)

    def _is_delta_times_known(self, step: Step, asked: Collection[int]) -> bool:
        if step.edge is None or step.sample is None:
            return False
        source, target = step.edge
        if self._forward.get((step.sample, source)) in asked:
            return False
        factor = self._run.summary.values[str(step.sample)][source]
        deltas = (
            found for found in self._deltas.get((step.sample, target), ()) if found.index in asked
        )
        return any(self._is_product(step.value, delta.value, factor) for delta in deltas)

    def _is_multiple(self, step: Step, asked: Collection[int]) -> bool:
        graph = self._run.graph
        place = graph.place.get((step.sample, step.address or step.subject))
        if place is None or len(graph.nodes[place].inputs) != 1:
            return False
        (source,) = graph.nodes[place].inputs
        before = graph.nodes[source]
        if self._forward.get((step.sample, before.address)) not in asked:
            return False
        slopes = [term.local for term in self._run.terms[source] if term.consumer == place]
        return any(
            self._is_product(step.value, self._run.values[source], slope) for slope in slopes
        )

    def _is_product(self, value: float, blank: float, factor: float) -> bool:
        if value == 0 or factor == 0:
            return False
        exact = self._run.lesson.arithmetic.mode == "exact"
        return not exact or math.isclose(value, blank * factor, rel_tol=_CLOSE)
