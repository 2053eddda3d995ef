"""The number in the box of the error while a network trains: as often another as somebody reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF

from explainer.gui.canvas.items import LabelItem, Paints
from explainer.gui.timing import READABLE, Seldom
from explainer.gui.training.numerals import loss_text
from explainer.render.drawing.nodes import error_words
from explainer.render.shapes import Box
from explainer.render.strokes import text_colour

if TYPE_CHECKING:
    from explainer.gui.canvas.lettering import Letters

# Above every shape of the drawing, below what floats over it.
_LEVEL = 1e7


class LiveError(QObject):
    """Holds the item of the number. `place` is the box it stands in, empty where there is none."""

    def __init__(self, parent: QObject, letters: Letters, paints: Paints) -> None:
        super().__init__(parent)
        self._letters, self._paints = letters, paints
        self._box: Box | None = None
        self._loss, self._language = 0.0, "en"
        self._shown: tuple[object, ...] = ()
        self.text = ""
        self.item = LabelItem()
        self.item.setZValue(_LEVEL)
        self.item.setVisible(False)
        self._tell = Seldom(self, READABLE, self._write)

    @property
    def place(self) -> QRectF:
        """Where the number may stand."""
        box = self._box
        if box is None:
            return QRectF()
        return QRectF(box.x - box.width / 2, box.y - box.height / 2, box.width, box.height)

    def set_paints(self, paints: Paints) -> None:
        """Take other colours."""
        self._paints = paints
        self._write()

    def show_box(self, box: Box | None) -> None:
        """Stand in another box, or nowhere."""
        self._box = box
        self.item.setVisible(box is not None)
        self._write()

    def show_loss(self, loss: float, language: str) -> None:
        """Show another number, soon."""
        if (loss, language) != (self._loss, self._language):
            self._loss, self._language = loss, language
            self._tell.call()

    def _write(self) -> None:
        box = self._box
        if box is None:
            return
        self.text = loss_text(self._loss, self._language)
        shown = (self.text, box, self._paints)
        if shown == self._shown:
            return
        self._shown = shown
        # The letter is part of the drawing.
        _, label = error_words(box, "E", self.text)
        colour = text_colour(label, self._paints.palette)
        self.item.show_label(label, self._letters.lettering(label), self._paints.pen(colour, 1))
