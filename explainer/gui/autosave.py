"""Keeps the unsaved lesson in a recovery file, so that whatever ends the program costs ten seconds at most."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as WaitedTooLongError
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from explainer.gui.frame import Frame
from explainer.gui.stage import Stage
from explainer.gui.timing import once
from explainer.gui.written import written
from explainer.lesson.lesson import Lesson, text_in
from explainer.messages import NotWritten, message
from explainer.session.recovery import RecoveryFile

# From the first change on, ms; what is left of ten seconds is for a coarse timer and a slow disk.
DELAY = 8_000
# A disk that does not answer must not keep the window from telling about a fault, nor from closing, s.
_LONGEST_WAIT = 5.0


class Autosave(QObject):
    """Writes the lesson of a stage after changes, on a thread of its own; removes the file when nothing is unsaved."""

    _failed = Signal(object)

    def __init__(self, stage: Stage, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._stage = stage
        self._file = RecoveryFile.fresh(folder)
        self._thread: ThreadPoolExecutor | None = None
        self._last: Future[None] | None = None
        # What the file holds, or will in a moment.
        self._kept: tuple[Lesson, Path | None] | None = None
        self._was_told = False
        self.timer = once(self, DELAY, self._write)
        stage.changed.connect(self._note)
        self._failed.connect(self._tell)

    @property
    def path(self) -> Path:
        """Where the recovery file is, or will be."""
        return self._file.path

    def adopt(self, file: RecoveryFile) -> None:
        """Go on with a file that another window left, whose lesson this window now shows."""
        self._submit(self._file.remove)
        self._file = file
        self._kept = None
        if self._is_unsaved:
            self._write()
        else:
            self._submit(file.remove)

    def write_now(self) -> None:
        """Write what is unsaved and wait for it: something has gone wrong."""
        if self._is_unsaved:
            self._write()
        self._wait()

    def finish(self) -> None:
        """Remove the file: the window closes, and everything is saved or given up."""
        self.timer.stop()
        self._kept = None
        self._submit(self._file.remove)
        self._wait()
        if self._thread is not None:
            self._thread.shutdown(wait=False)
            self._thread = None

    @property
    def _is_unsaved(self) -> bool:
        return self._stage.session.dirty

    def _note(self, old: Frame, new: Frame) -> None:
        if new.lesson is old.lesson and (new.dirty, new.path) == (old.dirty, old.path):
            return
        if new.dirty:
            if not self.timer.isActive():
                self.timer.start()
            return
        self.timer.stop()
        if self._kept is not None:
            self._kept = None
            self._submit(self._file.remove)

    def _write(self) -> None:
        self.timer.stop()
        session = self._stage.session
        lesson, path = session.lesson, session.path
        if not self._is_unsaved:
            return
        if self._kept is not None and self._kept[0] is lesson and self._kept[1] == path:
            return
        self._kept = (lesson, path)
        before = session.saved_lesson if path is None else None
        title = text_in(lesson.title, session.language)
        file = self._file
        self._submit(lambda: _write(file, lesson, title, path, before))

    def _submit(self, work: Callable[[], None]) -> None:
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, "recovery")
        self._last = self._thread.submit(work)
        self._last.add_done_callback(self._look_at)

    def _look_at(self, done: Future[None]) -> None:
        # On the thread: the signal brings it to the window's.
        error = done.exception()
        if error is not None:
            try:
                self._failed.emit(error)
            except RuntimeError:
                return

    def _tell(self, error: BaseException) -> None:
        self._kept = None
        if not isinstance(error, NotWritten):
            raise error
        if not self._was_told:
            self._was_told = True
            self._stage.inform(
                message("No recovery file can be kept: {fault}", fault=error.message)
            )
        if self._is_unsaved:
            self.timer.start()

    def _wait(self) -> None:
        if self._last is not None:
            try:
                self._last.exception(_LONGEST_WAIT)
            except WaitedTooLongError:
                return


def _write(
    file: RecoveryFile, lesson: Lesson, title: str, path: Path | None, before: Lesson | None
) -> None:
    file.write(written(lesson), title, path, b"" if before is None else written(before))
