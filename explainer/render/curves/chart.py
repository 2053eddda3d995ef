"""A plot that is drawn again and again: what stays is kept as pixels, what moves is drawn over it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable
from typing import Any, Generic, NamedTuple, TypeVar

from explainer.render.curves.look import Look, Size, new_figure

Plot = TypeVar("Plot")


class Box(NamedTuple):
    """Where axes lie, in px of the window, and the numbers at their ends (left and right, bottom and top)."""

    left: float
    top: float
    width: float
    height: float
    x: tuple[float, float]
    y: tuple[float, float]

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a place lies in the axes."""
        inside = 0 <= x - self.left <= self.width
        return inside and 0 <= y - self.top <= self.height

    def number_at(self, x: float, y: float) -> tuple[float, float]:
        """Return the numbers at a place."""
        right = (x - self.left) / self.width
        up = 1 - (y - self.top) / self.height
        return (
            self.x[0] + right * (self.x[1] - self.x[0]),
            self.y[0] + up * (self.y[1] - self.y[0]),
        )

    def place_of(self, x: float, y: float) -> tuple[float, float]:
        """Return the place of two numbers."""
        right = (x - self.x[0]) / (self.x[1] - self.x[0])
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        return self.left + right * self.width, self.top + (1 - up) * self.height


class Raster(NamedTuple):
    """A drawn plot: RGBA pixels row by row, and where its axes lie."""

    pixels: bytes
    width: int
    height: int
    ratio: float
    boxes: tuple[Box, ...]


def _floats(ends: tuple[Any, Any]) -> tuple[float, float]:
    """Return Python's numbers instead of NumPy's, which are written otherwise."""
    return float(ends[0]), float(ends[1])


class Chart(ABC, Generic[Plot]):
    """Draws plots of one kind. Not to be used by two threads at once."""

    def __init__(self) -> None:
        self._key: Hashable = None
        self._figure: Any = None
        self._background: Any = None

    def drawn(self, plot: Plot, look: Look, size: Size) -> Raster:
        """Return the plot as pixels."""
        key = (look, size, self._fixed(plot))
        if key != self._key:
            self._figure = self._furnished(plot, look, size)
            canvas = self._figure.canvas
            canvas.draw()
            self._background = canvas.copy_from_bbox(self._figure.bbox)
            self._key = key
        canvas = self._figure.canvas
        canvas.restore_region(self._background)
        for artist in self._moving(self._figure.axes, plot, look):
            artist.axes.draw_artist(artist)
            artist.remove()
        pixels = canvas.buffer_rgba()
        height, width = pixels.shape[:2]
        return Raster(bytes(pixels), width, height, size.ratio, self._boxes(size))

    def figure(self, plot: Plot, look: Look, size: Size) -> Any:
        """Return the whole plot as a figure of its own, for a file."""
        figure = self._furnished(plot, look, size)
        self._moving(figure.axes, plot, look)
        self._caption(figure, plot, look)
        return figure

    # --- what a kind of plot says of itself ------------------------------------------------

    @abstractmethod
    def _fixed(self, plot: Plot) -> Hashable:
        """Return what the background shows of a plot: while it is equal the pixels are kept."""

    @abstractmethod
    def _furnish(self, figure: Any, plot: Plot, look: Look, size: Size) -> None:
        """Put the axes and all that stays into an empty figure."""

    @abstractmethod
    def _moving(self, axes: list[Any], plot: Plot, look: Look) -> list[Any]:
        """Add what moves to the axes; return it from the back to the front."""

    def _caption(self, figure: Any, plot: Plot, look: Look) -> None:
        """Add what a file needs and the window says beside the plot: a legend."""

    def _furnished(self, plot: Plot, look: Look, size: Size) -> Any:
        figure = new_figure(size, look.palette)
        self._furnish(figure, plot, look, size)
        return figure

    def _boxes(self, size: Size) -> tuple[Box, ...]:
        found = []
        for axes in self._figure.axes:
            frame = axes.get_position()
            found.append(
                Box(
                    float(frame.x0) * size.width,
                    (1 - float(frame.y1)) * size.height,
                    float(frame.width) * size.width,
                    float(frame.height) * size.height,
                    _floats(axes.get_xlim()),
                    _floats(axes.get_ylim()),
                )
            )
        return tuple(found)
