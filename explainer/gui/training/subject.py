"""What the pictures know of a lesson: its names, classes, scales and samples."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from explainer.gui.theme import Theme
from explainer.gui.training.calling import class_names
from explainer.gui.training.colouring import ENDS, one_of_several, table
from explainer.gui.training.marks import SHAPES, Mark
from explainer.gui.training.scales import Scales
from explainer.lesson.lesson import Lesson
from explainer.lesson.symbols import neuron_symbol, symbol_of
from explainer.messages import Refused
from explainer.training.axes import free_columns
from explainer.training.classes import Classes, classes_of

if TYPE_CHECKING:
    from explainer.training.moment import Moment

# More samples than these are not drawn: they would lie on each other. Evenly chosen ones are.
MOST_DRAWN = 2000
_TARGET_SHADES = 16


class Sample(NamedTuple):
    """A sample on the surface: its place along the axes, its targets, whether no update uses it."""

    place: tuple[float, ...]
    targets: tuple[float, ...]
    is_test: bool


class Subject:
    """A lesson as the pictures see it."""

    def __init__(self, lesson: Lesson) -> None:
        self.lesson = lesson
        self.classes: Classes | None = classes_of(lesson)
        self.class_names = class_names(lesson, self.classes)
        self.scales = Scales(lesson, self.classes)
        self.neurons = {neuron.id: neuron for neuron in lesson.network.neurons}
        self.outputs = tuple(neuron.id for neuron in lesson.network.of_role("output"))
        self.samples = tuple(self._samples())
        self._names: dict[str, str] = {}
        self.has_test = any(sample.is_test for sample in self.samples)

    @property
    def has_regions(self) -> bool:
        """Whether several outputs compete, so that the plane falls into regions."""
        return self.classes is not None and self.classes.values is None

    def name(self, neuron_or_column: str) -> str:
        """Return how a neuron is called, or a column that no neuron takes as it is."""
        if neuron_or_column not in self._names:
            # Asked at every moment, and always the same.
            self._names[neuron_or_column] = self._spelt(neuron_or_column)
        return self._names[neuron_or_column]

    def _spelt(self, name: str) -> str:
        neuron = self.neurons.get(name)
        if neuron is not None:
            return neuron_symbol(neuron).text
        try:
            return symbol_of(name).text
        except Refused:
            return name

    def class_of(self, targets: tuple[float, ...]) -> int:
        """Return the class that targets name."""
        if self.classes is None:
            return 0
        if self.classes.values is None:
            return max(range(len(targets)), key=lambda place: targets[place])
        return int(targets[0] > self.classes.border)

    def _samples(self) -> Iterator[Sample]:
        data = self.lesson.data
        places = free_columns(self.lesson)
        for samples, is_test in ((data, False), (data.test, True)):
            if samples is None:
                continue
            step = max(1, -(-len(samples.inputs) // MOST_DRAWN))
            rows = zip(samples.inputs[::step], samples.targets[::step], strict=True)
            for row, targets in rows:
                yield Sample(tuple(row[place] for place in places), targets, is_test)

    def axis_names(self, moment: Moment) -> tuple[str, ...]:
        """Return what the axes of the surfaces are called."""
        return tuple(self.name(axis.neuron) for axis in moment.axes)


class Inks:
    """Which mark a sample of a subject wears in a theme."""

    def __init__(self, subject: Subject, theme: Theme) -> None:
        self._subject = subject
        self._ends = ENDS[theme.palette.name]
        count = 0 if subject.classes is None else subject.classes.count
        self.of_class = (
            (self._ends.low_mark, self._ends.high_mark)
            if not subject.has_regions
            else tuple(one_of_several(theme.palette.name, place) for place in range(count))
        )
        self._colours = _colours(self._ends.low_mark, self._ends.middle_mark, self._ends.high_mark)

    def mark(self, sample: Sample, output: int = 0) -> Mark:
        """Return the mark of a sample: of its class, or in the colour of a target."""
        subject = self._subject
        if subject.classes is not None:
            number = subject.class_of(sample.targets)
            return self.mark_of_class(number, filled=not sample.is_test)
        scale = subject.scales.of(subject.outputs[output], None)
        share = (sample.targets[output] - scale.low) / ((scale.high - scale.low) or 1.0)
        shade = min(max(int(share * _TARGET_SHADES), 0), _TARGET_SHADES - 1)
        return Mark("circle", self._colours[shade], not sample.is_test)

    def mark_of_class(self, number: int, *, filled: bool = True) -> Mark:
        """Return the mark of a class."""
        return Mark(SHAPES[number % len(SHAPES)], self.of_class[number], filled)


def _colours(low: str, middle: str, high: str) -> list[str]:
    every = table((low, middle, high))
    step = len(every) // _TARGET_SHADES
    return [f"#{int(colour) & 0xFFFFFF:06x}" for colour in every[step // 2 :: step]]
