"""How far a step is told: its question first, then a line with each press, then the next step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from explainer.gui.frame import Frame
from explainer.gui.stage import Stage
from explainer.gui.veil import Veil, lines_of

# More lines than any page has.
_ALL = 1_000


class Telling(QObject):
    """Stands between the stage and what is projected; `changed` comes with every change of either.

    A step that is reached by going on begins with its question alone; one that is reached by going back, by a jump or
    from elsewhere (the window on the laptop) is told whole.
    """

    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._veil = Veil()
        self._count = _ALL
        self._arriving = _ALL
        self.frame = stage.frame
        stage.changed.connect(self._stage_changed)

    @property
    def shown(self) -> Frame:
        """The frame as far as it is told."""
        return self._veil.cut(self.frame, self._count)

    @property
    def lines(self) -> tuple[int, int]:
        """How many lines of the step are told, and how many it has."""
        total = self._total()
        return min(self._count, total), total

    def advance(self) -> None:
        """Tell the next line; after the last one go to the next step."""
        told, total = self.lines
        if told < total:
            self._tell(told + 1)
        else:
            self._move(self._stage.session.next, 0)

    def go_back(self) -> None:
        """Take the last line back; before the first one go to the step before, told whole."""
        told, total = self.lines
        if told > 0 and total:
            self._tell(told - 1)
        else:
            self._move(self._stage.session.back, _ALL)

    def next_step(self) -> None:
        """Go to the next step without telling the rest of this one."""
        self._move(self._stage.session.next, 0)

    def step_back(self) -> None:
        """Go to the beginning of this step, from there to that of the one before."""
        if self.lines[0] and self.lines[1]:
            self._tell(0)
        else:
            self._move(self._stage.session.back, 0)

    def first(self) -> None:
        """Go to the beginning."""
        self._move(self._stage.session.first, 0)

    def last(self) -> None:
        """Go to the last step of the pass, told whole."""
        self._move(self._stage.session.last, _ALL)

    def go_to(self, step: int) -> None:
        """Go to a step of this pass, told whole."""
        self._arriving = _ALL
        self._stage.go_to_step(step)
        if self.frame.step_index == step:
            self._tell(_ALL)

    def start_over(self) -> None:
        """Go to the first step of the first pass."""
        self._move(self._to_the_very_beginning, 0)

    def _to_the_very_beginning(self) -> None:
        self._stage.session.go_to(0, -1)

    def _move(self, intent: Callable[[], object], arriving: int) -> None:
        self._arriving = arriving
        self._stage.do(intent)

    def _tell(self, count: int) -> None:
        self._count = count
        self.changed.emit()

    def _total(self) -> int:
        page = self.frame.page
        return 0 if page is None else len(lines_of(page.page))

    def _stage_changed(self, old: Frame, new: Frame) -> None:
        self.frame = new
        if (old.pass_index, old.step_index) != (new.pass_index, new.step_index):
            self._count, self._arriving = self._arriving, _ALL
        self.changed.emit()
