"""The look in force: as the user chose it, or as the system has it; Qt's own widgets take it too."""

from __future__ import annotations

from functools import cache

from PySide6 import QtCore
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from explainer.gui.theme import BASE_SIZE, Choice, Theme, colour, font, themes
from explainer.resources import resource


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
        self._scale = 1.0
        self._apply()

    def dress(self) -> None:
        """Style Qt's own widgets too: menus, dialogs, fields. The first frame has none of them."""
        if not self._is_dressed:
            self._is_dressed = True
            self._apply()

    def scale(self, factor: float) -> None:
        """Set the words of Qt's own widgets so many times as large as usual."""
        self._scale = factor
        _application().setFont(font(BASE_SIZE * factor))
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

            arrow, check = self._picture("arrow"), self._picture("check")
            sheet = style_sheet(self._theme.sheet(), arrow, check, self._scale)
            application.setStyleSheet(sheet)

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
        palette.setColor(QPalette.ColorGroup.Disabled, role, colour(theme.off))
    return palette


def _application() -> QApplication:
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise TypeError("the theme needs a QApplication")
    return application
