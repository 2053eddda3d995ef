"""`explainer export`: every question that can be refused is asked before anything is computed or written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from explainer.cli.writing import check_writable
from explainer.lesson.disk import write_bytes
from explainer.lesson.faults import quoted_path, refused
from explainer.lesson.lesson import Lesson
from explainer.messages import NotWritten, Refused, message
from explainer.render.publish import FORMATS, Format, format_of
from explainer.trace.steps import PHASES

if TYPE_CHECKING:
    from explainer.pages.selection import Depth, Selection
    from explainer.pages.sheets.form import Paper
    from explainer.trace.record import Run
    from explainer.trace.steps import Phase


class Shown(NamedTuple):
    """How much is written, on which paper; with `numpy` a program is one for NumPy."""

    phases: tuple[Phase, ...] = PHASES
    steps: tuple[tuple[int, int], ...] = ()
    depth: Depth = "full"
    paper: Paper = "a4"
    numpy: bool = False


EVERYTHING = Shown()


def export_to(
    outputs: Sequence[str],
    asked: Callable[[], Lesson],
    language: str,
    digits: int,
    *,
    force: bool,
    shown: Shown = EVERYTHING,
) -> list[Path]:
    """Write the worked example of the lesson asked for in the format that each file's ending names.

    Returns the files written. Raises Refused for an unknown ending or lesson, NotWritten where a file
    exists and `force` is not set, or cannot be written; nothing has been written then.
    """
    targets = _targets(outputs, numpy=shown.numpy)
    lesson = asked()
    for path in targets:
        check_writable(path, force=force)
    from explainer.pages.selection import Selection
    from explainer.pages.worked_example import worked_example
    from explainer.render.publish import publish
    from explainer.trace.check import check
    from explainer.trace.run import trace

    runs = trace(lesson, 1)
    selection = Selection(shown.phases, shown.steps, shown.depth)
    _must_have_steps(selection, runs)
    # The check takes as long as the rest: only where its result is printed.
    documents = any(form.is_document for form in targets.values())
    report = check(lesson) if documents and selection.is_whole else None
    document = worked_example(lesson, runs, language, digits, selection, report)
    contents = {
        path: publish(
            document, lesson, runs, form.name, language, digits, "neurons", shown.paper, selection
        )
        for path, form in targets.items()
    }
    _write(contents)
    return list(contents)


def _write(contents: dict[Path, bytes]) -> None:
    """Write all files; where one fails, the others are again as they were."""
    before: dict[Path, bytes | None] = {}
    try:
        for path, content in contents.items():
            old = path.read_bytes() if path.exists() else None
            write_bytes(path, content)
            before[path] = old
    except (NotWritten, OSError) as error:
        for path, old in before.items():
            with suppress(OSError, NotWritten):
                if old is None:
                    path.unlink()
                else:
                    write_bytes(path, old)
        if isinstance(error, NotWritten):
            raise
        fault = message("{place}: {fault}", place=quoted_path(path), fault=str(error))
        raise NotWritten(fault) from None


def _must_have_steps(selection: Selection, runs: Sequence[Run]) -> None:
    if not any(selection.has(step) for run in runs for step in run.summary.steps):
        raise Refused(message("the lesson has none of these steps"))


def _targets(outputs: Sequence[str], *, numpy: bool) -> dict[Path, Format]:
    targets: dict[Path, Format] = {}
    for name in outputs:
        form = format_of(name)
        if form is None:
            endings = ", ".join(ending for row in FORMATS.values() for ending in row.endings)
            fault = message("the file must end in one of {endings}", endings=endings)
            raise refused(quoted_path(name), fault)
        path = Path(name)
        if path in targets:
            raise Refused(message("{place}: the file is named twice", place=quoted_path(name)))
        targets[path] = FORMATS["numpy"] if numpy and form.name == "py" else form
    return targets
