"""`explainer export`: every question that can be refused is asked before anything is computed or written."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from explainer.lesson.disk import write_bytes
from explainer.lesson.faults import quoted_path, refused
from explainer.lesson.lesson import Lesson
from explainer.messages import NotWritten, Refused, message
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
        _check_writable(path, force=force)
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


def _check_writable(path: Path, *, force: bool) -> None:
    place = quoted_path(path)
    folder = path.parent
    if path.is_dir():
        fault = message("this is a folder")
    elif os.path.lexists(path) and not force:
        fault = message("the file exists; --force replaces it")
    elif path.exists() and not os.access(path, os.W_OK):
        fault = message("the file cannot be replaced: it is write-protected")
    elif not folder.is_dir():
        fault = message("there is no folder {folder}", folder=quoted_path(folder))
    elif not os.access(folder, os.W_OK):
        fault = message("the folder {folder} cannot be written to", folder=quoted_path(folder))
    else:
        return
    raise NotWritten(message("{place}: {fault}", place=place, fault=fault))
