"""Drawings of frames: those made ahead, those made when asked for, and the sketches that stand in for them after an edit."""

from __future__ import annotations

import math
from collections import OrderedDict
from typing import NamedTuple

from explainer.gui.canvas.picture import is_large
from explainer.gui.frame import Frame
from explainer.render.shapes import Drawing
from explainer.render.views import View, draw_view

# Drawings of the steps that Next and Back lead to.
_KEPT = 6
_Place = tuple[int, int, int, int, str, int, int]


class Prepared(NamedTuple):
    """What the canvas shows of a frame. The frame is kept so that the identities in its place stay its own."""

    frame: Frame
    drawing: Drawing


class Drawings:
    """Makes the drawings of frames; those made ahead are kept for a while. Equations of matrices are broken at `widest`."""

    def __init__(self) -> None:
        self.widest = math.inf
        self._prepared: OrderedDict[_Place, Prepared] = OrderedDict()

    def prepare(self, frame: Frame, view: View) -> None:
        """Make the drawing of a frame before it is asked for."""
        if not self.has(frame):
            self._prepared[_place(frame)] = Prepared(frame, _drawn(frame, view, self.widest))
            if len(self._prepared) > _KEPT:
                self._prepared.popitem(last=False)

    def has(self, frame: Frame) -> bool:
        """Tell whether the drawing of a frame is made."""
        found = self._prepared.get(_place(frame))
        # What was prepared while the lesson changed may tell of another moment than the one that came.
        if found is not None and found.frame.moment != frame.moment:
            del self._prepared[_place(frame)]
            return False
        return found is not None

    def of(self, frame: Frame, view: View) -> Drawing:
        """Return the drawing of a frame, made now where it is not made yet."""
        if self.has(frame):
            return self._prepared[_place(frame)].drawing
        return _drawn(frame, view, self.widest)

    def forget(self) -> None:
        """Forget all, because the view is another."""
        self._prepared.clear()


def sketch_of(drawing: Drawing, old: Frame, new: Frame) -> Drawing | None:
    """Return what is shown right after an edit where drawing all of it anew would hold up the frame; None elsewhere."""
    if old.lesson is new.lesson or new.lesson.expression is not None or old.digits != new.digits:
        return None
    # Imported here: the first frame comes after no edit.
    from explainer.render.drawing.changes import LessonAtMoment
    from explainer.render.drawing.sketch import sketch

    moments = LessonAtMoment(old.lesson, old.moment), LessonAtMoment(new.lesson, new.moment)
    found = sketch(drawing, *moments, digits=new.digits, language=new.language)
    return found if found is not None and is_large(found) is is_large(drawing) else None


def graph_of(frame: Frame) -> tuple[object, ...]:
    """Return what of a frame its graph tells."""
    badges = frame.page.page.badges if frame.page is not None else ()
    return frame.lesson, frame.moment, frame.digits, frame.language, badges


def _drawn(frame: Frame, view: View, widest: float) -> Drawing:
    badges = frame.page.page.badges if frame.page is not None else ()
    return draw_view(
        view,
        frame.lesson,
        frame.moment,
        frame.one_pass,
        digits=frame.digits,
        language=frame.language,
        badges=badges,
        widest=widest,
    )


def _place(frame: Frame) -> _Place:
    """Return what identifies a frame's drawing without comparing numbers."""
    return (
        id(frame.lesson),
        frame.pass_index,
        frame.step_index,
        frame.digits,
        frame.language,
        id(frame.page),
        id(frame.one_pass),
    )
