"""The graph panel: the drawing of a frame on the canvas."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from explainer.gui.canvas.floating import Floating
from explainer.gui.canvas.numbers import editable_numbers
from explainer.gui.canvas.picture import is_large
from explainer.gui.canvas.view import GraphCanvas
from explainer.gui.frame import Frame
from explainer.gui.theme import Theme
from explainer.gui.timing import once
from explainer.pages.page import Reference
from explainer.render.shapes import Drawing, Shape
from explainer.render.views import View, draw_view

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from explainer.gui.board.panel import BoardPanel
    from explainer.gui.canvas.motion import Motion
    from explainer.gui.canvas.tools import Tool

# Drawings of the steps that Next and Back lead to.
_KEPT = 6
_Place = tuple[int, int, int, int, str, int]


class Prepared(NamedTuple):
    """What the canvas shows of a frame. The frame is kept so that the identities in its place stay its own."""

    frame: Frame
    drawing: Drawing


class GraphPanel(GraphCanvas):
    """Draws frames in one of the views; everything else is the canvas's own."""

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
        self._prepared: OrderedDict[_Place, Prepared] = OrderedDict()
        self._frame: Frame | None = None
        # Whether a new layout is reached in a movement; the movement, once there was one.
        self.moves = True
        self._motion: Motion | None = None
        self._floating = Floating(self.scene(), self.shown.letters)
        self._floats_for: Reference | None = None
        self._numbers_later = once(self, 0, self._find_numbers)
        self.hovered.connect(self._show_weight)

    def show_frame(self, old: Frame | None, new: Frame) -> None:
        """Draw a frame where its graph differs from the last one's."""
        if old is None or old.language != new.language:
            self.set_language(new.language)
        self._frame = new
        if old is None or _graph_of(old) != _graph_of(new):
            self._draw(new, glides=old is not None and self._is_rearranged(old, new))
        elif self.view == "matrices" and old.one_pass is not new.one_pass:
            # They tell of all samples of the pass, not of the moment alone.
            self._draw(new)

    def show_view(self, view: View) -> None:
        """Show the same step in another view."""
        if view != self.view and self._frame is not None:
            self.view = view
            self._prepared.clear()
            self._draw(self._frame)
            self.fit_again()
        self.view_shown.emit(self.view)

    def _draw(self, frame: Frame, *, glides: bool = False) -> None:
        prepared = self._prepared.get(_place(frame))
        # What was prepared while the lesson changed may tell of another moment than the one that came.
        if prepared is None or prepared.frame.moment != frame.moment:
            prepared = _prepared(frame, self.view)
        before = self.drawing
        if self._motion is not None:
            self._motion.stop()
        self.show_drawing(prepared.drawing)
        if glides and not is_large(prepared.drawing):
            self._glide(before, prepared.drawing)
        if is_large(prepared.drawing):
            # Nobody types before the frame is painted, and finding all numbers takes half as long as painting them.
            self._numbers_later.start()
        else:
            self.set_editable_values(editable_numbers(frame.lesson, frame.moment))
        if self._floats_for is not None:
            self._show_weight(self._floats_for)

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

    def show_drawing(self, drawing: Drawing) -> None:
        super().show_drawing(drawing)
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
        place = _place(frame)
        if place not in self._prepared:
            self._prepared[place] = _prepared(frame, self.view)
            if len(self._prepared) > _KEPT:
                self._prepared.popitem(last=False)

    def _show_weight(self, reference: Reference | None) -> None:
        """Show the weight of the edge under the pointer where the drawing has no pill for it."""
        shapes: tuple[Shape, ...] = ()
        if reference is not None and reference.kind == "edge" and self._frame is not None:
            # Imported here: the first frame has no pointer.
            from explainer.render.drawing.hovered import pill_on_hover

            shapes = pill_on_hover(
                self._frame.lesson,
                self._frame.moment,
                self.drawing,
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
        self._show_weight(self._floats_for)


def _prepared(frame: Frame, view: View) -> Prepared:
    lesson, moment = frame.lesson, frame.moment
    badges = frame.page.page.badges if frame.page is not None else ()
    drawing = draw_view(
        view,
        lesson,
        moment,
        frame.one_pass,
        digits=frame.digits,
        language=frame.language,
        badges=badges,
    )
    return Prepared(frame, drawing)


def _place(frame: Frame) -> _Place:
    """Return what identifies a frame's drawing without comparing numbers."""
    return (
        id(frame.lesson),
        frame.pass_index,
        frame.step_index,
        frame.digits,
        frame.language,
        id(frame.page),
    )


def _graph_of(frame: Frame) -> tuple[object, ...]:
    badges = frame.page.page.badges if frame.page is not None else ()
    return frame.lesson, frame.moment, frame.digits, frame.language, badges
