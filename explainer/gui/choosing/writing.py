"""Options in the user's language, with the formulas that have come."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from explainer.gui.choosing.entry import Shown
from explainer.gui.choosing.popup import Line
from explainer.lesson.lesson import Lesson
from explainer.maths.sources import source_in
from explainer.messages import Message, translate
from explainer.protocol import MenuFormula
from explainer.session.options import FormulaKey, Menu, Option, fault_of

# Trying more options times parts of the lesson (neurons, edges, numbers of its data) would hold the window up: there it is
# found out when one is chosen.
_LARGEST_TRIED = 3000


class Writing(NamedTuple):
    """The language, and where formulas are found."""

    language: str
    formula: Callable[[FormulaKey, str], MenuFormula | None]

    def say(self, text: Message) -> str:
        """Return a text in the language."""
        return translate(text, self.language)

    def sentence(self, text: Message) -> str:
        """Return a text that begins like a sentence."""
        said = self.say(text)
        return said[:1].upper() + said[1:]

    def source(self, option: Option) -> str:
        """Return where the formula of an option comes from."""
        return source_in(option.source, self.language)

    def shown(self, option: Option) -> Shown:
        """Return what is painted of an option."""
        # A symbol keeps its letter.
        is_symbol = option.label.key == "{symbol}"
        label = self.say(option.label) if is_symbol else self.sentence(option.label)
        formula = None
        if option.formula is not None:
            formula = self.formula(option.formula, self.language)
        return Shown(label, formula)

    def lines(self, menu: Menu, lesson: Lesson) -> list[Line]:
        """Return the options of an open menu; those that the lesson cannot take with the reason."""
        is_small = _size(lesson) * len(menu.options) <= _LARGEST_TRIED
        lines: list[Line] = []
        for option in menu.options:
            is_tried = is_small and option.name != menu.chosen
            fault = fault_of(option, lesson) if is_tried else option.fault
            shown = self.shown(option)
            text = shown.formula.text if shown.formula is not None else ""
            words = f"{shown.label} {option.name} {text}"
            lines.append(Line(option.name, shown, self.sentence(fault) if fault else "", words))
        return lines


def _size(lesson: Lesson) -> int:
    network, data = lesson.network, lesson.data
    numbers = sum(map(len, (*data.inputs[:_LARGEST_TRIED], *data.targets[:_LARGEST_TRIED])))
    return len(network.neurons) + len(network.edges) + numbers
