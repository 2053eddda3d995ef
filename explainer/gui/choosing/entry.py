"""How an option looks, in a menu and on its button: its name at the left, its formula at the right."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from explainer.gui.theme import colour, font
from explainer.gui.typeset.art import FormulaArt
from explainer.gui.typeset.measure import TYPE_SIZE
from explainer.protocol import MenuFormula

# Formulas are set at this size of type, smaller where there is too little room.
_TYPE = 15.0
_TEXT_SIZE = 13
_LABEL_SIZE = 14
_GAP = 16.0
# The share of the width that a formula may take beside a name.
_SHARE = 0.66
_LEAST_LABEL, _LEAST_FORMULA = 84.0, 48.0
_WRAPPED = Qt.TextFlag.TextWordWrap.value


class Shown(NamedTuple):
    """What is painted of an option."""

    label: str
    formula: MenuFormula | None = None


class Inks(NamedTuple):
    """The colours of name and formula, as #rrggbb."""

    label: str
    formula: str


class EntryPainter:
    """Measures and paints entries; keeps the renderers of their formulas."""

    def __init__(self) -> None:
        self._art = FormulaArt()

    def height(self, shown: Shown, width: float) -> float:
        """Return the height that an entry needs in this width."""
        formula_width, formula_height = _formula_size(shown, width)
        metrics = QFontMetricsF(font(_LABEL_SIZE))
        room = _label_room(width, formula_width)
        bounds = metrics.boundingRect(QRectF(0, 0, room, 1000), _WRAPPED, shown.label)
        return max(float(bounds.height()), formula_height, 20.0)

    def paint(self, painter: QPainter, shown: Shown, place: QRectF, inks: Inks) -> None:
        """Paint an entry into a place."""
        width, height = _formula_size(shown, place.width())
        painter.setFont(font(_LABEL_SIZE))
        painter.setPen(colour(inks.label))
        room = QRectF(place)
        room.setWidth(_label_room(place.width(), width))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, left.value | _WRAPPED, shown.label)
        if not width or shown.formula is None:
            return
        where = QRectF(0, 0, width, height)
        where.moveCenter(place.center())
        where.moveRight(place.right())
        if shown.formula.picture is not None:
            pictures = {shown.formula.text: shown.formula.picture}
            self._art.draw(painter, shown.formula.text, pictures, where, inks.formula)
            return
        painter.setFont(font(_TEXT_SIZE))
        painter.setPen(colour(inks.formula))
        text = QFontMetricsF(font(_TEXT_SIZE)).elidedText(
            shown.formula.text, Qt.TextElideMode.ElideRight, width
        )
        painter.drawText(where, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)


def _formula_size(shown: Shown, width: float) -> tuple[float, float]:
    if shown.formula is None or not shown.formula.text:
        return 0.0, 0.0
    most = max(min(width * _SHARE, width - _least_label(shown.label) - _GAP), _LEAST_FORMULA)
    picture = shown.formula.picture
    if picture is None:
        metrics = QFontMetricsF(font(_TEXT_SIZE))
        return min(metrics.horizontalAdvance(shown.formula.text) + 1, most), metrics.height()
    scale = min(_TYPE / TYPE_SIZE, most / picture.width)
    return picture.width * scale, picture.height * scale


def _least_label(label: str) -> float:
    """Return the width that a name needs at least: it is broken between words only."""
    metrics = QFontMetricsF(font(_LABEL_SIZE))
    return max((_LEAST_LABEL, *(metrics.horizontalAdvance(word) + 1 for word in label.split())))


def _label_room(width: float, formula_width: float) -> float:
    return width - formula_width - _GAP if formula_width else width
