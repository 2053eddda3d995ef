"""`explainer export`: every question that can be refused is asked before anything is computed or written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from explainer.cli.writing import check_writable
from explainer.lesson.disk import write_bytes
from explainer.lesson.faults import quoted_path, refused
from explainer.lesson.lesson import Lesson
from explainer.messages import Refused, message
from explainer.render.publish import FORMATS, Format, format_of


def export_to(
    outputs: Sequence[str],
    asked: Callable[[], Lesson],
    language: str,
    digits: int,
    *,
    force: bool,
) -> list[Path]:
    """Write the worked example of the lesson asked for in the format that each file's ending names.

    Returns the files written. Raises Refused for an unknown ending or lesson, NotWritten where a file
    exists and `force` is not set, or cannot be written; nothing has been written then.
    """
    targets = _targets(outputs)
    lesson = asked()
    for path in targets:
        check_writable(path, force=force)
    from explainer.pages.worked_example import worked_example
    from explainer.render.publish import publish
    from explainer.trace.run import trace

    runs = trace(lesson, 1)
    document = worked_example(lesson, runs, language, digits)
    contents = {
        path: publish(document, lesson, runs, form.name, language, digits)
        for path, form in targets.items()
    }
    for path, content in contents.items():
        write_bytes(path, content)
    return list(contents)


def _targets(outputs: Sequence[str]) -> dict[Path, Format]:
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
        targets[path] = form
    return targets
