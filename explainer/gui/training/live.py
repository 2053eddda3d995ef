"""The graph while a network trains: what the canvas shows instead of a step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QObject, QRectF, Qt, Signal
from PySide6.QtWidgets import QGraphicsEllipseItem

from explainer.gui.canvas.items import Paints
from explainer.gui.canvas.picture import MANY_EDGES
from explainer.gui.timing import Seldom
from explainer.gui.training.colouring import ENDS
from explainer.gui.training.live_drawing import error_box_of, live_drawing
from explainer.gui.training.live_edges import LiveEdges
from explainer.gui.training.live_error import LiveError
from explainer.gui.training.live_heat import LiveHeat
from explainer.gui.training.live_layers import LiveLayers
from explainer.gui.training.scales import Scales
from explainer.gui.training.thumbnails import Thumbnails, side_of
from explainer.lesson.lesson import Lesson
from explainer.render.shapes import Circle, Curve, Drawing
from explainer.training.classes import classes_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from explainer.gui.canvas.view import GraphCanvas
    from explainer.training.moment import Moment

# More edges than these cannot be pointed at while they move.
_MOST_POINTED_AT = 600
# Above the glow of what is pointed at, below every shape.
_EDGES = -0.5
_JUST_BELOW = 1 / 256
# Names smaller than this part of their size cannot be read, and only hide what is under them.
_READABLE = 0.55


class LiveGraph(QObject):
    """Two items on the scene below every shape, edges and heat maps, the drawing above them, and the number of the error.

    `sized` tells how many pixels wide heat maps are seen now.
    """

    sized = Signal(int)

    def __init__(self, canvas: GraphCanvas, paints: Paints) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._paints = paints
        self.moment: Moment | None = None
        self._lesson: Lesson | None = None
        self._thumbnails: Thumbnails | None = None
        self._language = "en"
        self._weights: list[str] = []
        self._parameters: frozenset[str] = frozenset()
        self._neurons: tuple[str, ...] = ()
        self._source: Drawing | None = None
        self._is_fitted = False
        self._told_side = 0
        # How wide the circles are.
        self._width = 0.0
        # What is shown, and what the pointer is over.
        self.drawing: Drawing | None = None
        self.pointed_at: Drawing | None = None
        self.edges, self.heat = LiveEdges(paints), LiveHeat()
        self.error = LiveError(self, canvas.shown.letters, paints)
        self._layers = LiveLayers(canvas, self.heat, self.error.item)
        self._widths = Seldom(self, 0, self._show_widths)
        self.edges.setZValue(_EDGES)
        for item in (self.edges, self.heat):
            item.setVisible(False)
            canvas.scene().addItem(item)
        canvas.scene().addItem(self.error.item)
        canvas.looked.connect(self._look)

    @property
    def is_on(self) -> bool:
        """Whether a network in training is shown."""
        return self.moment is not None

    def set_paints(self, paints: Paints) -> None:
        """Take other colours."""
        self._paints = paints
        self.edges.set_paints(paints)
        self.error.set_paints(paints)
        self._is_fitted = False
        if self.drawing is not None:
            self.settle()
        if self._thumbnails is not None:
            self._thumbnails.set_ends(ENDS[paints.palette.name])
            self._fill()

    def show(self, moment: Moment | None) -> None:
        """Show a moment of the lesson that the graph shows; one of another lesson only counts as being on."""
        self.moment = moment
        self._fill()

    def taken(self, lesson: Lesson, drawing: Drawing | None, language: str) -> Drawing | None:
        """Return the drawing to show in place of a step's, None where the step's own is; `drawing` is None in other views."""
        self._language = language
        if drawing is None or not self.is_on or lesson.expression is not None:
            self._source = self.drawing = self.pointed_at = None
            self._set_visible(False)
            self.error.show_box(None)
            return None
        if lesson is not self._lesson or drawing != self._source:
            self._source = drawing
            self._take(lesson, drawing)
        return self.drawing

    def settle(self) -> None:
        """Fit the drawing that has just been shown: rings without their ground, edges that are only pointed at."""
        drawing, shown = self.drawing, self._canvas.shown
        self._layers.forget()
        if self._is_fitted is not (drawing is not None):
            self._is_fitted = drawing is not None
            shown.recolour(self._paints)
        for key, item in shown.items.items():
            if key.startswith(("edge:", "symbol:")):
                item.setVisible(drawing is None)
            elif drawing is not None and isinstance(item, QGraphicsEllipseItem):
                item.setBrush(Qt.BrushStyle.NoBrush)
        if drawing is not None:
            # Above the frames of groups, which come first, below the rings.
            rings = (shown.items[each.key].zValue() for each in drawing.shapes if isinstance(each, Circle))  # fmt: skip
            self.heat.setZValue(min(rings, default=0.0) - _JUST_BELOW)
            self._set_visible(True)
            self._show_names()
            self._fill()

    def _look(self) -> None:
        """Fit what is shown to how large it is seen."""
        self._show_names()
        if self._thumbnails is not None and self._thumbnails.side != self._size()[0]:
            self._fill()

    def _size(self) -> tuple[int, float]:
        """Return how many pixels a circle is wide, and how many pixels one of the window has."""
        ratio = self._canvas.viewport().devicePixelRatioF()
        return side_of(self._width * self._canvas.camera.scale * ratio), ratio

    def _show_names(self) -> None:
        """Show names where they can be read."""
        if self.drawing is None:
            return
        self._layers.forget()
        readable = self._canvas.camera.scale >= _READABLE
        for key, item in self._canvas.shown.items.items():
            if key.startswith(("symbol:", "ground:")):
                item.setVisible(readable)

    def _set_visible(self, visible: bool) -> None:
        self.edges.setVisible(visible)
        self.heat.setVisible(visible)

    def _take(self, lesson: Lesson, drawing: Drawing) -> None:
        network = lesson.network
        # As shapes of the drawing many edges would have all of it painted as one picture.
        count = len(network.edges)
        links = len(network.of_role("output"))
        letter = lesson.notation.error
        self.drawing = live_drawing(drawing, letter, with_edges=count + links < MANY_EDGES)
        self.pointed_at = live_drawing(drawing, letter, with_edges=count <= _MOST_POINTED_AT)
        self.error.show_box(error_box_of(self.drawing))
        bounds = QRectF(0, 0, drawing.width, drawing.height)
        curves = {
            shape.reference: shape
            for shape in drawing.shapes
            if isinstance(shape, Curve) and shape.reference and shape.reference.kind == "edge"
        }
        weights = {(edge.source, edge.target, edge.piece): edge.weight for edge in network.edges}
        self._weights = [weights[each.first, each.second, each.piece] for each in curves]
        self._parameters = frozenset(self._weights)
        self._neurons = tuple(neuron.id for neuron in network.neurons)
        lines = (QLineF(*each.points[:2], *each.points[-2:]) for each in curves.values())
        self.edges.show_lines(lines)
        circles = _circles(self.drawing)
        self.heat.show_circles(circles, bounds)
        self._layers.show_places(circles, self.error.place)
        self._width = max((circle.width() for circle in circles.values()), default=0.0)
        if lesson is not self._lesson:
            self._lesson = lesson
            self._thumbnails = None

    def _fill(self) -> None:
        """Bring both items up to the moment, where it is one of this lesson."""
        moment, lesson = self.moment, self._lesson
        if moment is None or lesson is None or self.drawing is None:
            return
        if not moment.parameters.keys() >= self._parameters:
            return
        self.error.show_loss(moment.training_loss, self._language)
        self._widths.call(round(1000 * self.edges.pause), at_once=not self.edges.is_known)
        if not self._has_heat(moment):
            self.heat.show_images({})
            self.heat.update()
            return
        size = self._size()
        if size[0] != self._told_side:
            self._told_side = size[0]
            self.sized.emit(size[0])
        if self._thumbnails is None or (self._thumbnails.side, self._thumbnails.ratio) != size:
            self._layers.forget()
            self._thumbnails = Thumbnails(self._neurons, Scales(lesson, classes_of(lesson)), *size)
            self._thumbnails.set_ends(ENDS[self._paints.palette.name])
        self._thumbnails.fill(moment)
        self.heat.show_images(self._thumbnails.images)
        self._layers.update()

    def _has_heat(self, moment: Moment) -> bool:
        """Tell whether a moment has a heat map for every neuron of this lesson."""
        if moment.heat is not None:
            return len(moment.heat) == len(self._neurons)
        return moment.surfaces.keys() >= set(self._neurons)

    def _show_widths(self) -> None:
        """Show the edges with the weights of the moment."""
        import numpy as np

        moment = self.moment
        if moment is not None and moment.parameters.keys() >= self._parameters:
            weights = [moment.parameters[name] for name in self._weights]
            if self.edges.show_weights(np.array(weights)):
                self._layers.change_edges()

    def paint(self, event: QPaintEvent) -> bool:
        """Paint what an event asks for, where that is nothing but heat maps; False where the scene has to."""
        return self.drawing is not None and self._layers.paint(event, self.heat.images)


def _circles(drawing: Drawing) -> dict[str, QRectF]:
    return {
        each.reference.first: QRectF(
            each.x - each.radius, each.y - each.radius, 2 * each.radius, 2 * each.radius
        )
        for each in drawing.shapes
        if isinstance(each, Circle) and each.reference is not None
    }
