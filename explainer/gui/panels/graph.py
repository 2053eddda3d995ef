"""The graph panel: the drawing of a frame on the canvas."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from explainer.gui.canvas.numbers import editable_numbers
from explainer.gui.canvas.view import GraphCanvas
from explainer.gui.frame import Frame
from explainer.gui.theme import Theme
from explainer.render.diagram import draw


class GraphPanel(GraphCanvas):
    """Draws frames; everything else is the canvas's own."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(320)
        self.set_palette(theme.palette)

    def show_frame(self, old: Frame | None, new: Frame) -> None:
        """Draw a frame where its graph differs from the last one's."""
        if old is None or old.language != new.language:
            self.set_language(new.language)
        if old is not None and _graph_of(old) == _graph_of(new):
            return
        badges = new.page.page.badges if new.page is not None else ()
        self.show_drawing(
            draw(new.lesson, new.moment, digits=new.digits, language=new.language, badges=badges)
        )
        self.set_editable_values(editable_numbers(new.lesson, new.moment))

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self.set_palette(theme.palette)


def _graph_of(frame: Frame) -> tuple[object, ...]:
    badges = frame.page.page.badges if frame.page is not None else ()
    return frame.lesson, frame.moment, frame.digits, frame.language, badges
