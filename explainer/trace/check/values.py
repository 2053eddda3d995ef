"""The quantities of a batch computed in mpmath, and what they become where one number is moved."""

from __future__ import annotations

from explainer.maths.composition import Precise
from explainer.trace.check.quantities import Quantities


class Walk:
    """The `values` of all quantities that the error depends on, by their places; of others there are none.

    They have the precision that was in force when the walk was made; make and use it under the same one.
    """

    def __init__(self, quantities: Quantities) -> None:
        import mpmath

        self.quantities = quantities
        self._consumers = _consumers(quantities)
        self._reached: dict[int, list[int]] = {}
        self.values: dict[int, Precise] = {}
        for place, quantity in enumerate(quantities.all):
            if quantity.definition is None:
                self.values[place] = mpmath.mpf(quantity.given)
            elif place in self._consumers:
                self.values[place] = quantity.definition.value(self.arguments(place))

    @property
    def places(self) -> list[int]:
        """Where the quantities stand that are computed, in order."""
        return [place for place in self.values if self.quantities.all[place].definition is not None]

    def arguments(self, place: int) -> list[Precise]:
        """Return what a quantity is computed from."""
        return [self.values[source] for source in self.quantities.all[place].arguments]

    def reached(self, subject: int) -> list[int]:
        """Return the places of the quantities between a given number and the error that depend on it, in order."""
        if subject not in self._reached:
            found: set[int] = set()
            waiting = [subject]
            while waiting:
                new = set(self._consumers.get(waiting.pop(), ())) - found
                found |= new
                waiting.extend(new)
            self._reached[subject] = sorted(found)
        return self._reached[subject]

    def error_after(self, subject: int, step: Precise) -> Precise:
        """Return the error with one given number moved by `step`, without the terms that do not depend on it."""
        import mpmath

        moved = {subject: self.values[subject] + step}
        for place in self.reached(subject):
            definition, arguments = self.quantities.all[place][:2]
            if definition is not None:
                given = [moved.get(source, self.values[source]) for source in arguments]
                moved[place] = definition.value(given)
        return mpmath.fsum(moved[place] for place in self.quantities.errors if place in moved)


def _consumers(quantities: Quantities) -> dict[int, list[int]]:
    """Return, for every quantity that leads to an error, those that are computed from it and lead there too."""
    found: dict[int, list[int]] = {place: [] for place in quantities.errors}
    for place in reversed(range(len(quantities.all))):
        if place in found:
            for source in dict.fromkeys(quantities.all[place].arguments):
                found.setdefault(source, []).append(place)
    return found
