"""Whether a file may be written, asked before anything is computed."""

from __future__ import annotations

import os
from pathlib import Path

from explainer.lesson.faults import quoted_path
from explainer.messages import NotWritten, message


def check_writable(path: Path, *, force: bool) -> None:
    """Raise NotWritten where a file cannot be written, or exists and `force` is not set."""
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
