"""`python -m explainer.worker.training`: commands on standard input, moments on standard output, until the input ends.

A process of its own, because Python runs one thread at a time: at full speed the window would wait for every frame.
"""

from __future__ import annotations

import gc
import os
import queue
import sys
import threading
import time
from typing import IO

# Matrices this small gain nothing from a second thread. Before NumPy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from explainer.training.running import Runner
from explainer.training.wire import BrokenStreamError, Command, read_command, write_reply
from explainer.worker.streams import streams

DONE, DAMAGED = 0, 2
# The window comes first where there are few processors.
_NICE = 5

Commands = queue.SimpleQueue[Command | None]


def main() -> int:
    """Train as told; end when the window closes the pipe or sends damage."""
    source, sink = streams()
    import numpy as np

    # The modules that training asks for on the way stay; looking for garbage among them would be in vain.
    np.zeros(1)
    gc.freeze()
    if hasattr(os, "nice"):
        os.nice(_NICE)
    commands: Commands = queue.SimpleQueue()
    threading.Thread(target=_read, args=(source, commands), daemon=True).start()
    runner = Runner(time.monotonic)
    while _take_commands(runner, commands, sink):
        runner.work(lambda: not commands.empty())
        reply = runner.answer()
        if reply is not None:
            write_reply(sink, reply)
    return DONE


def _take_commands(runner: Runner, commands: Commands, sink: IO[bytes]) -> bool:
    """Carry out what has come, waiting for it while there is nothing else to do; False at the end."""
    rest = runner.rest()
    while True:
        try:
            command = commands.get(timeout=rest) if rest != 0 else commands.get_nowait()
        except queue.Empty:
            return True
        if command is None:
            return False
        reply = runner.take(command)
        if reply is not None:
            write_reply(sink, reply)
        rest = 0


def _read(source: IO[bytes], commands: Commands) -> None:
    """Hand commands on as they come; end the process with the input, whatever it is busy with."""
    try:
        while (command := read_command(source)) is not None:
            commands.put(command)
    except BrokenStreamError as error:
        sys.stderr.write(f"explainer.worker.training: damaged command: {error}\n")
        sys.stderr.flush()
        os._exit(DAMAGED)
    commands.put(None)
    os._exit(DONE)


if __name__ == "__main__":
    sys.exit(main())
