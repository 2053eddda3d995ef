"""Numbers as colours: from one end of a scale through its middle to the other, by a table into an image made once.

The two ends are the orange and blue of TensorFlow Playground, told apart by everybody who sees colours at all and, by their
lightness against the middle, by nearly everybody else. The middle is the ground of the theme. Several classes have
colours of their own, chosen for being told apart also by those who see some colours alike, also where they are mixed
with the paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from explainer.training.kernels import Array

SHADES = 256
# So many bands a surface of quantities has where it is not smooth.
BANDS = 8


class Ends(NamedTuple):
    """The colours of the smallest, the middle and the largest number, and those of the marks that lie on them."""

    low: str
    middle: str
    high: str
    low_mark: str
    middle_mark: str
    high_mark: str


ENDS: dict[str, Ends] = {
    "light": Ends("#f0a254", "#f4f6f8", "#5b9fd3", "#b25400", "#8a949e", "#0b5a94"),
    "dark": Ends("#b96a1c", "#1b222a", "#2d7fbd", "#ffb066", "#8a949e", "#7cc4f5"),
    "contrast": Ends("#e08220", "#000000", "#2f95dd", "#ffb866", "#a0a8b0", "#8fd3ff"),
}
ENDS["print"] = ENDS["light"]

# Of classes, outputs and lines beside each other, by palette.
SEVERAL: dict[str, tuple[str, ...]] = {
    "light": ("#3767f5", "#b5200a", "#0e7952", "#a65a8f", "#1a227f", "#62002a"),
    "dark": ("#3a86fb", "#ff4018", "#43d4a1", "#ecd70e", "#d2bfff", "#c06c95"),
    "contrast": ("#b1b7ff", "#ffe118", "#1a8f12", "#b640ea", "#1afed9", "#ee8081"),
}
SEVERAL["print"] = SEVERAL["light"]


def one_of_several(palette: str, place: int) -> str:
    """Return the colour of one of several; beyond the last they begin anew with another one.

    What has its shape or its dashes from its place as well is then the same as nothing before it.
    """
    colours = SEVERAL[palette]
    return colours[(place + place // len(colours)) % len(colours)]


class Scale(NamedTuple):
    """The numbers that get the colours of the two ends."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        """The number that gets the colour of the middle."""
        return (self.low + self.high) / 2


def table(stops: tuple[str, ...], bands: int = SHADES) -> Array:
    """Return SHADES colours, 0xffRRGGBB, evenly from the first of some stops to the last; fewer in so many steps."""
    import numpy as np

    channels = np.array([[int(stop[at : at + 2], 16) for at in (1, 3, 5)] for stop in stops], float)
    place = np.arange(SHADES)
    # A band wears the colour of its middle, but the outermost those of the ends.
    share = (place * bands // SHADES) / max(1, bands - 1)
    at = np.linspace(0, 1, len(stops))
    red, green, blue = (
        np.rint(np.interp(share, at, channels[:, channel])).astype(np.uint32)
        for channel in range(3)
    )
    colours: Array = 0xFF000000 | red << 16 | green << 8 | blue
    return colours


class Picture:
    """An image whose pixels are filled in place: `pixels` is (height, width), uint32."""

    def __init__(self, width: int, height: int) -> None:
        import numpy as np

        self.pixels = np.zeros((height, width), np.uint32)
        self._single = np.zeros((height, width), np.float32)
        self._place = np.zeros((height, width), np.intp)
        self.image = QImage(self.pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)

    def paint(self, values: Array, scale: Scale, colours: Array) -> None:
        """Colour values of the picture's shape; the first row becomes the lowest line of the image.

        What lies beyond the ends wears their colours, what is no number that of the high end.
        """
        import numpy as np

        shades(values, scale, self._single, self._place)
        np.take(colours, self._place[::-1], out=self.pixels, mode="clip")


def shades(values: Array, scale: Scale, single: Array, place: Array) -> None:
    """Put into `place` which of the SHADES colours each value gets; `single` is a float32 buffer of the same shape."""
    import numpy as np

    width = (scale.high - scale.low) or 1.0
    with np.errstate(all="ignore"):
        np.multiply(values, np.float32(SHADES / width), single)
        np.subtract(single, np.float32(scale.low * SHADES / width), single)
        # These two take the bound where there is no number.
        np.fmin(single, np.float32(SHADES - 1), single)
        np.fmax(single, np.float32(0), single)
        np.copyto(place, single, casting="unsafe")
