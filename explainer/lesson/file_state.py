"""Whether a file is still what was read or written: by its content, so that a touch or a copy over itself is no change."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Literal, NamedTuple

from explainer.lesson.disk import read_bytes
from explainer.lesson.limits import MAX_FILE_BYTES
from explainer.messages import Refused

Difference = Literal["same", "changed", "gone"]


class FileState(NamedTuple):
    """A file as it was found: what it held, and the marks by which the system tells versions apart."""

    digest: bytes
    marks: tuple[int, int, int]


def state_of(path: Path, content: bytes | None = None) -> FileState | None:
    """Return the state of a file, of which `content` has just been read or written; None where there is no file."""
    try:
        marks = _marks(path)
        if content is None:
            content = read_bytes(path, MAX_FILE_BYTES)
    except (OSError, ValueError, Refused):
        return None
    return FileState(hashlib.sha256(content).digest(), marks)


def difference(path: Path, known: FileState) -> Difference:
    """Tell whether a file still holds what it did. What cannot be read counts as changed."""
    try:
        if _marks(path) == known.marks:
            return "same"
        found = hashlib.sha256(read_bytes(path, MAX_FILE_BYTES)).digest()
    except (FileNotFoundError, NotADirectoryError):
        return "gone"
    except (OSError, ValueError, Refused):
        return "changed"
    return "same" if found == known.digest else "changed"


def _marks(path: Path) -> tuple[int, int, int]:
    found = os.stat(path)  # noqa: PTH116 - one call, whatever the path is
    return (found.st_mtime_ns, found.st_size, found.st_ino)
