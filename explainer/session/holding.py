"""What one window has and another shall not take: a locked file, which the system lets go when the process ends, however."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path

# How Windows and POSIX say that somebody else has the lock.
_TAKEN = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
_ATTEMPTS = 5


class Hold:
    """A lock on a small file of its own. It is released by `release`, or by the end of the process."""

    def __init__(self, path: Path, handle: int) -> None:
        self.path = path
        self._handle: int | None = handle

    @classmethod
    def take(cls, path: Path, content: str = "") -> Hold | None:
        """Lock the file, made if need be, and write a note into it; None where another window has it.

        Raises OSError where the file cannot be made. Where the disk knows no locks nobody is kept out.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        for _ in range(_ATTEMPTS):
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            if not _lock(handle):
                os.close(handle)
                return None
            if _is_still_there(path, handle):
                os.ftruncate(handle, 0)
                os.write(handle, content.encode())
                return cls(path, handle)
            # Whoever had it has just deleted it: what is locked here nobody else will look at.
            os.close(handle)
        return None

    def release(self) -> None:
        """Delete the file and let it go. A second call does nothing."""
        handle, self._handle = self._handle, None
        if handle is None:
            return
        if sys.platform == "win32":
            # There an open file cannot be deleted.
            os.close(handle)
            handle = None
        with contextlib.suppress(OSError):
            self.path.unlink()
        if handle is not None:
            os.close(handle)


def is_held(path: Path) -> bool:
    """Tell whether a window that still runs has the file locked."""
    try:
        handle = os.open(path, os.O_RDWR)
    except OSError:
        return False
    try:
        return not _lock(handle)
    finally:
        os.close(handle)


def _is_still_there(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except OSError:
        return False


def _lock(handle: int) -> bool:
    """Lock an open file; False where it is locked already."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in _TAKEN
    return True
