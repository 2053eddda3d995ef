"""The timeline on a projector: a bar for each step along the lower edge, nothing to read; a click goes to a step."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from explainer.gui.frame import Frame
from explainer.gui.panels.segments import Segment, Tick, segments, step_at
from explainer.gui.theme import Theme, colour
from explainer.messages import message, translate
from explainer.trace.steps import Phase

# Shares of the widget's height, as in the design.
_BAR = 0.26
_RING = 0.12


class ProjectedTrack(QWidget):
    """Paints the pass of a frame; `chosen` carries the step that was clicked."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._frame: Frame | None = None

    def show_frame(self, frame: Frame) -> None:
        """Show where in its pass a frame is."""
        self._frame = frame
        self.setAccessibleName(translate(message("Timeline"), frame.language))
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        step = step_at(self._segments(), event.position().x() - self._inset)
        if step is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(step)

    def _segments(self) -> tuple[Segment, ...]:
        frame = self._frame
        if frame is None or frame.one_pass is None:
            return ()
        return segments(
            frame.lesson, frame.one_pass.steps, round(self.width() - 2 * self._inset), _no_label
        )

    @property
    def _inset(self) -> float:
        """The room the ring around the first and the last step needs at either end, px."""
        return 1.5 * self.height() * _RING + 1

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._frame is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self._inset, 0)
        step = self._frame.step_index
        for part in self._segments():
            for tick in part.ticks:
                self._tick(painter, part.phase, tick, step)

    def _tick(self, painter: QPainter, phase: Phase, tick: Tick, step: int) -> None:
        tone = colour(self._theme.palette.shade(phase).line)
        height = self.height() * _BAR
        place = QRectF(tick.x, (self.height() - height) / 2, tick.width, height)
        radius = min(height / 3, tick.width / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tone if step >= tick.last else colour(self._theme.idle))
        painter.drawRoundedRect(place, radius, radius)
        if tick.first <= step < tick.last:
            done = (step - tick.first + 1) / (tick.last - tick.first + 1)
            painter.setBrush(tone)
            painter.drawRoundedRect(
                QRectF(place.topLeft(), place.size()).adjusted(
                    0, 0, -place.width() * (1 - done), 0
                ),
                radius,
                radius,
            )
        if tick.first <= step <= tick.last:
            around = self.height() * _RING
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(tone, max(1.0, around / 3)))
            painter.drawRoundedRect(
                place.adjusted(-around, -around, around, around), radius + around, radius + around
            )


def _no_label(_phase: Phase) -> float:
    return 0.0
