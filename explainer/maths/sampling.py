"""An activation over an interval, as a plot needs it: f and f′ at many z, kinks with both their sides, flat regions.

The numbers are those of the activation's own operation, at all z together. NumPy is imported when the first one is sampled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from explainer.maths import operations
from explainer.maths.chosen import Chosen, activation_row
from explainer.maths.typed_activation import TypedActivation, typed_activation

if TYPE_CHECKING:
    from explainer.maths.array_operations import Array
    from explainer.maths.operation import Operation

# Where |f′| is smaller, a neuron is called saturated: the bound that the notes of the tables name.
SATURATED = 0.01
# The two sides of a kink are looked at so near to it, relative to the size of z.
_BESIDE = 1e-9
# A slope that changes by more than this share of its largest change from one point to the next may jump between them.
_STEEP = 0.08
_HALVINGS = 60
_JUMP = 0.3
_MOST_KINKS = 12

RegionKind = Literal["dead", "saturated"]


class Kink(NamedTuple):
    """A z without a derivative: what counts there by the convention, and the limits from the left and the right."""

    z: float
    value: float
    slope: float
    values: tuple[float, float]
    slopes: tuple[float, float]

    @property
    def jumps(self) -> bool:
        """Whether f itself has a jump there."""
        return _differ(*self.values) or _differ(self.value, self.values[0])

    @property
    def bends(self) -> bool:
        """Whether f′ has a jump there, or another value at the point itself."""
        return _differ(*self.slopes) or _differ(self.slope, self.slopes[0])


class Region(NamedTuple):
    """An interval in which the slope is 0 (`dead`), or smaller than `SATURATED`."""

    start: float
    end: float
    kind: RegionKind


class Sampled(NamedTuple):
    """f and f′ over ascending `z`; where a curve is interrupted by a jump there is a NaN between its parts."""

    z: Array
    value: Array
    slope: Array
    kinks: tuple[Kink, ...]
    regions: tuple[Region, ...]


class Sampler:
    """An activation whose parameters may change: compiled once, sampled as often as wanted."""

    def __init__(self, chosen: Chosen) -> None:
        self._row = activation_row(chosen)
        self._names = () if chosen.expression is not None else tuple(self._row.parameters)
        self.operation: Operation = (
            operations.activation(chosen.name, (), self._names)
            if chosen.expression is None
            else typed_activation(chosen.expression)
        )

    def at(self, z: float, parameters: Mapping[str, float]) -> tuple[float, float]:
        """Return f(z) and f′(z)."""
        arguments = (z, *self._values(parameters))
        return self.operation.value(arguments), self.operation.partials(arguments)[0]

    def over(self, low: float, high: float, count: int, parameters: Mapping[str, float]) -> Sampled:
        """Return the curves over an interval at so many points, those beside kinks not counted."""
        import numpy as np

        even = np.linspace(low, high, count)
        kinks = tuple(
            self._kink(z, parameters)
            for z in sorted(set(self._kinks_in(even, parameters)))
            if low <= z <= high
        )
        beside = [side for kink in kinks for side in _sides(kink.z)]
        # Nothing else may lie between the two sides of a kink.
        far = np.ones(count, bool)
        for kink in kinks:
            far &= np.abs(even - kink.z) > 2 * _distance(kink.z)
        z = np.sort(np.concatenate((even[far], np.array(beside))))
        value, slope = self._both(z, parameters)
        regions = _regions(z, slope)
        for kink in kinks:
            place = int(np.searchsorted(z, kink.z))
            z = np.insert(z, place, kink.z)
            value = np.insert(value, place, np.nan if kink.jumps else kink.value)
            slope = np.insert(slope, place, np.nan if kink.bends else kink.slope)
        return Sampled(z, value, slope, kinks, regions)

    def _values(self, parameters: Mapping[str, float]) -> list[float]:
        return [{**self._row.parameters, **parameters}[name] for name in self._names]

    def _both(self, z: Array, parameters: Mapping[str, float]) -> tuple[Array, Array]:
        import numpy as np

        if isinstance(self.operation, TypedActivation):
            from explainer.maths.typed_arrays import typed_arrays

            arrays = typed_arrays(self.operation)
            return arrays.value(z), arrays.slope(z)
        from explainer.maths.array_operations import array_partials, array_value

        arguments = [z, *(np.array(value) for value in self._values(parameters))]
        value = array_value(self.operation, arguments)
        return value, array_partials(self.operation, arguments)[0]

    def _kinks_in(self, even: Array, parameters: Mapping[str, float]) -> tuple[float, ...]:
        if not isinstance(self.operation, TypedActivation):
            return self._row.kinks_at(parameters)
        return self._found_kinks(even)

    def _found_kinks(self, even: Array) -> tuple[float, ...]:
        """Find where a typed activation or its slope jumps, by halving the steps in which they change most."""
        value, slope = self._both(even, {})
        return (
            *self._jumps(even, value, lambda z: self.operation.value((z,))),
            *self._jumps(even, slope, lambda z: self.operation.partials((z,))[0]),
        )

    @staticmethod
    def _jumps(
        even: Array, numbers: Array, function: Callable[[float], float]
    ) -> tuple[float, ...]:
        import numpy as np

        change = np.nan_to_num(np.abs(np.diff(numbers)), posinf=0.0)
        likely = np.flatnonzero(change > max(_STEEP * change.max(), 4 * np.median(change)))
        largest = sorted(likely, key=lambda at: -change[at])[: 2 * _MOST_KINKS]
        found = (_halved(function, float(even[at]), float(even[at + 1])) for at in largest)
        return tuple(z for z in found if z is not None)[:_MOST_KINKS]

    def _kink(self, z: float, parameters: Mapping[str, float]) -> Kink:
        value, slope = self.at(z, parameters)
        left, right = (self.at(side, parameters) for side in _sides(z))
        return Kink(z, value, slope, (left[0], right[0]), (left[1], right[1]))


def _halved(function: Callable[[float], float], low: float, high: float) -> float | None:
    """Return where between two points a function jumps, None where it only changes fast."""
    at_low, at_high = function(low), function(high)
    whole = at_high - at_low
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if not low < middle < high:
            break
        at_middle = function(middle)
        if abs(at_middle - at_low) >= abs(at_high - at_middle):
            high, at_high = middle, at_middle
        else:
            low, at_low = middle, at_middle
    # At a step there may be a value of its own, half-way.
    if not abs(at_high - at_low) > _JUMP * abs(whole):
        return None
    # Halving ends beside the place that was meant: 0, not 4e-17.
    z = round((low + high) / 2, 9) + 0.0
    return z if low - _distance(z) <= z <= high + _distance(z) else (low + high) / 2


def _distance(z: float) -> float:
    return _BESIDE * max(1.0, abs(z))


def _sides(z: float) -> tuple[float, float]:
    return z - _distance(z), z + _distance(z)


def _differ(one: float, other: float) -> bool:
    return abs(one - other) > 1e-6 * max(1.0, abs(one), abs(other))


def _regions(z: Array, slope: Array) -> tuple[Region, ...]:
    """Return the intervals of flat slope; a single point is none."""
    import numpy as np

    flat = np.abs(np.nan_to_num(slope, nan=np.inf)) < SATURATED
    dead = [run for run in _runs(slope == 0) if run[1] - run[0] > 1]
    found = [Region(float(z[first]), float(z[behind - 1]), "dead") for first, behind in dead]
    for first, behind in dead:
        flat[first:behind] = False
    for first, behind in _runs(flat):
        # Where the slope changes its sign the curve turns: nothing is saturated there.
        turns = slope[first:behind].min() < 0 < slope[first:behind].max()
        if behind - first > 1 and not turns:
            found.append(Region(float(z[first]), float(z[behind - 1]), "saturated"))
    return tuple(sorted(found))


def _runs(holds: Any) -> list[tuple[int, int]]:
    """Return where something holds without a break: first place, and the one behind the last."""
    import numpy as np

    edges = np.flatnonzero(np.diff(np.concatenate(([False], holds, [False])).astype(int)))
    return [(int(one), int(other)) for one, other in zip(edges[::2], edges[1::2], strict=True)]
