"""Slips on the way forward through a typed formula."""

from __future__ import annotations

import math

from explainer.maths.formula_nodes import formula_nodes
from explainer.maths.operation import Operation
from explainer.maths.trees import Apply
from explainer.messages import message
from explainer.trace.record import Run
from explainer.trace.slips.slip import (
    MISSING_TERM,
    OPPOSITE,
    Found,
    given_as,
    missing_one,
    tried,
    turned_one,
)
from explainer.trace.steps import Step

_EXCHANGED = message("The two arguments were exchanged.")
_ADDED = message("The arguments were added.")
_MULTIPLIED = message("The arguments were multiplied.")
_NO_FUNCTION = message("The function was not applied.")
_SLOPE = message("This is the derivative of the function, not its value.")
_OTHER_SIGN = message("The sign of the argument is wrong inside the function.")
_DEGREES = message("The angle was taken in degrees; formulas mean radians.")
_LOGARITHM = message("The logarithm to base 10 was taken; log here is ln, with base e.")
_MISSING_FACTOR = message("One of the factors was left out.")
_TIMES_EXPONENT = message("The base was multiplied by the exponent instead of raised to it.")
_ANGLES = ("sin", "cos", "tan")


def formula_slips(run: Run, step: Step) -> Found:
    """Yield the slips at an operation of a formula."""
    place = run.graph.place[step.sample, step.subject]
    node = run.graph.nodes[place]
    operation, tree = node.operation, _tree(run, place)
    if operation is None or tree is None:
        return
    arguments = [run.values[source] for source in node.inputs]
    if tree.operation == "sum":
        parts = [sign * value for sign, value in zip(tree.signs, arguments, strict=True)]
        yield from missing_one("missing term", MISSING_TERM, parts)
        yield from turned_one(parts)
    elif tree.operation == "product":
        for factor in set(arguments):
            left = tried(lambda factor=factor: step.value / factor)  # type: ignore[misc]  # bound at once
            yield from given_as("missing factor", _MISSING_FACTOR, left)
    elif tree.operation == "power":
        yield from _power(run, step, operation, arguments)
    if len(arguments) > 1:
        yield from given_as("added", _ADDED, sum(arguments))
        yield from given_as("multiplied", _MULTIPLIED, math.prod(arguments))
    elif tree.operation not in ("sum", "power"):
        yield from _function(tree, operation, arguments[0])
    if len(arguments) == 2:
        exchanged = tried(lambda: operation.value(arguments[::-1]))
        yield from given_as("swapped", _EXCHANGED, exchanged)
    yield from given_as("sign", OPPOSITE, -step.value)


def _tree(run: Run, place: int) -> Apply | None:
    expression = run.lesson.expression
    if expression is None:
        return None
    tree = formula_nodes(expression.formula, tuple(expression.values)).nodes[place].tree
    return tree if isinstance(tree, Apply) else None


def _power(run: Run, step: Step, operation: Operation, arguments: list[float]) -> Found:
    tree = _tree(run, run.graph.place[step.sample, step.subject])
    exponent = None if tree is None else tree.arguments[1]
    # An exponent written as a number belongs to the operation.
    known = arguments[1] if len(arguments) > 1 else getattr(exponent, "value", math.nan)
    yield from given_as("times exponent", _TIMES_EXPONENT, arguments[0] * known)
    yield from given_as("no function", _NO_FUNCTION, arguments[0])
    slope = tried(lambda: operation.partials(arguments)[0])
    yield from given_as("slope", _SLOPE, slope)


def _function(tree: Apply, operation: Operation, argument: float) -> Found:
    yield from given_as("no function", _NO_FUNCTION, argument)
    if tree.operation == "negative":
        return
    yield from given_as("slope", _SLOPE, tried(lambda: operation.partials([argument])[0]))
    yield from given_as("sign inside", _OTHER_SIGN, tried(lambda: operation.value([-argument])))
    if tree.operation in _ANGLES:
        degrees = tried(lambda: operation.value([math.radians(argument)]))
        yield from given_as("degrees", _DEGREES, degrees)
    elif tree.operation == "log":
        yield from given_as("base 10", _LOGARITHM, tried(lambda: math.log10(argument)))
