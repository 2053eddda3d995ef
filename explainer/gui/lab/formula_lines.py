"""A formula and its derivative, one under the other, as menus show them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explainer.gui.scaling import face, painting, px, scale
from explainer.gui.theme import Theme, colour, font
from explainer.gui.typeset.art import FormulaArt
from explainer.gui.typeset.measure import TYPE_SIZE
from explainer.protocol import MenuFormula

_TYPE = 17.0
_GAP = 12.0


class FormulaLines(QWidget):
    """Paints formulas; one that has no picture yet is written as text."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._art = FormulaArt()
        self._formulas: tuple[MenuFormula, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_formulas(self, *formulas: MenuFormula | None) -> None:
        """Show these, as far as they have come."""
        found = tuple(formula for formula in formulas if formula is not None)
        if found != self._formulas:
            self._formulas = found
            self.setAccessibleName("; ".join(formula.text for formula in found))
            self.updateGeometry()
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.update()

    def heightForWidth(self, width: int) -> int:
        """Return the height of all formulas, each as wide as there is room."""
        heights = [self._size(formula, width / scale())[1] for formula in self._formulas]
        return px(sum(heights) + _GAP * max(0, len(heights) - 1))

    def sizeHint(self) -> QSize:
        return QSize(px(300), self.heightForWidth(self.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = painting(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = 0.0
        for formula in self._formulas:
            width, height = self._size(formula, face(self).width())
            place = QRectF(0, top, width, height)
            if formula.picture is None:
                painter.setFont(font(14))
                painter.setPen(colour(self._theme.ink))
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, formula.text)
            else:
                pictures = {formula.text: formula.picture}
                self._art.draw(painter, formula.text, pictures, place, self._theme.ink)
            top += height + _GAP

    @staticmethod
    def _size(formula: MenuFormula, room: float) -> tuple[float, float]:
        if formula.picture is None:
            return room, 24.0
        scale = min(_TYPE / TYPE_SIZE, room / formula.picture.width)
        return formula.picture.width * scale, formula.picture.height * scale
