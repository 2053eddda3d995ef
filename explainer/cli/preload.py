"""Qt's libraries are loaded on another processor while Python reads the command line and the lesson.

An `import` of PySide6 holds Python's lock while the system loads and links them; a call through `ctypes` does not. When
PySide6 is imported after that, they are there: a twentieth of the way to the first frame.
"""

from __future__ import annotations

import os
import sys
from importlib.machinery import PathFinder
from threading import Thread

# In the order in which they need each other.
_LIBRARIES = (
    "Qt/lib/libQt6Core.so.6",
    "Qt/lib/libQt6Gui.so.6",
    "Qt/lib/libQt6Widgets.so.6",
    "QtCore.abi3.so",
    "QtGui.abi3.so",
    "QtWidgets.abi3.so",
)


def preload() -> None:
    """Begin to load the libraries. What is not found, and every other system, leaves the work to the import."""
    if sys.platform != "linux" or "PySide6" in sys.modules:
        return
    package = PathFinder.find_spec("PySide6")
    if package is not None and package.submodule_search_locations:
        folder = package.submodule_search_locations[0]
        Thread(target=_load, args=(folder,), daemon=True).start()


def _load(folder: str) -> None:
    import ctypes

    load = ctypes.CDLL(None).dlopen
    for library in _LIBRARIES:
        load(os.fsencode(f"{folder}/{library}"), os.RTLD_NOW)
