"""How much memory a process and those it starts take, seen from outside."""

from __future__ import annotations

import subprocess
import threading
from typing import NamedTuple

import psutil

from scripts.bench.processes import ROOT, command, environment

_MEGABYTE = 1e6
# Seconds between two looks, and until a process is given up.
_PERIOD = 0.02
_LIMIT = 60.0


class Held(NamedTuple):
    """Megabytes: the peaks of the resident memory of a process, of those it started, and of their sum.

    `shared_once` counts a page that several processes share in equal parts (PSS) where the system tells, else only
    what is each process's own (USS); it is not a peak but what is held in the end.
    """

    first: float
    started: float
    both: float
    shared_once: float


def held(whose: str) -> Held:
    """Start a process that holds memory, watch it until it is ready, and return what it took."""
    child = subprocess.Popen(
        command("holding", whose),
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    # Leaving the block closes the child's input, at which it ends.
    with child:
        first, started, both = _peaks(child)
        shared_once = sum(_shared_once(process) for process in _family(child.pid))
    return Held(first, started, both, shared_once)


def _peaks(child: subprocess.Popen[bytes]) -> tuple[float, float, float]:
    """Look at the processes again and again until the child says that it is ready."""
    said: list[bytes] = []
    listener = threading.Thread(target=lambda: said.append(_line(child)), daemon=True)
    listener.start()
    first = started = both = 0.0
    for _ in range(round(_LIMIT / _PERIOD)):
        listener.join(_PERIOD)
        own, *others = [_resident(process) for process in _family(child.pid)]
        first, started = max(first, own), max(started, sum(others))
        both = max(both, own + sum(others))
        if said:
            break
    if not said or not said[0].startswith(b"ready"):
        child.kill()
        raise RuntimeError("the process that holds memory did not become ready")
    return first, started, both


def _line(child: subprocess.Popen[bytes]) -> bytes:
    return child.stdout.readline() if child.stdout is not None else b""


def _family(pid: int) -> list[psutil.Process]:
    process = psutil.Process(pid)
    return [process, *process.children(recursive=True)]


def _resident(process: psutil.Process) -> float:
    try:
        return float(process.memory_info().rss) / _MEGABYTE
    except psutil.NoSuchProcess:
        return 0.0


def _shared_once(process: psutil.Process) -> float:
    try:
        found = process.memory_full_info()
    except psutil.AccessDenied:
        # Some systems tell this only to their administrator.
        return _resident(process)
    return float(getattr(found, "pss", found.uss)) / _MEGABYTE
