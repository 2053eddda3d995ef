"""A lesson run step by step: the scalar graph, its values, its derivatives, the steps that a teacher points at.

The room itself can be called: `from explainer import trace; runs = trace(lesson, passes=2)`.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from explainer.lesson.lesson import Lesson
    from explainer.trace.record import Run


class _Room(ModuleType):
    """A package that is also the function it is named after."""

    def __call__(self, lesson: Lesson, passes: int = 1) -> tuple[Run, ...]:
        """Run so many updates and return each with all its values, gradients and steps (`run.summary`)."""
        from explainer.trace.run import trace

        return trace(lesson, passes)


sys.modules[__name__].__class__ = _Room
