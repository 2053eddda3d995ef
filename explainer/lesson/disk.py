"""Bytes from and to the disk: bounded reading, writing that leaves the old file or the new one, never half."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path

from explainer.lesson.faults import quoted, quoted_path
from explainer.messages import Message, NotWritten, Refused, message

_NEW_FILE_MODE = 0o666


def read_bytes(path: Path, limit: int) -> bytes:
    """Return what a file holds, at most `limit` + 1 bytes of it, so that the caller sees an excess.

    Raises Refused where it cannot be read.
    """
    try:
        with path.open("rb") as stream:
            if os.fstat(stream.fileno()).st_size > limit:
                # Not read at all; the caller refuses any content of this length.
                return bytes(limit + 1)
            return stream.read(limit + 1)
    except (OSError, ValueError) as error:
        fault = message("{place}: {fault}", place=quoted_path(path), fault=reason(error))
        raise Refused(fault) from None


def write_bytes(path: Path, content: bytes) -> None:
    """Replace or create a file in one step that survives a power cut.

    A temporary file beside it is written, flushed to the disk and renamed. A symbolic link stays one
    and its target is replaced; the permissions of a replaced file are kept. Raises NotWritten with
    the reason; the old file is then as it was.
    """
    temporary: Path | None = None
    try:
        target = Path(os.path.realpath(path))
        mode = _mode_for(target)
        # Imported where it is needed: reading a lesson, which every start waits for, does without.
        import tempfile

        handle, name = tempfile.mkstemp(
            dir=target.parent, prefix=f".{target.name[:40]}-", suffix=".part"
        )
        temporary = Path(name)
        temporary.chmod(mode)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(target)
        temporary = None
        _flush_folder(target.parent)
    except (OSError, ValueError) as error:
        fault = message(
            "{place}: not written: {fault}", place=quoted_path(path), fault=reason(error)
        )
        raise NotWritten(fault) from None
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()


def reason(error: OSError | ValueError) -> Message:
    """Return in plain words why the system refused."""
    if not isinstance(error, OSError):
        return message("the name cannot be a file name")
    for kind, sentence in _KINDS.items():
        if isinstance(error, kind):
            return sentence
    known = _REASONS.get(errno.errorcode.get(error.errno or 0, ""))
    if known is not None:
        return known
    if error.strerror:
        return message("the system says: {reason}", reason=quoted(error.strerror))
    return message("the name cannot be a file name")


_KINDS: dict[type[OSError], Message] = {
    FileNotFoundError: message("there is no such file or folder"),
    IsADirectoryError: message("this is a folder"),
    NotADirectoryError: message("a part of the path is not a folder"),
    PermissionError: message("it is not permitted"),
}
_NO_SPACE = message("there is no space left on the disk")
# By the names of the numbers, since not every system has every one.
_REASONS: dict[str, Message] = {
    "ENOSPC": _NO_SPACE,
    "EDQUOT": message("your share of the disk is used up"),
    "EFBIG": message("the file would be larger than is allowed here"),
    "EROFS": message("the disk can only be read"),
    "EMFILE": message("too many files are open"),
    "ENFILE": message("too many files are open"),
    "ENAMETOOLONG": message("the name is too long"),
    "EILSEQ": message("the name cannot be a file name"),
    "EINVAL": message("the name cannot be a file name"),
    "ELOOP": message("links lead in a circle"),
    "EIO": message("the disk reports a fault"),
    "EBUSY": message("another program is using it"),
    "ETXTBSY": message("another program is using it"),
    "ENODEV": message("the disk is not there any more"),
    "ENXIO": message("the disk is not there any more"),
    "ESTALE": message("the disk is not there any more"),
    "ENOTCONN": message("the disk is not there any more"),
    "EHOSTDOWN": message("the disk is not there any more"),
    "ETIMEDOUT": message("the disk does not answer"),
}


def _mode_for(target: Path) -> int:
    """Return the permissions the new content gets: those of the old file, else what is usual here."""
    try:
        found = target.stat()
    except FileNotFoundError:
        # The only way to ask for the mask is to set it.
        mask = os.umask(0)
        os.umask(mask)
        return _NEW_FILE_MODE & ~mask
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError
    if not stat.S_ISREG(found.st_mode):
        raise ValueError("not a regular file")
    if not os.access(target, os.W_OK):
        raise PermissionError
    return stat.S_IMODE(found.st_mode)


def _flush_folder(folder: Path) -> None:
    # Only there is the rename on the disk. Windows has no such call; some file systems refuse it.
    if os.name == "posix":
        with contextlib.suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
