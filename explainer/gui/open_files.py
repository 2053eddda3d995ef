"""Which files are open in which window, so that the second window on a file can say so."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from explainer.session.holding import Hold


class OpenFiles:
    """What this window tells the others about its file: a lock named after the real path."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key: str | None = None
        self._hold: Hold | None = None

    def take(self, path: Path | None) -> bool:
        """Let go of the file before and take this one; False where another window has it."""
        key = None if path is None else os.path.normcase(os.path.realpath(path))
        if key == self._key and (key is None or self._hold is not None):
            return True
        self.release()
        if key is None:
            return True
        name = hashlib.sha256(os.fsencode(key)).hexdigest()[:32]
        try:
            self._hold = Hold.take(self._folder / f"{name}.open", f"{os.getpid()}\n{key}\n")
        except (OSError, ValueError):
            # A settings folder that cannot be written to keeps nobody from opening a lesson.
            return True
        self._key = key if self._hold is not None else None
        return self._hold is not None

    def is_free(self, path: Path) -> bool:
        """Tell whether no other window has this file; nothing is taken or let go."""
        other = OpenFiles(self._folder)
        if self._key == os.path.normcase(os.path.realpath(path)):
            return True
        is_free = other.take(path)
        other.release()
        return is_free

    def release(self) -> None:
        """Let go of the file."""
        if self._hold is not None:
            self._hold.release()
        self._hold = self._key = None
