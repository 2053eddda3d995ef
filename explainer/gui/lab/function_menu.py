"""The menu of every activation, opened to choose one or to add one to the comparison."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRectF, QSizeF, Qt, Signal
from PySide6.QtWidgets import QWidget

from explainer.gui.choosing.entry import EntryPainter
from explainer.gui.choosing.popup import Popup
from explainer.gui.choosing.writing import Writing
from explainer.gui.lab.compared_functions import Functions
from explainer.gui.stage import Stage
from explainer.gui.theme import Theme
from explainer.messages import message


class FunctionMenu(QObject):
    """Opens the menu; `chosen` carries the name of an entry."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, painter: EntryPainter, stage: Stage, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._painter = painter
        self._stage = stage
        self._functions: Functions | None = None
        self._anchor: QWidget | None = None
        self.popup: Popup | None = None
        stage.formulas.came.connect(self._renew)

    def open(self, functions: Functions, anchor: QWidget, text: str = "") -> None:
        """Open it under a widget; `text` begins the search."""
        if self.popup is not None:
            return
        self._functions, self._anchor = functions, anchor
        say = self._stage.say
        lines = functions.lines(self._writing)
        self._stage.formulas.ask(functions.formula_keys, self._stage.frame.language)
        self.popup = Popup(self._theme, self._painter, anchor)
        self.popup.chosen.connect(self.chosen)
        self.popup.closed.connect(self._closed)
        name = say(message("Activation"))
        self.popup.open(lines, functions.current, name, say(message("Search")))
        corner = anchor.mapToGlobal(QPoint(0, 0)).toPointF()
        self.popup.place(QRectF(corner, QSizeF(anchor.size())))
        if text:
            self.popup.search.setText(text)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme

    @property
    def _writing(self) -> Writing:
        return Writing(self._stage.frame.language, self._stage.formulas.get)

    def _renew(self) -> None:
        if self.popup is not None and self._functions is not None:
            self.popup.renew(self._functions.lines(self._writing))

    def _closed(self) -> None:
        self.popup = None
        if self._anchor is not None:
            self._anchor.activateWindow()
            self._anchor.setFocus(Qt.FocusReason.PopupFocusReason)
