"""What a menu of choices is, without Qt: its options, the numbers beside it, what is said about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from explainer.lesson.lesson import Lesson
from explainer.messages import Message, Refused
from explainer.session.choosing import Change


class FormulaKey(NamedTuple):
    """The formula of a row: its table and its name there (`maths.menu_formulas` writes it)."""

    table: str
    name: str


class Option(NamedTuple):
    """One entry. Without a `change` it only says what there is; `fault` is why it cannot be chosen, where that is known.

    `notes` are its range, its conventions, its idea; `source` where it comes from.
    """

    name: str
    label: Message
    change: Change | None = None
    formula: FormulaKey | None = None
    notes: tuple[Message, ...] = ()
    source: str = ""
    fault: Message | None = None


class Quantity(NamedTuple):
    """A number that goes with what is chosen; a `whole` one has no fraction."""

    name: str
    label: Message
    value: float
    change: Callable[[float], Change]
    whole: bool = False


class Typed(NamedTuple):
    """A formula that the user types, and what stands before it. One that is `live` counts as it is typed, where it is right."""

    before: str
    text: str
    change: Callable[[str], Change]
    live: bool = False


class Action(NamedTuple):
    """A button under a menu."""

    label: Message
    change: Change


class Menu(NamedTuple):
    """A labelled menu. `chosen` is the name of the option in force; `remarks` are said about the lesson, not the option."""

    id: str
    label: Message
    options: tuple[Option, ...] = ()
    chosen: str = ""
    quantities: tuple[Quantity, ...] = ()
    typed: Typed | None = None
    remarks: tuple[Message, ...] = ()
    action: Action | None = None

    @property
    def option(self) -> Option | None:
        """The option in force."""
        return next((option for option in self.options if option.name == self.chosen), None)


class Section(NamedTuple):
    """Menus that belong together."""

    title: Message
    menus: tuple[Menu, ...]


def fault_of(option: Option, lesson: Lesson) -> Message | None:
    """Return why the lesson cannot take an option, None where it can."""
    if option.fault is not None or option.change is None:
        return option.fault
    try:
        option.change.edit(lesson)
    except Refused as error:
        return without_place(error.message)
    return None


def without_place(text: Message) -> Message:
    """Return a refusal without the place in the file, which nobody looks at who chooses in the window."""
    arguments = dict(text.arguments)
    inner = arguments.get("fault")
    return inner if text.key == "{place}: {fault}" and isinstance(inner, Message) else text
