"""How fast Play goes: a small button that opens the choice."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QWidget

from explainer.gui.buttons import PaintedButton
from explainer.gui.scaling import face, hint, painting
from explainer.gui.theme import Theme, colour, font
from explainer.maths.numbers import localised
from explainer.messages import message, translate

SPEEDS = (0.5, 1.0, 2.0, 4.0)


class SpeedButton(PaintedButton):
    """Shows the speed; a click opens the others."""

    chosen = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._language = "en"
        self._speed = 1.0
        self.clicked.connect(self._open)

    def show_speed(self, speed: float) -> None:
        """Show a speed."""
        self._speed = speed
        self._name()

    def set_language(self, language: str) -> None:
        """Speak a language."""
        self._language = language
        self._name()

    def _name(self) -> None:
        name = translate(message("Speed of Play"), self._language)
        self.setToolTip(name)
        self.setAccessibleName(f"{name}: {speed_text(self._speed, self._language)}")
        self.update()

    def sizeHint(self) -> QSize:
        return hint(36, 26)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = painting(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = face(self).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(self._theme.hover if self._is_lit else self._theme.paper))
        if self.hasFocus():
            painter.setPen(QPen(colour(self._theme.accent), 2))
        painter.drawRoundedRect(place, 7, 7)
        painter.setFont(font(12, 600, tabular=True))
        painter.setPen(colour(self._theme.quiet))
        text = speed_text(self._speed, self._language)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)

    def _open(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QActionGroup(menu)
        for speed in SPEEDS:
            action = menu.addAction(speed_text(speed, self._language))
            action.setCheckable(True)
            action.setChecked(speed == self._speed)
            action.setData(speed)
            group.addAction(action)
        group.triggered.connect(self._choose)
        size = menu.sizeHint()
        menu.popup(self.mapToGlobal(QPoint(0, -size.height() - 4)))

    def _choose(self, action: QAction) -> None:
        self.chosen.emit(float(action.data()))


def speed_text(speed: float, language: str) -> str:
    """Return a speed as it is written on the button: ½ as a decimal, 1× without."""
    return localised(f"{speed:g}", language) + "×"
