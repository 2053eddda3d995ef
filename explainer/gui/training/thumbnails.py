"""The heat maps of all neurons at once, small enough for their circles: one pass over a part of the points."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from explainer.gui.training.colouring import SHADES, Ends, Scale, table
from explainer.gui.training.scales import Scales
from explainer.training.moment import CURVE, SURFACE, sampling

if TYPE_CHECKING:
    from explainer.training.kernels import Array
    from explainer.training.moment import Moment

# Pixels a side where nobody says how many.
SIZE = 50
# More than there are points would show no more.
_LEAST, _MOST = 8, SURFACE


class Thumbnails:
    """An image for each neuron of a lesson, filled in place. Each is square, and opaque within its circle alone.

    `side` is how many pixels a circle is wide: an image that need not be scaled is painted several times as fast.
    """

    def __init__(
        self, names: tuple[str, ...], scales: Scales, side: int = SIZE, ratio: float = 1.0
    ) -> None:
        import numpy as np

        self._names = names
        self._scales = scales
        count = len(names)
        self.side = side = side_of(side)
        self.ratio = ratio
        self._values = np.zeros((count, side * side), np.float32)
        self._place = np.zeros((count, side * side), np.intp)
        self.pixels = np.zeros((count, side * side), np.uint32)
        self._colours = np.zeros(SHADES, np.uint32)
        self._factor = np.zeros((count, 1), np.float32)
        self._shift = np.zeros((count, 1), np.float32)
        self._mask = _circle(side).ravel()
        self._points, self._columns = _points(side)
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
        for image in self.images.values():
            image.setDevicePixelRatio(ratio)
        # Those whose scale is another at every moment.
        self._free = [each for each in enumerate(names) if not scales.is_fixed(each[1])]
        for at, name in enumerate(names):
            if scales.is_fixed(name):
                self._set_scale(at, scales.of(name, self._values[at]))

    def _take_points(self, moment: Moment) -> None:
        """Take the points of the heat maps out of the whole surfaces."""
        for at, name in enumerate(self._names):
            surface = moment.surfaces[name]
            places = self._columns if surface.ndim == 1 else self._points
            surface.ravel().take(places, out=self._values[at], mode="clip")

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

        values = self._values
        if moment.heat is None:
            self._take_points(moment)
        elif moment.heat.shape == values.shape:
            np.copyto(values, moment.heat)
        else:
            # Until those that have been asked for come.
            known = math.isqrt(moment.heat.shape[1])
            near = np.rint(np.linspace(0, known - 1, self.side)).astype(np.intp)
            places = (near[:, None] * known + near).ravel()
            np.take(moment.heat, places, axis=1, out=values, mode="clip")
        for at, name in self._free:
            self._set_scale(at, self._scales.of(name, values[at]))
        with np.errstate(all="ignore"):
            np.multiply(values, self._factor, values)
            np.subtract(values, self._shift, values)
            np.fmin(values, np.float32(SHADES - 1), values)
            np.fmax(values, np.float32(0), values)
            np.copyto(self._place, values, casting="unsafe")
        np.take(self._colours, self._place, out=self.pixels, mode="clip")
        np.bitwise_and(self.pixels, self._mask, self.pixels)


def side_of(pixels: float) -> int:
    """Return how many pixels a side an image has for a circle that is so many wide."""
    return min(max(round(pixels), _LEAST), _MOST)


def _points(side: int) -> tuple[Array, Array]:
    """Return which point of a surface each pixel shows, from the top, where the second axis is high, and which of a curve."""
    import numpy as np

    curve = np.rint(np.linspace(0, CURVE - 1, side)).astype(np.intp)
    return sampling(side), np.tile(curve, side)


def _circle(side: int) -> Array:
    """Return ones, bit by bit, inside the largest circle of the square, zeros outside."""
    import numpy as np

    place = np.arange(side) - (side - 1) / 2
    inside = place[:, None] ** 2 + place[None] ** 2 <= (side / 2) ** 2
    return np.where(inside, np.uint32(0xFFFFFFFF), np.uint32(0))
