"""Recovery files: the lesson of a running window as it stands, for the case that the window ends without being asked.

A recovery file is a line of JSON that says whose it is, then the lesson as a lesson file has it, then (where no file holds it)
the lesson as it was before the changes. While its window runs, a lock lies beside it.
"""

from __future__ import annotations

import contextlib
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from explainer.lesson.disk import read_bytes, write_bytes
from explainer.lesson.faults import quoted_path
from explainer.lesson.files import lesson_from_json
from explainer.lesson.lesson import Lesson
from explainer.lesson.limits import MAX_FILE_BYTES
from explainer.messages import Message, Refused, message
from explainer.session.holding import Hold, is_held

ENDING = ".recovery"
_LOCK = ".lock"
_MAX_HEADER = 64 * 1024
_LARGEST = 2 * MAX_FILE_BYTES + _MAX_HEADER


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The first line: who wrote the file and when, which file the lesson belongs to, its title, how long it is."""

    format: Literal["explainer-recovery"]
    version: Literal[1]
    process: int
    time: datetime
    path: str | None
    title: str
    lesson_bytes: int


class Recovered(NamedTuple):
    """What a recovery file holds. `before` is the lesson without the changes, where the file itself has it."""

    lesson: Lesson
    before: Lesson | None
    path: Path | None
    time: datetime


class RecoveryFile:
    """The recovery file of one window; it appears with the first `write`."""

    def __init__(self, path: Path, hold: Hold | None = None) -> None:
        self.path = path
        self._hold = hold

    @classmethod
    def fresh(cls, folder: Path) -> RecoveryFile:
        """Return one that no other window has."""
        return cls(folder / f"window-{os.getpid()}-{os.urandom(4).hex()}{ENDING}")

    @classmethod
    def claim(cls, path: Path) -> RecoveryFile | None:
        """Take over what a window left that no longer runs; None where it runs or another has taken it over."""
        try:
            hold = Hold.take(_lock_of(path), str(os.getpid()))
        except OSError:
            return None
        if hold is not None and not path.is_file():
            hold.release()
            return None
        return None if hold is None else cls(path, hold)

    def write(
        self, lesson: bytes, title: str, path: Path | None = None, before: bytes = b""
    ) -> None:
        """Keep a lesson (its JSON) that belongs to a file, or to none; raises NotWritten."""
        if self._hold is None:
            # Without a lock the copy still serves: it is then offered to another window while this one runs.
            with contextlib.suppress(OSError):
                self._hold = Hold.take(_lock_of(self.path), str(os.getpid()))
        whole = None if path is None else str(path.absolute())
        now = datetime.now(UTC)
        header = Header("explainer-recovery", 1, os.getpid(), now, whole, title, len(lesson))
        with contextlib.suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(self.path, msgspec.json.encode(header) + b"\n" + lesson + before)

    def remove(self) -> None:
        """Delete the file and everything beside it."""
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)
            for part in self.path.parent.glob(f".{self.path.name}-*.part"):
                part.unlink(missing_ok=True)
        self.leave()

    def leave(self) -> None:
        """Let go of the file, which stays."""
        if self._hold is not None:
            self._hold.release()
            self._hold = None


def left_behind(folder: Path) -> list[Path]:
    """Return the recovery files whose windows no longer run, the newest first."""
    try:
        found = [(path.stat().st_mtime, path) for path in folder.glob(f"*{ENDING}")]
    except OSError:
        return []
    return [path for _, path in sorted(found, reverse=True) if not is_held(_lock_of(path))]


def read_header(path: Path) -> Header:
    """Return whose lesson a recovery file holds, reading no more than that; Refused where it is damaged."""
    try:
        with path.open("rb") as stream:
            line = stream.readline(_MAX_HEADER)
    except OSError:
        raise Refused(_damaged(path)) from None
    return _header(line, path)


def read_recovery(path: Path) -> Recovered:
    """Return what a recovery file holds; Refused where it is damaged."""
    line, _, rest = read_bytes(path, _LARGEST).partition(b"\n")
    header = _header(line, path)
    length = header.lesson_bytes
    if not 0 < length <= len(rest):
        raise Refused(_damaged(path))
    lesson = lesson_from_json(rest[:length], path.name)
    before = lesson_from_json(rest[length:], path.name) if rest[length:] else None
    own = None if header.path is None else Path(header.path)
    return Recovered(lesson, before, own, header.time)


def _header(line: bytes, path: Path) -> Header:
    try:
        return msgspec.json.decode(line, type=Header)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Refused(_damaged(path)) from None


def _damaged(path: Path) -> Message:
    return message("{place}: this recovery file is damaged", place=quoted_path(path))


def _lock_of(path: Path) -> Path:
    return path.with_name(path.name + _LOCK)
