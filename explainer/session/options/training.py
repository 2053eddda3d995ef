"""The menus about the error and about how it is made small."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Literal, Protocol

from msgspec.structs import replace

from explainer.lesson.choice import Choice
from explainer.lesson.edits import set_learning_rate
from explainer.lesson.lesson import Clip, Lesson, Update
from explainer.lesson.symbols import symbol_of
from explainer.lesson.training_edits import (
    set_loss,
    set_penalty,
    set_reduction,
    set_rule,
    set_update,
)
from explainer.maths.losses import LOSSES
from explainer.maths.penalties import PENALTIES
from explainer.maths.schedules import SCHEDULES
from explainer.maths.updates import LEARNING_RULES, RULES
from explainer.messages import Message, message
from explainer.session.choosing import Change
from explainer.session.options.menus import FormulaKey, Menu, Option, Quantity
from explainer.session.options.words import parameter_label, stated, with_parameter

NONE = "none"
_FIRST_THRESHOLD = 1.0
_ChosenBy = Callable[[Lesson, Choice], Lesson]


class _Row(Protocol):
    """What every row of a table says of itself."""

    @property
    def name(self) -> str:
        """The name in the file."""

    @property
    def label(self) -> Message:
        """What it is called."""

    @property
    def source(self) -> str:
        """Where it comes from."""


def _option(row: _Row, table: str, change: Change, notes: tuple[Message, ...]) -> Option:
    return Option(row.name, row.label, change, FormulaKey(table, row.name), notes, row.source)


def loss_menu(lesson: Lesson) -> Menu:
    """Return the menu of the error of one sample."""
    title = message("change of the error")
    options = tuple(
        _option(
            row,
            "losses",
            _change("loss", title, set_loss, Choice(row.name)),
            (row.convention,) if row.convention else (),
        )
        for row in LOSSES.values()
    )
    choice = lesson.loss.choice
    quantities = _quantities("loss", choice, LOSSES[choice.name].parameters, set_loss)
    return Menu("loss", message("Error of a sample"), options, choice.name, quantities)


def reduction_menu(lesson: Lesson) -> Menu:
    """Return the menu of how the errors of a batch are put together."""
    title = message("mean or sum of the errors")

    def option(name: Literal["mean", "sum"], label: Message) -> Option:
        change = Change("reduction", title, lambda lesson: set_reduction(lesson, name))
        return Option(name, label, change, FormulaKey("reductions", name))

    options = (option("mean", message("mean")), option("sum", message("sum")))
    return Menu("reduction", message("Over the batch"), options, lesson.loss.reduction)


def penalty_menu(lesson: Lesson) -> Menu:
    """Return the menu of what is added to the error."""
    title = message("change of the penalty")
    nothing = Change("penalty", title, lambda lesson: set_penalty(lesson, None))
    options = [Option(NONE, message("none"), nothing, FormulaKey("penalties", NONE))]
    options += [
        _option(
            row,
            "penalties",
            _change("penalty", title, set_penalty, Choice(row.name)),
            (row.idea, *((row.convention,) if row.convention else ())),
        )
        for row in PENALTIES.values()
    ]
    choice = lesson.penalty
    quantities = (
        ()
        if choice is None
        else _quantities("penalty", choice, PENALTIES[choice.name].parameters, set_penalty)
    )
    chosen = NONE if choice is None else choice.name
    return Menu("penalty", message("Penalty"), tuple(options), chosen, quantities)


def rule_menu(lesson: Lesson) -> Menu:
    """Return the menu of update rules, the learning rate beside it."""
    title = message("change of the update rule")
    eta = symbol_of(lesson.notation.learning_rate).text
    options = tuple(
        _option(
            row,
            "rules",
            _change("rule", title, set_rule, Choice(row.name)),
            (row.idea._replace(arguments=(("eta", eta),)),),
        )
        for row in RULES.values()
    )
    choice = lesson.update.choice
    rate = Quantity(
        "learning_rate",
        message("{symbol}", symbol=eta),
        lesson.update.learning_rate,
        lambda value: Change(
            "learning rate",
            message("change of the learning rate"),
            lambda lesson: set_learning_rate(lesson, value),
        ),
    )
    own = _quantities("rule", choice, RULES[choice.name].parameters, set_rule)
    return Menu("rule", message("Update rule"), options, choice.name, (rate, *own))


def switch_menus(lesson: Lesson) -> Iterator[Menu]:
    """Yield the menu of when Hebb's rule learns, for that rule alone."""
    rule = LEARNING_RULES.get(lesson.update.choice.name)
    if rule is None or "only_on_error" not in rule.switches:
        return
    title = message("when the rule learns")

    def option(name: str, label: Message, value: bool) -> Option:
        return Option(name, label, updated("only_on_error", title, only_on_error=value))

    options = (
        option("always", message("from every sample"), False),
        option("on_error", message("only where the weighted sum has the wrong sign"), True),
    )
    chosen = "on_error" if lesson.update.only_on_error else "always"
    yield Menu("only_on_error", message("Learns"), options, chosen)


