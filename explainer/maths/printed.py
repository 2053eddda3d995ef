"""What a printed expression is: LaTeX and plain text together, and how tightly it binds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from explainer.maths.numbers import MINUS, rounded, shown, shown_latex

# How tightly a printed part binds; anything looser than its place needs wants parentheses.
SUM, PRODUCT, POWER, ATOM = 1, 2, 3, 4


class Printed(NamedTuple):
    """A printed expression: LaTeX, plain text, how tightly it binds, whether it starts with a digit or a minus sign."""

    latex: str
    text: str
    level: int = ATOM
    starts_with_number: bool = False
    negative: bool = False

    def at_least(self, level: int, *, leading: bool = False) -> Printed:
        """Return it in parentheses if it binds looser than `level`; a leading negative number needs none in a sum or product."""
        tight_enough = self.level >= level and not self.negative
        if tight_enough or (leading and self.negative and self.level >= level and level <= PRODUCT):
            return self
        return Printed(f"\\left({self.latex}\\right)", f"({self.text})")


def number(value: float, digits: int, language: str) -> Printed:
    """Print a number, ready to stand where a symbol stood."""
    text = shown(value, digits, language)
    # A bare power of ten is a power: squared, it wants parentheses.
    bare = POWER if rounded(value, digits).exponent else ATOM
    level = PRODUCT if "·" in text else bare
    return Printed(
        shown_latex(value, digits, language),
        text,
        level,
        starts_with_number=True,
        negative=text.startswith(MINUS),
    )


def printed_sum(terms: Sequence[Printed]) -> Printed:
    """Write a sum of printed terms; a negative number after a plus sign gets parentheses."""
    if len(terms) == 1:
        return terms[0]
    parts = [terms[0], *(term.at_least(PRODUCT) for term in terms[1:])]
    return Printed(
        " + ".join(part.latex for part in parts),
        " + ".join(part.text for part in parts),
        SUM,
        parts[0].starts_with_number,
    )


def printed_product(left: Printed, right: Printed) -> Printed:
    """Write a product of two printed factors; a negative number after the dot gets parentheses."""
    first, second = left.at_least(PRODUCT, leading=True), right.at_least(PRODUCT)
    dot = " \\cdot " if second.starts_with_number or first.starts_with_number else " "
    return Printed(
        f"{first.latex}{dot}{second.latex}",
        f"{first.text}·{second.text}",
        PRODUCT,
        first.starts_with_number,
        first.negative,
    )
