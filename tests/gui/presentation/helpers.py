"""Walks everything a presentation shows and says how large its words are."""

from __future__ import annotations

from explainer.gui.typeset.measure import face_font
from explainer.render.shapes import Label


def begin(desk, *, width=1920, height=1080):
    """Start presenting with F5, on a picture of this size."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    desk.window.graph.setFocus()
    desk.press(Qt.Key.Key_F5)
    show = desk.program.furniture.classroom.presentation
    show.projection.showNormal()
    show.projection.resize(width, height)
    QApplication.processEvents()
    return show


def type_sizes(projection):
    """Yield the size in px of every word on the picture, and the word; pictures of formulas have none."""
    graph = projection.graph
    for shape in graph.drawing.shapes:
        if isinstance(shape, Label):
            yield shape.size * graph.camera.scale, "".join(run.text for run in shape.runs)
    page = projection.page
    for atom in page.layout_now().atoms:
        if not atom.latex:
            yield face_font(atom.face, page.zoom).pixelSize(), atom.text


def told(show):
    """Return the roles of the lines that can be read."""
    from explainer.gui.veil import lines_of

    return lines_of(show.telling.shown.page.page)
