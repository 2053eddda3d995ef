"""`python -m explainer.worker`: requests on standard input, replies on standard output, until the input ends."""

from __future__ import annotations

import gc
import os
import queue
import sys
import threading
import time
from typing import IO

from msgspec import DecodeError

from explainer.maths.readiness import get_ready
from explainer.protocol import Reply, Request, decode_request, frame
from explainer.render.formulas import picture
from explainer.worker.answers import Answers
from explainer.worker.frames import DamagedFrameError, read_frame
from explainer.worker.streams import streams

DONE, DAMAGED = 0, 2
# Seconds for what was asked before the input ended.
_LAST_ANSWERS = 10.0


def main() -> int:
    """Answer requests in the order they come; end when the window closes the pipe or sends damage."""
    source, sink = streams()
    requests: queue.SimpleQueue[Request | None] = queue.SimpleQueue()
    reader = threading.Thread(target=_read, args=(source, requests), daemon=True)
    reader.start()
    _get_ready(requests)
    answers = Answers()

    def send(reply: Reply) -> None:
        sink.write(frame(reply))
        sink.flush()

    while (request := requests.get()) is not None:
        send(answers.answer(request, send))
    return DONE


def _get_ready(requests: queue.SimpleQueue[Request | None]) -> None:
    """Import what every answer needs, and what only pages need unless something is asked already."""
    # Nothing of it is ever thrown away: looking for garbage meanwhile and later would be in vain.
    gc.disable()
    get_ready()
    if requests.empty():
        picture("0")
    gc.freeze()
    gc.enable()


def _read(source: IO[bytes], requests: queue.SimpleQueue[Request | None]) -> None:
    """Hand requests on as they come; end the process when they are damaged, or a while after they end.

    At the end what was asked before is still answered, but a formula that takes hours must not outlive its window.
    """
    try:
        while (body := read_frame(source)) is not None:
            requests.put(decode_request(body))
    except (DamagedFrameError, DecodeError) as error:
        sys.stderr.write(f"explainer.worker: damaged request: {error}\n")
        sys.stderr.flush()
        os._exit(DAMAGED)
    requests.put(None)
    time.sleep(_LAST_ANSWERS)
    os._exit(DONE)


if __name__ == "__main__":
    sys.exit(main())
