"""The graph panel: the drawing of a frame on the canvas."""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from explainer.gui.canvas.numbers import Editable, editable_numbers
from explainer.gui.canvas.view import GraphCanvas
from explainer.gui.frame import Frame
from explainer.gui.theme import Theme
from explainer.pages.page import Reference
from explainer.render.diagram import draw
from explainer.render.shapes import Drawing

# Drawings of the steps that Next and Back lead to.
_KEPT = 6
_Place = tuple[int, int, int, int, str, int]


class Prepared(NamedTuple):
    """What the canvas shows of a frame. The frame is kept so that the identities in its place stay its own."""

    frame: Frame
    drawing: Drawing
    editable: dict[Reference, Editable]


class GraphPanel(GraphCanvas):
    """Draws frames; everything else is the canvas's own."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(320)
        self.set_palette(theme.palette)
        self._prepared: OrderedDict[_Place, Prepared] = OrderedDict()

    def show_frame(self, old: Frame | None, new: Frame) -> None:
        """Draw a frame where its graph differs from the last one's."""
        if old is None or old.language != new.language:
            self.set_language(new.language)
        if old is not None and _graph_of(old) == _graph_of(new):
            return
        prepared = self._prepared.get(_place(new))
        # What was prepared while the lesson changed may tell of another moment than the one that came.
        if prepared is None or prepared.frame.moment != new.moment:
            prepared = _prepared(new)
        self.show_drawing(prepared.drawing)
        self.set_editable_values(prepared.editable)

    def prepare(self, frame: Frame) -> None:
        """Make the drawing of a frame before it is asked for."""
        place = _place(frame)
        if place not in self._prepared:
            self._prepared[place] = _prepared(frame)
            if len(self._prepared) > _KEPT:
                self._prepared.popitem(last=False)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self.set_palette(theme.palette)


def _prepared(frame: Frame) -> Prepared:
    lesson, moment = frame.lesson, frame.moment
    badges = frame.page.page.badges if frame.page is not None else ()
    drawing = draw(lesson, moment, digits=frame.digits, language=frame.language, badges=badges)
    return Prepared(frame, drawing, editable_numbers(lesson, moment))


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
