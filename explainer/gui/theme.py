"""Colours, fonts and the choice between light, dark and high contrast.

The drawing's own colours (tones of the phases, factors) come from the palettes of the diagram; what is
added here belongs to the window alone: lines between panels, buttons, hover.
"""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from PySide6.QtGui import QColor, QFont, QFontDatabase

from explainer.render.palette import PALETTES, Palette
from explainer.resources import resource

Choice = Literal["system", "light", "dark", "contrast"]
CHOICES: tuple[Choice, ...] = ("system", "light", "dark", "contrast")

FAMILY = "Inter"
BASE_SIZE = 14
# The other weights are for documents.
_FONTS = ("Inter-Regular.otf", "Inter-SemiBold.otf", "ExplainerMaths.ttf")


class Theme(NamedTuple):
    """One look of the window; colours as #rrggbb. `palette` is the drawing's part of it.

    `line` separates panels, `hairline` rows of one panel; `idle` fills what is not reached yet, `outline` goes
    around buttons. `off` are words that can be neither chosen nor pressed now, `off_icon` such icons: fainter than the
    others in every look, so that nobody tries in vain.
    """

    palette: Palette
    hairline: str
    idle: str
    outline: str
    icon: str
    accent_hover: str
    hover: str
    selection: str
    off: str
    off_icon: str

    @property
    def name(self) -> str:
        """The name of the look."""
        return self.palette.name

    @property
    def paper(self) -> str:
        """What lies under text."""
        return self.palette.paper

    @property
    def ink(self) -> str:
        """Headlines and numbers."""
        return self.palette.ink

    @property
    def text(self) -> str:
        """Sentences."""
        return self.palette.body

    @property
    def quiet(self) -> str:
        """Labels."""
        return self.palette.soft

    @property
    def line(self) -> str:
        """The line between two panels."""
        return self.palette.hairline

    @property
    def field(self) -> str:
        """The frame of what is typed into or chosen from: it must be found."""
        return self.palette.tones["quiet"].line

    @property
    def accent(self) -> str:
        """What is chosen, focused, or the main button."""
        return self.palette.tones["forward"].line

    @property
    def accent_tint(self) -> str:
        """The ground of what is chosen."""
        return self.palette.tones["forward"].tint

    @property
    def on_accent(self) -> str:
        """Text on the accent."""
        return self.palette.on_solid

    @property
    def fault(self) -> str:
        """What is said of a mistake."""
        return self.palette.tones["error"].text

    def sheet(self) -> dict[str, str]:
        """Return the colours that the style sheet names."""
        names = (
            "paper ink text quiet line field accent accent_tint on_accent hairline idle outline "
            "accent_hover hover selection fault off off_icon"
        )
        return {name: getattr(self, name) for name in names.split()}


@cache
def themes() -> dict[str, Theme]:
    """Return every look by its name."""
    return {
        "light": Theme(
            PALETTES["light"],
            hairline="#eef1f4",
            idle="#e3e9ee",
            outline="#d6dde5",
            icon="#33414f",
            accent_hover="#094d78",
            hover="#f2f5f8",
            selection="#cfe3f1",
            off="#7b8793",
            off_icon="#c3ccd5",
        ),
        "dark": Theme(
            PALETTES["dark"],
            hairline="#222b34",
            idle="#2a343e",
            outline="#3a4651",
            icon="#d3dde6",
            accent_hover="#8ac8f0",
            hover="#1f2832",
            selection="#1f4159",
            off="#84919e",
            off_icon="#46535f",
        ),
        "contrast": Theme(
            PALETTES["contrast"],
            hairline="#8a949e",
            idle="#4a535c",
            outline="#ffffff",
            icon="#ffffff",
            accent_hover="#b5e0ff",
            hover="#20262c",
            selection="#00466e",
            off="#8a949e",
            off_icon="#6b757f",
        ),
    }


@cache
def colour(name: str) -> QColor:
    """Return the colour written #rrggbb; the same object each time."""
    return QColor(name)


@cache
def font(size: float, weight: int = 400, spacing: float = 0.0, tabular: bool = False) -> QFont:
    """Return the window's font in px; `spacing` between letters in em, `tabular` gives digits one width."""
    made = QFont(FAMILY)
    made.setPixelSize(max(1, round(size)))
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if spacing:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing * size)
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def load_fonts() -> None:
    """Make the fonts of the window known; a missing file leaves the system's font."""
    for name in _FONTS:
        QFontDatabase.addApplicationFont(str(resource("fonts", name)))
