"""The gallery of built-in lessons: a card for each, with a picture of its network."""

from __future__ import annotations

from msgspec import structs
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFont,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QGraphicsScene,
    QGridLayout,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from explainer.gui.canvas.items import Paints
from explainer.gui.canvas.scene import SceneItems
from explainer.gui.dialogs.asking import PlainDialog
from explainer.gui.theme import Theme, colour, font
from explainer.lesson.examples import example, example_names
from explainer.lesson.lesson import Lesson, text_in
from explainer.messages import message, translate
from explainer.render.diagram import draw
from explainer.trace.moment import starting_moment

_COLUMNS = 2
_CARD = QSize(372, 318)
_PICTURE_HEIGHT = 190
_PADDING = 16
_STEPS: dict[int, int] = {
    Qt.Key.Key_Right.value: 1,
    Qt.Key.Key_Left.value: -1,
    Qt.Key.Key_Down.value: _COLUMNS,
    Qt.Key.Key_Up.value: -_COLUMNS,
}
# What of a drawing can still be read on a card, by the first part of its keys.
_SHOWN = {"edge", "link", "circle", "symbol", "error"}
_LARGEST_SCALE = 0.6
_SHARPNESS = 2.0


class Gallery(PlainDialog):
    """Shows the built-in lessons in teaching order; `chosen` is the name of the one that was clicked."""

    def __init__(self, theme: Theme, language: str, parent: QWidget | None = None) -> None:
        super().__init__(
            parent,
            translate(message("Built-in lessons"), language),
            translate(message("Choose one to begin; each can be edited and saved."), language),
        )
        self.chosen: str | None = None
        self.cards: list[Card] = []
        sheet = QWidget()
        grid = QGridLayout(sheet)
        grid.setContentsMargins(2, 2, 2, 2)
        grid.setSpacing(16)
        for number, name in enumerate(example_names()):
            card = Card(name, example(name), theme, language)
            card.clicked.connect(self._choose)
            card.walked.connect(self._walk)
            grid.addWidget(card, number // _COLUMNS, number % _COLUMNS)
            self.cards.append(card)
        self._area = QScrollArea()
        self._area.setWidget(sheet)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addWidget(self._area, 1)
        cancel = self.add_button(translate(message("Cancel"), language))
        cancel.clicked.connect(self.reject)
        width = _COLUMNS * (_CARD.width() + 16) + 68
        self.resize(width, min(812, self._room_for_height()))
        self.setMinimumWidth(width)
        if self.cards:
            self.cards[0].setFocus()

    def _walk(self, steps: int) -> None:
        """Give the keyboard to the card so many places further."""
        focused = next((i for i, card in enumerate(self.cards) if card.hasFocus()), 0)
        target = focused + steps
        if 0 <= target < len(self.cards):
            self.cards[target].setFocus(Qt.FocusReason.OtherFocusReason)
            self._area.ensureWidgetVisible(self.cards[target])

    def _choose(self) -> None:
        card = self.sender()
        if isinstance(card, Card):
            self.chosen = card.name
            self.accept()

    def _room_for_height(self) -> int:
        return self.screen().availableSize().height() - 80


class Card(QAbstractButton):
    """One lesson: its network, title and description; arrow keys walk so many cards on."""

    walked = Signal(int)

    def __init__(self, name: str, lesson: Lesson, theme: Theme, language: str) -> None:
        super().__init__()
        self.name = name
        self._theme = theme
        self._title = text_in(lesson.title, language)
        self._description = text_in(lesson.description, language)
        self._picture = picture_of(lesson, theme, language, self._picture_size())
        self._over = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self._title)
        self.setAccessibleDescription(self._description)
        self.setToolTip("")

    def sizeHint(self) -> QSize:
        return _CARD

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._over = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._over = False
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in _STEPS:
            self.walked.emit(_STEPS[event.key()])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        lit = self._over or self.hasFocus()
        painter.setBrush(colour(theme.paper))
        painter.setPen(QPen(colour(theme.accent if lit else theme.line), 2 if lit else 1))
        painter.drawRoundedRect(frame, 10, 10)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(theme.palette.ground))
        ground = QRectF(3, 3, self.width() - 6, _PICTURE_HEIGHT)
        painter.drawRoundedRect(ground, 8, 8)
        width = self._picture.width() / self._picture.devicePixelRatio()
        height = self._picture.height() / self._picture.devicePixelRatio()
        centre = ground.center()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(QPointF(centre.x() - width / 2, centre.y() - height / 2), self._picture)
        top = _PICTURE_HEIGHT + 14.0
        painter.setPen(colour(theme.ink))
        top = self._lines(painter, self._title, font(15, 600), top, 2) + 4
        painter.setPen(colour(theme.text))
        room = int((self.height() - 10 - top) // 18)
        self._lines(painter, self._description, font(13), top, max(1, room))

    def _picture_size(self) -> QSize:
        return QSize(_CARD.width() - 28, _PICTURE_HEIGHT - 20)

    def _lines(self, painter: QPainter, text: str, face: QFont, top: float, most: int) -> float:
        """Draw a text in at most so many lines, the last one shortened; return the y below it."""
        painter.setFont(face)
        metrics = painter.fontMetrics()
        width = self.width() - 2 * _PADDING
        layout = QTextLayout(text, face)
        layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        layout.beginLayout()
        number = 0
        while number < most and (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            number += 1
            start, end = line.textStart(), line.textStart() + line.textLength()
            piece = text[start:] if number == most else text[start:end]
            shown = metrics.elidedText(piece.strip(), Qt.TextElideMode.ElideRight, width)
            painter.drawText(QPointF(_PADDING, top + metrics.ascent()), shown)
            top += metrics.height() + 1
        layout.endLayout()
        return top


def picture_of(lesson: Lesson, theme: Theme, language: str, size: QSize) -> QPixmap:
    """Return the network of a lesson, neurons and edges alone, as large as fits into `size`."""
    whole = draw(lesson, starting_moment(lesson), digits=3, language=language)
    shapes = tuple(shape for shape in whole.shapes if shape.key.partition(":")[0] in _SHOWN)
    scene = QGraphicsScene()
    items = SceneItems(scene, Paints(theme.palette))
    items.show(structs.replace(whole, shapes=shapes))
    area = scene.itemsBoundingRect().adjusted(-4, -4, 4, 4)
    scale = min(size.width() / area.width(), size.height() / area.height(), _LARGEST_SCALE)
    picture = QPixmap((area.size() * scale * _SHARPNESS).toSize())
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    scene.render(painter, QRectF(picture.rect()), area)
    painter.end()
    picture.setDevicePixelRatio(_SHARPNESS)
    return picture
