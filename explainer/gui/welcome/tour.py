"""The first tour: five callouts beside what they speak of, over the dimmed window."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from explainer.gui.dialogs.asking import words
from explainer.gui.scaling import keep, px
from explainer.gui.theme import Theme, colour
from explainer.gui.window import Window
from explainer.messages import Message, message, translate

_WIDTH = 360
_GAP = 14
_MARGIN = 16
_DIMMED = 0.5
_FORWARD = (Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Backspace)


class Stop(NamedTuple):
    """One callout: what it points at, and what it says."""

    target: Callable[[Window], QWidget]
    title: Message
    text: Message


STOPS: tuple[Stop, ...] = (
    Stop(
        lambda window: window.graph,
        message("The network"),
        message(
            "Every number here can be changed: click a weight, an input or the target and type. A click on a weight also leads to its gradient."
        ),
    ),
    Stop(
        lambda window: window.timeline,
        message("Step by step"),
        message(
            "→ goes a step on, ← back, Space plays. The bars are the steps: forward, error, backward, update. Click any of them."
        ),
    ),
    Stop(
        lambda window: window.derivation,
        message("The derivation"),
        message(
            "Each step as a formula, first in symbols, then in numbers. A factor has the same colour and underline here and on the graph."
        ),
    ),
    Stop(
        lambda window: window.side.tabs,
        message("Your own lesson"),
        message(
            "Choices holds activation functions, the error and the update rule, Data the samples. Everything can be undone and saved."
        ),
    ),
    Stop(
        lambda window: window.top_bar.present,
        message("In the classroom"),
        message(
            "F5 shows this large, line by line, for a clicker. Ctrl+Shift+P hides the results and lets the class predict them."
        ),
    ),
)


class Tour(QWidget):
    """Lies over the window until its last stop or Esc; `ended` comes then."""

    ended = Signal()

    def __init__(self, window: Window, theme: Theme, language: str) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._language = language
        self.stop = 0
        self.callout = QFrame(self)
        self.callout.setProperty("part", "strip")
        keep(self.callout, "setFixedWidth", _WIDTH)
        self.title, self.text = words("", "title"), words("", "text")
        self.count = words("", "note")
        self.skip, self.back, self.next = QPushButton(), QPushButton(), QPushButton()
        self._arrange()
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self.next.setFocus()
        self._show_stop()

    def end(self) -> None:
        """Take the tour away."""
        self._window.removeEventFilter(self)
        self.hide()
        self.deleteLater()
        self._window.graph.setFocus()
        self.ended.emit()

    def go(self, by: int) -> None:
        """Go to another stop; past the last one the tour is over."""
        self.stop = max(self.stop + by, 0)
        if self.stop >= len(STOPS):
            self.end()
        else:
            self._show_stop()

    @property
    def target(self) -> QRect:
        """The place of what is pointed at."""
        widget = STOPS[self.stop].target(self._window)
        return QRect(widget.mapTo(self._window, QPoint(0, 0)), widget.size())

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.update()

    def set_language(self, language: str) -> None:
        """Speak another language."""
        self._language = language
        self._show_stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
            self._place()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Keep the keys of the tour from the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        elif event.key() in _FORWARD:
            self.go(1)
        elif event.key() in _BACK:
            self.go(-1)

    def mousePressEvent(self, event: QEvent) -> None:
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        around = QPainterPath()
        around.addRect(QRectF(self.rect()))
        hole = QPainterPath()
        place = QRectF(self.target.adjusted(3, 3, -3, -3))
        hole.addRoundedRect(place, 10, 10)
        shade = QColor(0, 0, 0)
        shade.setAlphaF(_DIMMED)
        painter.fillPath(around.subtracted(hole), shade)
        painter.setPen(QPen(colour(self._theme.accent), 2))
        painter.drawRoundedRect(place, 10, 10)

    def _arrange(self) -> None:
        self.skip.clicked.connect(self.end)
        self.back.clicked.connect(self._go_back)
        self.next.clicked.connect(self._go_on)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.skip)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.next)
        for button in (self.skip, self.back, self.next):
            button.setAutoDefault(False)
            button.installEventFilter(_Keys(self))
        self.next.setDefault(True)
        column = QVBoxLayout(self.callout)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(8)
        for part in (self.count, self.title, self.text):
            column.addWidget(part)
        column.addLayout(row)

    def _go_on(self) -> None:
        self.go(1)

    def _go_back(self) -> None:
        self.go(-1)

    def _show_stop(self) -> None:
        stop, last = STOPS[self.stop], self.stop == len(STOPS) - 1
        say, language = translate, self._language
        number = message("{number} of {count}", number=self.stop + 1, count=len(STOPS))
        self.count.setText(say(number, language))
        self.title.setText(say(stop.title, language))
        self.text.setText(say(stop.text, language))
        for button, text, keys in (
            (self.skip, message("Skip"), "Esc"),
            (self.back, message("Back"), "←"),
            (self.next, message("Done") if last else message("Next"), "→"),
        ):
            button.setText(say(text, language))
            button.setToolTip(f"{button.text()} ({keys})")
        self.skip.setVisible(not last)
        self.back.setVisible(self.stop > 0)
        self._place()
        self.update()
        if QAccessible.isActive():
            said = f"{self.title.text()}. {self.text.text()}"
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def _place(self) -> None:
        """Put the callout beside its target: where there is room, else inside at its edge."""
        layout = self.callout.layout()
        width = px(_WIDTH)
        height = layout.heightForWidth(width) if layout is not None else 0
        size = QSize(width, max(height, self.callout.sizeHint().height()))
        self.callout.resize(size)
        self.callout.move(_beside(self.target, size, self.rect()))


class _Keys(QObject):
    """Lets the arrows and Esc do the same on the buttons of a tour as beside them."""

    def __init__(self, tour: Tour) -> None:
        super().__init__(tour)
        self._tour = tour

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hand on what is the tour's."""
        if not isinstance(event, QKeyEvent):
            return False
        pressing = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and event.key() in (
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
        ):
            if isinstance(watched, QPushButton):
                watched.click()
            return True
        ours = (*_FORWARD, *_BACK, Qt.Key.Key_Escape)
        if (
            event.type() == QEvent.Type.KeyPress
            and event.key() in ours
            and event.key() not in pressing
        ):
            self._tour.keyPressEvent(event)
            return True
        return False


def _beside(target: QRect, size: QSize, room: QRect) -> QPoint:
    """Return where something of a size stands beside a target: below, above, right, left, or in its middle."""
    middle = target.center()
    across = middle.x() - size.width() // 2
    down = middle.y() - size.height() // 2
    tried = (
        QPoint(across, target.bottom() + _GAP),
        QPoint(across, target.top() - _GAP - size.height()),
        QPoint(target.right() + _GAP, down),
        QPoint(target.left() - _GAP - size.width(), down),
    )
    inner = room.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
    for place in (*tried, QPoint(across, down)):
        # In a window smaller than the callout its beginning is seen.
        kept = QPoint(
            max(min(place.x(), inner.right() - size.width()), inner.left()),
            max(min(place.y(), inner.bottom() - size.height()), inner.top()),
        )
        if not QRect(kept, size).intersects(target):
            break
    return kept
