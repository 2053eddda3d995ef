"""What scrolls in the gallery: headings, and under each the cards of its group in as many columns as fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from explainer.gui.dialogs.gallery_card import HEIGHT, SMALLEST_WIDTH, Card
from explainer.gui.scaling import px

_GAP = 14
_MARGIN = 3
_BEFORE_GROUP = 20
_HEADING = 30


class Section(NamedTuple):
    """Cards, and the heading above them unless they are what a search found."""

    heading: QLabel | None
    cards: Sequence[Card]


class Sheet(QWidget):
    """Lays out sections by hand; cards of the others are hidden."""

    laid_out = Signal()

    def __init__(self, groups: Sequence[Section], nothing: QLabel) -> None:
        super().__init__()
        self.groups = groups
        self.rows: list[list[Card]] = []
        self._shown = groups
        self._nothing = nothing
        self._parts = [part for group in groups for part in (group.heading, *group.cards) if part]
        for part in (*self._parts, nothing):
            part.setParent(self)

    @property
    def columns(self) -> int:
        """How many cards stand side by side."""
        return max(1, (self.width() - 2 * _MARGIN + _GAP) // (px(SMALLEST_WIDTH) + _GAP))

    @property
    def is_grouped(self) -> bool:
        """Whether all groups stand there, not what a search found."""
        return self._shown is self.groups

    def show_groups(self) -> None:
        """Show every lesson under its heading."""
        self._show(self.groups)

    def show_found(self, cards: Sequence[Card]) -> None:
        """Show these cards in this order."""
        self._show((Section(None, cards),))

    def _show(self, sections: Sequence[Section]) -> None:
        self._shown = sections
        self._lay_out()

    def sizeHint(self) -> QSize:
        return QSize(3 * (px(SMALLEST_WIDTH) + _GAP), 400)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    def _lay_out(self) -> None:
        self.rows = []
        top = 0
        for section in self._shown:
            if section.heading is not None:
                top += _BEFORE_GROUP if top else 0
                width = self.width() - 2 * _MARGIN
                height = max(px(_HEADING), section.heading.heightForWidth(width))
                section.heading.setGeometry(_MARGIN, top, width, height)
                top += height
            top = self._place(section.cards, top or _MARGIN)
        self._nothing.setGeometry(_MARGIN, _MARGIN, self.width() - 2 * _MARGIN, px(_HEADING))
        shown = {part for section in self._shown for part in (section.heading, *section.cards)}
        for part in self._parts:
            part.setVisible(part in shown)
        self._nothing.setVisible(not self.rows)
        self.setMinimumHeight(max(top - _GAP + _MARGIN, px(_HEADING) + 2 * _MARGIN))
        self.laid_out.emit()

    def _place(self, cards: Sequence[Card], top: int) -> int:
        """Place cards in rows; return the y below them."""
        columns = self.columns
        width = (self.width() - 2 * _MARGIN - (columns - 1) * _GAP) // columns
        for start in range(0, len(cards), columns):
            row = list(cards[start : start + columns])
            for column, card in enumerate(row):
                card.setGeometry(_MARGIN + column * (width + _GAP), top, width, px(HEIGHT))
            self.rows.append(row)
            top += px(HEIGHT) + _GAP
        return top
