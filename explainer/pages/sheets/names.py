"""The symbols and numbers of a run in which answers are hidden wherever they would stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from explainer.lesson.lesson import Lesson
from explainer.maths.numbers import MINUS
from explainer.maths.printed import ATOM, Printed
from explainer.pages.names import Names
from explainer.pages.sheets.computed import Computed
from explainer.trace.record import Run


class SheetNames(Names):
    """Writes the number of a blank in a box in place of its answer.

    `blanks` gives, for each answer that is hidden, the number of its blank. A computed number that reads like an answer is
    hidden too, whatever it is of: nothing that had to be computed shows the digits of an answer.
    """

    def __init__(
        self, run: Run, language: str, digits: int, blanks: Mapping[int, Computed | None]
    ) -> None:
        super().__init__(run, language, digits)
        self._given = frozenset(_given(run.lesson))
        self._by_key: dict[str, int] = {}
        self._by_text: dict[str, tuple[int, bool]] = {}
        for blank, value in blanks.items():
            if value is None:
                continue
            self._by_key.setdefault(value.key, blank)
            text = super().number(value).text
            self._by_text.setdefault(text.lstrip(MINUS), (blank, text.startswith(MINUS)))

    def number(self, value: float) -> Printed:
        """Return a number as it is shown, or the box with the number of the blank that asks for it."""
        plain = super().number(value)
        if isinstance(value, Computed):
            blank = self._by_key.get(value.key)
            if blank is not None:
                return box(blank)
        elif value in self._given or value == int(value):
            return plain
        found = self._by_text.get(plain.text.lstrip(MINUS))
        if found is None:
            return plain
        blank, negative = found
        return box(blank, opposite=negative is not plain.text.startswith(MINUS))

    def is_hidden(self, value: float) -> bool:
        """Tell whether a number is an answer, or reads like one."""
        return self.number(value).latex.lstrip("-").startswith("\\boxed")

    def hides(self, values: Sequence[float]) -> bool:
        """Tell whether showing these numbers rounds any of them; of answers nothing is told."""
        return super().hides([value for value in values if not self.is_hidden(value)])


def _given(lesson: Lesson) -> Iterator[float]:
    """Yield every number that the lesson states; others that are not computed by the run are worked out for a page."""
    yield from (lesson.network.value(name) for name in lesson.network.parameters)
    for rows in (lesson.data.inputs, lesson.data.targets):
        yield from (value for row in rows for value in row)
    if lesson.expression is not None:
        yield from lesson.expression.values.values()
    yield lesson.update.learning_rate
    choices = [lesson.loss.choice, lesson.update.choice, lesson.update.schedule]
    choices += [neuron.activation for neuron in lesson.network.neurons]
    for choice in choices if lesson.penalty is None else [*choices, lesson.penalty]:
        yield from (value for _, value in choice.parameters)


def box(blank: int, *, opposite: bool = False) -> Printed:
    """Return the box that stands for an answer, or for its opposite."""
    sign, minus = ("-", MINUS) if opposite else ("", "")
    return Printed(
        f"{sign}\\boxed{{{blank}}}",
        f"{minus}[{blank}]",
        ATOM,
        starts_with_number=True,
        negative=opposite,
    )
