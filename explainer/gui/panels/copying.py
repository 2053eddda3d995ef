"""The context menu of the derivation: copy as LaTeX, as an image, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QRectF
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QMenu, QWidget

from explainer.gui.panels.selection import Part, as_latex, as_text
from explainer.gui.theme import colour
from explainer.gui.typeset.atoms import Layout
from explainer.gui.typeset.painter import Look, PagePainter
from explainer.messages import message, translate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from explainer.protocol import Picture

# Sharp on a page and on a projector.
_IMAGE_SCALE = 3
_IMAGE_MARGIN = 12.0


class CopyMenu(QMenu):
    """Copies one part of a laid-out page in three ways."""

    def __init__(
        self,
        part: Part,
        layout: Layout,
        pictures: Mapping[str, Picture],
        painter: PagePainter,
        look: Look,
        language: str,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._part = part
        self._page = layout
        self._pictures = pictures
        self._painter = painter
        self._look = look._replace(lit=None, lit_factor=None, selected=frozenset())
        for text, slot in (
            (message("Copy as LaTeX"), self._copy_latex),
            (message("Copy as image"), self._copy_image),
            (message("Copy as text"), self._copy_text),
        ):
            self.addAction(translate(text, language)).triggered.connect(slot)

    def _copy_latex(self) -> None:
        QGuiApplication.clipboard().setText(as_latex(self._page, self._part))

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(as_text(self._page, self._part))

    def _copy_image(self) -> None:
        data = QMimeData()
        data.setImageData(self.image())
        data.setText(as_text(self._page, self._part))
        QGuiApplication.clipboard().setMimeData(data)

    def image(self) -> QImage:
        """Return the part drawn on paper at three times its size."""
        atoms = tuple(self._page.atoms[index] for index in self._part.indices)
        area = QRectF()
        for atom in atoms:
            area |= QRectF(atom.x, atom.top, atom.width, atom.ascent + atom.descent + 7)
        area.adjust(-_IMAGE_MARGIN, -_IMAGE_MARGIN, _IMAGE_MARGIN, _IMAGE_MARGIN)
        image = QImage(
            round(area.width() * _IMAGE_SCALE),
            round(area.height() * _IMAGE_SCALE),
            QImage.Format.Format_ARGB32_Premultiplied,
        )
        image.fill(colour(self._look.theme.paper))
        painter = QPainter(image)
        painter.scale(_IMAGE_SCALE, _IMAGE_SCALE)
        painter.translate(-area.topLeft())
        alone = self._page._replace(atoms=atoms, hairlines=(), boxes=())
        self._painter.paint(painter, alone, self._pictures, self._look)
        painter.end()
        return image
