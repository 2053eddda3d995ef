"""Counting what something does instead of timing it: the same on every machine, however busy."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Work:
    """How many functions were called, of Python and of C, in the thread that counts."""

    calls = 0


@contextmanager
def counted(most: float = float("inf")) -> Iterator[Work]:
    """Count the calls made inside; the first beyond `most` fails the test there and then, so that nothing hangs."""
    work = Work()

    def see(_frame: FrameType, event: str, _argument: object) -> None:
        if event in ("call", "c_call"):
            work.calls += 1
            if work.calls > most:
                sys.setprofile(before)
                raise AssertionError(f"more than {most} calls")

    before = sys.getprofile()
    sys.setprofile(see)
    try:
        yield work
    finally:
        sys.setprofile(before)
