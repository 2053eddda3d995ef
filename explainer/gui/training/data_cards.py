"""Pictures of the built-in data sets: a card for each, made one after the other when there is time."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QGridLayout, QWidget

from explainer.gui.buttons import PointedButton
from explainer.gui.scaling import face, keep, painting
from explainer.gui.theme import Theme, colour, font
from explainer.gui.timing import once
from explainer.lesson.lesson import Data
from explainer.messages import Refused, translate
from explainer.training.datasets import DATASETS, dataset

_PICTURE, _NAME = 84, 42
_SIZE = QSize(112, _PICTURE + _NAME)
_COLUMNS = 4
_POINTS, _SEED = 110, 5
_INSET = 10.0
# Marks of a few rows are larger than those of many points.
_LARGE, _SMALL = 5.0, 2.1
_FEW = 8


@lru_cache(maxsize=64)
def sketched(name: str, noise: float) -> Data | None:
    """Return a few samples of a data set, None where there are none with this noise."""
    try:
        return dataset(name, _POINTS, noise=noise, seed=_SEED, training_share=1.0).training
    except Refused:
        return None


class DataCards(QWidget):
    """All data sets, one of them chosen."""

    def __init__(self, theme: Theme, language: str, chosen: str) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(2, 2, 2, 2)
        grid.setSpacing(8)
        self.cards: dict[str, DataCard] = {}
        for place, (name, row) in enumerate(DATASETS.items()):
            label = translate(row.label, language)
            card = DataCard(theme, name, label[:1].upper() + label[1:], self)
            card.setChecked(name == chosen)
            grid.addWidget(card, place // _COLUMNS, place % _COLUMNS)
            self.cards[name] = card
        self._noise = 0.0
        self._left: list[DataCard] = []
        self._next = once(self, 0, self._sketch_one)
        self.show_noise(0.0)

    @property
    def chosen(self) -> str:
        """The name of the data set that is chosen."""
        return next(name for name, card in self.cards.items() if card.isChecked())

    def show_noise(self, noise: float) -> None:
        """Show the samples with this much noise."""
        self._noise = noise
        self._left = list(self.cards.values())
        self._next.start()

    def _sketch_one(self) -> None:
        card = self._left.pop(0)
        data = sketched(card.name, self._noise)
        if data is not None:
            card.show_data(data)
        if self._left:
            self._next.start()


class DataCard(PointedButton):
    """One data set: its samples, its name."""

    def __init__(self, theme: Theme, name: str, label: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = name
        self._theme = theme
        self._data: Data | None = None
        self.setText(label)
        self.setAccessibleName(label)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        keep(self, "setFixedSize", _SIZE.width(), _SIZE.height())
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_data(self, data: Data) -> None:
        """Show samples."""
        self._data = data
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, checked = self._theme, self.isChecked()
        painter, width = painting(self), face(self).width()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = face(self).adjusted(1, 1, -1, -1)
        painter.setBrush(colour(theme.accent_tint if checked else theme.paper))
        ring = theme.accent if checked else theme.outline if self._over else theme.line
        painter.setPen(QPen(colour(ring), 2 if checked else 1))
        painter.drawRoundedRect(frame, 8, 8)
        if self.hasFocus():
            # Of another colour where it is chosen already.
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour(theme.ink if checked else theme.accent), 2))
            painter.drawRoundedRect(frame, 8, 8)
        ground = QRectF(4, 4, width - 8, _PICTURE - 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(theme.palette.ground))
        painter.drawRoundedRect(ground, 6, 6)
        if self._data is not None:
            self._paint_data(painter, ground.adjusted(_INSET, _INSET, -_INSET, -_INSET))
        painter.setFont(font(11, 600 if checked else 400))
        painter.setPen(colour(theme.accent if checked else theme.text))
        place = QRectF(4, _PICTURE, width - 8, _NAME - 2)
        flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        painter.drawText(place, flags, self.text())
        if self.hasFocus() and checked:
            # The frame alone says that it is chosen.
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour(theme.ink), 1.5))
            painter.drawRoundedRect(frame.adjusted(3, 3, -3, -3), 6, 6)

    def _paint_data(self, painter: QPainter, box: QRectF) -> None:
        data = self._data
        if data is None:
            return
        if len(data.inputs[0]) == 1:
            self._paint_curve(painter, box, data)
            return
        size = _LARGE if len(data.inputs) <= _FEW else _SMALL
        side = min(box.width(), box.height())
        square = QRectF(0, 0, side, side)
        square.moveCenter(box.center())
        shades = self._shades(data)
        for place, shade in zip(_places(data.inputs, square), shades, strict=True):
            painter.setBrush(shade)
            painter.drawEllipse(place, size, size)

    def _paint_curve(self, painter: QPainter, box: QRectF, data: Data) -> None:
        rows = sorted((x, y) for (x,), (y,) in zip(data.inputs, data.targets, strict=True))
        line = QPolygonF(_places(rows, box))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour(self._theme.accent), 1.8))
        painter.drawPolyline(line)

    def _shades(self, data: Data) -> list[QColor]:
        """Return blue for targets above the middle, orange for those below; fainter the nearer to it."""
        targets = [row[0] for row in data.targets]
        middle = (max(targets) + min(targets)) / 2
        half = (max(targets) - min(targets)) / 2 or 1.0
        found = []
        for target in targets:
            share = (target - middle) / half
            shade = QColor(self._theme.palette.tones["forward" if share > 0 else "error"].line)
            shade.setAlphaF(0.25 + 0.75 * abs(share))
            found.append(shade)
        return found


def _places(
    rows: list[tuple[float, float]] | tuple[tuple[float, ...], ...], box: QRectF
) -> list[QPointF]:
    """Return where points stand in a box that just holds them."""
    xs, ys = [row[0] for row in rows], [row[1] for row in rows]
    left, bottom = min(xs), min(ys)
    wide, high = (max(xs) - left) or 1.0, (max(ys) - bottom) or 1.0
    return [
        QPointF(
            box.left() + box.width() * (x - left) / wide,
            box.bottom() - box.height() * (y - bottom) / high,
        )
        for x, y in zip(xs, ys, strict=True)
    ]
