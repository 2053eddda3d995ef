"""The open menu: a field to search in, the options under it, those that cannot be taken with the reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    QSizeF,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QHideEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from explainer.gui.choosing.entry import EntryPainter, Inks, Shown
from explainer.gui.scaling import hint, px, scale
from explainer.gui.theme import Theme, colour, font

_NARROWEST, _TALLEST = 420, 480
_PADDING_X, _PADDING_Y = 12.0, 8.0
_MARGIN = 7
# Kept free also where nothing scrolls, so that entries are measured once.
_SCROLL_BAR = 16
# From so many options on there is something to search.
_SEARCHED_FROM = 7
_FAULT_SIZE = 12
_WRAPPED = Qt.TextFlag.TextWordWrap.value
_WALKING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Line(NamedTuple):
    """One option of an open menu; `fault` is why it cannot be chosen, `words` what a search finds it by."""

    name: str
    shown: Shown
    fault: str = ""
    words: str = ""


class Popup(QFrame):
    """Opens under what it belongs to; `chosen` carries the name of the option, `closed` comes at the end in any case."""

    chosen = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme, painter: EntryPainter, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("part", "popup")
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(False)
        self.search.installEventFilter(self)
        self.search.textChanged.connect(self._filter)
        self.list = QListWidget()
        self.list.setProperty("part", "popup")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setMouseTracking(True)
        self.list.setFocusProxy(self.search)
        self._delegate = _Delegate(theme, painter, self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.itemEntered.connect(self._point_at)
        self.list.itemClicked.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(6)
        column.addWidget(self.search)
        column.addWidget(self.list)

    def open(self, lines: Sequence[Line], current: str, name: str, hint: str) -> None:
        """Fill and show the menu; `name` is what a screen reader calls it, `hint` stands in the empty search."""
        self.search.setPlaceholderText(hint)
        self.search.setAccessibleName(f"{name}: {hint}")
        self.list.setAccessibleName(name)
        if len(lines) < _SEARCHED_FROM:
            # It keeps the keyboard all the same, so that typing finds an option.
            self.search.setFixedHeight(1)
            self.search.setFrame(False)
            # Nothing of it is seen: neither the frame, which the keyboard would light, nor slices of letters.
            self.search.setPlaceholderText("")
            self.search.setStyleSheet(
                "QLineEdit { border: 0; padding: 0; background: transparent; color: transparent; }"
            )
        for line in lines:
            item = QListWidgetItem()
            _fill(item, line)
            self.list.addItem(item)
            if line.name == current:
                self.list.setCurrentItem(item)

    def place(self, anchor: QRectF) -> None:
        """Show below the anchor (global), above it where there is more room, inside the screen."""
        self.resize(max(round(anchor.width()), px(_NARROWEST)), 100)
        self.ensurePolished()
        self.list.setFixedWidth(self.width() - 2 * _MARGIN)
        self._delegate.room = (self.list.width() - _SCROLL_BAR) / scale()
        self._fit(anchor)
        self.show()
        self.list.scrollToItem(self.list.currentItem(), QListWidget.ScrollHint.PositionAtCenter)
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def _fit(self, anchor: QRectF) -> None:
        screen = QGuiApplication.screenAt(anchor.center().toPoint()) or self.screen()
        room = QRectF(screen.availableGeometry())
        search = self.search.height() + 6 if self.search.height() > 1 else 7
        wanted = min(self._content() + search + 2 * _MARGIN + 2, px(_TALLEST))
        below, above = room.bottom() - anchor.bottom() - 4, anchor.top() - room.top() - 4
        height = min(wanted, max(below, above))
        y = anchor.bottom() + 2 if height <= below else anchor.top() - height - 2
        x = min(max(anchor.right() - self.width(), room.left()), room.right() - self.width())
        self.setGeometry(round(x), round(y), self.width(), round(height))

    def _content(self) -> float:
        return sum(
            self.list.sizeHintForRow(row)
            for row in range(self.list.count())
            if not self.list.isRowHidden(row)
        )

    def renew(self, lines: Sequence[Line]) -> None:
        """Show formulas that have come since."""
        for row, line in enumerate(lines):
            _fill(self.list.item(row), line)
        self.list.doItemsLayout()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.search
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
            return self._press(event)
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.closed.emit()

    def _press(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in _WALKING:
            QApplication.sendEvent(self.list, event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.list.currentItem())
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.close()
        else:
            return False
        return True

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is None or item.isHidden() or not item.flags() & Qt.ItemFlag.ItemIsEnabled:
            return
        name = item.data(_LINE).name
        self.close()
        self.chosen.emit(name)

    def _point_at(self, item: QListWidgetItem) -> None:
        if item.flags() & Qt.ItemFlag.ItemIsEnabled:
            self.list.setCurrentItem(item)

    def _filter(self, text: str) -> None:
        wanted = text.casefold().split()
        best, least = None, _NOWHERE
        for row in range(self.list.count()):
            item = self.list.item(row)
            distance = _distance(item.data(_LINE), wanted)
            item.setHidden(distance == _NOWHERE)
            if distance < least and item.flags() & Qt.ItemFlag.ItemIsEnabled:
                best, least = item, distance
        if wanted and best is not None:
            self.list.setCurrentItem(best)
        self.list.scrollToItem(self.list.currentItem())


_LINE = Qt.ItemDataRole.UserRole
# How far what was typed is from a line: it begins the label, begins a word of it, stands somewhere, or nowhere.
_BEGINS, _BEGINS_A_WORD, _STANDS, _NOWHERE = range(4)


def _distance(line: Line, wanted: Sequence[str]) -> int:
    words = line.words.casefold()
    if not all(word in words for word in wanted):
        return _NOWHERE
    label = line.shown.label.casefold()
    if wanted and label.startswith(" ".join(wanted)):
        return _BEGINS
    parts = re.split(r"\W+", label)
    begun = all(any(part.startswith(word) for part in parts) for word in wanted)
    return _BEGINS_A_WORD if begun else _STANDS


def _fill(item: QListWidgetItem, line: Line) -> None:
    item.setData(_LINE, line)
    formula = line.shown.formula.text if line.shown.formula is not None else ""
    spoken = ", ".join(part for part in (line.shown.label, formula, line.fault) if part)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
    item.setData(Qt.ItemDataRole.ToolTipRole, line.fault)
    if line.fault:
        item.setFlags(Qt.ItemFlag.NoItemFlags)


class _Delegate(QStyledItemDelegate):
    """Paints an option, under it why it cannot be taken."""

    def __init__(self, theme: Theme, painter: EntryPainter, view: QListWidget) -> None:
        super().__init__(view)
        self._theme = theme
        self._entries = painter
        self.room = float(_NARROWEST)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        width = self.room - 2 * _PADDING_X
        line: Line = index.data(_LINE)
        height = self._entries.height(line.shown, width) + 2 * _PADDING_Y
        return hint(self.room, height + _fault_height(line, width))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        line: Line = index.data(_LINE)
        theme = self._theme
        where = QRectF(
            QPointF(option.rect.topLeft()) / scale(), QSizeF(option.rect.size()) / scale()
        )
        chosen = bool(option.state & QStyle.StateFlag.State_Selected) and not line.fault
        painter.save()
        painter.scale(scale(), scale())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(theme.accent_tint))
            painter.drawRoundedRect(where.adjusted(0, 1, 0, -1), 6, 6)
        inner = where.adjusted(_PADDING_X, _PADDING_Y, -_PADDING_X, -_PADDING_Y)
        fault = _fault_height(line, inner.width())
        entry = QRectF(inner)
        entry.setHeight(inner.height() - fault)
        ink = theme.quiet if line.fault else theme.accent if chosen else theme.ink
        formula = theme.quiet if line.fault else theme.accent if chosen else theme.text
        self._entries.paint(painter, line.shown, entry, Inks(ink, formula))
        if line.fault:
            painter.setFont(font(_FAULT_SIZE))
            painter.setPen(colour(theme.quiet))
            below = QRectF(inner.left(), entry.bottom() + 2, inner.width(), fault)
            painter.drawText(below, _WRAPPED, line.fault)
        painter.restore()


def _fault_height(line: Line, width: float) -> float:
    if not line.fault:
        return 0.0
    metrics = QFontMetricsF(font(_FAULT_SIZE))
    return float(metrics.boundingRect(QRectF(0, 0, width, 1000), _WRAPPED, line.fault).height()) + 2
