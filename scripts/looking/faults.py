"""What of a window cannot be read: words cut off or shortened, words upon each other, widgets upon each other.

The words of a graph are no widgets': how its items stand is looked at in `scene`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QHeaderView,
    QLayout,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QStackedLayout,
    QTableView,
    QTextEdit,
    QWidget,
)

from explainer.gui.canvas.view import GraphCanvas
from explainer.gui.scaling import scale
from scripts.looking.painted import Painted, painted
from scripts.looking.scene import scene_faults

# How far ink may stand over an edge, px of a window that is not scaled: smoothing.
_AIR = 1.5
# What is typed into scrolls in its field.
_TYPED = (QLineEdit, QPlainTextEdit, QTextEdit)
_OFF = Qt.ScrollBarPolicy.ScrollBarAlwaysOff


class Fault(NamedTuple):
    """What is wrong (cut, shortened, covered, squeezed, and in a graph struck through or outside), with which words, where."""

    kind: str
    text: str
    where: str


def faults_of(window: QWidget) -> list[Fault]:
    """Return everything in a window or dialog that cannot be read."""
    widgets = [window, *(each for each in window.findChildren(QWidget) if _is_seen(each, window))]
    words: list[tuple[QWidget, Painted, QRectF]] = []
    found: list[Fault] = []
    for widget in widgets:
        if _is_field(widget):
            continue
        for piece in painted(widget):
            found += _cut(widget, piece, window)
            corner = widget.mapTo(window, QPoint(0, 0))
            # What is scrolled half out of sight ends there.
            seen = piece.box.intersected(QRectF(widget.rect()))
            if not seen.isEmpty():
                words.append((widget, piece, seen.translated(corner)))
        if isinstance(widget, GraphCanvas) and not _is_hidden(widget, window):
            found += (
                Fault(each.kind, each.text, f"{each.by} in {name_of(widget)}")
                for each in scene_faults(widget)
            )
    found += _upon_each_other(words, window)
    found += _squeezed(widgets)
    return list(dict.fromkeys(found))


def _is_seen(widget: QWidget, window: QWidget) -> bool:
    return widget.isVisibleTo(window) and widget.window() is window and not widget.size().isEmpty()


def _is_hidden(graph: GraphCanvas, window: QWidget) -> bool:
    """Tell whether something lies over a graph: the table of the same step."""
    ground = graph.viewport()
    top = window.childAt(ground.mapTo(window, ground.rect().center()))
    return top is not None and top not in (graph, ground) and not ground.isAncestorOf(top)


def _is_field(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return isinstance(widget, _TYPED) or isinstance(parent, _TYPED)


def _cut(widget: QWidget, piece: Painted, window: QWidget) -> Iterator[Fault]:
    # A card shows how a text begins, and says so.
    is_cut = piece.text.endswith("…") and not widget.property("shortens")
    if is_cut and not _says(widget, piece.text):
        yield Fault("shortened", piece.text, name_of(widget))
    inner = widget
    while True:
        place = piece.box.translated(widget.mapTo(inner, QPoint(0, 0)))
        air = _AIR * max(1.0, scale())
        room = QRectF(inner.rect()).adjusted(-air, -air, air, air)
        across, down = _scrolls(inner)
        left_right = across or (room.left() <= place.left() and place.right() <= room.right())
        up_down = down or (room.top() <= place.top() and place.bottom() <= room.bottom())
        if not (left_right and up_down):
            yield Fault("cut", piece.text, f"{name_of(widget)} in {name_of(inner)}")
            return
        parent = inner.parentWidget()
        if inner is window or parent is None or across or down:
            return
        inner = parent


def _scrolls(viewport: QWidget) -> tuple[bool, bool]:
    """Tell whether what stands over the edges of a widget can be scrolled to: across, and down."""
    area = viewport.parentWidget()
    if isinstance(area, QHeaderView):
        # It is scrolled with its table.
        table = area.parentWidget()
        if not isinstance(table, QTableView):
            return False, False
        if area.orientation() == Qt.Orientation.Horizontal:
            return table.horizontalScrollBar().maximum() > 0, False
        return False, table.verticalScrollBar().maximum() > 0
    if not isinstance(area, QAbstractScrollArea) or area.viewport() is not viewport:
        return False, False
    across = area.horizontalScrollBarPolicy() != _OFF and area.horizontalScrollBar().maximum() > 0
    down = area.verticalScrollBarPolicy() != _OFF and area.verticalScrollBar().maximum() > 0
    return across, down


def _says(widget: QWidget, text: str) -> bool:
    """Tell whether a widget has these words, their three dots included, to say."""
    own = [getattr(each, "text", str)() for each in (widget,) if not isinstance(widget, QMenu)]
    own += [action.text() for action in widget.actions()]
    own += [widget.accessibleName(), widget.toolTip()]
    parent = widget.parentWidget()
    if isinstance(parent, QAbstractItemView) and parent.model() is not None:
        model = parent.model()
        own += [
            str(model.index(row, column).data())
            for row in range(model.rowCount())
            for column in range(model.columnCount())
        ]
    return any(_plain(text) in _plain(each) for each in own if isinstance(each, str))


def _plain(text: str) -> str:
    return " ".join(text.replace("&", "").split())


def _upon_each_other(
    words: list[tuple[QWidget, Painted, QRectF]], window: QWidget
) -> Iterator[Fault]:
    seen = [each for each in words if _is_on_top(each[0], each[2], window)]
    for (one, first, here), (other, second, there) in combinations(seen, 2):
        both = here.adjusted(1, 1, -1, -1).intersected(there.adjusted(1, 1, -1, -1))
        if not both.isEmpty() and (one is not other or first != second):
            names = dict.fromkeys((name_of(one), name_of(other)))
            yield Fault("covered", f"{first.text} | {second.text}", ", ".join(names))


def _is_on_top(widget: QWidget, place: QRectF, window: QWidget) -> bool:
    """Tell whether words are seen: an overlay may hide them on purpose."""
    point = place.center().toPoint()
    top = window.childAt(point)
    if top is None:
        return widget is window and window.rect().contains(point)
    return top is widget or top.isAncestorOf(widget) or widget.isAncestorOf(top)


def _squeezed(widgets: list[QWidget]) -> Iterator[Fault]:
    """Find what a layout has set over each other, or made smaller than it can be."""
    for widget in widgets:
        layout = widget.layout()
        if layout is None:
            continue
        placed = [
            each for each in _placed(layout) if each.isVisible() and not each.size().isEmpty()
        ]
        for one, other in combinations(placed, 2):
            both = _frame(one).intersected(_frame(other))
            if both.width() > 1 and both.height() > 1:
                yield Fault("squeezed", "", f"{name_of(one)}, {name_of(other)}")


def _frame(widget: QWidget) -> QRect:
    return widget.geometry()


def _placed(layout: QLayout) -> Iterator[QWidget]:
    if isinstance(layout, QStackedLayout):
        return
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        inside, widget = item.layout(), item.widget()
        if inside is not None:
            yield from _placed(inside)
        elif widget is not None:
            yield widget


def name_of(widget: QWidget) -> str:
    """Return how a widget is called in a report."""
    texts = (widget.objectName(), widget.accessibleName(), getattr(widget, "text", str)())
    name = next((text for text in texts if isinstance(text, str) and text), "")
    kind = type(widget).__name__
    if isinstance(widget, QMenuBar):
        return kind
    return f"{kind} “{name}”" if name else kind
