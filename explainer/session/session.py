"""The session itself, without Qt and without a worker.

It knows neither the window nor the worker, so that every behaviour of the program can be tested without them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from explainer.lesson import edits
from explainer.lesson.lesson import Lesson
from explainer.lesson.symbols import neuron_symbol, symbol_of
from explainer.lesson.worksheet import Worksheet
from explainer.messages import message
from explainer.session.adjusting import Adjusting
from explainer.session.choosing import CHOICE
from explainer.session.data import DataEditing
from explainer.session.journey import START
from explainer.session.training.edits import TrainingEdits


class Session(Adjusting, DataEditing, TrainingEdits):
    """One open lesson, the place in its trace and its history of edits.

    `language` and `digits` are how the user wants numbers shown.
    """

    def __init__(
        self, lesson: Lesson, path: Path | None = None, language: str = "en", digits: int = 5
    ) -> None:
        self.language = language
        self.digits = digits
        self.open(lesson, path)

    # --- editing ---------------------------------------------------------------------------

    def set_parameter(self, name: str, value: float, *, continuing: bool = False) -> bool:
        """Give a weight or bias another value; return whether anything changed.

        `continuing` joins the edit to the one before it if that was of the same thing, as while a
        value is dragged or nudged. An edit in a later pass makes that pass's weights the start.
        """
        lesson = edits.set_parameter(self._rebased(), name, value)
        title = message("change of {name}", name=symbol_of(name).text)
        return self._edit(
            ("parameter", name), title, lesson, continuing=continuing, keeps_steps=True
        )

    def set_values(self, values: Mapping[str, float]) -> bool:
        """Give several parameters, or variables of a formula, other values in one undo step."""
        if self.lesson.expression is not None:
            lesson = self.lesson
            for name, value in values.items():
                lesson = edits.set_expression_value(lesson, name, value)
        else:
            lesson = edits.with_parameters(self._rebased(), values)
        names = ", ".join(symbol_of(name).text for name in values)
        title = message("change of {name}", name=names)
        return self._edit(("values", *values), title, lesson, keeps_steps=True)

    def set_input(
        self, sample: int, column: int, value: float, *, continuing: bool = False
    ) -> bool:
        """Give an input another value; as `set_parameter`."""
        lesson = edits.set_input(self._rebased(), sample, column, value)
        neuron = lesson.network.of_role("input")[column]
        title = message("change of the input {name}", name=neuron_symbol(neuron).text)
        return self._edit(
            ("input", sample, column), title, lesson, continuing=continuing, keeps_steps=True
        )

    def set_target(
        self, sample: int, column: int, value: float, *, continuing: bool = False
    ) -> bool:
        """Give a target another value; as `set_parameter`."""
        lesson = edits.set_target(self._rebased(), sample, column, value)
        neuron = lesson.network.of_role("output")[column]
        title = message("change of the target for {name}", name=neuron_symbol(neuron).text)
        return self._edit(
            ("target", sample, column), title, lesson, continuing=continuing, keeps_steps=True
        )

    def set_expression_value(self, name: str, value: float, *, continuing: bool = False) -> bool:
        """Give a variable of the formula another value; as `set_parameter`."""
        lesson = edits.set_expression_value(self.lesson, name, value)
        title = message("change of {name}", name=symbol_of(name).text)
        return self._edit(("value", name), title, lesson, continuing=continuing, keeps_steps=True)

    def set_formula(self, formula: str) -> bool:
        """Put another formula in the place of the one there is; as `set_parameter`."""
        lesson = edits.set_formula(self.lesson, formula)
        return self._edit((CHOICE, "formula"), message("change of the formula"), lesson)

    def set_learning_rate(self, value: float, *, continuing: bool = False) -> bool:
        """Give the learning rate another value; as `set_parameter`."""
        lesson = edits.set_learning_rate(self._rebased(), value)
        title = message("change of the learning rate")
        return self._edit(
            ("learning_rate",), title, lesson, continuing=continuing, keeps_steps=True
        )

    def keep_these_weights(self) -> bool:
        """Make the parameters as they stand on the board the start; return whether anything changed."""
        board = self.moment()
        lesson = self._kept()
        if not self._edit(("keep",), message("keeping of these weights"), lesson):
            return False
        if board.updated:
            self.travel(lesson, START, None)
        return True

    def tidy_up(self) -> bool:
        """Put the hidden neurons in an order with fewer crossing edges; return whether there is one."""
        # Imported here: the first frame does without.
        from explainer.lesson.tidying import tidied

        return self._edit(("tidy",), message("tidying up"), tidied(self._rebased()))

    # --- worksheets ------------------------------------------------------------------------

    def set_worksheet(self, worksheet: Worksheet | None) -> bool:
        """Let the lesson say how its worksheets are made, None for nothing; what is computed stays."""
        # Imported here, as below: the first frame does without.
        from explainer.lesson.worksheet_edits import set_worksheet

        lesson = set_worksheet(self.lesson, worksheet)
        title = message("settings for worksheets")
        return self._edit(("worksheet",), title, lesson, keeps_steps=True, stays_in_pass=True)

    def blank_steps(self, addresses: Collection[str], on: bool) -> bool:
        """Blank these steps on the lesson's worksheets, or no longer; addresses as `pages.sheets.plan` has them."""
        from explainer.lesson.worksheet_edits import blank_steps

        lesson = blank_steps(self.lesson, addresses, on=on)
        title = message("blank on the worksheet") if on else message("no blank on the worksheet")
        return self._edit(("blanks",), title, lesson, keeps_steps=True, stays_in_pass=True)

    # --- inside ----------------------------------------------------------------------------

    def _kept(self) -> Lesson:
        """Return the lesson that goes on from the board; the pass counts as done once its last parameter is updated."""
        one_pass = self.current_pass
        if one_pass is None or self.cursor.step_index < len(one_pass.steps) - 1:
            return edits.with_parameters(self._rebased(), self.moment().parameters)
        passes = self.cursor.pass_index + 1
        return self._continued(passes, one_pass.parameters_after, one_pass.state_after)
