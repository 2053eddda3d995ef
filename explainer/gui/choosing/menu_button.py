"""The button of a menu: shows what is chosen, its formula beside it, and opens the others."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from explainer.gui.buttons import PaintedButton
from explainer.gui.choosing.entry import EntryPainter, Inks, Shown
from explainer.gui.scaling import face, keep, painting, px, scale
from explainer.gui.theme import Theme, colour

_LEFT, _RIGHT, _ABOVE = 12.0, 38.0, 8.0
_LOWEST = 38
_OPENING = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_F4)


class MenuButton(PaintedButton):
    """A wide button; `opened` carries what was typed on it, with which the menu begins to search."""

    opened = Signal(str)

    def __init__(self, theme: Theme, painter: EntryPainter, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._entries = painter
        self._shown = Shown("")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        keep(self, "setMinimumWidth", 200)
        self.clicked.connect(self._open)

    def show_entry(self, shown: Shown) -> None:
        """Show an option."""
        if shown != self._shown:
            self._shown = shown
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(320), self.heightForWidth(self.width()))

    def heightForWidth(self, width: int) -> int:
        """Return the height in which the formula has room."""
        room = max(width / scale() - _LEFT - _RIGHT, 100.0)
        return px(max(_LOWEST, self._entries.height(self._shown, room) + 2 * _ABOVE))

    def event(self, event: QEvent) -> bool:
        # A letter opens the menu and begins the search; it is not taken for a shortcut.
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and _opens(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPENING:
            self.opened.emit("")
        elif _typed(event):
            self.opened.emit(event.text())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = painting(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = face(self).adjusted(0.5, 0.5, -0.5, -0.5)
        focused = self.hasFocus()
        painter.setBrush(colour(theme.hover if self._is_lit else theme.paper))
        painter.setPen(
            QPen(colour(theme.accent if focused else theme.outline), 2 if focused else 1)
        )
        inset = 0.5 if focused else 0.0
        painter.drawRoundedRect(place.adjusted(inset, inset, -inset, -inset), 7, 7)
        inner = face(self).adjusted(_LEFT, _ABOVE, -_RIGHT, -_ABOVE)
        self._entries.paint(painter, self._shown, inner, Inks(theme.ink, theme.text))
        self._arrow(painter)

    def _arrow(self, painter: QPainter) -> None:
        x, y = face(self).width() - 19.0, face(self).height() / 2
        painter.setPen(
            QPen(
                colour(self._theme.quiet),
                1.6,
                Qt.PenStyle.SolidLine,
                Qt.PenCapStyle.RoundCap,
                Qt.PenJoinStyle.RoundJoin,
            )
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(
            QPolygonF([QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)])
        )

    def _open(self) -> None:
        self.opened.emit("")


def _opens(event: QKeyEvent) -> bool:
    return event.key() in _OPENING or _typed(event)


def _typed(event: QKeyEvent) -> bool:
    plain = event.modifiers() & ~(
        Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
    )
    return plain == Qt.KeyboardModifier.NoModifier and event.text().strip().isalnum()
