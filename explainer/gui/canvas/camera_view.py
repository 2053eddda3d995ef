"""The view under the canvas: a scene seen through a camera, from pictures while a large drawing moves."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmapCache, QResizeEvent, QTransform
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QWidget

from explainer.gui.canvas.camera import Bounds, Camera
from explainer.gui.canvas.emphasis import Emphasis
from explainer.gui.canvas.hits import active_area, surroundings
from explainer.gui.canvas.picture import SHARPEN_AFTER, Pictures, is_large, is_slow
from explainer.gui.first_numbers import NO_SCROLL_BAR, TOP_LEFT
from explainer.render.shapes import HALO, Drawing, Shape

# As the rest of the window.
_ZOOM_STEP = 1.15
# Room for the kept pixels of all items, in kB; where it is not enough, they are painted as usual.
_PIXEL_CACHE = 48 * 1024
# Where more shapes have changed, all is painted anew.
_MOST_MENDED = 60
# Pens and halos reach out of what they draw.
_REACH = HALO
# The scene is as good as endless, so that the camera alone says what is seen.
_ENDLESS = QRectF(-1e6, -1e6, 2e6, 2e6)


class CameraView(QGraphicsView):
    """Looks at a drawing: fitted until the user moves it, then where the user left it.

    What would be too small to be read is followed from step to step instead, unless the user asked for the whole. What
    the keys set larger moves no farther than to show what a step speaks of, until the mouse moves it.
    """

    # The camera moved.
    looked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        scene = QGraphicsScene(self)
        # Everything is painted at nearly every step: an index would only be kept up to date.
        scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setScene(scene)
        self.camera = Camera()
        self._drawing = Drawing(1.0, 1.0, ())
        # How far down from the upper edge something else lies over it.
        self._taken = 0
        self._fitted = True
        self._follows = True
        self._attends = False
        self._moving = False
        self._sketched = False
        self.emphasis = Emphasis(scene)
        self.pictures = Pictures(self.paint_drawing)
        QPixmapCache.setCacheLimit(max(QPixmapCache.cacheLimit(), _PIXEL_CACHE))
        self._still = QTimer(self)
        self._still.setSingleShot(True)
        self._still.setInterval(SHARPEN_AFTER)
        self._still.timeout.connect(self._sharpen)
        self._set_up_view()

    def _set_up_view(self) -> None:
        # Given and not Qt's own: to show that one to Python, every class of widget there is would be readied.
        self.setViewport(QWidget())
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSceneRect(_ENDLESS)
        self.setProperty("horizontalScrollBarPolicy", NO_SCROLL_BAR)
        self.setProperty("verticalScrollBarPolicy", NO_SCROLL_BAR)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setProperty("alignment", TOP_LEFT)
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.BoundingRectViewportUpdate)

    @property
    def drawing(self) -> Drawing:
        """The drawing shown."""
        return self._drawing

    def take(
        self,
        drawing: Drawing,
        changed: bool,
        touched: Sequence[Shape] = (),
        *,
        sketched: bool = False,
    ) -> None:
        """Take the size of another drawing; `changed` tells that it looks different.

        Of a large one `touched` are the shapes that do, as they were and as they are. What a sketch has more is painted
        over the picture by `paint_new`, and the picture moved as the sketch is fitted.
        """
        resized = (drawing.width, drawing.height) != (self._drawing.width, self._drawing.height)
        was_sketch, self._sketched = self._sketched, sketched and is_large(drawing)
        self._drawing = drawing
        if changed:
            if self._sketched or (not resized and not was_sketch and is_large(drawing)):
                self._mend(touched)
            else:
                self.repaint_pictures()
            self.emphasis.paint_over_pictures(is_large(self._drawing))
        self._follows = self._follows or resized
        if self._fitted and (resized or changed):
            self._settle()
        elif self._attends and changed:
            self._attend()

    def _mend(self, touched: Sequence[Shape]) -> None:
        """Have the pictures painted anew where these shapes lie."""
        if len(touched) > _MOST_MENDED:
            self.pictures.forget()
        else:
            self.pictures.mend(map(_around, touched))
        self.viewport().update()

    @property
    def is_fitted(self) -> bool:
        """Tell whether what is seen was chosen by the view, and not by the user."""
        return self._fitted

    @property
    def is_sharp(self) -> bool:
        """Tell whether what is seen was painted for this very place, and not moved there as a picture."""
        return not (self._moving or self._sketched) and self.pictures.shows(
            self.camera, self.viewport().size(), self.viewport().devicePixelRatio()
        )

    def repaint_pictures(self) -> None:
        """Forget the pictures of what has changed."""
        self.pictures.forget()
        self.viewport().update()

    def fit(self) -> None:
        """Show the whole drawing, and again after every change of size until the user moves it."""
        self._fitted, self._follows = True, False
        self._settle()

    def fit_again(self) -> None:
        """Look at another drawing as at a new one: the whole, or what the step speaks of where that is too small."""
        self._fitted = self._follows = True
        self._settle()

    def _settle(self) -> None:
        """Show the whole drawing, or what the step speaks of where the whole is too small."""
        bounds = self.bounds_now()
        area = active_area(self._drawing) if self._follows and not is_slow(self._drawing) else None
        camera = bounds.fitted() if area is None else bounds.following(self.camera, *area)
        if camera != self.camera:
            self.look(camera)

    def zoom_in(self) -> None:
        """Show what the step speaks of larger, else the middle."""
        self._zoom_by_key(_ZOOM_STEP)

    def zoom_out(self) -> None:
        """Show everything smaller."""
        self._zoom_by_key(1 / _ZOOM_STEP)

    def _zoom_by_key(self, factor: float) -> None:
        self.zoom_at(factor, QPointF(self.viewport().rect().center()))
        self._attends = True
        self._attend()

    def _attend(self) -> None:
        """Move no farther than to show what the step speaks of."""
        area = None if is_slow(self._drawing) else active_area(self._drawing)
        camera = self.camera if area is None else self.bounds_now().attending(self.camera, *area)
        if camera != self.camera:
            self.look(camera)

    def zoom_at(self, factor: float, place: QPointF) -> None:
        """Scale around a place of the viewport."""
        self._move(self.bounds_now().zoomed(self.camera, factor, place.x(), place.y()))

    def pan_by(self, right: float, down: float) -> None:
        """Move the drawing on the screen."""
        self._move(self.bounds_now().moved(self.camera, right, down))

    def scroll_by(self, right: float, down: float) -> None:
        """Move the drawing as a scroll bar would."""
        self._move(self.bounds_now().scrolled(self.camera, right, down))

    def bounds_now(self) -> Bounds:
        """Return the sizes of drawing and viewport."""
        room = self.viewport().size()
        drawing = self._drawing
        return Bounds(drawing.width, drawing.height, room.width(), room.height(), self._taken)

    def keep_free(self, taken: int) -> None:
        """Fit the drawing below so many pixels of the upper edge, over which something else lies."""
        if taken != self._taken:
            self._taken = taken
            if self._fitted:
                self._settle()

    def look(self, camera: Camera) -> None:
        """Look through a camera."""
        self.camera = camera
        self.setTransform(QTransform(camera.scale, 0, 0, camera.scale, camera.left, camera.top))
        # Qt centres a scene at first; the offset is the camera's alone.
        self.horizontalScrollBar().setValue(0)
        self.verticalScrollBar().setValue(0)
        self.looked.emit()

    def update_overlay(self) -> None:
        """Repaint the glow where it is not an item of the scene."""
        if is_large(self._drawing):
            self.viewport().update()

    def paint_drawing(self, painter: QPainter) -> None:
        """Paint a large drawing in its own coordinates; the view itself has none."""

    def paint_new(self, painter: QPainter) -> None:
        """Paint what a sketch has more than the drawing before it; the view itself has none."""

    def paint_above(self, painter: QPainter) -> None:
        """Paint what lies above a picture; the view itself has nothing."""

    def _move(self, camera: Camera) -> None:
        if camera == self.camera:
            return
        self._fitted = self._attends = False
        if is_slow(self._drawing):
            self._moving = True
            self._still.start()
        self.look(camera)

    def _sharpen(self) -> None:
        self._moving = False
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the drawing fitted, or its middle where it was."""
        super().resizeEvent(event)
        if self._fitted:
            self._settle()
        elif event.oldSize().isValid():
            grown = QSizeF(event.size() - event.oldSize())
            self.look(self.bounds_now().moved(self.camera, grown.width() // 2, grown.height() // 2))
            if self._attends:
                self._attend()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the items, or a large drawing from its pictures."""
        if not is_large(self._drawing):
            super().paintEvent(event)
            return
        camera = self.camera
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = self.backgroundBrush().color()
        moving = self._moving or self._sketched
        self.pictures.paint(painter, camera, self.viewport().size(), ground, moving)
        painter.setTransform(self.transform(), True)
        if self._sketched:
            self.paint_new(painter)
        self.emphasis.paint(painter)
        self.paint_above(painter)
        painter.end()


def _around(shape: Shape) -> QRectF:
    left, top, right, bottom = surroundings(shape)
    return QRectF(left, top, right - left, bottom - top).adjusted(-_REACH, -_REACH, _REACH, _REACH)
