"""The tabs above the right panel: words, the one in front underlined."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from explainer.gui.buttons import ChoiceButton
from explainer.gui.panels.menu_button import MenuButton
from explainer.gui.scaling import face, hint, keep, painting, px
from explainer.gui.theme import Theme, colour, font
from explainer.messages import Message, message, translate

HEIGHT = 47
_PADDING, _LEAST_PADDING = 12, 3
_UNDERLINE = 2
_SIDE, _GAP = 15, 2


class TabStrip(QWidget):
    """A row of tabs; `chosen` carries the key of the one that was clicked."""

    chosen = Signal(str)

    def __init__(
        self, theme: Theme, tabs: Mapping[str, Message], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._names = dict(tabs)
        self._name = ""
        keep(self, "setFixedHeight", HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(_SIDE, 0, _SIDE, 0)
        row.setSpacing(_GAP)
        self.tabs: dict[str, Tab] = {}
        for key in tabs:
            tab = Tab(theme)
            tab.setObjectName(key)
            tab.clicked.connect(self._clicked)
            self.tabs[key] = tab
            row.addWidget(tab)
        # All of them in a menu, where they do not stand side by side.
        self.folded = MenuButton(theme)
        self.folded.setObjectName("tabs")
        self.folded.menu.triggered.connect(self._picked)
        self.folded.hide()
        row.addWidget(self.folded)
        row.addStretch(1)

    def show_chosen(self, key: str) -> None:
        """Underline a tab."""
        for name, tab in self.tabs.items():
            tab.setChecked(name == key)
        self._name_folded()

    def set_language(self, language: str) -> None:
        """Speak a language."""
        for key, tab in self.tabs.items():
            tab.show_name(translate(self._names[key], language))
        self._name = translate(message("Tabs"), language)
        self.folded.menu.clear()
        for key, tab in self.tabs.items():
            self.folded.menu.addAction(tab.text()).setData(key)
        self._name_folded()
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.folded.sizeHint().width() + 2 * _SIDE, px(HEIGHT))

    def width_unfolded(self) -> int:
        """Return the width in which all tabs stand side by side."""
        widths = [tab.minimumSizeHint().width() for tab in self.tabs.values()]
        return sum(widths) + _GAP * (len(widths) - 1) + 2 * _SIDE

    def _fold(self) -> None:
        """Put the tabs into a menu where there is no room for them side by side."""
        is_folded = self.width_unfolded() > self.width()
        if self.isVisible() and is_folded == self.folded.isHidden():
            for tab in self.tabs.values():
                tab.setVisible(not is_folded)
            self.folded.setVisible(is_folded)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fold()

    def _name_folded(self) -> None:
        word = next((tab.text() for tab in self.tabs.values() if tab.isChecked()), "")
        self.folded.name(self._name, word)

    def _picked(self, action: QAction) -> None:
        self.chosen.emit(str(action.data()))

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        for tab in (*self.tabs.values(), self.folded):
            tab.set_theme(theme)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(self._theme.paper))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), colour(self._theme.line))

    def _clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.chosen.emit(sender.objectName())


class Tab(ChoiceButton):
    """One word of the strip."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_name(self, name: str) -> None:
        """Write a name."""
        self.setText(name)
        self.setAccessibleName(name)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        # As wide as in bold, so that the tabs stay where they are.
        width = QFontMetricsF(font(14, 600)).horizontalAdvance(self.text())
        return hint(round(width) + 2 * _PADDING, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        # Where there are many tabs and little room they move together.
        whole = self.sizeHint()
        return whole - QSize(2 * px(_PADDING - _LEAST_PADDING), 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, checked = self._theme, self.isChecked()
        painter, place = painting(self), face(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = theme.accent if checked else theme.ink if self._is_lit else theme.quiet
        painter.setFont(font(14, 600 if checked else 400))
        painter.setPen(colour(ink))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self.text())
        if checked:
            line = QRectF(0, HEIGHT - _UNDERLINE, place.width(), _UNDERLINE)
            painter.fillRect(line, colour(theme.accent))
        if self.hasFocus():
            painter.setPen(QPen(colour(theme.accent), 2))
            painter.drawRoundedRect(place.adjusted(3, 8, -3, -9), 6, 6)
