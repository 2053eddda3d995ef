"""The functions that the lab compares, and the neuron whose own the first one is."""

from __future__ import annotations

from collections.abc import Callable

from explainer.gui.choosing.popup import Line
from explainer.gui.choosing.writing import Writing
from explainer.gui.frame import Frame
from explainer.gui.stage import Stage
from explainer.lesson.activation_edits import set_activation
from explainer.lesson.choice import TYPED, Choice
from explainer.lesson.lesson import Neuron
from explainer.messages import Message, message
from explainer.session.choosing import Change
from explainer.session.looking.comparison import (
    MOST,
    Compared,
    catalogue,
    compared,
    name_of,
    of_neuron,
)
from explainer.session.looking.operating import Operating, neuron_looked_at, operating
from explainer.session.options import FormulaKey, Option


class Functions:
    """Holds at least one function. The first follows the neuron that is looked at until something else is put there."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.shown: list[Compared] = [compared(Choice("sigmoid"))]
        self.front = 0
        self.neuron: Neuron | None = None
        self.place = Operating(None)
        self._selected: str | None = None
        self._follows = True
        self._options = catalogue()

    # --- the neuron ------------------------------------------------------------------------

    def look_at(self, neuron_id: str) -> None:
        """Follow this neuron from now on."""
        self._selected = neuron_id
        self._follows = True
        self.front = 0
        self.follow(self._stage.frame)

    def follow(self, frame: Frame) -> None:
        """Take the neuron's function and its place from a frame."""
        self.neuron, self.place = None, Operating(None)
        if frame.lesson.expression is not None:
            return
        neuron = neuron_looked_at(frame.lesson, frame.moment, self._selected)
        if neuron is None:
            return
        self.neuron = neuron
        own = of_neuron(frame.lesson, neuron, frame.moment.parameters)
        if own is None:
            return
        self.place = operating(frame.moment, frame.one_pass, neuron)
        if self._follows:
            self.shown[0] = own

    @property
    def neuron_name(self) -> str:
        """The symbol of the neuron, nothing where there is none."""
        return "" if self.neuron is None else name_of(self.neuron)

    @property
    def is_scalar(self) -> bool:
        """Whether the neuron's activation is a function of one number, and so has a curve."""
        return self.neuron is not None and self._own is not None

    @property
    def _own(self) -> Compared | None:
        frame = self._stage.frame
        if self.neuron is None:
            return None
        return of_neuron(frame.lesson, self.neuron, frame.moment.parameters)

    @property
    def can_give(self) -> bool:
        """Whether the neuron could be given the function in front, which is another than its own."""
        return self.neuron is not None and self.shown[self.front] != self._own

    def give(self) -> Message | None:
        """Give the neuron the function in front; return why the lesson cannot take it."""
        neuron, one = self.neuron, self.shown[self.front]
        if neuron is None:
            return None
        choice = one.choice
        if choice.expression is None:
            choice = Choice(choice.name, _changed(one))
        title = message("activation of {target}", target=name_of(neuron))
        change = Change(
            "activation", title, lambda lesson: set_activation(lesson, (neuron.id,), choice)
        )
        return self._stage.choose(change)

    # --- the comparison --------------------------------------------------------------------

    def take(self, one: Compared, *, replaces: bool) -> None:
        """Put a function in the place of the one in front, or beside the others."""
        if replaces or len(self.shown) >= MOST:
            self._follows = self._follows and self.front != 0
            self.shown[self.front] = one
        else:
            self.shown.append(one)
            self.front = len(self.shown) - 1

    def leave_out(self, place: int) -> None:
        """Take a function out; one always stays."""
        if len(self.shown) == 1 or place >= len(self.shown):
            return
        del self.shown[place]
        self._follows = self._follows and place != 0
        self.front = min(self.front - (place < self.front), len(self.shown) - 1)

    def set_parameter(self, name: str, value: float) -> Message | None:
        """Give the function in front another number; return why it cannot work with it."""
        one = self.shown[self.front].with_parameter(name, value)
        fault = one.fault()
        if fault is None:
            self._follows = self._follows and self.front != 0
            self.shown[self.front] = one
        return fault

    # --- words -----------------------------------------------------------------------------

    def names(self, say: Callable[[Message], str]) -> list[str]:
        """Return what the functions are called; before the neuron's own stands its symbol."""
        names = [say(one.label) for one in self.shown]
        if self._follows and self.is_scalar:
            names[0] = f"{self.neuron_name} · {names[0]}"
        return names

    def option(self, one: Compared) -> Option:
        """Return the entry of the catalogue that a function is."""
        wanted = TYPED if one.choice.expression is not None else one.choice.name
        return next(option for option in self._options if option.name == wanted)

    @property
    def current(self) -> str:
        """The name of the entry in front."""
        return self.option(self.shown[self.front]).name

    @property
    def formula_keys(self) -> tuple[FormulaKey, ...]:
        """The formulas of all entries."""
        return tuple(option.formula for option in self._options if option.formula is not None)

    def lines(self, writing: Writing) -> list[Line]:
        """Return the entries of the menu."""
        found = []
        for option in self._options:
            shown = writing.shown(option)
            text = shown.formula.text if shown.formula is not None else ""
            found.append(Line(option.name, shown, "", f"{shown.label} {option.name} {text}"))
        return found


def _changed(one: Compared) -> dict[str, float]:
    """Return the numbers of a function that are not its row's own."""
    usual = dict(compared(Choice(one.choice.name)).parameters)
    return {name: value for name, value in one.parameters if value != usual[name]}
