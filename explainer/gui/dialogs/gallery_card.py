"""A card of the gallery: the network, the title and the first sentences of one lesson."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QWidget

from explainer.gui.buttons import PointedButton
from explainer.gui.scaling import face, painting
from explainer.gui.theme import Theme, colour, font
from explainer.lesson.examples import example_heading
from explainer.lesson.lesson import text_in

SMALLEST_WIDTH = 268
HEIGHT = 250
_PICTURE_HEIGHT = 126
_PADDING = 16
_LINE = 18
# In letters.
_WIDEST_TIP = 64
PICTURE = QSize(SMALLEST_WIDTH - 28, _PICTURE_HEIGHT - 16)


class Line(NamedTuple):
    """One line of text and where its base line begins."""

    text: str
    face: QFont
    start: QPointF
    is_title: bool


class Card(PointedButton):
    """One lesson. Its keys belong to the gallery: `pressed_key` hands them on."""

    pressed_key = Signal(QKeyEvent)

    def __init__(self, name: str, theme: Theme, language: str, parent: QWidget) -> None:
        super().__init__(parent)
        heading = example_heading(name)
        self.name = name
        self.picture: QPixmap | None = None
        self._theme = theme
        self._title = text_in(heading.title, language)
        self._description = text_in(heading.description, language)
        self._searched_title = plain(self._title)
        self._searched = plain(f"{self._title} {self._description} {name}")
        self._marked = False
        self._laid_out_for = -1
        self._laid_out: tuple[Line, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self._title)
        self.setAccessibleDescription(self._description)
        # As much of the description as there is room for; the whole stands in the tip.
        self.setProperty("shortens", True)
        self.setToolTip(fill(f"{self._title}. {self._description}", _WIDEST_TIP))

    def matches(self, words: Sequence[str]) -> bool:
        """Tell whether every word, written as `plain` writes it, stands in title, description or name."""
        return all(word in self._searched for word in words)

    def matches_title(self, words: Sequence[str]) -> bool:
        """Tell whether every word stands in the title."""
        return all(word in self._searched_title for word in words)

    def set_marked(self, marked: bool) -> None:
        """Mark it as the one that Enter opens."""
        if marked != self._marked:
            self._marked = marked
            self.update()

    def show_picture(self, picture: QPixmap) -> None:
        """Show the network."""
        self.picture = picture
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.click()
        else:
            event.ignore()
            self.pressed_key.emit(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = painting(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self._over or self._marked or self.hasFocus()
        # Who has the keyboard is told from what is marked or pointed at.
        width = 3 if self.hasFocus() else 2 if lit else 1
        frame = face(self).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setBrush(colour(theme.paper))
        painter.setPen(QPen(colour(theme.accent if lit else theme.line), width))
        painter.drawRoundedRect(frame, 10, 10)
        self._paint_picture(painter)
        for line in self._lines():
            painter.setFont(line.face)
            painter.setPen(colour(theme.ink if line.is_title else theme.text))
            painter.drawText(line.start, line.text)

    def _paint_picture(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(self._theme.palette.ground))
        ground = QRectF(3, 3, face(self).width() - 6, _PICTURE_HEIGHT)
        painter.drawRoundedRect(ground, 8, 8)
        if self.picture is None:
            return
        size = self.picture.deviceIndependentSize()
        corner = ground.center() - QPointF(size.width() / 2, size.height() / 2)
        painter.drawPixmap(corner, self.picture)

    def _lines(self) -> tuple[Line, ...]:
        """Return title and description in lines; they are laid out anew only for another width."""
        room = face(self)
        width = int(room.width()) - 2 * _PADDING
        if width != self._laid_out_for:
            self._laid_out_for = width
            top = _PICTURE_HEIGHT + 14.0
            title, top = lines_of(self._title, font(15, 600), width, top, 2, is_title=True)
            most = max(1, int((room.height() - 14 - top) // _LINE))
            rest, _ = lines_of(self._description, font(13), width, top + 4, most)
            self._laid_out = (*title, *rest)
        return self._laid_out


def lines_of(
    text: str, face: QFont, width: int, top: float, most: int, *, is_title: bool = False
) -> tuple[list[Line], float]:
    """Break a text into at most so many lines, the last one shortened; return them and the y below."""
    metrics = QFontMetricsF(face)
    layout = QTextLayout(text, face)
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    layout.beginLayout()
    lines: list[Line] = []
    while len(lines) < most and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        start, end = line.textStart(), line.textStart() + line.textLength()
        piece = text[start:] if len(lines) == most - 1 else text[start:end]
        shown = metrics.elidedText(piece.strip(), Qt.TextElideMode.ElideRight, width)
        lines.append(Line(shown, face, QPointF(_PADDING, top + metrics.ascent()), is_title))
        top += metrics.height() + 1
    layout.endLayout()
    return lines, top


def plain(text: str) -> str:
    """Return a text as it is searched: small letters, and ё as е, which is how most people type it."""
    return text.casefold().replace("ё", "е")
