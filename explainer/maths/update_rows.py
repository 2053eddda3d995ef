"""What a row of the tables of updates, penalties, schedules and initialisers is; readable without SymPy."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Literal

from msgspec import Struct, field

from explainer.maths.rows import Expression, MadeOf, Parameters, SymPy
from explainer.messages import Message

# The last stage of every rule, the new value of the weight or bias itself.
PARAMETER = "parameter"


class Ingredients(Struct, frozen=True):
    """What a stage of an update may use.

    Parameter w, gradient g, learning rate η, number of the pass t (from 1), the `memory` cells as they were before, the
    rule's own `parameters`, and the `results` of earlier stages by their names.
    """

    weight: Expression
    gradient: Expression
    learning_rate: Expression
    time: Expression
    memory: Parameters
    parameters: Parameters
    results: Parameters


class Stage(Struct, frozen=True):
    """One line of a rule, an operation of its own.

    A stage named like a memory cell gives the cell's new value, the one named `PARAMETER` the new weight, any other an
    intermediate result. Its symbol is the `letter`, a label with the weight below it, or the weight's own symbol where
    there is none; a `mark`, + or ′, is written above it.
    """

    name: str
    letter: str
    formula: Callable[[SymPy, Ingredients], Expression]
    mark: Literal["", "+", "′"] = "+"


class UpdateRow(Struct, frozen=True):
    """A rule that turns a gradient into a new parameter, stage by stage.

    `memory` names the cells that every parameter carries from pass to pass, and what they hold at first; `idea` is the
    rule in one sentence. A rule that `counts` uses the number t of the pass; one that `is_plain` takes the gradient times the
    learning rate from the parameter and nothing else; one that `normalises` divides by the size of the gradient itself, so
    that every digit of a small one is seen.
    """

    name: str
    label: Message
    idea: Message
    stages: tuple[Stage, ...]
    source: str
    memory: Mapping[str, float] = field(default_factory=dict)
    parameters: Mapping[str, float] = field(default_factory=dict)
    counts: bool = False
    is_plain: bool = False
    normalises: bool = False


class LearningRow(Struct, frozen=True):
    """A rule older than back-propagation, for one layer: the weight w moves by ±η times a sum of terms.

    `factor(sp, y, ŷ, z, only_on_error)` times the input x is the term of one use in one sample (the input of a bias is 1);
    `sign` is −1 where it is subtracted. A rule that `descends` is gradient descent on the loss of that name, taken of z;
    `switches` are fields of the lesson's update, true or false, that only this rule has.
    """

    name: str
    label: Message
    idea: Message
    factor: Callable[[SymPy, Expression, Expression, Expression, bool], Expression]
    source: str
    sign: Literal[1, -1] = 1
    descends: str | None = None
    switches: tuple[str, ...] = ()
    memory: Mapping[str, float] = field(default_factory=dict)
    parameters: Mapping[str, float] = field(default_factory=dict)

    @property
    def follows_gradient(self) -> bool:
        """Whether the rule follows the gradient of a loss, so that there is a way back."""
        return self.descends is not None


class PenaltyRow(Struct, frozen=True):
    """What is added to the error: `factor(sp, parameters)` times the sum of `term(sp, x)` over weights or predictions.

    `textbook_partial(sp, x, parameters)` is the printed derivative by one of them, the factor included, proved equal to
    `diff`; `stable` is the term without loss of digits. At `kinks` the term has no derivative. `predictions` is the interval
    in which every prediction has a penalty. `made_of` says what is summed up, for the mistakes that belong to it.
    """

    name: str
    label: Message
    idea: Message
    acts_on: Literal["weights", "predictions"]
    factor: Callable[[SymPy, Parameters], Expression]
    term: Callable[[SymPy, Expression], Expression]
    textbook_partial: Callable[[SymPy, Expression, Parameters], Expression]
    source: str
    textbook: Callable[[SymPy, Expression], Expression] | None = None
    stable: Callable[[SymPy, Expression], Expression] | None = None
    parameters: Mapping[str, float] = field(default_factory=dict)
    kinks: tuple[float, ...] = ()
    convention: Message | None = None
    predictions: tuple[float, float] = (-math.inf, math.inf)
    made_of: MadeOf | None = None


class ScheduleRow(Struct, frozen=True):
    """How the learning rate changes: `formula(sp, rate, epochs, parameters)` of the first rate and the epochs completed."""

    name: str
    label: Message
    formula: Callable[[SymPy, Expression, Expression, Parameters], Expression]
    source: str
    parameters: Mapping[str, float] = field(default_factory=dict)


class InitialiserRow(Struct, frozen=True):
    """How starting weights are drawn.

    `spread(sp, fan_in, fan_out, parameters)` gives the two ends of a uniform distribution, mean and standard deviation of
    a normal one, or the constant alone; `sp` may be SymPy or `math`. Biases start at 0.
    """

    name: str
    label: Message
    distribution: Literal["constant", "uniform", "normal"]
    spread: Callable[[SymPy, Expression, Expression, Parameters], tuple[Expression, ...]]
    source: str
    parameters: Mapping[str, float] = field(default_factory=dict)
