"""Several files into one folder: all of them, or none."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from explainer.lesson.disk import reason
from explainer.lesson.faults import quoted_path
from explainer.messages import NotWritten, message


def must_be_free(folder: Path, names: Iterable[str], *, force: bool) -> None:
    """Raise NotWritten where the folder cannot take these files, or has one of them and `force` is not set."""
    place = quoted_path(folder)
    if folder.is_dir():
        if not os.access(folder, os.W_OK):
            fault = message("the folder {folder} cannot be written to", folder=place)
            raise NotWritten(fault)
        for name in names:
            path = folder / name
            if path.is_dir():
                raise NotWritten(
                    message(
                        "{place}: {fault}",
                        place=quoted_path(path),
                        fault=message("this is a folder"),
                    )
                )
            if os.path.lexists(path) and not force:
                fault = message("the file exists; --force replaces it")
                raise NotWritten(message("{place}: {fault}", place=quoted_path(path), fault=fault))
        return
    if os.path.lexists(folder):
        raise NotWritten(message("{place}: this is no folder", place=place))
    if not folder.parent.is_dir():
        fault = message("there is no folder {folder}", folder=quoted_path(folder.parent))
        raise NotWritten(message("{place}: {fault}", place=place, fault=fault))


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder, which is made where there is none.

    All are written beside their places first; only then are they renamed, which takes no room and hardly ever fails. Where it
    does, what was there before is put back. Raises NotWritten with the reason.
    """
    waiting: Path | None = None
    try:
        made = not folder.exists()
        waiting = Path(
            tempfile.mkdtemp(dir=folder.parent if made else folder, prefix=".worksheets-")
        )
        for name, content in files.items():
            _write(waiting / name, content)
        if made:
            waiting.chmod(0o777 & ~_mask())
            waiting.rename(folder)
            waiting = None
        else:
            _move_all(waiting, folder, list(files))
    except (OSError, ValueError) as error:
        fault = message(
            "{place}: not written: {fault}", place=quoted_path(folder), fault=reason(error)
        )
        raise NotWritten(fault) from None
    finally:
        if waiting is not None:
            shutil.rmtree(waiting, ignore_errors=True)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _move_all(waiting: Path, folder: Path, names: list[str]) -> None:
    kept = waiting / "before"
    kept.mkdir()
    moved: list[str] = []
    try:
        for name in names:
            if (folder / name).exists():
                (folder / name).replace(kept / name)
            moved.append(name)
            (waiting / name).replace(folder / name)
    except OSError:
        for name in moved:
            with contextlib.suppress(OSError):
                (folder / name).unlink(missing_ok=True)
                if (kept / name).exists():
                    (kept / name).replace(folder / name)
        raise


def _mask() -> int:
    # The only way to ask for the mask is to set it.
    mask = os.umask(0)
    os.umask(mask)
    return mask
