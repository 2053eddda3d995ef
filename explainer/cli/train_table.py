"""`explainer train TABLE.csv`: the lesson that is made for a table."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from explainer.lesson.choice import Choice
from explainer.lesson.entries import check_choice
from explainer.lesson.faults import quoted, refused
from explainer.lesson.lesson import Data, Lesson, Update
from explainer.maths.activations import ACTIVATIONS
from explainer.maths.losses import LOSSES
from explainer.maths.updates import RULES
from explainer.maths.vector_activations import VECTOR_ACTIVATIONS
from explainer.messages import Refused
from explainer.training.build import lesson_for
from explainer.training.tables import read_samples, split

# A lesson says less than the numbers of a table need.
_LONGEST_DESCRIPTION = 4000


def lesson_of_table(options: argparse.Namespace) -> Lesson:
    """Return a dense network for the table that is asked for; Refused, naming the option or the file."""
    _check_names(options)
    path = Path(options.lesson)
    samples = read_samples(path, options.target or (), loss=options.loss)
    seed = options.seed or 0
    data = split(samples.data, options.test_share or 0.0, seed)
    kinds = {0: "half_squared_error", 2: "binary_cross_entropy"}
    loss = options.loss or kinds.get(len(samples.classes), "cross_entropy")
    rule = Update(
        Choice(options.update or "adam"),
        learning_rate=options.rate or 0.01,
        batch_size=min(options.batch or 10, len(data.inputs)),
        shuffle=True,
    )
    try:
        lesson = lesson_for(
            data,
            options.hidden or [8],
            title=path.stem[:80] or "table",
            activation=Choice(options.activation or "tanh"),
            loss=Choice(loss),
            update=rule,
            seed=seed,
        )
    except Refused as error:
        raise refused(quoted(path.name), error.message) from None
    return _named(lesson, samples.columns, samples.classes, samples.data)


def _check_names(options: argparse.Namespace) -> None:
    """Raise Refused for a name that is in no table, by the option it was given with."""
    tables: dict[str, Mapping[str, object]] = {
        "activation": {**ACTIVATIONS, **VECTOR_ACTIVATIONS},
        "loss": LOSSES,
        "update": RULES,
    }
    for option, table in tables.items():
        name = getattr(options, option)
        if name is not None:
            check_choice(Choice(name), f"--{option}", "name", table)


def _named(
    lesson: Lesson, columns: tuple[str, ...], classes: tuple[str, ...], data: Data
) -> Lesson:
    """Return the lesson with a description that says which input is which column, and what stands for each class."""
    words = [f"x{number} = {name}" for number, name in enumerate(columns, 1)]
    if len(data.targets[0]) == 1:
        numbers = sorted({target for (target,) in data.targets})
        words += [f"{number:g} = {name}" for number, name in zip(numbers, classes, strict=False)]
    else:
        words += [f"o{number} = {name}" for number, name in enumerate(classes, 1)]
    return replace(lesson, description="; ".join(words)[:_LONGEST_DESCRIPTION])
