"""SymPy's derivative of the error, composed by its own recursion over the quantities from the error to one given number."""

from __future__ import annotations

from functools import lru_cache

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


class Branches:
    """Every quantity as an expression of those it is computed from, kinked ones replaced by the branch that holds.

    `known` has the value of every symbol in them, in the precision in force.
    """

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.known = {_symbol(place): value for place, value in walk.values.items()}
        self._found: dict[int, Expression] = {}

    def of(self, place: int) -> Expression:
        """Return the expression of a quantity that is computed."""
        if place not in self._found:
            definition, sources = self.walk.quantities.all[place][:2]
            if definition is None:
                return _symbol(place)
            parts = [Part(_symbol(source), self.walk.values[source]) for source in sources]
            self._found[place] = definition.composed(parts, self.known)
        return self._found[place]


def copies(branches: Branches) -> int:
    """Return how often the composed error repeats a quantity along the worst way."""
    walk = branches.walk
    levels = dict.fromkeys(walk.values, 1)
    for place in walk.places:
        written = branches.of(place)
        levels[place] = max(
            (
                max(1, composition.mentions(written, _symbol(source))) * levels[source]
                for source in set(walk.quantities.all[place].arguments)
            ),
            default=1,
        )
    return max(levels.values())


def reason_to_skip(branches: Branches, most_paths: int) -> Message | None:
    """Return why the error of a batch is not composed, None where it is."""
    count = paths(branches.walk)
    if count > most_paths:
        return message(
            "SymPy is left out: the composed error would have {count} paths, more than {limit}",
            count=count,
            limit=most_paths,
        )
    levels = depth(branches.walk)
    if levels > MOST_DEPTH:
        return message(
            "SymPy is left out: the composed error would be {count} operations deep, more than {limit}",
            count=levels,
            limit=MOST_DEPTH,
        )
    repeated = copies(branches)
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

    def __init__(self, branches: Branches) -> None:
        self._branches = branches

    def derivative(self, subject: int) -> Precise:
        """Return ∂E/∂(subject) in the precision in force."""
        import mpmath

        walk, variable = self._branches.walk, _symbol(subject)
        written: dict[Expression, Expression] = {}
        for place in walk.reached(subject):
            written[_symbol(place)] = composition.as_written(self._branches.of(place), written)
        found: dict[Expression, Expression] = {}
        known = dict(self._branches.known)
        errors = [
            written[_symbol(place)] for place in walk.quantities.errors if _symbol(place) in written
        ]
        return mpmath.fsum(
            composition.evaluated(composition.derivative(error, variable, found), known)
            for error in errors
        )


@lru_cache(maxsize=8192)
def _symbol(place: int) -> Expression:
    return composition.symbol(f"quantity {place}")
