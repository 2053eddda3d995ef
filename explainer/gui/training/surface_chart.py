"""The surface of a network with two inputs: what a neuron says over the plane, or which class wins where, and the samples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from explainer.gui.scaling import face, scale
from explainer.gui.theme import Theme, colour, font
from explainer.gui.training.chart import TEXT, Axes, Chart
from explainer.gui.training.colouring import BANDS, ENDS, SHADES, Picture, Scale, table
from explainer.gui.training.legend import paint_classes, paint_scale
from explainer.gui.training.marks import Marks
from explainer.gui.training.regions import Finer, Regions
from explainer.gui.training.subject import Inks, Subject
from explainer.messages import message, translate
from explainer.training.moment import SURFACE

if TYPE_CHECKING:
    from explainer.training.kernels import Array
    from explainer.training.moment import Moment

_LEFT, _RIGHT, _ABOVE, _BELOW = 48.0, 76.0, 24.0, 58.0
_RADIUS, _SMALL_RADIUS, _MANY = 4.2, 3.2, 300
_FEW_CLASSES, _USUAL_SIDE = 3, 300.0
# What is not smooth is computed at so many points between two, so that its borders are sharp.
_FINER = 3


class SurfaceChart(Chart):
    """Shows one neuron, or the regions of all classes where `neuron` is None and there are several outputs."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._subject: Subject | None = None
        self._moment: Moment | None = None
        self.neuron: str | None = None
        self.is_discrete = False
        self.shows_test = True
        self._smooth = Picture(SURFACE, SURFACE)
        self._fine: Picture | None = None
        self._finer: Finer | None = None
        self._regions: Regions | None = None
        self._scale = Scale(-1.0, 1.0)
        self._image: QImage | None = None
        self._colours = self._table()

    def lesson_shown(self, subject: Subject) -> None:
        """Show another lesson."""
        self._subject, self._moment, self._regions = subject, None, None
        self.neuron = None
        self.renew()

    def show_moment(self, moment: Moment | None) -> None:
        """Show a moment."""
        before, self._moment = self._moment, moment
        if before is None or moment is None or before.axes != moment.axes:
            self._still = None
        self._colour()
        self._tell()
        self.update_inside()

    def look_at(self, neuron: str | None, *, is_discrete: bool, shows_test: bool) -> None:
        """Show a neuron, None for what the network decides; in bands or smooth; with the test samples or without."""
        if (neuron, is_discrete, shows_test) != (self.neuron, self.is_discrete, self.shows_test):
            self.neuron, self.is_discrete, self.shows_test = neuron, is_discrete, shows_test
            self._colours = self._table()
            self._colour()
            self.renew()

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self._regions = None
        self._colours = self._table()
        self._colour()
        super().set_theme(theme)

    @property
    def shown_neuron(self) -> str | None:
        """The neuron whose values are coloured; None for regions."""
        if self._subject is None:
            return None
        return self.neuron or (None if self._subject.has_regions else self._subject.outputs[0])

    @property
    def scale(self) -> Scale:
        """The numbers at the two ends of the colours."""
        return self._scale

    def _table(self) -> Array:
        ends = ENDS[self.theme.palette.name]
        bands = SHADES
        if self.is_discrete:
            classes = None if self._subject is None else self._subject.classes
            bands = BANDS if classes is None else 2
        return table((ends.low, ends.middle, ends.high), bands)

    def _colour(self) -> None:
        """Colour the surface of the moment; what was seen stays until the surface of another neuron has come."""
        subject, moment = self._subject, self._moment
        if subject is None or moment is None or len(moment.axes) != 2:
            self._image = None
        elif self._is_there(subject, moment):
            if self.shown_neuron is None:
                self._image = self._coloured_regions(subject, moment)
            else:
                values = moment.surfaces[self.shown_neuron]
                scale = subject.scales.of(self.shown_neuron, values)
                if scale != self._scale:
                    self._scale, self._still = scale, None
                self._image = self._coloured(values)

    def _is_there(self, subject: Subject, moment: Moment) -> bool:
        """Tell whether a moment has the surfaces that are shown."""
        shown = self.shown_neuron
        return all(name in moment.surfaces for name in (subject.outputs if shown is None else (shown,)))  # fmt: skip

    def _coloured(self, values: Array) -> QImage:
        if not self.is_discrete:
            self._smooth.paint(values, self._scale, self._colours)
            return self._smooth.image
        finer, fine = self._in_detail()
        fine.paint(finer.of(values), self._scale, self._colours)
        return fine.image

    def _coloured_regions(self, subject: Subject, moment: Moment) -> QImage:
        finer, fine = self._in_detail()
        if self._regions is None:
            inks = Inks(subject, self.theme)
            self._regions = Regions(subject.lesson, inks.of_class, self.theme.paper)
        values = [finer.of(moment.surfaces[name]) for name in subject.outputs]
        self._regions.paint(values, fine, is_discrete=self.is_discrete)
        return fine.image

    def _in_detail(self) -> tuple[Finer, Picture]:
        if self._finer is None or self._fine is None:
            self._finer = Finer(SURFACE, _FINER)
            self._fine = Picture(self._finer.size, self._finer.size)
        return self._finer, self._fine

    # Painting

    def axes(self) -> Axes | None:
        if self._moment is None or self._subject is None or len(self._moment.axes) != 2:
            return None
        room = face(self).adjusted(_LEFT, _ABOVE, -_RIGHT, -_BELOW)
        side = max(40.0, min(room.width(), room.height()))
        left = room.left() + (room.width() - side) / 2
        area = QRectF(left, room.top() + max(0.0, (room.height() - side) / 2), side, side)
        x, y = self._moment.axes
        names = self._subject.axis_names(self._moment)
        return Axes(area, (x.low, x.high), (y.low, y.high), *names)

    def paint_moving(self, painter: QPainter, axes: Axes) -> None:
        if self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(axes.area, self._image)

    def paint_still(self, painter: QPainter, axes: Axes) -> None:
        subject = self._subject
        if subject is None:
            return
        inks = Inks(subject, self.theme)
        samples = [each for each in subject.samples if self.shows_test or not each.is_test]
        # Training samples lie above the others.
        samples.sort(key=lambda sample: not sample.is_test)
        radius = _SMALL_RADIUS if len(samples) > _MANY else _RADIUS
        # On a small surface large marks would hide it.
        radius *= min(1.0, max(0.6, axes.area.width() / _USUAL_SIDE))
        marks = Marks(radius, self.theme.paper, self.devicePixelRatioF() * scale())
        output = self._output_shown(subject)
        painter.save()
        painter.setClipRect(axes.area.adjusted(-1, -1, 1, 1))
        places = (axes.place(*sample.place) for sample in samples)
        marks.paint(painter, places, lambda number: inks.mark(samples[number], output))
        painter.restore()
        self._paint_legend(painter, axes, subject, inks)

    def _output_shown(self, subject: Subject) -> int:
        return subject.outputs.index(self.neuron) if self.neuron in subject.outputs else 0

    def _paint_legend(self, painter: QPainter, axes: Axes, subject: Subject, inks: Inks) -> None:
        area = axes.area
        if self.shown_neuron is not None:
            bar = QRectF(area.right() + 14, area.top(), 12, area.height())
            paint_scale(painter, bar, self._scale, self._colours, self.theme, self.language)
            painter.setFont(font(TEXT + 1, 600))
            painter.setPen(colour(self.theme.text))
            name = subject.name(self.shown_neuron)
            above = QRectF(bar.left() - 20, area.top() - 22, 90, 18)
            painter.drawText(above, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, "     " + name)  # fmt: skip
        if subject.classes is not None or subject.has_test:
            names, count = subject.class_names, len(subject.class_names)
            marks = [inks.mark_of_class(number) for number in range(count)]
            left = area.left() if count <= _FEW_CLASSES else 12.0
            line = QPointF(left, area.bottom() + 48)
            has_test = subject.has_test and self.shows_test
            paint_classes(painter, line, face(self).width() - 12, names, marks, has_test, self.theme, self.language)  # fmt: skip

    def said_at(self, x: float, y: float) -> str:
        subject, moment = self._subject, self._moment
        if subject is None or moment is None or not self._is_there(subject, moment):
            return ""
        names = subject.axis_names(moment)
        place = f"{names[0]} = {self.number(x, 3)}, {names[1]} = {self.number(y, 3)}"
        if self.shown_neuron is not None:
            value = self.value_at(self.shown_neuron, x, y)
            return f"{place}: {subject.name(self.shown_neuron)} = {self.number(value, 4)}"
        values = {name: self.value_at(name, x, y) for name in subject.outputs}
        best = max(values, key=lambda name: values[name])
        said = message("{place}: class {name}, {value}", place=place, name=subject.name(best), value=self.number(values[best], 4))  # fmt: skip
        return translate(said, self.language)

    def value_at(self, neuron: str, x: float, y: float) -> float:
        """Return what a neuron says at a place, between the nearest points of its surface."""
        if self._moment is None:
            return float("nan")
        surface = self._moment.surfaces[neuron]
        places = []
        for number, axis in zip((x, y), self._moment.axes, strict=True):
            share = (number - axis.low) / (axis.high - axis.low) * (SURFACE - 1)
            places.append(min(max(share, 0.0), SURFACE - 1.000001))
        column, row = (int(place) for place in places)
        right, up = places[0] - column, places[1] - row
        lower = surface[row, column] * (1 - right) + surface[row, column + 1] * right
        upper = surface[row + 1, column] * (1 - right) + surface[row + 1, column + 1] * right
        return float(lower * (1 - up) + upper * up)
