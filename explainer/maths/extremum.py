"""The largest or smallest of several values, and the three conventions for its derivative at a tie."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext
from typing import Any, Literal

from explainer.maths.evaluation import CONTEXT
from explainer.maths.printed import POWER, Printed
from explainer.maths.rows import Expression

# Who gets the derivative where several values are the best: the first of them, all in equal shares, or each all of it.
Share = Literal["first", "equal", "each"]

_OTHERWISE = {
    "en": ("\\text{otherwise}", "otherwise"),
    "ru": ("\\text{иначе}", "иначе"),
}
# How the unusual conventions are told from the usual one.
_KINDS: dict[Share, tuple[str, str]] = {
    "first": ("", ""),
    "equal": ("_{\\mathrm{mean}}", "_mean"),
    "each": ("_{\\mathrm{each}}", "_each"),
}
_ONE = Printed("1", "1", starts_with_number=True)


class Extremum:
    """max(x₁ … xₙ) or min(x₁ … xₙ).

    It cannot be one SymPy expression: a case distinction over n values has n² conditions, and at a tie the three
    conventions have the same value and different derivatives.
    """

    def __init__(self, arity: int, *, largest: bool = True, share: Share = "first") -> None:
        self.arity = arity
        self._best = max if largest else min
        self.is_largest = largest
        self._share = share

    @property
    def share(self) -> Share:
        """The convention for the derivative at a tie."""
        return self._share

    def is_tied(self, arguments: Sequence[float]) -> bool:
        """Tell whether several values are the best."""
        return list(arguments).count(self._best(arguments)) > 1

    def value(self, arguments: Sequence[float]) -> float:
        return self._best(arguments)

    def partials(self, arguments: Sequence[float]) -> Sequence[float]:
        return [part / whole for part, whole in self._shares(arguments)]

    def precise_value(self, arguments: Sequence[Decimal]) -> Decimal:
        return self._best(arguments)

    def precise_partials(self, arguments: Sequence[Decimal]) -> Sequence[Decimal]:
        with localcontext(CONTEXT):
            return [Decimal(part) / Decimal(whole) for part, whole in self._shares(arguments)]

    def expression(self, arguments: Sequence[Expression]) -> Expression:
        import sympy

        return (sympy.Max if self.is_largest else sympy.Min)(*arguments)

    def formula(
        self, names: Sequence[Printed], language: str, values: Sequence[float] | None = None
    ) -> Printed:
        name = "max" if self.is_largest else "min"
        latex, text = _KINDS[self._share]
        return Printed(
            f"\\{name}{latex}\\left({', '.join(part.latex for part in names)}\\right)",
            f"{name}{text}({', '.join(part.text for part in names)})",
            POWER,
        )

    def partial_formula(
        self,
        index: int,
        names: Sequence[Printed],
        output: Printed,
        language: str,
        values: Sequence[float] | None = None,
    ) -> Printed:
        """Print 1 or its share where the argument is the best, 0 otherwise; with `values` only what holds for them."""
        if self.arity == 1:
            return _ONE
        if values is not None:
            return _fraction(*self._shares(values)[index])
        share = Printed("1/m", "1/m") if self._share == "equal" else _ONE
        condition = self._condition(index, names, output)
        latex, text = _OTHERWISE.get(language, _OTHERWISE["en"])
        return Printed(
            f"\\begin{{cases}} {share.latex} & {condition.latex} \\\\ 0 & {latex} \\end{{cases}}",
            f"{{{share.text} ({condition.text}); 0 ({text})}}",
        )

    def _shares(self, arguments: Sequence[Any]) -> list[tuple[int, int]]:
        """Return each argument's share of the derivative as numerator and denominator."""
        best = self._best(arguments)
        equal = [argument == best for argument in arguments]
        if self._share == "each":
            return [(int(is_best), 1) for is_best in equal]
        if self._share == "equal":
            return [(int(is_best), sum(equal)) for is_best in equal]
        first = equal.index(True)
        return [(int(position == first), 1) for position in range(self.arity)]

    def slope_source(self, index: int, names: Sequence[str]) -> str:
        """Return the share of one argument as source for NumPy, the arguments being pieces of source."""
        if self.arity == 1:
            return "1"
        own = names[index]
        if self._share == "first":
            strict, loose = (">", ">=") if self.is_largest else ("<", "<=")
            beaten = (
                f"({own} {strict if place < index else loose} {other})"
                for place, other in enumerate(names)
                if place != index
            )
            return f"numpy.where({' & '.join(beaten)}, 1.0, 0.0)"
        best = f"numpy.{'max' if self.is_largest else 'min'}([{', '.join(names)}], axis=0)"
        equal = f"numpy.where({own} == {best}, 1.0, 0.0)"
        if self._share == "each":
            return equal
        count = " + ".join(f"numpy.where({name} == {best}, 1.0, 0.0)" for name in names)
        return f"({equal} / ({count}))"

    def torch_source(self, arguments: str) -> str:
        """Return the value as source for PyTorch; `arguments` are tensors with commas between."""
        inside = f"torch.broadcast_tensors({arguments})"
        if self._share == "first":
            # Of PyTorch's several maxima this one gives the whole derivative to the first at a tie.
            return f"torch.stack({inside}).{'max' if self.is_largest else 'min'}(0).values"
        return f"{'max_mean' if self._share == 'equal' else 'max_each'}(*{inside})"

    def _condition(self, index: int, names: Sequence[Printed], output: Printed) -> Printed:
        """Print when the argument is the best; the first of two equal ones is said by ≥ and >, of more by what lies below."""
        own = names[index]
        if self._share != "first" or self.arity > 2:
            latex = f"{own.latex} = {output.latex}"
            text = f"{own.text} = {output.text}"
            if self._share != "first" or index == 0:
                return Printed(latex, text)
            sign = "<" if self.is_largest else ">"
            before = ", ".join(name.latex for name in names[:index])
            text_before = ", ".join(name.text for name in names[:index])
            return Printed(f"{before} {sign} {latex}", f"{text_before} {sign} {text}")
        other = names[1 - index]
        signs = (("\\ge", "≥"), (">", ">")) if self.is_largest else (("\\le", "≤"), ("<", "<"))
        latex, text = signs[index]
        return Printed(f"{own.latex} {latex} {other.latex}", f"{own.text} {text} {other.text}")


def _fraction(part: int, whole: int) -> Printed:
    if part and whole > 1:
        return Printed(f"\\frac{{{part}}}{{{whole}}}", f"{part}/{whole}", POWER, True)
    return Printed(str(part), str(part), starts_with_number=True)
