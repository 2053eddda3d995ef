"""The standard streams of a process that speaks in messages."""

from __future__ import annotations

import os
import sys
from typing import IO


def streams() -> tuple[IO[bytes], IO[bytes]]:
    """Return the input, and the output for messages alone: whatever a library prints goes to standard error."""
    sink = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return sys.stdin.buffer, sink
