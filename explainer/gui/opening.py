"""What is read from the disk for the window: a lesson as a file holds it, with all that showing it asks for."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from explainer.gui.frame import Frame
from explainer.gui.framing import frame_now
from explainer.gui.needs import Needs
from explainer.gui.shelf import Shelf
from explainer.gui.written import for_worker, written
from explainer.lesson.disk import read_bytes
from explainer.lesson.file_state import FileState, state_of
from explainer.lesson.files import lesson_from_json
from explainer.lesson.lesson import Lesson
from explainer.lesson.limits import MAX_FILE_BYTES
from explainer.session import Session

# A file up to this size is read and checked within a frame or two, bytes.
_QUICK = 48 * 1024


class Loaded(NamedTuple):
    """A lesson, the file it is from, and what that file was like when it was read."""

    lesson: Lesson
    path: Path
    state: FileState | None


def load(path: Path) -> Loaded:
    """Return the lesson that a file holds; Refused where it holds none."""
    content = read_bytes(path, MAX_FILE_BYTES)
    lesson = lesson_from_json(content, path.name)
    written(lesson)
    for_worker(lesson)
    return Loaded(lesson, path, state_of(path, content))


def first_frame(lesson: Lesson, path: Path, language: str, digits: int) -> Frame:
    """Return the frame that a lesson will be shown in when it is opened, so that its drawing can be made before."""
    session = Session(lesson, path, language, digits)
    return frame_now(session, Needs(session), Shelf())


def is_quick(path: Path) -> bool:
    """Tell whether a file may be read while the window waits. What is no plain file may never end."""
    try:
        return not path.exists() or (path.is_file() and path.stat().st_size <= _QUICK)
    except (OSError, ValueError):
        # Reading it will say what is wrong.
        return True
