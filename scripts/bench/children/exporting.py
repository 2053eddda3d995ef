"""Exporting the lecture example as PDF, warm. Argument: how often.

Says, alternately, the milliseconds that the worker needs for the request, and those of pandoc and Typst alone on what
it handed to them.
"""

from __future__ import annotations

import subprocess
import sys
import time
from typing import Any

import typst

from explainer.lesson.examples import example
from explainer.lesson.files import lesson_to_json
from explainer.protocol import HereExport, WantExport
from explainer.worker.answers import Answers
from scripts.bench.children.said import say

Call = tuple[tuple[Any, ...], dict[str, Any]]


class Recorder:
    """Stands in for a function, calls it, and keeps the last arguments."""

    def __init__(self, function: Any) -> None:
        self.function = function
        self.call: Call | None = None

    def __call__(self, *arguments: Any, **settings: Any) -> Any:
        """Call the function."""
        self.call = arguments, settings
        return self.function(*arguments, **settings)

    def again(self) -> None:
        """Call the function as it was called last."""
        if self.call is None:
            raise RuntimeError(f"{self.function} was never called")
        arguments, settings = self.call
        self.function(*arguments, **settings)


def main() -> None:
    """Export once with somebody listening, then measure."""
    answers = Answers()
    request = WantExport(1, lesson_to_json(example("lecture-2-2-1")), "pdf", "en", 5)
    tools = [(subprocess, "run"), (typst, "compile")]
    recorders = [Recorder(getattr(module, name)) for module, name in tools]
    for (module, name), recorder in zip(tools, recorders, strict=True):
        setattr(module, name, recorder)
    _export(answers, request)
    for (module, name), recorder in zip(tools, recorders, strict=True):
        setattr(module, name, recorder.function)
    for _ in range(int(sys.argv[1])):
        began = time.perf_counter()
        _export(answers, request)
        exported = time.perf_counter()
        for recorder in recorders:
            recorder.again()
        say("export", 1000 * (exported - began))
        say("floor", 1000 * (time.perf_counter() - exported))


def _export(answers: Answers, request: WantExport) -> None:
    reply = answers.answer(request)
    if not isinstance(reply, HereExport):
        raise TypeError(f"no export came but {reply}")


if __name__ == "__main__":
    main()
