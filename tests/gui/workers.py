"""Worker processes that are handed on from window to window: a test does not wait for another to import the mathematics."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QProcess

from explainer.gui.worker_client import WorkerClient


class Idle(NamedTuple):
    """A process nobody uses, the number of its last request, and what it has said of an answer so far."""

    process: QProcess
    number: int
    begun: bytes


class Workers:
    """The processes that wait for the next window."""

    def __init__(self) -> None:
        self._idle: list[Idle] = []

    def take(self) -> Idle | None:
        """Return a process that runs, None where there is none."""
        while self._idle:
            found = self._idle.pop()
            if found.process.state() == QProcess.ProcessState.Running:
                return found
        return None

    def give_back(self, idle: Idle) -> None:
        """Keep a process for the next window."""
        self._idle.append(idle)

    def end(self) -> None:
        """End them all."""
        while self._idle:
            process = self._idle.pop().process
            process.kill()
            process.waitForFinished(5000)


class LentClient(WorkerClient):
    """A client that takes over a running process and leaves it to the next one.

    Answers to the client before are recognised by their numbers, and dropped as any other that is out of date.
    """

    def __init__(self, workers: Workers) -> None:
        super().__init__()
        self._workers = workers
        self._may_take_over = True

    def start(self) -> None:
        idle = None
        if self._may_take_over and self._process is None and not self._is_stopped:
            idle = self._workers.take()
        # A test that kills or overruns its process gets a new one, as a user does.
        self._may_take_over = False
        if idle is None:
            super().start()
            return
        process, self._number, begun = idle
        self._buffer[:] = begun
        process.setParent(self)
        self._process = process
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._hear)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._failed_to_start)
        self._read()

    def stop(self) -> None:
        process = self._process
        if process is not None and process.state() == QProcess.ProcessState.Running:
            self._process = None
            process.readyReadStandardOutput.disconnect(self._read)
            process.readyReadStandardError.disconnect(self._hear)
            process.finished.disconnect(self._ended)
            process.errorOccurred.disconnect(self._failed_to_start)
            process.setParent(None)
            self._workers.give_back(Idle(process, self._number, bytes(self._buffer)))
        super().stop()
