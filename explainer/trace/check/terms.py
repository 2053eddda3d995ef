"""The sizes of all derivatives of the error of a batch, by a walk of their own forward and back over its quantities."""

from __future__ import annotations

import sys

from explainer.maths.composition import Precise
from explainer.trace.check.size import NOTHING, Size, rounded
from explainer.trace.check.values import Walk


class Sizes:
    """The size of every derivative of the error; `flattest` is the smallest slope, but 0, of any quantity."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._carried: dict[int, Precise] = {}
        self._slopes: dict[int, list[Size]] = {}
        self._derivatives = {place: Size(1, 0) for place in walk.quantities.errors}
        self.flattest: Precise = 1
        for place in walk.places:
            self._measure(place)
        for place in reversed(walk.places):
            self._hand_back(place)

    def of(self, subject: int) -> Size:
        """Return the size of the derivative by a given number, zero where the error does not depend on it."""
        return self._derivatives.get(subject, NOTHING)

    def _measure(self, place: int) -> None:
        """Find how far a value may be off by what its arguments carry, and the sizes of its slopes."""
        definition, sources = self._walk.quantities.all[place][:2]
        if definition is None:
            return
        x = self._walk.arguments(place)
        carried = [self._carried.get(source, 0) for source in sources]
        slopes = definition.slopes(x, carried)
        handed = sum(
            abs(slope.value) * part for slope, part in zip(slopes, carried, strict=False) if part
        )
        self._carried[place] = handed + rounded(definition.magnitude(x))
        self._slopes[place] = [
            Size(abs(slope.value), slope.carried + rounded(slope.terms)) for slope in slopes
        ]
        for slope in slopes:
            # A slope that no double could tell from 0 is 0 but for the digits in force.
            if abs(slope.value) > slope.terms * sys.float_info.epsilon**3:
                self.flattest = min(self.flattest, abs(slope.value))

    def _hand_back(self, place: int) -> None:
        here = self._derivatives.get(place, NOTHING)
        sources = self._walk.quantities.all[place].arguments
        for source, slope in zip(sources, self._slopes[place], strict=False):
            found, more = self._derivatives.get(source), here.times(slope)
            self._derivatives[source] = more if found is None else found.plus(more)
