"""How large the terms are that add up to a derivative, and how far doubles can be off in adding them.

Agreement is measured against the sum of the absolute values of those terms, over all paths, uses and samples,
because a small difference of large terms cannot be right to its own last digit.
"""

from __future__ import annotations

import sys
from typing import NamedTuple

from explainer.maths.composition import Precise


class Size(NamedTuple):
    """`terms`: the sum of absolute values. `rounding`: first-order bound of the error in doubles, in units of one rounding.

    The rule of the second is that of a running error analysis (Higham: Accuracy and Stability of Numerical
    Algorithms, 2002, section 3.3): every operation adds the size of its result, where that is no normal double any
    more the smallest one, and hands on what its operands carry.
    """

    terms: Precise
    rounding: Precise

    def times(self, other: Size) -> Size:
        """Return the size of a product."""
        product = self.terms * other.terms
        carried = self.terms * other.rounding + self.rounding * other.terms
        return Size(product, carried + rounded(product))

    def plus(self, other: Size) -> Size:
        """Return the size of a sum."""
        terms = self.terms + other.terms
        return Size(terms, self.rounding + other.rounding + terms)


def rounded(size: Precise) -> Precise:
    """Return what one rounding of a number of this size is proportional to."""
    return max(size, sys.float_info.min)


NOTHING = Size(0, 0)
