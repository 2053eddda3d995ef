import gc
import weakref

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explainer.gui.canvas.numbers import editable_numbers
from explainer.gui.canvas.view import GraphCanvas
from explainer.lesson.examples import example
from explainer.render.diagram import draw
from explainer.trace.moment import starting_moment
from tests.counts import count


def use_and_close():
    canvas = GraphCanvas()
    canvas.resize(600, 400)
    lesson = example("lecture-2-2-1")
    moment = starting_moment(lesson)
    canvas.set_editable_values(editable_numbers(lesson, moment))
    canvas.show_drawing(draw(lesson, moment, digits=5, language="en"))
    canvas.show()
    canvas.grab()
    QTest.mouseMove(canvas.viewport(), QPoint(200, 200))
    canvas.editing.click("weight:i1>h1")
    QTest.keyClicks(canvas.editing.field, "x")
    QTest.keyClick(canvas.editing.field, Qt.Key.Key_Return)
    canvas.zoom_in()
    canvas.close()
    canvas.deleteLater()
    return weakref.ref(canvas)


def test_nothing_is_left_of_closed_canvases(qapp):
    # What tests before this one left to the garbage goes first.
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    before = len(QApplication.allWidgets())
    closed = [use_and_close() for _ in range(count(20, 50))]
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()
    gc.collect()
    assert [canvas for canvas in closed if canvas() is not None] == []
    assert len(QApplication.allWidgets()) == before
