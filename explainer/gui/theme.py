"""Colours, fonts and the choice between light, dark and high contrast.

The drawing's own colours (tones of the phases, factors) come from the palettes of the diagram; what is
added here belongs to the window alone: lines between panels, buttons, hover.
"""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from PySide6 import QtCore
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

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
    around buttons.
    """

    palette: Palette
    hairline: str
    idle: str
    outline: str
    icon: str
    accent_hover: str
    hover: str
    selection: str

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
            "accent_hover hover selection fault"
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


@cache
def began_dark() -> bool:
    """Tell whether the system's own colours were dark when the program began, before it took others.

    They are asked and not the system's scheme, because that is a value of `Qt` (see first_numbers) and some desktops
    have a dark palette without a scheme.
    """
    palette = QGuiApplication.palette()
    ground, ink = (
        palette.color(role).lightness()
        for role in (QPalette.ColorRole.Window, QPalette.ColorRole.WindowText)
    )
    return bool(ink > ground)


class ThemeKeeper(QObject):
    """Holds the look in force and follows the system where that is chosen."""

    changed = Signal(object)

    def __init__(self, choice: Choice = "system") -> None:
        super().__init__()
        self._choice: Choice = choice
        application = _application()
        application.setFont(font(BASE_SIZE))
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._system_is_dark = began_dark()
        self._theme = self._chosen()
        self._is_dressed = False
        self._apply()

    def dress(self) -> None:
        """Style Qt's own widgets too: menus, dialogs, fields. The first frame has none of them."""
        if not self._is_dressed:
            self._is_dressed = True
            self._apply()

    @property
    def theme(self) -> Theme:
        """The look in force."""
        return self._theme

    @property
    def choice(self) -> Choice:
        """What the user asked for."""
        return self._choice

    def choose(self, choice: Choice) -> None:
        """Take a look, or follow the system."""
        self._choice = choice
        self._system_changed(QGuiApplication.styleHints().colorScheme())

    def _system_changed(self, scheme: QtCore.Qt.ColorScheme) -> None:
        is_known = scheme != QtCore.Qt.ColorScheme.Unknown
        self._system_is_dark = scheme == QtCore.Qt.ColorScheme.Dark if is_known else began_dark()
        self._refresh()

    def _refresh(self) -> None:
        chosen = self._chosen()
        if chosen is not self._theme:
            self._theme = chosen
            self._apply()
            self.changed.emit(chosen)

    def _chosen(self) -> Theme:
        if self._choice != "system":
            return themes()[self._choice]
        return themes()["dark" if self._system_is_dark else "light"]

    def _apply(self) -> None:
        application = _application()
        application.setPalette(qt_palette(self._theme))
        if self._is_dressed:
            from explainer.gui.style_sheet import style_sheet

            application.setStyleSheet(
                style_sheet(self._theme.sheet(), *map(self._picture, ("arrow", "check")))
            )

    def _picture(self, name: str) -> str:
        look = "dark" if self._theme.palette.dark else "light"
        return resource("icons", f"{name}-{look}.svg").as_posix()


def qt_palette(theme: Theme) -> QPalette:
    """Return the same colours under the names that Qt's own widgets ask for."""
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, name in (
        (roles.Window, theme.paper),
        (roles.Base, theme.paper),
        (roles.AlternateBase, theme.palette.ground),
        (roles.WindowText, theme.ink),
        (roles.Text, theme.ink),
        (roles.Button, theme.paper),
        (roles.ButtonText, theme.ink),
        (roles.ToolTipBase, theme.ink),
        (roles.ToolTipText, theme.paper),
        (roles.PlaceholderText, theme.quiet),
        (roles.Highlight, theme.selection),
        (roles.HighlightedText, theme.ink),
        (roles.Link, theme.accent),
        (roles.Accent, theme.accent),
        (roles.Mid, theme.line),
        (roles.Light, theme.hover),
        (roles.Dark, theme.outline),
    ):
        palette.setColor(role, colour(name))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, colour(theme.outline))
    return palette


def _application() -> QApplication:
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise TypeError("the theme needs a QApplication")
    return application
