"""The process that trains as the window sees it: commands go out, replies come in, nothing waits.

Two threads hold the pipes, so that neither a large lesson on its way nor a process that starts is ever felt.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread, current_thread
from typing import IO, Any

from PySide6.QtCore import QObject, Signal

import explainer
from explainer.lesson.files import lesson_for_worker
from explainer.lesson.lesson import Lesson
from explainer.training.wire import (
    BrokenStreamError,
    Command,
    Open,
    Reply,
    read_reply,
    write_command,
)

# Seconds that its end may take.
_PATIENCE = 1.0
# Bytes; more than most systems allow is refused, and does without.
_PIPE = 1024 * 1024

Wish = Command | Callable[[], Command]


class TrainingClient(QObject):
    """Keeps one process that trains; `came` carries its replies, `ended` comes when it ends by itself.

    A command may be given as a function that makes it, called on another thread: writing a large lesson takes its time.
    """

    came = Signal(object)
    ended = Signal()
    _read_reply = Signal(object, object)
    _was_lost = Signal(object)

    def __init__(self, program: Sequence[str] | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._program = tuple(program or (sys.executable, "-m", "explainer.worker.training"))
        self._process: subprocess.Popen[bytes] | None = None
        self._wishes: SimpleQueue[Wish | None] = SimpleQueue()
        self._threads: list[Thread] = []
        self._read_reply.connect(self._take)
        self._was_lost.connect(self._lost)

    @property
    def process_id(self) -> int | None:
        """The number of the process, None where there is none."""
        return None if self._process is None else self._process.pid

    def send(self, wish: Wish) -> None:
        """Send a command, to a new process where there is none."""
        if self._process is None:
            self._start()
        self._wishes.put(wish)

    def stop(self) -> None:
        """End the process at once, whatever it is busy with."""
        process, self._process = self._process, None
        if process is None:
            return
        self._wishes.put(None)
        process.kill()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_PATIENCE)
        # A thread that still speaks to this object must not outlive it.
        for thread in self._threads:
            if thread is not current_thread():
                thread.join(_PATIENCE)
        self._threads = []

    def _start(self) -> None:
        process = subprocess.Popen(  # noqa: S603 - this very interpreter, and a module of ours
            self._program,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=_environment(),
            **_without_console(),
        )
        _widen(process.stdout)
        self._process, self._wishes = process, SimpleQueue()
        for work, stream in ((self._write, process.stdin), (self._read, process.stdout)):
            thread = Thread(target=work, args=(process, stream, self._wishes), daemon=True)
            self._threads.append(thread)
            thread.start()

    @staticmethod
    def _write(_process: object, stream: IO[bytes], wishes: SimpleQueue[Wish | None]) -> None:
        """Send commands on their way, on a thread of its own."""
        try:
            with stream:
                while (wish := wishes.get()) is not None:
                    write_command(stream, wish() if callable(wish) else wish)
        except OSError:
            # The process is gone; whoever reads notices too.
            return

    def _read(self, process: object, stream: IO[bytes], _wishes: object) -> None:
        """Hand replies on, on a thread of its own, until the process ends."""
        try:
            with stream:
                while (reply := _next(stream)) is not None:
                    self._read_reply.emit(process, reply)
            self._was_lost.emit(process)
        except RuntimeError:
            # The window is gone, and with it whoever waited.
            return

    def _take(self, process: object, reply: Reply) -> None:
        if process is self._process:
            self.came.emit(reply)

    def _lost(self, process: object) -> None:
        if process is self._process:
            self.stop()
            self.ended.emit()


def opening(number: int, lesson: Lesson, *, keeps: bool) -> Open:
    """Return the command that trains a lesson from now on."""
    return Open(number, lesson_for_worker(lesson), keeps)


def _next(stream: IO[bytes]) -> Reply | None:
    try:
        return read_reply(stream)
    except (BrokenStreamError, OSError, ValueError):
        return None


def _widen(stream: IO[bytes] | None) -> None:
    """Let the pipe hold more at a time, where the system knows how: surfaces come in one piece, not in thirty."""
    try:
        import fcntl

        if stream is not None:
            fcntl.fcntl(stream.fileno(), fcntl.F_SETPIPE_SZ, _PIPE)
    except (ImportError, AttributeError, OSError):
        return


def _environment() -> dict[str, str]:
    """Return the environment in which the process finds this package wherever the window was started."""
    home = str(Path(explainer.__file__).resolve().parent.parent)
    before = os.environ.get("PYTHONPATH")
    path = f"{home}{os.pathsep}{before}" if before else home
    return {**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"}


def _without_console() -> dict[str, Any]:
    """Return what keeps Windows from opening a black window for the process."""
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    return {"creationflags": flags} if flags else {}
