"""Explain back-propagation step by step, every formula in symbols and then in numbers.

From Python: `from explainer import Lesson, trace, train`. The names below are imported when they are first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from explainer.lesson.examples import example as example
    from explainer.lesson.files import read_lesson as read_lesson
    from explainer.lesson.lesson import Lesson as Lesson
    from explainer.training.api import train as train
    from explainer.training.estimators import MLPClassifier as MLPClassifier
    from explainer.training.estimators import MLPRegressor as MLPRegressor

__version__ = "0.1.0"

_ELSEWHERE = {
    "Lesson": "explainer.lesson.lesson",
    "read_lesson": "explainer.lesson.files",
    "example": "explainer.lesson.examples",
    "train": "explainer.training.api",
    "MLPRegressor": "explainer.training.estimators",
    "MLPClassifier": "explainer.training.estimators",
}


def __getattr__(name: str) -> Any:
    """Import a name of the Python interface; `trace` is the room of that name, which can be called."""
    if name not in _ELSEWHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_ELSEWHERE[name]), name)


def __dir__() -> list[str]:
    """List what can be imported, whether it has been or not."""
    return sorted({*globals(), *_ELSEWHERE, "trace"})
