"""The projected picture: graph, derivation and timeline on the whole of a screen, readable from the back row."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from explainer.gui.frame import Frame
from explainer.gui.presentation.glass import Glass
from explainer.gui.presentation.projected_graph import ProjectedGraph
from explainer.gui.presentation.projected_page import SMALLEST_FACE, ProjectedPage
from explainer.gui.presentation.projected_track import ProjectedTrack
from explainer.gui.theme import Theme, colour
from explainer.lesson.lesson import text_in
from explainer.messages import message, translate
from explainer.render.views import View

# The smallest type as a share of the height of the screen: what can be read from ten metres.
LEAST_TYPE = 0.022
# Shares of the picture, measured on the design.
_PAGE_SHARE, _LARGEST_PAGE_SHARE = 0.41, 0.56
# A picture not wider than so many times its height has the graph above the page, which takes this share of the height.
_UPRIGHT, _PAGE_BELOW = 0.9, 0.6
_LEAST_PAGE = 370.0
_TOP, _BOTTOM, _SIDE, _TRACK = 0.045, 0.012, 0.031, 0.036
_ZOOM_STEP, _LARGEST_ZOOM = 1.1, 1.8


class Projection(QWidget):
    """A window of its own. It knows how things are shown; what is shown it is told.

    `clicked` comes with a click that draws nothing, `chosen` with a step clicked on the timeline, `closed` when the
    window was closed by other means than a key.
    """

    clicked = Signal(Qt.MouseButton)
    chosen = Signal(int)
    closed = Signal()

    def __init__(self, theme: Theme, view: View) -> None:
        super().__init__()
        self._theme = theme
        self._factor = 1.0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.graph = ProjectedGraph(theme, self)
        self.graph.view = view
        self.page = ProjectedPage(theme, self)
        self.track = ProjectedTrack(theme, self)
        self.track.chosen.connect(self.chosen)
        self.glass = Glass(theme, self)
        self.page.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._shown: Frame | None = None

    def show_frames(self, shown: Frame, whole: Frame) -> None:
        """Show a frame as far as it is told; `whole` is the same told to its end."""
        self.graph.show_frame(self._shown, shown)
        self.page.show_frame(shown, whole)
        self.track.show_frame(whole)
        self.glass.show_step(shown.pass_index, shown.step_index)
        title = text_in(shown.lesson.title, shown.language)
        name = translate(message("Presentation: {title}", title=title), shown.language)
        self.setWindowTitle(name)
        self.setAccessibleName(name)
        self._shown = shown

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        for part in (self.graph, self.page, self.track, self.glass):
            part.set_theme(theme)
        self.update()

    @property
    def least_type(self) -> float:
        """The size below which nothing is set, px."""
        return LEAST_TYPE * self.height()

    def zoom_in(self) -> None:
        """Set the derivation larger."""
        self._set_factor(min(self._factor * _ZOOM_STEP, _LARGEST_ZOOM))

    def zoom_out(self) -> None:
        """Set the derivation smaller, not smaller than can be read."""
        self._set_factor(max(self._factor / _ZOOM_STEP, 1.0))

    def zoom_to_normal(self) -> None:
        """Set the derivation as large as usual."""
        self._set_factor(1.0)

    def _set_factor(self, factor: float) -> None:
        self._factor = factor
        self._arrange(self.size())

    def _arrange(self, size: QSize) -> None:
        width, height = size.width(), size.height()
        # Whole pixels, as fonts have: rounding down would make the smallest words too small.
        smallest = ceil(self.least_type)
        zoom = smallest / SMALLEST_FACE * self._factor
        self.page.set_zoom(zoom)
        top, bottom = round(_TOP * height), round(_BOTTOM * height)
        track = round(_TRACK * height)
        side = round(_SIDE * width)
        room = height - top - bottom - track - bottom
        if width <= _UPRIGHT * height:
            below = round(_PAGE_BELOW * room)
            self.graph.setGeometry(0, top // 2, width, top - top // 2 + room - below)
            self.page.setGeometry(0, top + room - below, width, below)
        else:
            column = min(max(_PAGE_SHARE * width, _LEAST_PAGE * zoom), _LARGEST_PAGE_SHARE * width)
            left = round(width - column)
            self.graph.setGeometry(0, top, left, room)
            self.page.setGeometry(left, top // 2, round(column), room + top - top // 2)
        self.graph.set_least_type(self.least_type)
        self.track.setGeometry(side, height - bottom - track, width - 2 * side, track)
        self.glass.setGeometry(0, 0, width, height)
        self.glass.raise_()

    # What Qt calls

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(event.size())

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour(self._theme.palette.ground))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Draw with the pen; without it a click goes on, or with the right button back."""
        if self.glass.tool == "pen" and event.button() == Qt.MouseButton.LeftButton:
            self.glass.begin(event.position())
        else:
            self.clicked.emit(event.button())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw on, or let the spotlight follow."""
        self.point(event.position())
        if self.glass.tool == "pen" and event.buttons() & Qt.MouseButton.LeftButton:
            self.glass.go_on(event.position())

    def point(self, place: QPointF) -> None:
        """Let the spotlight be at a place."""
        self.glass.point(place)

    def take_tool_shape(self) -> None:
        """Show the mouse as the tool in hand."""
        shapes = {"pen": Qt.CursorShape.CrossCursor, "spotlight": Qt.CursorShape.BlankCursor}
        self.setCursor(shapes.get(self.glass.tool, Qt.CursorShape.ArrowCursor))
        if self.glass.tool == "spotlight":
            here: QPoint = self.mapFromGlobal(self.cursor().pos())
            if self.rect().contains(here):
                self.glass.point(QPointF(here))

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()
