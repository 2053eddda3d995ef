"""Which display is projected on: the one used last if it is there, else the user is asked once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QMenu, QWidget, QWidgetAction

from explainer.gui.dialogs.asking import words
from explainer.messages import message, translate


def name_of(screen: QScreen) -> str:
    """Return what a display is known by: its maker and model where they are told, and its connection."""
    parts = (screen.manufacturer(), screen.model(), screen.serialNumber(), screen.name())
    return " ".join(part for part in parts if part)


def description(screen: QScreen, language: str) -> str:
    """Return how a display is called in a menu: number of pixels, name, whether it is the main one."""
    size = screen.size() * screen.devicePixelRatio()
    name = screen.model() or screen.name()
    text = " · ".join(part for part in (name, f"{size.width()} × {size.height()}") if part)
    if screen is QGuiApplication.primaryScreen():
        text = translate(message("{display} (main display)", display=text), language)
    return text


def remembered(screens: Sequence[QScreen], name: str) -> QScreen | None:
    """Return the display of this name; the only one where there is but one; None where the user has to say."""
    found = next((screen for screen in screens if name_of(screen) == name), None)
    if found is None and len(screens) == 1:
        return screens[0]
    return found


def beside(projected: QScreen, window: QScreen, screens: Sequence[QScreen]) -> QScreen:
    """Return the display for what only the presenter sees: that of the window, any other, or the one projected on."""
    others = [screen for screen in screens if screen is not projected]
    if window in others:
        return window
    return others[0] if others else projected


class DisplayMenu(QMenu):
    """Asks for a display; the one that is in use is ticked."""

    def __init__(self, current: QScreen | None, language: str, parent: QWidget) -> None:
        super().__init__(parent)
        # A section of Qt's shows no words under the window's style.
        title = translate(message("Present on"), language)
        heading = QWidgetAction(self)
        label = words(title, "heading")
        label.setContentsMargins(28, 6, 28, 4)
        heading.setDefaultWidget(label)
        heading.setEnabled(False)
        self.addAction(heading)
        self.setAccessibleName(title)
        for screen in QGuiApplication.screens():
            action = self.addAction(description(screen, language))
            action.setCheckable(True)
            action.setChecked(screen is current)
            action.setData(name_of(screen))
