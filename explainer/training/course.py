"""What of every moment is kept to be drawn as lines over the epochs, thinned out evenly when there is too much."""

from __future__ import annotations

from bisect import bisect_right

from explainer.training.moment import Moment

MOST_POINTS = 256


class NormCourse:
    """The gradient norms by layer, at most `most` times in the order of their passes.

    When it is full every second one is dropped, and from then on every second kept. Going back changes nothing: going on
    from there comes to the same, unless something else is trained (`forget_after`).
    """

    def __init__(self, most: int = MOST_POINTS) -> None:
        self._most = most
        self._stride = 1
        self._skipped = 0
        self.passes: list[int] = []
        self.norms: list[tuple[float, ...]] = []

    def add(self, moment: Moment) -> None:
        """Keep the norms of a moment, where their turn is."""
        if not moment.norms or (self.passes and moment.passes <= self.passes[-1]):
            return
        self._skipped += 1
        if self.passes and self._skipped < self._stride:
            return
        self._skipped = 0
        self.passes.append(moment.passes)
        self.norms.append(moment.norms)
        if len(self.passes) > self._most:
            self._stride *= 2
            del self.passes[1::2], self.norms[1::2]

    def forget_after(self, passes: int) -> None:
        """Drop what came after so many passes."""
        kept = bisect_right(self.passes, passes)
        del self.passes[kept:], self.norms[kept:]
        # The next one shows where it goes on.
        self._skipped = self._stride

    def __len__(self) -> int:
        return len(self.passes)
