"""SymPy's derivative of the error, composed by its own recursion over the quantities from the error to one given number."""

from __future__ import annotations

from explainer.maths import composition
from explainer.maths.composition import Part, Precise
from explainer.maths.rows import Expression
from explainer.messages import Message, message
from explainer.trace.check.values import Walk

# Written out, a composed error has a summand per path. Deeper, SymPy's own recursion ends; it takes a dozen calls an operation.
MOST_PATHS = 2000
MOST_DEPTH = 26
# Of one quantity in the composed error: a function that mentions its argument twice doubles them at every neuron.
MOST_COPIES = 64


def paths(walk: Walk) -> int:
    """Return in how many ways one gets from the errors of the batch to its parameters; exact however large."""
    ways = dict.fromkeys(walk.values, 0) | dict.fromkeys(walk.quantities.errors, 1)
    for place in reversed(walk.places):
        for source in walk.quantities.all[place].arguments:
            ways[source] += ways[place]
    return sum(ways[place] for place in walk.quantities.parameters.values())


def depth(walk: Walk) -> int:
    """Return the number of operations on the longest way to the error."""
    levels = dict.fromkeys(walk.values, 0)
    for place in walk.places:
        sources = walk.quantities.all[place].arguments
        levels[place] = 1 + max((levels[source] for source in sources), default=0)
    return max(levels.values())


def copies(walk: Walk) -> int:
    """Return how often the composed error repeats a quantity along the worst way."""
    levels = dict.fromkeys(walk.values, 1)
    for place in walk.places:
        definition, sources = walk.quantities.all[place][:2]
        parts = [Part(_symbol(source), walk.values[source]) for source in sources]
        if definition is not None:
            written = definition.composed(parts, {})
            levels[place] = max(
                (
                    max(1, composition.mentions(written, part.expression)) * levels[source]
                    for part, source in zip(parts, sources, strict=True)
                ),
                default=1,
            )
    return max(levels.values())


def reason_to_skip(walk: Walk, most_paths: int) -> Message | None:
    """Return why the error of a batch is not composed, None where it is."""
    count = paths(walk)
    if count > most_paths:
        return message(
            "SymPy is left out: the composed error would have {count} paths, more than {limit}",
            count=count,
            limit=most_paths,
        )
    levels = depth(walk)
    if levels > MOST_DEPTH:
        return message(
            "SymPy is left out: the composed error would be {count} operations deep, more than {limit}",
            count=levels,
            limit=MOST_DEPTH,
        )
    repeated = copies(walk)
    if repeated > MOST_COPIES:
        return message(
            "SymPy is left out: the composed error would contain a part {count} times, more than {limit}",
            count=repeated,
            limit=MOST_COPIES,
        )
    return None


class Composed:
    """The error of a batch as a function of one given number, all else being numbers with names.

    A quantity that does not depend on it keeps its name in the expression and its value in the evaluation: its own
    formula would be differentiated to zero.
    """

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._values = {_symbol(place): value for place, value in walk.values.items()}

    def derivative(self, subject: int) -> Precise:
        """Return ∂E/∂(subject) in the precision in force."""
        import mpmath

        written = {subject: _symbol(subject)}
        known = dict(self._values)
        for place in self._walk.reached(subject):
            definition, sources = self._walk.quantities.all[place][:2]
            if definition is not None:
                parts = [
                    Part(written.get(source, _symbol(source)), self._walk.values[source])
                    for source in sources
                ]
                written[place] = definition.composed(parts, known)
        found: dict[Expression, Expression] = {}
        return mpmath.fsum(
            composition.evaluated(
                composition.derivative(written[place], written[subject], found), known
            )
            for place in self._walk.quantities.errors
            if place in written
        )


def _symbol(place: int) -> Expression:
    return composition.symbol(f"quantity {place}")
