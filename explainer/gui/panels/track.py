"""The track of the timeline: a bar for each step, the one shown ringed; click or drag to go to any."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from explainer.gui.panels.segments import Segment, Tick, segments, step_at
from explainer.gui.scaling import face, hint, painting, scale, spot
from explainer.gui.theme import Theme, colour, font
from explainer.lesson.lesson import Lesson
from explainer.messages import Message, message, translate
from explainer.trace.steps import Pass, Phase

PHASE_NAMES: dict[Phase, Message] = {
    "forward": message("Forward"),
    "error": message("Error"),
    "backward": message("Backward"),
    "update": message("Update"),
}

_LABEL_BASELINE = 16.0
_TICK_TOP = 25.0
_TICK_HEIGHT = 10.0
_RING = 4.0
_HEIGHT = 46
# Room left of the first and right of the last tick for the ring.
_MARGIN = 5.0


class TrackSlice(NamedTuple):
    """What the track shows; without a pass it is empty."""

    lesson: Lesson
    one_pass: Pass | None
    step_index: int
    language: str


class Track(QWidget):
    """Paints the steps of one pass and scrubs through them."""

    scrubbed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._slice: TrackSlice | None = None
        self._segments: tuple[Segment, ...] = ()
        self._laid_out: tuple[object, ...] = ()
        self._over: int | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_slice(self, part: TrackSlice) -> None:
        """Show a pass and the place in it; within a pass only the ticks that change are painted anew."""
        old, self._slice = self._slice, part
        name = translate(message("Timeline"), part.language)
        self.setAccessibleName(name)
        self.setAccessibleDescription(self._tip(part.step_index))
        if old is None or old._replace(step_index=part.step_index) != part:
            self.update()
        else:
            self._update_between(old.step_index, part.step_index)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return hint(400, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return hint(160, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._slice is None:
            return
        painter = painting(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(_MARGIN, 0)
        left = event.rect().left() / scale() - _MARGIN - 2 * _RING
        right = event.rect().right() / scale() - _MARGIN + 2 * _RING
        parts = [part for part in self._current_segments() if part.x + part.width >= left]
        for part in parts:
            self._label(painter, part)
            for tick in part.ticks:
                if left <= tick.x + tick.width and tick.x <= right:
                    self._tick(painter, part, tick)
        for part in parts:
            for tick in part.ticks:
                if tick.first <= self._slice.step_index <= tick.last:
                    self._ring(painter, part, tick)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._scrub(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._scrub(event.position())
            return
        over = self._step_under(event.position())
        if over != self._over:
            self._over = over
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._over = None
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            step = self._step_under(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if step is None else self._tip(step), self)
            return True
        return super().event(event)

    def _current_segments(self) -> tuple[Segment, ...]:
        if self._slice is None or self._slice.one_pass is None:
            return ()
        # Weights change neither the steps nor their places, so their number and the network's neurons identify them.
        one_pass = self._slice.one_pass
        key = (one_pass, face(self).width(), self._slice.language)
        if key[1:] != self._laid_out[1:] or self._laid_out[0] is not one_pass:
            self._laid_out = key
            room = face(self).width() - 2 * _MARGIN
            self._segments = segments(self._slice.lesson, one_pass.steps, room, self._label_width)
        return self._segments

    def _update_between(self, one: int, other: int) -> None:
        """Paint the ticks of these steps and all between them anew."""
        first, last = sorted((one, other))
        for part in self._current_segments():
            for tick in part.ticks:
                if tick.first <= last and tick.last >= first:
                    left = int((tick.x + _MARGIN - _RING) * scale()) - 1
                    width = int((tick.width + 2 * _RING) * scale()) + 3
                    self.update(left, 0, width, self.height())

    def _step_under(self, position: QPointF) -> int | None:
        return step_at(self._current_segments(), spot(position).x() - _MARGIN)

    def _scrub(self, position: QPointF) -> None:
        step = self._step_under(position)
        if step is not None and self._slice is not None and step != self._slice.step_index:
            self.scrubbed.emit(step)

    def _phase_name(self, phase: Phase) -> str:
        return translate(PHASE_NAMES[phase], self._slice.language if self._slice else "en")

    def _label_width(self, phase: Phase) -> float:
        return QFontMetricsF(font(12)).horizontalAdvance(self._phase_name(phase)) + 2

    def _tip(self, step: int) -> str:
        if self._slice is None or self._slice.one_pass is None:
            return ""
        count = len(self._slice.one_pass.steps)
        if not 0 <= step < count:
            return ""
        phase = PHASE_NAMES[self._slice.one_pass.steps[step].phase]
        text = message("{phase} · step {step} of {count}", phase=phase, step=step + 1, count=count)
        return translate(text, self._slice.language)

    def _label(self, painter: QPainter, part: Segment) -> None:
        if self._label_width(part.phase) > part.width + 4:
            return
        painter.setFont(font(12))
        painter.setPen(colour(self._theme.quiet))
        painter.drawText(QPointF(part.x, _LABEL_BASELINE), self._phase_name(part.phase))

    def _tick(self, painter: QPainter, part: Segment, tick: Tick) -> None:
        if self._slice is None:
            return
        step = self._slice.step_index
        tone = colour(self._theme.palette.shade(part.phase).line)
        idle = colour(self._theme.idle)
        place = QRectF(tick.x, _TICK_TOP, tick.width, _TICK_HEIGHT)
        over = self._over is not None and tick.first <= self._over <= tick.last
        if over:
            place.adjust(0, -2, 0, 2)
        radius = min(3.0, tick.width / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tone if step >= tick.last else idle)
        painter.drawRoundedRect(place, radius, radius)
        if tick.first <= step < tick.last:
            done = (step - tick.first + 1) / (tick.last - tick.first + 1)
            painter.setBrush(tone)
            painter.drawRoundedRect(
                QRectF(place.x(), place.y(), place.width() * done, place.height()), radius, radius
            )

    def _ring(self, painter: QPainter, part: Segment, tick: Tick) -> None:
        tone = colour(self._theme.palette.shade(part.phase).line)
        place = QRectF(tick.x, _TICK_TOP, tick.width, _TICK_HEIGHT)
        outer = place.adjusted(-_RING, -_RING, _RING, _RING)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(self._theme.paper))
        painter.drawRoundedRect(outer, 6, 6)
        self._tick(painter, part, tick)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(tone, 2))
        painter.drawRoundedRect(outer.adjusted(1, 1, -1, -1), 5, 5)
