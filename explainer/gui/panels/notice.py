"""A sentence that appears over the graph for a while: something was turned down or is done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSizeF, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QWidget

from explainer.gui.frame import Frame
from explainer.gui.scaling import face, hint, painting, scale
from explainer.gui.theme import Theme, colour, font

# A sentence stands as long as it takes to read it.
_LEAST_TIME, _TIME_PER_LETTER = 2500, 60
_PADDING = 14
_WIDEST = 560


class Notice(QWidget):
    """Lies at the bottom of its parent; a click takes it away."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = parent
        self._theme = theme
        self._text = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def show_text(self, text: str) -> None:
        """Show a sentence and speak it."""
        self._text = text
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self.update()
        self._timer.start(_LEAST_TIME + _TIME_PER_LETTER * len(text))
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def show_frame(self, old: Frame | None, new: Frame) -> None:
        """Stay: a notice stands for itself."""

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = painting(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(self._theme.ink))
        painter.drawRoundedRect(face(self), 8, 8)
        painter.setFont(font(13))
        painter.setPen(colour(self._theme.paper))
        inner = face(self).adjusted(_PADDING, 9, -_PADDING, -9)
        painter.drawText(
            inner, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, self._text
        )

    def _place(self) -> None:
        room = self._ground.size()
        widest = max(120.0, min(_WIDEST, room.width() / scale() - 40))
        metrics = QFontMetricsF(font(13))
        area = QRectF(QPointF(), QSizeF(widest - 2 * _PADDING, 400))
        bounds = metrics.boundingRect(area, Qt.TextFlag.TextWordWrap.value, self._text)
        self.resize(hint(round(bounds.width()) + 2 * _PADDING + 2, round(bounds.height()) + 18))
        self.move((room.width() - self.width()) // 2, room.height() - self.height() - 20)