def schedule_menu(lesson: Lesson) -> Menu:
    """Return the menu of how the learning rate changes from epoch to epoch."""
    title = message("change of the schedule")
    options = tuple(
        _option(
            row,
            "schedules",
            _change("schedule", title, _set_schedule, Choice(row.name)),
            (message("k counts the epochs that are done."),) if row.parameters else (),
        )
        for row in SCHEDULES.values()
    )
    choice = lesson.update.schedule
    quantities = _quantities("schedule", choice, SCHEDULES[choice.name].parameters, _set_schedule)
    label = message("Schedule of the learning rate")
    return Menu("schedule", label, options, choice.name, quantities)


def clip_menu(lesson: Lesson) -> Menu:
    """Return the menu of how a long gradient is shortened."""
    title = message("change of the clipping")
    clip = lesson.update.clip
    threshold = _FIRST_THRESHOLD if clip is None else clip.threshold

    def option(name: str, label: Message, new: Clip | None) -> Option:
        return Option(name, label, updated("clip", title, clip=new), FormulaKey("clips", name))

    options = (
        option(NONE, message("none"), None),
        option("norm", message("by the length of the gradient"), Clip("norm", threshold)),
        option("value", message("each component"), Clip("value", threshold)),
    )
    if clip is None:
        return Menu("clip", message("Clipping"), options, NONE)
    found = clip
    quantity = Quantity(
        "threshold",
        parameter_label("threshold"),
        clip.threshold,
        lambda value: updated("threshold", title, clip=replace(found, threshold=value)),
    )
    return Menu("clip", message("Clipping"), options, clip.by, (quantity,))


def updated(what: str, title: Message, **fields: object) -> Change:
    """Return the change of some fields of the update."""

    def edit(lesson: Lesson) -> Lesson:
        new: Update = replace(lesson.update, **fields)
        return set_update(lesson, new)

    return Change(what, title, edit)


def _set_schedule(lesson: Lesson, choice: Choice) -> Lesson:
    return set_update(lesson, replace(lesson.update, schedule=choice))


def _change(what: str, title: Message, edit: _ChosenBy, choice: Choice) -> Change:
    return Change(what, title, lambda lesson: edit(lesson, choice))


def _quantities(
    what: str, choice: Choice, defaults: Mapping[str, float], edit: _ChosenBy
) -> tuple[Quantity, ...]:
    """Return the row's own parameters as numbers to be typed."""

    def quantity(name: str, value: float) -> Quantity:
        title = message("change of {name}", name=parameter_label(name))
        return Quantity(
            name,
            parameter_label(name),
            value,
            lambda new: _change(f"{what} {name}", title, edit, with_parameter(choice, name, new)),
        )

    return tuple(quantity(name, value) for name, value in stated(choice, defaults).items())
