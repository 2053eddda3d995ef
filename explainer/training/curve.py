"""The losses over the epochs, thinned out evenly when there are too many, and smoothed for the eye."""

from __future__ import annotations

from collections.abc import Sequence

from explainer.training.losses import Losses

MOST_POINTS = 1024


class Curve:
    """At most `most` losses in the order of their epochs.

    When it is full every second one is dropped, and from then on every second epoch kept, and so on: `wants` tells which.
    """

    def __init__(self, most: int = MOST_POINTS) -> None:
        self._most = most
        self._stride = 1
        self.points: list[Losses] = []

    def wants(self, epoch: int) -> bool:
        """Tell whether the losses after so many epochs would be kept."""
        if self.points and epoch <= self.points[-1].epoch:
            return False
        return epoch % self._stride == 0 or not self.points

    def add(self, losses: Losses) -> None:
        """Keep losses, where they are wanted."""
        if not self.wants(losses.epoch):
            return
        self.points.append(losses)
        if len(self.points) > self._most:
            self._stride *= 2
            first = self.points[0]
            self.points = [
                point for point in self.points if point.epoch % self._stride == 0 or point is first
            ]

    def until(self, epoch: int) -> Curve:
        """Return the curve as it was after so many epochs, from where it may go on in another way."""
        found = Curve(self._most)
        found._stride = self._stride
        found.points = [point for point in self.points if point.epoch <= epoch]
        return found

    @property
    def stride(self) -> int:
        """Of so many epochs one is kept; when it grows, points that were there are gone."""
        return self._stride

    @property
    def last_epoch(self) -> int:
        """The epoch of the last point, −1 where there is none."""
        return self.points[-1].epoch if self.points else -1


def smoothed(values: Sequence[float], weight: float) -> list[float]:
    """Return the exponential moving average, each value weighing `1 − weight`.

    It is divided by the weight of what it has seen, so that it does not begin at 0 (as Adam corrects its averages).
    """
    found: list[float] = []
    average, seen = 0.0, 0.0
    for value in values:
        average = weight * average + (1 - weight) * value
        seen = weight * seen + (1 - weight)
        found.append(average / seen)
    return found
