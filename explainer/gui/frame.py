"""Everything the window shows at one moment, as one value. Panels compare their slice of two frames."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from explainer.lesson.lesson import Lesson
from explainer.messages import Message
from explainer.protocol import HereCheck, HerePage
from explainer.trace.moment import Moment
from explainer.trace.steps import Pass


class Trouble(NamedTuple):
    """Why something asked of the worker did not come; `details` are for a report."""

    sentence: str
    details: str


class Verdict(NamedTuple):
    """What is known about the gradients of the lesson: still computing, a result, or why there is none."""

    check: HereCheck | None = None
    trouble: Trouble | None = None


class Frame(NamedTuple):
    """One moment of the window.

    `one_pass` is None until the first pass is computed, `page` until the page of the step is drawn; `trouble`
    says why it never will be.
    """

    lesson: Lesson
    path: Path | None
    dirty: bool
    undo_name: Message | None
    redo_name: Message | None
    pass_index: int
    step_index: int
    one_pass: Pass | None
    moment: Moment
    page: HerePage | None
    trouble: Trouble | None
    verdict: Verdict
    language: str
    digits: int

    @property
    def can_go_back(self) -> bool:
        """Tell whether there is anything before this step."""
        return self.pass_index > 0 or self.step_index >= 0

    @property
    def is_at_end(self) -> bool:
        """Tell whether this is the last step of its pass."""
        return self.one_pass is not None and self.step_index >= len(self.one_pass.steps) - 1
