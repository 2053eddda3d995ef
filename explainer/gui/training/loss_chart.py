"""The chart of the losses: both curves, where training stands; a click or a key goes to any epoch."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from explainer.gui.scaling import face, hint, keep, painting, scale, spot
from explainer.gui.theme import Theme, colour
from explainer.gui.training.loss_drawing import NOTHING, LossDrawing, Scene
from explainer.messages import message, translate
from explainer.training.curve import Curve

_KEYS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageUp: -10,
    Qt.Key.Key_PageDown: 10,
}


class LossChart(QWidget):
    """Shows a curve of losses. `visited` carries the epoch that was asked for, `pointed` the one under the pointer or None."""

    visited = Signal(int)
    pointed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._language = "en"
        self._curve = Curve()
        self._epoch = 0
        self._reach = (0, 0)
        self._under: int | None = None
        self._drawn = NOTHING
        self.is_log = True
        self.is_smooth = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        keep(self, "setMinimumHeight", 150)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def sizeHint(self) -> QSize:
        # The least that is of use: what there is beside it, it gets.
        return hint(300, 150)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.update()

    def set_language(self, language: str) -> None:
        """Speak a language."""
        self._language = language
        self.setAccessibleName(translate(message("Loss by epoch"), language))
        self.setToolTip(translate(message("A click goes to that epoch"), language))
        self.update()

    def show_curve(self, curve: Curve, epoch: int, reach: tuple[int, int]) -> None:
        """Show the losses, where training stands, and which epochs can be gone to."""
        self._curve, self._epoch, self._reach = curve, epoch, reach
        self.update()

    def set_scale(self, *, is_log: bool, is_smooth: bool) -> None:
        """Draw logarithmically or not, smoothed or not."""
        self.is_log, self.is_smooth = is_log, is_smooth
        self.update()

    # --- hands -----------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        # The arrows are the chart's while it has the keyboard, not those of the steps.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            keys = (*_KEYS, Qt.Key.Key_Home, Qt.Key.Key_End)
            if event.key() in keys and event.modifiers() == Qt.KeyboardModifier.NoModifier:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _KEYS:
            self._visit(self._epoch + _KEYS[key])
        elif key == Qt.Key.Key_Home:
            self._visit(self._reach[0])
        elif key == Qt.Key.Key_End:
            self._visit(self._reach[1])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._visit(self._epoch_at(spot(event.position()).x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        epoch = self._epoch_at(spot(event.position()).x())
        self._point_at(epoch)
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._visit(epoch)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(None)

    def _visit(self, epoch: int) -> None:
        first, last = self._reach
        epoch = min(max(epoch, first), last)
        if epoch != self._epoch:
            self._epoch = epoch
            self.update()
            self.visited.emit(epoch)

    def _point_at(self, epoch: int | None) -> None:
        if epoch != self._under:
            self._under = epoch
            self.update()
            self.pointed.emit(epoch)

    # --- painting --------------------------------------------------------------------------

    @property
    def box(self) -> QRectF:
        """Where the curves are."""
        return self._drawing().box

    def place_of(self, epoch: int) -> float:
        """Return where an epoch stands, from the left."""
        return self._drawing().place_of(epoch)

    def _drawing(self) -> LossDrawing:
        """Return the picture of the curves as they are now; only what is new is drawn."""
        last = max(self._curve.last_epoch, self._reach[1], self._epoch)
        scene = Scene(
            self.size(),
            self.devicePixelRatioF(),
            scale(),
            self._theme,
            self._language,
            self.is_log,
            self.is_smooth,
        )
        if not self._drawn.goes_on(scene, self._curve, last):
            self._drawn = LossDrawing(scene, self._curve, last)
        self._drawn.draw_new()
        return self._drawn

    def _epoch_at(self, x: float) -> int:
        return self._drawing().epoch_at(x)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, drawing = self._theme, self._drawing()
        box = drawing.box
        painter = painting(self)
        # Painted in the pixels of the screen: nothing of it is scaled again.
        painter.setWorldMatrixEnabled(False)
        painter.drawImage(0, 0, drawing.picture)
        painter.setWorldMatrixEnabled(True)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Epochs before the last change of the settings are seen, but cannot be gone to.
        reach = drawing.place_of(max(self._reach[0], drawing.first))
        if reach > box.left() + 1:
            before = QRectF(box.left(), box.top(), reach - box.left(), box.height())
            painter.setOpacity(0.6)
            painter.fillRect(before, colour(theme.hover))
            painter.setOpacity(1.0)
        if self._under is not None and drawing.first <= self._under <= drawing.last:
            x = drawing.place_of(self._under)
            painter.setPen(QPen(colour(theme.outline), 1))
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        x = drawing.place_of(self._epoch)
        painter.setPen(QPen(colour(theme.ink), 1.2))
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        painter.setBrush(colour(theme.ink))
        painter.drawEllipse(QPointF(x, box.bottom()), 3.5, 3.5)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour(theme.accent), 2))
            painter.drawRoundedRect(face(self).adjusted(1, 1, -1, -1), 6, 6)
