"""How fast training goes: a small button that opens the choice."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu

from explainer.gui.buttons import PaintedButton
from explainer.gui.scaling import face, hint, painting
from explainer.gui.theme import Theme, colour, font
from explainer.messages import Message, message, plural, translate

# Epochs a second; 0 is one for every picture, None as fast as it goes.
PACES: tuple[float | None, ...] = (1.0, 5.0, 20.0, 0.0, None)


class PaceButton(PaintedButton):
    """Shows the pace; a click opens the others. `chosen` carries the one that was chosen."""

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._language = "en"
        self.pace: float | None = None
        self.clicked.connect(self._open)

    def show_pace(self, pace: float | None) -> None:
        """Show a pace."""
        self.pace = pace
        self._name()

    def set_language(self, language: str) -> None:
        """Speak a language."""
        self._language = language
        self._name()

    def _name(self) -> None:
        name = translate(message("Pace of training"), self._language)
        self.setText(translate(pace_name(self.pace), self._language))
        self.setToolTip(name)
        self.setAccessibleName(f"{name}: {self.text()}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        # As wide as the longest, so that what stands beside it does not move.
        metrics = QFontMetricsF(font(12, 600, tabular=True))
        texts = [translate(pace_name(pace), self._language) for pace in PACES]
        return hint(max(map(metrics.horizontalAdvance, texts)) + 34, 28)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = painting(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = face(self).adjusted(1, 1, -1, -1)
        ring = theme.accent if self.hasFocus() else theme.outline
        painter.setPen(QPen(colour(ring), 2 if self.hasFocus() else 1))
        painter.setBrush(colour(theme.hover if self._is_lit else theme.paper))
        painter.drawRoundedRect(place, 7, 7)
        painter.setFont(font(12, 600, tabular=True))
        painter.setPen(colour(theme.text))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place.adjusted(10, 0, -18, 0), flags, self.text())
        x, y = place.right() - 13.0, place.center().y()
        painter.setPen(QPen(colour(theme.quiet), 1.6))
        painter.drawPolyline([QPoint(round(x - 4), round(y - 2)), QPoint(round(x), round(y + 2)), QPoint(round(x + 4), round(y - 2))])  # fmt: skip

    def _open(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QActionGroup(menu)
        for place, pace in enumerate(PACES):
            action = menu.addAction(translate(pace_name(pace), self._language))
            action.setCheckable(True)
            action.setChecked(pace == self.pace)
            action.setData(place)
            group.addAction(action)
        group.triggered.connect(self._choose)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))

    def _choose(self, action: QAction) -> None:
        self.chosen.emit(PACES[int(action.data())])


def pace_name(pace: float | None) -> Message:
    """Return how a pace is called."""
    if pace is None:
        return message("full speed")
    if pace == 0:
        return message("every epoch")
    return plural("{count} epoch/s", "{count} epochs/s", round(pace))
