"""The worker process as the window sees it: ask, be answered, never wait.

One request is under way at a time; the others wait here in order of urgency and are replaced as a whole whenever the
user moves on, so the newest wish is always served next and nothing stale is ever computed.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from msgspec import DecodeError
from msgspec.structs import replace
from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

import explainer
from explainer.messages import Message, message
from explainer.protocol import (
    HEADER,
    LARGEST_REPLY,
    Errand,
    OnTheWay,
    Reply,
    Request,
    WantCheck,
    decode_reply,
    frame,
)

# Seconds. Importing SymPy and ziamath takes its time on a cold disk, so a new process gets longer.
PAGE_DEADLINE = 2.0
LONG_DEADLINE = 90.0
FIRST_ANSWER = 30.0
# How often a request is sent before it is given up.
_ATTEMPTS = 2
# ms that a page waits for a check to end.
_PATIENCE = 600
_KEPT_COMPLAINTS = 4000


class WorkerClient(QObject):
    """Keeps one worker running and hands it requests.

    Requests are told apart by their content, their `number` being the client's own business (leave it 0).
    `answered` carries the request and its reply, `given_up` the request, why, and what the worker last complained of,
    `interrupted` a check that something more urgent could not wait for: it may be asked for again. `told` carries a request
    and what comes before its reply.
    """

    answered = Signal(object, object)
    given_up = Signal(object, object, str)
    interrupted = Signal(object)
    told = Signal(object, object)

    def __init__(self, program: Sequence[str] | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._program = tuple(program or (sys.executable, "-m", "explainer.worker"))
        self._process: QProcess | None = None
        self._buffer = bytearray()
        self._complaints = b""
        self._number = 0
        self._waiting: list[Request] = []
        self._is_urgent = False
        self._is_stopped = False
        self._sent: Request | None = None
        self._attempts: dict[Request, int] = {}
        self._proven = False
        self._deadline = QTimer(self)
        self._deadline.setSingleShot(True)
        self._deadline.timeout.connect(self._overrun)
        self._impatience = QTimer(self)
        self._impatience.setSingleShot(True)
        self._impatience.setInterval(_PATIENCE)
        self._impatience.timeout.connect(self._interrupt)
        self.page_deadline = PAGE_DEADLINE
        self.first_answer = FIRST_ANSWER

    @property
    def under_way(self) -> Request | None:
        """The request that the worker is busy with."""
        return self._sent

    def start(self) -> None:
        """Start the process, so that it is ready when it is needed."""
        if self._process is not None or self._is_stopped:
            return
        self._proven = False
        self._buffer.clear()
        process = QProcess(self)
        process.setProcessEnvironment(_environment())
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._hear)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._failed_to_start)
        self._process = process
        process.start(self._program[0], list(self._program[1:]))

    def want(self, urgent: Sequence[Request], later: Sequence[Request] = ()) -> None:
        """Replace everything that waits by these, the first ones first.

        What is `urgent` does not wait long for a check to end; the rest is served when there is time.
        """
        self._waiting = [request for request in (*urgent, *later) if request != self._sent]
        self._is_urgent = any(request != self._sent for request in urgent)
        wanted = set(self._waiting)
        self._attempts = {
            request: count
            for request, count in self._attempts.items()
            if request in wanted or request == self._sent
        }
        hurries = self._is_urgent and isinstance(self._sent, WantCheck)
        if hurries and not self._impatience.isActive():
            self._impatience.start()
        self._send()

    def cancel(self, request: Request) -> None:
        """Give a request up, also where the worker is busy with it."""
        self._waiting = [other for other in self._waiting if other != request]
        if self._sent == request:
            self._sent = None
            self._restart()

    def stop(self) -> None:
        """End the process for good; nothing is answered any more."""
        self._is_stopped = True
        self._waiting.clear()
        self._sent = None
        self._deadline.stop()
        self._drop_process()

    def _send(self) -> None:
        if self._sent is not None or not self._waiting:
            return
        self.start()
        if self._process is None:
            return
        request = self._waiting.pop(0)
        self._sent = request
        self._number += 1
        self._attempts[request] = self._attempts.get(request, 0) + 1
        self._process.write(frame(replace(request, number=self._number)))
        limit = self._limit(request)
        self._deadline.start(
            round(1000 * (limit if self._proven else max(limit, self.first_answer)))
        )

    def _limit(self, request: Request) -> float:
        is_long = isinstance(request, WantCheck | Errand)
        return LONG_DEADLINE if is_long else self.page_deadline

    def _read(self) -> None:
        if self._process is None:
            return
        self._buffer += self._process.readAllStandardOutput().data()
        try:
            while (body := self._next_frame()) is not None:
                self._take(decode_reply(body))
        except DecodeError:
            self._retry(message("The process that computes sent an answer that cannot be read."))

    def _next_frame(self) -> bytes | None:
        """Return the next whole frame, None until there is one; DecodeError where it would be too long."""
        if len(self._buffer) < HEADER:
            return None
        length = int.from_bytes(self._buffer[:HEADER], "big")
        if length > LARGEST_REPLY:
            raise DecodeError(f"a frame of {length} bytes is announced")
        end = HEADER + length
        if len(self._buffer) < end:
            return None
        body = bytes(self._buffer[HEADER:end])
        del self._buffer[:end]
        return body

    def _take(self, reply: Reply) -> None:
        request = self._sent
        if request is None or reply.number != self._number:
            return
        self._proven = True
        if isinstance(reply, OnTheWay):
            # Whoever tells how far it is has not got stuck.
            self._deadline.start(round(1000 * self._limit(request)))
            self.told.emit(request, reply)
            return
        self._deadline.stop()
        self._sent = None
        self._attempts.pop(request, None)
        self._send()
        self.answered.emit(request, reply)

    def _hear(self) -> None:
        if self._process is not None:
            said = self._process.readAllStandardError().data()
            self._complaints = (self._complaints + said)[-_KEPT_COMPLAINTS:]

    def _overrun(self) -> None:
        self._retry(message("This took too long and was stopped."))

    def _ended(self) -> None:
        self._retry(message("The process that computes ended unexpectedly."))

    def _failed_to_start(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._retry(message("The process that computes could not be started."))

    def _retry(self, why: Message) -> None:
        """Start the worker anew; what it was busy with is sent once more, then given up."""
        request, self._sent = self._sent, None
        self._deadline.stop()
        self._hear()
        self._drop_process()
        if request is None:
            # It ended while idle: it is started again when something is asked.
            return
        if self._attempts.get(request, 0) < _ATTEMPTS:
            self._waiting.insert(0, request)
            self._send()
            return
        self._attempts.pop(request, None)
        self._send()
        self.given_up.emit(request, why, self._complaints.decode("utf-8", "replace"))

    def _interrupt(self) -> None:
        """Stop a check that keeps the user waiting; starting anew takes half a second, a check may take many."""
        check = self._sent
        if isinstance(check, WantCheck) and self._is_urgent:
            self._sent = None
            self._attempts.pop(check, None)
            self._restart()
            self.interrupted.emit(check)

    def _restart(self) -> None:
        self._deadline.stop()
        self._drop_process()
        self.start()
        self._send()

    def _drop_process(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.readyReadStandardOutput.disconnect(self._read)
        process.readyReadStandardError.disconnect(self._hear)
        process.finished.disconnect(self._ended)
        process.errorOccurred.disconnect(self._failed_to_start)
        if process.state() != QProcess.ProcessState.NotRunning:
            process.kill()
            process.waitForFinished(1000)
        process.deleteLater()


def _environment() -> QProcessEnvironment:
    """Return the environment in which the worker finds this package wherever the window was started."""
    environment = QProcessEnvironment.systemEnvironment()
    home = str(Path(explainer.__file__).resolve().parent.parent)
    before = environment.value("PYTHONPATH")
    separator = ";" if sys.platform == "win32" else ":"
    environment.insert("PYTHONPATH", f"{home}{separator}{before}" if before else home)
    environment.insert("PYTHONUTF8", "1")
    return environment
