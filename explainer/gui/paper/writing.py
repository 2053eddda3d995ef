"""From what is asked of the worker to the files on the disk; nothing is written before everything is there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from explainer.gui.background import Background
from explainer.gui.frame import Trouble
from explainer.gui.stage import Stage
from explainer.messages import Message, message
from explainer.protocol import Errand, HereExport, HereFile, HereProgress, HereSheets

# What is done with all contents, by their names: it returns the files. The one of an export has no name.
Write = Callable[[dict[str, bytes]], tuple[Path, ...]]

_STAGES = {
    "checking": message("Drawing numbers and checking the keys…"),
    "setting": message("Setting the pages…"),
}


class Writing(QObject):
    """One request and its files. Ends in `written` with their paths, or `failed` with a sentence, unless it is cancelled.

    `told` carries what is being done, how much of it is done, and of how much.
    """

    told = Signal(object, int, int)
    written = Signal(object)
    failed = Signal(str)

    def __init__(self, stage: Stage, request: Errand, write: Write, window: QWidget) -> None:
        super().__init__(window)
        self._stage, self._request, self._write, self._window = stage, request, write, window
        self._files: dict[str, bytes] = {}
        self._job: Background | None = None
        stage.errands.done.connect(self._take)
        stage.errands.told.connect(self._hear)

    def start(self) -> None:
        """Ask."""
        self._stage.errands.want(self._request)

    def cancel(self) -> None:
        """Give it up; as long as nothing is being written, nothing will be."""
        self._stage.errands.cancel(self._request)
        if self._job is not None:
            self._job.cancel()
        self._end()

    def _hear(self, request: Errand, part: HereFile | HereProgress) -> None:
        if request != self._request:
            return
        match part:
            case HereFile(name=name, content=content):
                self._files[name] = content
            case HereProgress(stage=stage, done=done, total=total):
                self.told.emit(_STAGES[stage], done, total)

    def _take(self, request: Errand, result: object) -> None:
        if request != self._request:
            return
        match result:
            case HereExport(content=content):
                self._put({"": content})
            case HereSheets():
                self._put(self._files)
            case Trouble(sentence=sentence):
                self._end()
                self.failed.emit(sentence)

    def _put(self, files: dict[str, bytes]) -> None:
        self.told.emit(message("Writing the files…"), 0, 0)
        language = self._stage.frame.language
        # A disk may be slow, or asleep.
        work = partial(self._write, files)
        job = Background(work, message("Writing the files…"), language, self._window)
        self._job = job
        job.done.connect(self._wrote)
        job.refused.connect(self._refuse)
        job.start()

    def _wrote(self, paths: object) -> None:
        self._end()
        self.written.emit(paths)

    def _refuse(self, fault: Message) -> None:
        self._end()
        self.failed.emit(self._stage.say(fault))

    def _end(self) -> None:
        self._stage.errands.done.disconnect(self._take)
        self._stage.errands.told.disconnect(self._hear)
        self._job = None
        self.deleteLater()
