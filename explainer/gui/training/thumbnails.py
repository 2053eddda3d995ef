"""The heat maps of all neurons at once, small enough for their circles: one pass over a part of the points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from explainer.gui.training.colouring import SHADES, Ends, Scale, table
from explainer.gui.training.scales import Scales
from explainer.training.moment import SURFACE

if TYPE_CHECKING:
    from explainer.training.kernels import Array
    from explainer.training.moment import Moment

# Pixels a side; of more neurons than these half as many, because their circles are small, too.
SIZE, _MANY = 50, 24


class Thumbnails:
    """An image for each neuron of a lesson, filled in place. Each is square, and opaque within its circle alone."""

    def __init__(self, names: tuple[str, ...], scales: Scales) -> None:
        import numpy as np

        self._names = names
        self._scales = scales
        count = len(names)
        self.side = side = SIZE if count <= _MANY else SIZE // 2
        self._values = np.zeros((count, side, side), np.float32)
        self._place = np.zeros((count, side, side), np.uint8)
        self.pixels = np.zeros((count, side, side), np.uint32)
        self._colours = np.zeros(SHADES, np.uint32)
        self._factor = np.zeros((count, 1, 1), np.float32)
        self._shift = np.zeros((count, 1, 1), np.float32)
        self._mask = _circle(side)
        self.images = {
            name: QImage(
                self.pixels[at].data,
                side,
                side,
                4 * side,
                QImage.Format.Format_ARGB32_Premultiplied,
            )
            for at, name in enumerate(names)
        }
        for at, name in enumerate(names):
            if scales.is_fixed(name):
                self._set_scale(at, scales.of(name, self._values[at]))

    def set_ends(self, ends: Ends) -> None:
        """Take other colours."""
        self._colours = table((ends.low, ends.middle, ends.high))

    def _set_scale(self, at: int, scale: Scale) -> None:
        width = (scale.high - scale.low) or 1.0
        self._factor[at] = SHADES / width
        self._shift[at] = scale.low * SHADES / width

    def fill(self, moment: Moment) -> None:
        """Colour every neuron of a moment."""
        import numpy as np

        values, side = self._values, self.side
        for at, name in enumerate(self._names):
            surface = moment.surfaces[name]
            if surface.ndim == 1:
                # Several points of the curve are one column of the image.
                step = len(surface) // side
                values[at] = surface[: side * step : step]
            else:
                # From the top, where the second axis is high.
                step = SURFACE // side
                values[at] = surface[::-step, ::step]
            if not self._scales.is_fixed(name):
                self._set_scale(at, self._scales.of(name, values[at]))
        with np.errstate(all="ignore"):
            np.multiply(values, self._factor, values)
            np.subtract(values, self._shift, values)
            np.fmin(values, np.float32(SHADES - 1), values)
            np.fmax(values, np.float32(0), values)
            np.copyto(self._place, values, casting="unsafe")
        np.take(self._colours, self._place, out=self.pixels, mode="clip")
        np.bitwise_and(self.pixels, self._mask, self.pixels)


def _circle(side: int) -> Array:
    """Return ones, bit by bit, inside the largest circle of the square, zeros outside."""
    import numpy as np

    place = np.arange(side) - (side - 1) / 2
    inside = place[:, None] ** 2 + place[None] ** 2 <= (side / 2) ** 2
    return np.where(inside, np.uint32(0xFFFFFFFF), np.uint32(0))
