"""The graph on a projector: fitted to its place, its words readable from the back row; it takes no mouse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from explainer.gui.canvas.camera import MARGIN, Bounds, Camera
from explainer.gui.canvas.hits import active_area
from explainer.gui.canvas.numbers import Editable
from explainer.gui.panels.graph import GraphPanel
from explainer.gui.presentation.cut_words import without_cut_words
from explainer.gui.presentation.enlarging import enlarged, smallest_type
from explainer.gui.presentation.whole_nodes import Span, cutting_least, spans
from explainer.gui.theme import Theme
from explainer.pages.page import Reference
from explainer.render.drawing.matrix_shapes import NAME_SIZE, NUMBER_SIZE
from explainer.render.shapes import Drawing

# Words are set at most so much larger than a window would, against the distances around them. The numbers of a matrix
# stand too close to each other for that: what stands around them is set as large as they are.
_MOST_ENLARGED = 1.8
_MOST_ENLARGED_AT_MATRICES = NUMBER_SIZE / NAME_SIZE


class ProjectedGraph(GraphPanel):
    """Shows the whole graph where its words can be read; else the part that the step speaks of."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setMinimumWidth(0)
        self.moves = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._least = 1.0
        self._plain = self._whole = Drawing(1.0, 1.0, ())

    def set_least_type(self, pixels: float) -> None:
        """Show no label smaller than so many px of the screen."""
        self._least = pixels
        self._fit_again()

    def set_editable_values(self, values: Mapping[Reference, Editable]) -> None:
        """Nothing is edited here."""

    def show_drawing(
        self, drawing: Drawing, _editable: Mapping[Reference, Editable] | None = None
    ) -> None:
        self._plain = drawing
        scale = self._scale(drawing)
        whole = self._whole = enlarged(drawing, self._least / scale)
        super().show_drawing(whole)
        self._settle()
        seen = self._without_cut_words(whole)
        if seen is not whole:
            super().show_drawing(seen)

    def _scale(self, drawing: Drawing) -> float:
        """Return px of the screen for each of the drawing's: as many as fit, and as its words need."""
        room = self.viewport().size()
        whole = min(
            (room.width() - 2 * MARGIN) / max(drawing.width, 1.0),
            (room.height() - 2 * MARGIN) / max(drawing.height, 1.0),
        )
        smallest = smallest_type(drawing)
        if not smallest:
            return max(whole, 0.01)
        # A small network need not fill the wall.
        largest = 1.6 * self._least / smallest
        most = _MOST_ENLARGED_AT_MATRICES if self.view == "matrices" else _MOST_ENLARGED
        return max(min(whole, largest), self._least / (smallest * most), 0.01)

    def _settle(self) -> None:
        camera = self._camera(self.bounds_now())
        if camera != self.camera:
            self.look(camera)

    def _without_cut_words(self, drawing: Drawing) -> Drawing:
        """Return a drawing that goes on beyond the picture without what would be half a word at its edge."""
        room, camera = self.viewport().size(), self.camera
        left, top = (0 - camera.left) / camera.scale, (0 - camera.top) / camera.scale
        right = left + room.width() / camera.scale
        bottom = top + room.height() / camera.scale
        if left <= 0 and top <= 0 and right >= drawing.width and bottom >= drawing.height:
            return drawing
        return without_cut_words(drawing, (left, top, right, bottom))

    def _camera(self, bounds: Bounds) -> Camera:
        scale = self._scale(self._plain)
        left = (bounds.room_width - bounds.width * scale) / 2
        top = (bounds.room_height - bounds.height * scale) / 2
        camera = Camera(scale, round(left), round(top))
        fits_across = left >= MARGIN / 2
        fits_down = top >= MARGIN / 2
        if fits_across and fits_down:
            return camera
        area, (across, down) = active_area(self._whole), spans(self._whole)
        lit_across: Sequence[float] | None = None if area is None else area[::2]
        x, y = left, top
        if not fits_across:
            # Before the first step matrices are read from the first on, a network from its inputs.
            lit_across = lit_across or min(across, default=None)
            x = MARGIN
            if lit_across is not None:
                x = _placed(lit_across, across, bounds.width, bounds.room_width, scale)
        if not fits_down and area is not None:
            y = _placed(area[1::2], down, bounds.height, bounds.room_height, scale)
        elif not fits_down and self.view == "matrices":
            y = MARGIN
        return Camera(scale, round(x), round(y))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_again()

    def _fit_again(self) -> None:
        """Show the drawing as suits a picture of another size, where the equations of matrices break elsewhere."""
        room = self.viewport().width() - MARGIN
        widest = room * NUMBER_SIZE / self._least
        is_other = widest != self._drawings.widest
        if is_other:
            self._drawings.widest = widest
            self._drawings.forget()
        if is_other and self.view == "matrices" and self._frame is not None:
            self._draw(self._frame)
        else:
            self.show_drawing(self._plain)


def _placed(
    lit: Sequence[float], nodes: set[Span], length: float, room: float, scale: float
) -> float:
    """Return the offset that shows what is lit in the middle, as far as the drawing goes, and neurons whole."""
    limits = (room - MARGIN - length * scale, MARGIN)
    wanted = min(max(room / 2 - scale * sum(lit) / 2, limits[0]), limits[1])
    low, high = lit
    return cutting_least(wanted, (low, high), nodes, room, scale, limits)
