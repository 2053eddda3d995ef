"""The error of a batch over many values of a few parameters at once: the scalar graph of the trace, walked with arrays.

Every node computes what it computes in the trace; what does not depend on the parameters that vary is computed once. NumPy
is imported when the first landscape is computed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from explainer.lesson.lesson import Lesson
from explainer.maths import operations, update_operations
from explainer.maths.sums import Reduction, SumOfTerms
from explainer.trace.building import build_graph
from explainer.trace.expression_graph import build_expression_graph
from explainer.trace.penalty import of_weights, penalised

if TYPE_CHECKING:
    from explainer.maths.array_operations import Array
    from explainer.maths.operation import Operation


class Stale(Exception):  # noqa: N818 - nothing went wrong
    """Nobody waits for the landscape any more."""


class Landscape:
    """The error as a function of parameters, of a formula its result as a function of its variables.

    `parameters` are the values of all that do not vary. The arithmetic is that of doubles, also where a lesson rounds.
    """

    def __init__(
        self,
        lesson: Lesson,
        samples: tuple[int, ...],
        parameters: Mapping[str, float],
        pass_number: int = 0,
        state: Mapping[str, dict[str, float]] | None = None,
    ) -> None:
        self._lesson = lesson
        self._parameters = dict(parameters)
        # A neuron may be called as a parameter is.
        self._varies = "input" if lesson.expression else "parameter"
        self._graph = (
            build_expression_graph(lesson)
            if lesson.expression
            else build_graph(lesson, samples, pass_number, state)
        )

    @property
    def size(self) -> int:
        """The number of quantities that are computed."""
        return len(self._graph.nodes)

    def error(
        self, varied: Mapping[str, Array], is_stale: Callable[[], bool] = lambda: False
    ) -> Array:
        """Return the error for arrays of one shape; NaN where it has no value. Raises Stale when nobody waits."""
        import numpy as np

        shape = np.broadcast_shapes(*(np.shape(numbers) for numbers in varied.values()))
        values: list[Any] = []
        with np.errstate(all="ignore"):
            for node in self._graph.nodes:
                if is_stale():
                    raise Stale
                if node.operation is not None:
                    arguments = [values[position] for position in node.inputs]
                    values.append(computed(node.operation, arguments))
                elif node.role == self._varies and node.owner in varied:
                    values.append(np.asarray(varied[node.owner], float))
                elif node.role == self._varies:
                    values.append(float(self._parameters[node.owner]))
                else:
                    values.append(node.value)
            total = self._total(values, varied)
        result = np.array(np.broadcast_to(total, shape), float)
        result[~np.isfinite(result)] = math.nan
        return result

    def at(self, parameters: Mapping[str, float]) -> float:
        """Return the error for single numbers."""
        import numpy as np

        return float(self.error({name: np.array(value) for name, value in parameters.items()}))

    def _total(self, values: Sequence[Any], varied: Mapping[str, Array]) -> Any:
        graph, lesson = self._graph, self._lesson
        losses = []
        for sample, place in graph.loss_of.items():
            loss = values[place]
            if sample in graph.penalty_of:
                loss = loss + values[graph.penalty_of[sample]]
            losses.append(loss)
        total = losses[0]
        if len(losses) > 1:
            total = computed(operations.batch(len(losses), lesson.loss.reduction), losses)
        choice = None if lesson.expression is not None else of_weights(lesson)
        if choice is not None:
            names = penalised(lesson.network)
            operation = update_operations.penalty(choice.name, len(names), choice.parameters)
            weights = [varied[name] if name in varied else self._parameters[name] for name in names]
            total = total + computed(operation, weights)
        return total


def computed(operation: Operation, arguments: Sequence[Any]) -> Any:
    """Return the value of an operation for numbers and arrays; elementwise where it has no form for arrays."""
    import numpy as np

    from explainer.maths.array_operations import array_value

    if all(np.ndim(argument) == 0 for argument in arguments):
        return operation.value([float(argument) for argument in arguments])
    if isinstance(operation, SumOfTerms):
        return _sum_of_terms(operation, arguments)
    if isinstance(operation, Reduction):
        return sum(arguments) / operation.divisor
    try:
        return array_value(operation, [np.asarray(argument, float) for argument in arguments])
    except TypeError:
        return _one_by_one(operation, arguments)


def _sum_of_terms(operation: SumOfTerms, arguments: Sequence[Any]) -> Any:
    step = operation.term.arity
    end = operation.count * step
    terms = [computed(operation.term, arguments[at : at + step]) for at in range(0, end, step)]
    terms += arguments[end:]
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total


def _one_by_one(operation: Operation, arguments: Sequence[Any]) -> Any:
    import numpy as np

    spread = np.broadcast_arrays(*arguments)
    result = np.empty(spread[0].shape)
    for place in np.ndindex(result.shape):
        numbers = [float(part[place]) for part in spread]
        result[place] = operation.value(numbers) if all(map(math.isfinite, numbers)) else math.nan
    return result
