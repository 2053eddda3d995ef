"""Pages below each other on a calm ground, each with its shadow; zoomed, scrolled and dragged."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from explainer.gui.paper.rasters import Page, Rasters, Wanted, page_of
from explainer.gui.roles import set_role
from explainer.gui.theme import Theme, colour

# Pixels of the screen for a point of paper at 100 %.
_NATURAL = 96 / 72
LEAST_ZOOM, MOST_ZOOM = 0.25, 4.0
ZOOM_STEP = 1.25
_MARGIN, _GAP = 28, 24
# How far a shadow reaches, and how dark it is next to the page.
_REACH, _DARKNESS = 14, 26
# Where a page's image is not there yet, its paper is.
_LINE_STEP = 60


class PageView(QAbstractScrollArea):
    """Shows pages. `looked` comes when another page is at the top, or another zoom in force."""

    looked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "Document")
        self._theme = theme
        self._pages: tuple[Page, ...] = ()
        # None: as wide as there is room, and no wider than on paper.
        self._zoom: float | None = None
        self._grabbed: tuple[QPoint, int, int] | None = None
        self._shows_focus = False
        self.rasters = Rasters(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setViewport(QWidget())
        self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        self.rasters.ready.connect(self.viewport().update)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)

    # What is shown

    def show_pages(self, svgs: Sequence[str]) -> None:
        """Show these pages at the place where one was; pages that are as before need not be painted again."""
        known = {page.svg: page for page in self._pages}
        self._pages = tuple(known.get(svg) or page_of(svg) for svg in svgs)
        self._lay_out()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours; paper stays white."""
        self._theme = theme
        self.viewport().update()

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    @property
    def current(self) -> int:
        """The page that is looked at, from 0: the one across the middle of the upper half."""
        line = self.verticalScrollBar().value() + self.viewport().height() / 3
        tops = self._tops()
        return max((place for place, top in enumerate(tops) if top <= line), default=0)

    def go_to(self, page: int) -> None:
        """Bring a page to the top."""
        if 0 <= page < len(self._pages):
            self.verticalScrollBar().setValue(round(self._tops()[page] - _GAP / 2))

    @property
    def zoom(self) -> float:
        """How large pages are shown, 1.0 being as large as on paper."""
        if self._zoom is not None:
            return self._zoom
        widest = max((page.width for page in self._pages), default=595.0) * _NATURAL
        room = self.viewport().width() - 2 * _MARGIN
        return min(max(room / widest, LEAST_ZOOM), 1.0)

    @property
    def fits(self) -> bool:
        """Whether pages are as wide as there is room."""
        return self._zoom is None

    def fit(self) -> None:
        """Show pages as wide as there is room, now and when there is more."""
        self._zoom = None
        self._lay_out()

    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None:
        """Show pages so large; what is `at` a place of the view stays there."""
        place = at or QPointF(self.viewport().width() / 2, self.viewport().height() / 3)
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        before = self.zoom
        # Pages stand in the middle: across, what counts is how far from there.
        x = across.value() + place.x() - self._room_across() / 2
        y = down.value() + place.y()
        self._zoom = min(max(zoom, LEAST_ZOOM), MOST_ZOOM)
        self._lay_out()
        ratio = self.zoom / before
        across.setValue(round(x * ratio + self._room_across() / 2 - place.x()))
        down.setValue(round(y * ratio - place.y()))

    # Where things are

    def _scale(self) -> float:
        return self.zoom * _NATURAL

    def _tops(self) -> list[float]:
        scale = self._scale()
        return list(
            accumulate((page.height * scale + _GAP for page in self._pages), initial=float(_GAP))
        )

    def _place(self, index: int, top: float) -> QRectF:
        """Return where a page is in the view."""
        page, scale = self._pages[index], self._scale()
        width = page.width * scale
        left = (self._room_across() - width) / 2 - self.horizontalScrollBar().value()
        height = page.height * scale
        return QRectF(
            round(left), round(top - self.verticalScrollBar().value()), round(width), round(height)
        )

    def _room_across(self) -> float:
        return max(float(self.viewport().width()), self._width())

    def _width(self) -> float:
        widest = max((page.width for page in self._pages), default=0.0) * self._scale()
        return widest + 2 * _MARGIN

    def _shown(self) -> list[tuple[int, QRectF]]:
        """Return the pages in view with their places."""
        area = QRectF(self.viewport().rect())
        places = [(index, self._place(index, top)) for index, top in enumerate(self._tops()[:-1])]
        return [(index, place) for index, place in places if place.intersects(area)]

    def _lay_out(self) -> None:
        room, tops = self.viewport().size(), self._tops()
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setRange(0, max(0, round(tops[-1]) - room.height()))
        down.setPageStep(max(1, room.height() - _GAP))
        down.setSingleStep(_LINE_STEP)
        across.setRange(0, 0 if self.fits else max(0, round(self._width()) - room.width()))
        across.setPageStep(room.width())
        across.setSingleStep(_LINE_STEP)
        self._scrolled()

    def _scrolled(self) -> None:
        self._want()
        self.viewport().update()
        self.looked.emit()

    def _wanted(self, page: Page) -> Wanted:
        return Wanted(page, round(page.width * self._scale() * self.devicePixelRatioF()))

    def _want(self) -> None:
        """Have painted what is in view, then its neighbours."""
        shown = [index for index, _ in self._shown()]
        around = [shown[-1] + 1, shown[0] - 1] if shown else []
        near = [index for index in around if 0 <= index < len(self._pages)]
        self.rasters.want([self._wanted(self._pages[index]) for index in (*shown, *near)])

    # What Qt calls

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), colour(ground_of(self._theme)))
        for index, place in self._shown():
            self._paint_page(painter, self._pages[index], place)
        if self._shows_focus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour(self._theme.accent), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def _paint_page(self, painter: QPainter, page: Page, place: QRectF) -> None:
        _paint_shadow(painter, place)
        painter.fillRect(place, Qt.GlobalColor.white)
        image = self.rasters.image(self._wanted(page))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, image is None)
        found = image or self.rasters.any_size(page)
        if found is not None:
            painter.drawImage(place, found)
        painter.setPen(QPen(colour(self._theme.line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place.adjusted(-0.5, -0.5, 0.5, 0.5))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        page, tops = self.current, self._tops()
        self._lay_out()
        if self.fits and page < len(tops) and page:
            self.go_to(page)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turns = event.angleDelta().y() / 120
            self.zoom_to(self.zoom * ZOOM_STEP**turns, event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
            self._grabbed = event.position().toPoint(), across, down
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grabbed is not None:
            start, across, down = self._grabbed
            moved = event.position().toPoint() - start
            self.horizontalScrollBar().setValue(across - moved.x())
            self.verticalScrollBar().setValue(down - moved.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grabbed = None
        self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        deeds = {
            Qt.Key.Key_Home: lambda: self.go_to(0),
            Qt.Key.Key_End: lambda: self.go_to(len(self._pages) - 1),
            Qt.Key.Key_Plus: lambda: self.zoom_to(self.zoom * ZOOM_STEP),
            Qt.Key.Key_Equal: lambda: self.zoom_to(self.zoom * ZOOM_STEP),
            Qt.Key.Key_Minus: lambda: self.zoom_to(self.zoom / ZOOM_STEP),
            Qt.Key.Key_0: self.fit,
        }
        deed = deeds.get(Qt.Key(event.key()))
        if deed is None:
            super().keyPressEvent(event)
        else:
            deed()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        reasons = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self._shows_focus = event.reason() in reasons
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._shows_focus = False
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._want()


def ground_of(theme: Theme) -> str:
    """Return what pages lie on: darker than paper, and without a colour of its own."""
    palette = theme.palette
    return palette.ground if palette.dark else palette.tones["quiet"].halo


def _paint_shadow(painter: QPainter, place: QRectF) -> None:
    """Paint what a sheet of paper throws: darker near it, and a little more below than above."""
    painter.setPen(Qt.PenStyle.NoPen)
    for distance in range(_REACH, 0, -2):
        shade = QColor(0, 0, 0, round(_DARKNESS * (1 - distance / (_REACH + 2)) / 2.2))
        painter.setBrush(shade)
        painter.drawRoundedRect(
            place.adjusted(-distance, -distance + 4, distance, distance + 4), distance, distance
        )
