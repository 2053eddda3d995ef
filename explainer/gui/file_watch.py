"""Notices when the file of the open lesson is changed or deleted by somebody else."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QFileSystemWatcher, QObject, Signal
from PySide6.QtWidgets import QWidget

from explainer.gui.timing import once
from explainer.lesson.file_state import Difference, FileState, difference, state_of

# Who writes a file does so in several steps, ms.
_PAUSE = 250


class FileWatch(QObject):
    """Follows one file. `noticed` tells "changed" or "gone", once for each version found, and "same" when it is as it was again."""

    noticed = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._path: Path | None = None
        self._state: FileState | None = None
        self._told: Difference = "same"
        self._told_state: FileState | None = None
        self._watcher: QFileSystemWatcher | None = None
        self._pause = once(self, _PAUSE, self.look)
        window.installEventFilter(self)

    def follow(self, path: Path | None, state: FileState | None) -> None:
        """Compare with this state of this file from now on; without either nothing is noticed."""
        self._path = path
        self._state = state
        self._told, self._told_state = "same", None
        self._watch()

    def now(self) -> Difference:
        """Tell how the file differs from what was opened or saved last."""
        if self._path is None or self._state is None:
            return "same"
        return difference(self._path, self._state)

    def look(self) -> None:
        """Tell what has changed since this was told last."""
        if self._path is None:
            return
        found = self.now()
        state = state_of(self._path) if found == "changed" else None
        if (found, state and state.digest) != (
            self._told,
            self._told_state and self._told_state.digest,
        ):
            self._told, self._told_state = found, state
            self.noticed.emit(found)
        self._watch()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Not every disk tells of changes: one also looks when the user comes back.
        if event.type() == QEvent.Type.WindowActivate and self._path is not None:
            self._pause.start()
        return super().eventFilter(watched, event)

    def _watch(self) -> None:
        """Watch the file, which a program that replaces it takes out of sight, and its folder, where it comes back."""
        if self._watcher is not None:
            old = self._watcher.files() + self._watcher.directories()
            if old:
                self._watcher.removePaths(old)
        if self._path is None:
            return
        if self._watcher is None:
            self._watcher = QFileSystemWatcher(self)
            self._watcher.fileChanged.connect(self._stirred)
            self._watcher.directoryChanged.connect(self._stirred)
        places = [self._path, self._path.absolute().parent]
        self._watcher.addPaths([str(place) for place in places if place.exists()])

    def _stirred(self) -> None:
        self._pause.start()
