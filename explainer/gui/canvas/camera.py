"""Where on the screen the drawing lies: one scale and one offset. Plain numbers, no Qt."""

from __future__ import annotations

from math import trunc

from msgspec import Struct

MARGIN = 14.0
# Larger than this a small network looks like a poster, not like part of a page.
LARGEST_FIT = 1.5
LARGEST = 8.0
# Where the whole would be smaller than the one, what a step speaks of is shown at the other.
TOO_SMALL = 0.62
READABLE = 0.9
# A part is worth losing sight of the rest only where it is shown so much larger.
WORTH = 1.25
# The smallest scale is this part of the fitting one, or 1 : 4 where the drawing is small.
SMALLEST_OF_FIT = 0.5
SMALLEST = 0.25
# This much of the drawing always stays in sight.
_IN_SIGHT = 96.0


class Camera(Struct, frozen=True):
    """A point (x, y) of the drawing is shown at (x · scale + left, y · scale + top) of the viewport."""

    scale: float = 1.0
    left: float = 0.0
    top: float = 0.0

    def to_screen(self, x: float, y: float) -> tuple[float, float]:
        """Return the place on the viewport of a point of the drawing."""
        return x * self.scale + self.left, y * self.scale + self.top

    def to_drawing(self, x: float, y: float) -> tuple[float, float]:
        """Return the point of the drawing that is shown at a place of the viewport."""
        return (x - self.left) / self.scale, (y - self.top) / self.scale


class Bounds(Struct, frozen=True):
    """The sizes that a camera mediates between: the drawing's and the viewport's, of which the upper edge may be taken."""

    width: float
    height: float
    room_width: float
    room_height: float
    taken: float = 0.0

    def fitted(self) -> Camera:
        """Return the camera that shows the whole drawing in the middle."""
        width, height = max(self.width, 1.0), max(self.height, 1.0)
        scale = min(
            (self.room_width - 2 * MARGIN) / width,
            (self.room_height - self.taken - 2 * MARGIN) / height,
            LARGEST_FIT,
        )
        scale = max(scale, 0.01)
        left = (self.room_width - width * scale) / 2
        top = self.taken + (self.room_height - self.taken - height * scale) / 2
        return Camera(scale, round(left), round(top))

    def following(
        self, camera: Camera, left: float, top: float, right: float, bottom: float
    ) -> Camera:
        """Return the camera that shows the whole drawing; where that is too small to be read, a rectangle of it.

        It moves no farther than it must from the one before, and keeps its scale while that can be read.
        """
        whole = self.fitted()
        scale = min(
            READABLE,
            (self.room_width - 2 * MARGIN) / max(right - left, 1.0),
            (self.room_height - self.taken - 2 * MARGIN) / max(bottom - top, 1.0),
        )
        if whole.scale >= TOO_SMALL or scale <= WORTH * whole.scale:
            return whole
        if not TOO_SMALL <= camera.scale <= scale:
            x = self.room_width / 2 - scale * (left + right) / 2
            y = (self.room_height + self.taken) / 2 - scale * (top + bottom) / 2
            camera = Camera(scale, round(x), round(y))
        return self.revealing(camera, left, top, right, bottom)

    def zoomed(self, camera: Camera, factor: float, x: float, y: float) -> Camera:
        """Return the camera scaled by `factor`, the place (x, y) of the viewport staying where it is."""
        smallest = min(SMALLEST, self.fitted().scale * SMALLEST_OF_FIT)
        scale = min(max(camera.scale * factor, smallest), LARGEST)
        change = scale / camera.scale
        return self.kept_in_sight(
            Camera(scale, x - (x - camera.left) * change, y - (y - camera.top) * change)
        )

    def moved(self, camera: Camera, right: float, down: float) -> Camera:
        """Return the camera with the drawing moved on the screen."""
        wanted = Camera(camera.scale, camera.left + right, camera.top + down)
        return _by_whole_pixels(camera, wanted, self.kept_in_sight(wanted))

    def scrolled(self, camera: Camera, right: float, down: float) -> Camera:
        """Return the camera moved as a scroll bar would: only as far as there is something to see."""
        wanted = Camera(camera.scale, camera.left + right, camera.top + down)
        possible = Camera(
            camera.scale,
            _scrolled(camera.left, right, self.width * camera.scale, self.room_width),
            _scrolled(camera.top, down, self.height * camera.scale, self.room_height),
        )
        return _by_whole_pixels(camera, wanted, possible)

    def kept_in_sight(self, camera: Camera) -> Camera:
        """Return the camera moved back where the drawing would leave the viewport."""
        return Camera(
            camera.scale,
            _in_sight(camera.left, self.width * camera.scale, self.room_width),
            _in_sight(camera.top, self.height * camera.scale, self.room_height),
        )

    def attending(
        self, camera: Camera, left: float, top: float, right: float, bottom: float
    ) -> Camera:
        """Return the camera moved to show a rectangle of the drawing, its middle where there is no room for it."""
        spare_across = self.room_width - 2 * MARGIN - (right - left) * camera.scale
        spare_down = self.room_height - self.taken - 2 * MARGIN - (bottom - top) * camera.scale
        if spare_across < 0:
            left = right = (left + right) / 2
        if spare_down < 0:
            top = bottom = (top + bottom) / 2
        x, y = camera.to_screen((left + right) / 2, (top + bottom) / 2)
        across = 0.0 if spare_across >= 0 else self.room_width / 2 - x
        down = 0.0 if spare_down >= 0 else (self.room_height + self.taken) / 2 - y
        camera = self.moved(camera, round(across), round(down))
        return self.revealing(camera, left, top, right, bottom)

    def revealing(
        self, camera: Camera, left: float, top: float, right: float, bottom: float
    ) -> Camera:
        """Return the camera moved as little as needed to show a rectangle of the drawing."""
        x0, y0 = camera.to_screen(left, top)
        x1, y1 = camera.to_screen(right, bottom)
        across = max(MARGIN - x0, 0.0) or min(self.room_width - MARGIN - x1, 0.0)
        down = max(self.taken + MARGIN - y0, 0.0) or min(self.room_height - MARGIN - y1, 0.0)
        return self.moved(camera, round(across), round(down))


def _by_whole_pixels(before: Camera, wanted: Camera, possible: Camera) -> Camera:
    """Return the possible camera; where it is not the wanted one, a whole number of pixels from the one before.

    Kept pixels are copied to whole places: after a fractional move a label would not stand in its pill.
    """
    left, top = possible.left, possible.top
    if left != wanted.left:
        left = before.left + trunc(left - before.left)
    if top != wanted.top:
        top = before.top + trunc(top - before.top)
    return Camera(possible.scale, left, top)


def _in_sight(start: float, length: float, room: float) -> float:
    kept = min(_IN_SIGHT, length, room)
    return min(max(start, kept - length), room - kept)


def _scrolled(start: float, by: float, length: float, room: float) -> float:
    if start >= 0 and start + length <= room:
        return start
    low, high = sorted((room - MARGIN - length, MARGIN))
    # A drawing that was dragged out of place can be scrolled back, but no farther out.
    return min(max(start + by, min(low, start)), max(high, start))
