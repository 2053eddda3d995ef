"""The operations that join units and samples, from their definitions: what a neuron is besides its activation.

Values are mpmath numbers of the precision in force.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from explainer.maths.composition import Part, Precise
from explainer.maths.exact import Exact, Slope, Written
from explainer.maths.rows import Expression, exact_number


class WeightedSum:
    """w₁x₁ + w₂x₂ + … + b; arguments: w₁, x₁, w₂, x₂, …, and b where there is one."""

    def value(self, x: Sequence[Precise]) -> Precise:
        import mpmath

        return mpmath.fsum(self._terms(x))

    def magnitude(self, x: Sequence[Precise]) -> Precise:
        # A product is rounded, and then the sum it has been added to.
        return 2 * sum(map(abs, self._terms(x)))

    def slopes(self, x: Sequence[Precise], carried: Sequence[Precise]) -> Sequence[Slope]:
        # The slope by one factor of a product is the other factor.
        others = [place + 1 - 2 * (place % 2) for place in range(len(x) - len(x) % 2)]
        found = [Slope(x[other], abs(x[other]), carried[other]) for other in others]
        return [*found, Slope(1, 1, 0)] if len(x) % 2 else found

    def composed(self, parts: Sequence[Part], known: dict[Expression, Precise]) -> Expression:
        import sympy

        with sympy.evaluate(False):
            return sympy.Add(*self._terms([part.expression for part in parts]))

    def is_near_kink(self, x: Sequence[Precise], distance: float) -> bool:
        return False

    @staticmethod
    def _terms(x: Sequence[Precise]) -> list[Precise]:
        products = [x[place] * x[place + 1] for place in range(0, len(x) - 1, 2)]
        return [*products, x[-1]] if len(x) % 2 else products


class Largest:
    """max(x₁ … xₙ), whose derivative at a tie is a convention."""

    def value(self, x: Sequence[Precise]) -> Precise:
        return max(x)

    def magnitude(self, x: Sequence[Precise]) -> Precise:
        return abs(max(x))

    def slopes(self, x: Sequence[Precise], carried: Sequence[Precise]) -> Sequence[Slope]:
        first = x.index(max(x))
        return [Slope(int(at == first), int(at == first), 0) for at in range(len(x))]

    def composed(self, parts: Sequence[Part], known: dict[Expression, Precise]) -> Expression:
        return max(parts, key=lambda part: part.value).expression

    def is_near_kink(self, x: Sequence[Precise], distance: float) -> bool:
        ordered = sorted(x)
        return len(x) > 1 and ordered[-1] - ordered[-2] <= distance


class Softmax:
    """e^xᵢ / Σⱼ e^xⱼ."""

    def __init__(self, index: int) -> None:
        self._index = index

    def value(self, x: Sequence[Precise]) -> Precise:
        return self._shares(x)[self._index]

    def magnitude(self, x: Sequence[Precise]) -> Precise:
        return self.value(x)

    def slopes(self, x: Sequence[Precise], carried: Sequence[Precise]) -> Sequence[Slope]:
        """Return ∂aᵢ/∂xⱼ = aᵢ(δᵢⱼ − aⱼ), and by its own derivative how far it is off."""
        share, own = self._shares(x), self._index
        found = []
        for at in range(len(x)):
            slope = share[own] * ((at == own) - share[at])
            off = sum(
                abs(
                    slope * ((other == own) - share[other])
                    - share[own] * share[at] * ((other == at) - share[other])
                )
                * part
                for other, part in enumerate(carried)
            )
            found.append(Slope(slope, abs(slope), off))
        return found

    def composed(self, parts: Sequence[Part], known: dict[Expression, Precise]) -> Expression:
        import sympy

        if len(parts) == 1:
            # The whole is 1; written out, its derivative would leave the last digit of a difference.
            return sympy.Integer(1)
        with sympy.evaluate(False):
            powers = [sympy.exp(part.expression) for part in parts]
            return powers[self._index] / sympy.Add(*powers)

    def is_near_kink(self, x: Sequence[Precise], distance: float) -> bool:
        return False

    @staticmethod
    def _shares(x: Sequence[Precise]) -> list[Precise]:
        import mpmath

        powers = [mpmath.exp(value) for value in x]
        total = sum(powers)
        return [power / total for power in powers]


class Mean:
    """(x₁ + … + xₙ)/n."""

    def value(self, x: Sequence[Precise]) -> Precise:
        import mpmath

        return mpmath.fsum(x) / len(x)

    def magnitude(self, x: Sequence[Precise]) -> Precise:
        return sum(map(abs, x)) / len(x)

    def slopes(self, x: Sequence[Precise], carried: Sequence[Precise]) -> Sequence[Slope]:
        import mpmath

        part = mpmath.mpf(1) / len(x)
        return [Slope(part, part, 0)] * len(x)

    def composed(self, parts: Sequence[Part], known: dict[Expression, Precise]) -> Expression:
        import sympy

        with sympy.evaluate(False):
            return sympy.Add(*(part.expression for part in parts)) / len(parts)

    def is_near_kink(self, x: Sequence[Precise], distance: float) -> bool:
        return False


class Variance:
    """((x₁ − μ)² + … + (xₙ − μ)²)/n; arguments: μ, x₁, …, xₙ."""

    def value(self, x: Sequence[Precise]) -> Precise:
        import mpmath

        return mpmath.fsum((value - x[0]) ** 2 for value in x[1:]) / (len(x) - 1)

    def magnitude(self, x: Sequence[Precise]) -> Precise:
        return self.value(x)

    def slopes(self, x: Sequence[Precise], carried: Sequence[Precise]) -> Sequence[Slope]:
        """Return −2/n · Σ(xᵢ − μ) by the mean and 2/n · (xᵢ − μ) by every value."""
        import mpmath

        twice = mpmath.mpf(2) / (len(x) - 1)
        parts = [twice * (value - x[0]) for value in x[1:]]
        off = [twice * (part + carried[0]) for part in carried[1:]]
        by_mean = Slope(-mpmath.fsum(parts), sum(map(abs, parts)), sum(off))
        return [
            by_mean,
            *(Slope(part, abs(part), moved) for part, moved in zip(parts, off, strict=True)),
        ]

    def composed(self, parts: Sequence[Part], known: dict[Expression, Precise]) -> Expression:
        import sympy

        mean, *values = (part.expression for part in parts)
        with sympy.evaluate(False):
            return sympy.Add(*((value - mean) ** 2 for value in values)) / len(values)

    def is_near_kink(self, x: Sequence[Precise], distance: float) -> bool:
        return False


@lru_cache(maxsize=64)
def normalised(epsilon: float) -> Exact:
    """Return (z − μ)/√(σ² + ε); arguments: z, μ, σ²."""
    import sympy

    return Written(
        3, lambda x: (x[0] - x[1]) / sympy.sqrt(x[2] + exact_number(sympy, epsilon)), carrying=3
    )


@lru_cache(maxsize=1)
def scaled() -> Exact:
    """Return γx + β; arguments: x, γ, β."""
    return Written(3, lambda x: x[1] * x[0] + x[2], carrying=1, adds=True)


@lru_cache(maxsize=64)
def dropped(rate: float, scaling: str, *, trained: bool) -> Exact:
    """Return what dropout leaves of an activation; arguments: a, and whether it is kept (1) or not (0)."""
    import sympy

    kept = 1 - exact_number(sympy, rate)

    def build(x: list[Expression]) -> Expression:
        if trained:
            return x[0] * x[1] / kept if scaling == "inverted" else x[0] * x[1]
        return x[0] if scaling == "inverted" else kept * x[0]

    return Written(2, build, data=1)
