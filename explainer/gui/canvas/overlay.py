"""What lies over something and lets the mouse through; over the graph it sees through its camera."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from explainer.gui.canvas.camera import Camera
from explainer.gui.theme import Theme


class Overlay(QWidget):
    """Paints over its parent and is never pointed at."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.update()


class GraphOverlay(Overlay):
    """Lies over the viewport of the graph and paints in the coordinates of the drawing; hidden while it has nothing to show."""

    def __init__(self, theme: Theme, viewport: QWidget) -> None:
        super().__init__(theme, viewport)
        self._room = viewport
        self._camera = Camera()
        self.hide()

    def look(self, camera: Camera) -> None:
        """Look through the camera of the graph."""
        self._camera = camera
        self.update()

    def _cover(self, *, has_something: bool) -> None:
        """Lie over all of the viewport, or be away."""
        if has_something:
            self.setGeometry(self._room.rect())
        self.setVisible(has_something)
        self.update()

    def _painter(self) -> QPainter:
        """Return a painter that takes the coordinates of the drawing."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self._camera.left, self._camera.top)
        painter.scale(self._camera.scale, self._camera.scale)
        return painter
