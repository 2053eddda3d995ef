"""The plus signs over the graph: one above each column for a neuron, one between two columns for a layer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from explainer.gui.building.places import Places
from explainer.gui.buttons import PaintedButton
from explainer.gui.canvas.camera import Camera
from explainer.gui.theme import Theme, colour
from explainer.messages import Message, message, translate

_SIZE = 24
# Their middle lies so high over the middle of the headings, in units of the drawing.
_ABOVE_HEADING = 20.0
_HEADING = 36.0


class PlusButton(PaintedButton):
    """A small round button with a plus; a layer's is a square."""

    def __init__(self, theme: Theme, parent: QWidget, *, of_layer: bool) -> None:
        super().__init__(theme, parent)
        self._of_layer = of_layer
        self.setFixedSize(QSize(_SIZE, _SIZE))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(_SIZE, _SIZE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        is_lit = self._is_lit or self.hasFocus()
        painter.setPen(QPen(colour(theme.accent if is_lit else theme.outline), 1.5))
        painter.setBrush(colour(theme.accent_tint if is_lit else theme.paper))
        corner = 5.0 if self._of_layer else place.width() / 2
        painter.drawRoundedRect(place, corner, corner)
        painter.setPen(QPen(colour(theme.accent if is_lit else theme.icon), 1.8))
        centre, arm = place.center(), 4.5
        painter.drawLine(
            QRectF(centre.x() - arm, centre.y(), 2 * arm, 0).topLeft(),
            QRectF(centre.x() - arm, centre.y(), 2 * arm, 0).topRight(),
        )
        painter.drawLine(
            QRectF(centre.x(), centre.y() - arm, 0, 2 * arm).topLeft(),
            QRectF(centre.x(), centre.y() - arm, 0, 2 * arm).bottomLeft(),
        )


class PlusButtons:
    """Shows the buttons that belong to where the pointer is, so that the graph stays calm."""

    def __init__(
        self,
        theme: Theme,
        viewport: QWidget,
        add_neuron: Callable[[int], object],
        add_layer: Callable[[int], object],
    ) -> None:
        self._theme = theme
        self._viewport = viewport
        self._column = 0
        self._gap = 0
        self.neuron = PlusButton(theme, viewport, of_layer=False)
        self.layer = PlusButton(theme, viewport, of_layer=True)
        self.neuron.clicked.connect(lambda: add_neuron(self._column))
        self.layer.clicked.connect(lambda: add_layer(self._gap))
        for button in (self.neuron, self.layer):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.hide()
        self.set_language("en")

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.neuron.set_theme(theme)
        self.layer.set_theme(theme)

    def set_language(self, language: str) -> None:
        """Speak another language."""
        _name(self.neuron, message("Add a neuron to this column"), language)
        _name(self.layer, message("Add a layer between these columns"), language)

    def show_at(self, places: Places, camera: Camera, x: float | None) -> None:
        """Show the button of the column, or of the gap, at an x of the drawing; None hides both."""
        column = places.column_at(x) if x is not None else None
        gap = places.gap_at(x) if x is not None and column is None else None
        self.neuron.setVisible(column is not None)
        self.layer.setVisible(gap is not None)
        if column is not None:
            self._column = column.number
            self._place(self.neuron, column.x, camera)
        if gap is not None:
            left, right = gap
            self._gap = left.number
            self._place(self.layer, (left.x + right.x) / 2, camera)

    def hide(self) -> None:
        """Hide both."""
        self.neuron.hide()
        self.layer.hide()

    def _place(self, button: PlusButton, x: float, camera: Camera) -> None:
        across, down = camera.to_screen(x, _HEADING - _ABOVE_HEADING)
        left = min(max(across - _SIZE / 2, 2), self._viewport.width() - _SIZE - 2)
        top = min(max(down - _SIZE / 2, 2), self._viewport.height() - _SIZE - 2)
        button.move(round(left), round(top))
        button.raise_()


def _name(button: PlusButton, text: Message, language: str) -> None:
    said = translate(text, language)
    button.setToolTip(said)
    button.setAccessibleName(said)
