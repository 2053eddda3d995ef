"""What a worked example says beforehand about training: the penalty, the rule with its numbers, the schedule, clipping."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from explainer.lesson.choice import Choice
from explainer.maths.letters import letter
from explainer.maths.penalties import PENALTIES
from explainer.maths.printed import Printed
from explainer.maths.schedules import SCHEDULES
from explainer.maths.updates import RULES
from explainer.messages import Message, message
from explainer.pages.names import Names
from explainer.pages.page import Inline, Maths, Sentence

Fact = tuple[Message, Sentence]


def training_facts(names: Names) -> Iterator[Fact]:
    """Yield how the parameters are updated, and what is done to the error and the gradient before."""
    lesson, update = names.run.lesson, names.run.lesson.update
    if lesson.penalty is not None:
        row = PENALTIES[lesson.penalty.name]
        numbers = with_numbers(names, row.parameters, lesson.penalty)
        yield message("Penalty"), (*names.say(row.label), *numbers)
    scheduled = update.schedule.name != "constant"
    symbol = names.first_learning_rate() if scheduled else names.learning_rate()
    rule = RULES[update.choice.name]
    described = message(
        "{rule}, learning rate {rate}",
        rule=rule.label,
        rate=equality(symbol, names.number(update.learning_rate)),
    )
    numbers = with_numbers(names, rule.parameters, update.choice)
    yield message("Update"), (*names.say(described), *numbers)
    if scheduled:
        schedule = SCHEDULES[update.schedule.name]
        numbers = with_numbers(names, schedule.parameters, update.schedule)
        yield message("Schedule of the learning rate"), (*names.say(schedule.label), *numbers)
    if update.clip is not None:
        threshold = equality(letter("threshold"), names.number(update.clip.threshold))
        by = message("of the whole gradient by its length, {threshold}", threshold=threshold)
        if update.clip.by == "value":
            by = message("of every component, {threshold}", threshold=threshold)
        yield message("Clipping"), names.say(by)


def with_numbers(names: Names, defaults: Mapping[str, float], choice: Choice) -> Sentence:
    """Return a table row's own parameters, those stated and those left at their defaults, each after a comma."""
    parts: list[Inline] = []
    for name, value in {**defaults, **dict(choice.parameters)}.items():
        shown = equality(letter(name), names.number(value))
        parts += [", ", Maths(shown.latex, shown.text)]
    return tuple(parts)


def equality(symbol: Printed, number: Printed) -> Printed:
    """Return symbol = number as one formula."""
    return Printed(f"{symbol.latex} = {number.latex}", f"{symbol.text} = {number.text}")
