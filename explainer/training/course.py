"""The size of the gradients over the training, to be drawn as lines: kept evenly, and thinned out when there is too much."""

from __future__ import annotations

import math
from bisect import bisect_right

MOST_POINTS = 512


class NormCourse:
    """The gradient norms by layer, at most `most` times in the order of their passes.

    When there are more, those that lie closest together go, and from then on none comes so close to another: what is kept
    is spread evenly over all passes, however unevenly it came. Going back changes nothing: going on from there comes to
    the same, unless something else is trained (`forget_after`).
    """

    def __init__(self, most: int = MOST_POINTS) -> None:
        self._most = most
        # So many passes lie between two at least.
        self._apart = 0.0
        self.passes: list[int] = []
        self.norms: list[tuple[float, ...]] = []

    def add(self, passes: int, norms: tuple[float, ...]) -> None:
        """Keep the norms after so many passes; not those that are no numbers, which no line can reach."""
        if not norms or (self.passes and passes < self.passes[-1] + max(1.0, self._apart)):
            return
        if not all(map(math.isfinite, norms)):
            return
        self.passes.append(passes)
        self.norms.append(norms)
        if len(self.passes) > self._most:
            self._thin()

    def _thin(self) -> None:
        self._apart = 2 * (self.passes[-1] - self.passes[0]) / self._most
        kept = [0]
        for at, passes in enumerate(self.passes):
            if passes - self.passes[kept[-1]] >= self._apart:
                kept.append(at)
        self.passes = [self.passes[at] for at in kept]
        self.norms = [self.norms[at] for at in kept]

    def after(self, passes: int) -> list[tuple[int, tuple[float, ...]]]:
        """Return what is kept from later than so many passes."""
        first = bisect_right(self.passes, passes)
        return list(zip(self.passes[first:], self.norms[first:], strict=True))

    def forget_after(self, passes: int) -> None:
        """Drop what came after so many passes."""
        kept = bisect_right(self.passes, passes)
        del self.passes[kept:], self.norms[kept:]
        if not kept:
            self._apart = 0.0

    def __len__(self) -> int:
        return len(self.passes)
