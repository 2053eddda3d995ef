"""Which of several outputs is the largest where: a colour for each class, the stronger the surer it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from explainer.gui.training.colouring import Picture, table
from explainer.lesson.lesson import Lesson
from explainer.maths.vector_activations import bounds_of

if TYPE_CHECKING:
    from explainer.training.kernels import Array

_LEVELS = 64
# How much of its colour a class has at most, and where all are as likely: marks in the same colour must stand out.
_STRONGEST, _WEAKEST = 0.62, 0.16
_SHARES = (0.0, 1.0)


class Finer:
    """A surface at more points: straight lines between the given ones, as products with a matrix made once."""

    def __init__(self, points: int, times: int) -> None:
        import numpy as np

        self.size = (points - 1) * times + 1
        at = np.linspace(0, points - 1, self.size)
        before = np.minimum(at.astype(int), points - 2)
        self._across = np.zeros((self.size, points), np.float32)
        rows = np.arange(self.size)
        self._across[rows, before] = 1 - (at - before)
        self._across[rows, before + 1] += at - before
        self._down = self._across.T.copy()

    def of(self, values: Array) -> Array:
        """Return a surface of (size, size)."""
        import numpy as np

        # A number that is none would spread over its whole row and column.
        found: Array = self._across @ np.nan_to_num(values) @ self._down
        return found


class Regions:
    """Colours the plane by class."""

    def __init__(self, lesson: Lesson, colours: Sequence[str], paper: str) -> None:
        import numpy as np

        self._count = len(colours)
        lasts = [neuron.activation for neuron in lesson.network.of_role("output")]
        # Only shares tell how sure the largest is.
        self._has_shares = all(
            bounds_of(last.name, dict(last.parameters)) == _SHARES for last in lasts
        )
        tables = []
        for colour in colours:
            whole = table((paper, colour))
            shares = np.linspace(_WEAKEST, _STRONGEST, _LEVELS)
            tables.append(whole[np.rint(shares * (len(whole) - 1)).astype(int)])
        self._colours = np.concatenate(tables)

    def paint(self, values: Sequence[Array], picture: Picture, *, is_discrete: bool) -> None:
        """Colour what the outputs say; the first row becomes the lowest line of the picture."""
        import numpy as np

        stack = np.stack(values)
        place = stack.argmax(axis=0) * _LEVELS
        if is_discrete or not self._has_shares:
            place += _LEVELS // 2
        else:
            least = 1 / self._count
            sure = (stack.max(axis=0) - least) / (1 - least)
            place += np.clip(sure * (_LEVELS - 1), 0, _LEVELS - 1).astype(np.intp)
        np.take(self._colours, place[::-1], out=picture.pixels, mode="clip")
