"""The graph panel: the drawing of a frame on the canvas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from explainer.gui.canvas.floating import Floating
from explainer.gui.canvas.numbers import Editable, editable_numbers
from explainer.gui.canvas.picture import is_large, is_slow
from explainer.gui.canvas.view import GraphCanvas
from explainer.gui.frame import Frame
from explainer.gui.panels.drawings import Drawings, graph_of, sketch_of
from explainer.gui.theme import Theme
from explainer.gui.timing import once
from explainer.pages.page import Reference
from explainer.render.shapes import Drawing, Shape
from explainer.render.views import View

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent

    from explainer.gui.board.panel import BoardPanel
    from explainer.gui.canvas.motion import Motion
    from explainer.gui.canvas.tools import Tool
    from explainer.gui.training.live import LiveGraph
    from explainer.training.moment import Moment as TrainingMoment

# How long a sketch is shown where it is not painted, ms.
_LONGEST_SKETCH = 100


class GraphPanel(GraphCanvas):
    """Draws frames in one of the views; everything else is the canvas's own."""

    # How many pixels wide the heat maps of a training are seen.
    heat_sized = Signal(int)
    # The view that is shown from now on.
    view_shown = Signal(str)
    # Another drawing is shown, or the same one on its way to another place.
    drawn = Signal()
    view: View = "neurons"

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(240)
        self.set_palette(theme.palette)
        # The table that lies over the drawing, once there was one.
        self.cover: BoardPanel | None = None
        self._drawings = Drawings()
        self._frame: Frame | None = None
        # Whether a new layout is reached in a movement; the movement, once there was one.
        self.moves = True
        self._motion: Motion | None = None
        self._floating = Floating(self.scene(), self.shown.letters)
        self._floats_for: Reference | None = None
        self._live: LiveGraph | None = None
        self._numbers_later = once(self, 0, self._find_numbers)
        # Started when a sketch is painted, to have the frame itself drawn; whether things move then.
        self._settle_later = once(self, _LONGEST_SKETCH, self._settle_by_and_by)
        self._shows_sketch = self._glides_later = False
        self.hovered.connect(self._show_weight)

    def show_frame(self, old: Frame | None, new: Frame) -> None:
        """Draw a frame where its graph differs from the last one's."""
        if old is None or old.language != new.language:
            self.set_language(new.language)
        self._frame = new
        if old is None or graph_of(old) != graph_of(new):
            glides = old is not None and self._is_rearranged(old, new)
            sketch = self._sketch_of(old, new) if old is not None else None
            if sketch is None:
                self._draw(new, glides=glides or self._glides_later)
            else:
                self._shows_sketch, self._glides_later = True, glides or self._glides_later
                self.show_sketch(sketch)
                self._settle_later.start(_LONGEST_SKETCH)
        elif old.one_pass is not new.one_pass and (
            self.view == "matrices" or not is_slow(self.drawing)
        ):
            # Matrices tell of all samples of the pass, and the other views keep room for what its updates come to.
            self._draw(new)

    @property
    def is_settled(self) -> bool:
        """Tell whether the frame is shown as it is, sharp and in its place, and neither a sketch nor on its way."""
        is_moving = self._motion is not None and self._motion.is_running
        return not (self._shows_sketch or is_moving) and (
            not is_large(self.drawing) or self.is_sharp
        )

    def settle(self) -> None:
        """Draw the frame whose sketch is shown, if one is."""
        if self._shows_sketch and self._frame is not None:
            self._draw(self._frame, glides=self._glides_later)

    def _settle_by_and_by(self) -> None:
        """Draw and show in two turns, so that the window answers in between."""
        if self._frame is None or self._drawings.has(self._frame):
            self.settle()
        else:
            self._drawings.prepare(self._frame, self.view)
            self._settle_later.start(0)

    def _sketch_of(self, old: Frame, new: Frame) -> Drawing | None:
        is_training = self._live is not None and self._live.is_on
        if self.view != "neurons" or not self.isVisible() or is_training:
            return None
        return None if self._drawings.has(new) else sketch_of(self.drawing, old, new)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._live is None or not self._live.paint(event):
            super().paintEvent(event)
        if self._shows_sketch:
            self._settle_later.start(0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.settle()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.settle()
        super().keyPressEvent(event)

    def show_view(self, view: View) -> None:
        """Show the same step in another view."""
        if view != self.view and self._frame is not None:
            self.view = view
            self._drawings.forget()
            self._draw(self._frame)
            self.fit_again()
        self.view_shown.emit(self.view)

    def show_moment(self, moment: TrainingMoment | None) -> None:
        """Show a network in training instead of the step: what neurons say as heat maps, edges by their weights; None ends it."""
        if self._live is None:
            if moment is None:
                return
            # Imported when something is trained for the first time.
            from explainer.gui.training.live import LiveGraph

            self._live = LiveGraph(self, self._paints)
            self._live.sized.connect(self.heat_sized)
        changed = self._live.is_on is (moment is None)
        self._live.show(moment)
        if changed and self._frame is not None:
            self._draw(self._frame)

    @property
    def shown_moment(self) -> TrainingMoment | None:
        """The moment of a training that is shown; None where the step is."""
        live = self._live
        return None if live is None or live.drawing is None else live.moment

    def _draw(self, frame: Frame, *, glides: bool = False) -> None:
        self._settle_later.stop()
        self._shows_sketch = self._glides_later = False
        drawing = self._drawings.of(frame, self.view)
        before = self.drawing
        if self._motion is not None:
            self._motion.stop()
        if self._live is not None and self._shows_live(self._live, frame, drawing):
            return
        self.show_drawing(drawing, self._numbers_of(frame, drawing))
        if glides and not is_slow(drawing):
            self._glide(before, drawing)
        if self._floats_for is not None:
            self._show_weight(self._floats_for)

    def _numbers_of(self, frame: Frame, drawing: Drawing) -> dict[Reference, Editable] | None:
        """Return which numbers may be edited; None where they are found out after the frame is painted.

        Nobody types before that, and finding all numbers of a large drawing takes half as long as painting it.
        """
        if self.is_furnished and not is_slow(drawing):
            return editable_numbers(frame.lesson, frame.moment)
        if self.is_furnished:
            self._numbers_later.start()
        return None

    def _shows_live(self, live: LiveGraph, frame: Frame, drawing: Drawing) -> bool:
        """Show the network in training in place of a step's drawing; False where the step is to be shown."""
        shown = drawing if self.view == "neurons" else None
        found = live.taken(frame.lesson, shown, frame.language)
        if found is not None:
            self.show_drawing(found)
            self._numbers_later.stop()
            self.set_editable_values({})
            self.pointing.show(live.pointed_at or found, {})
        live.settle()
        return found is not None

    def _is_rearranged(self, old: Frame, new: Frame) -> bool:
        """Tell whether the same lesson has got another layout: nothing moves from step to step."""
        one, other = old.lesson.network, new.lesson.network
        if not self.moves or self.view == "matrices" or old.lesson.title != new.lesson.title:
            return False
        if (one.neurons, one.edges) == (other.neurons, other.edges):
            return False
        return bool({each.id for each in one.neurons} & {each.id for each in other.neurons})

    @property
    def tool(self) -> Tool | None:
        """What builds networks: it knows neurons, and no other view shows them."""
        return self._tool if self.view == "neurons" else None

    @tool.setter
    def tool(self, tool: Tool | None) -> None:
        self._tool = tool

    def close_editor(self) -> bool:
        """Accept what is being typed, on the drawing or in the table over it; False where it was refused and stays."""
        return (self.cover is None or self.cover.close_editor()) and super().close_editor()

    def show_drawing(
        self, drawing: Drawing, editable: Mapping[Reference, Editable] | None = None
    ) -> None:
        super().show_drawing(drawing, editable)
        self.drawn.emit()

    def show_sketch(self, sketch: Drawing) -> None:
        if self._motion is not None:
            self._motion.stop()
        super().show_sketch(sketch)
        self.drawn.emit()

    def _glide(self, old: Drawing, new: Drawing) -> None:
        # Imported when something moves for the first time.
        from explainer.gui.canvas.motion import Motion, system_moves

        if not system_moves():
            return
        if self._motion is None:
            self._motion = Motion(self.show_drawing, self)
        self._motion.begin(old, new)

    def _find_numbers(self) -> None:
        """Learn which numbers of the drawing shown may be edited."""
        if self._frame is not None:
            self.set_editable_values(editable_numbers(self._frame.lesson, self._frame.moment))

    def prepare(self, frame: Frame) -> None:
        """Make the drawing of a frame before it is asked for."""
        self._drawings.prepare(frame, self.view)

    def _show_weight(self, reference: Reference | None) -> None:
        """Show the weight of the edge under the pointer where the drawing has no pill for it."""
        shapes: tuple[Shape, ...] = ()
        if reference is not None and reference.kind == "edge" and self._frame is not None:
            known, drawing = self._frame.moment, self.drawing
            if self._live is not None and self._live.moment is not None:
                known = replace(known, parameters=known.parameters | self._live.moment.parameters)
                drawing = self._live.pointed_at or drawing
            # Imported here: the first frame has no pointer.
            from explainer.render.drawing.hovered import pill_on_hover

            shapes = pill_on_hover(
                self._frame.lesson,
                known,
                drawing,
                reference,
                digits=self._frame.digits,
                language=self._frame.language,
            )
        self._floats_for = reference if shapes else None
        if shapes or not self._floating.is_empty:
            self._floating.show(shapes, self._paints, over=is_large(self.drawing))
            self.viewport().update()

    def paint_above(self, painter: QPainter) -> None:
        self._floating.paint(painter)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self.set_palette(theme.palette)
        if self._live is not None:
            self._live.set_paints(self._paints)
        self._show_weight(self._floats_for)
