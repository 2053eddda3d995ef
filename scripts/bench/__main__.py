"""Measure everything, print it as a table, write it to build/bench.json."""

from __future__ import annotations

import os
import platform
import sys
import time

from msgspec import json

from scripts.bench import rounds
from scripts.bench.figures import Figure
from scripts.bench.large import large_lessons
from scripts.bench.processes import ROOT
from scripts.bench.table import table
from scripts.bench.training import training

RESULT = ROOT / "build" / "bench.json"


def measure() -> list[Figure]:
    """Return every figure."""
    rounds.warm_up()
    return [
        *rounds.first_frames(),
        *rounds.steps(),
        *rounds.jumps(),
        *large_lessons(),
        *rounds.sliders(),
        *rounds.derivations(),
        *rounds.export(),
        *rounds.worksheets(),
        *rounds.memory(),
        *rounds.one_trace(),
        *rounds.any_derivation(),
        *training(),
    ]


def main() -> int:
    """Measure, print, write."""
    began = time.monotonic()
    figures = measure()
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    python = platform.python_version()
    seconds = round(time.monotonic() - began, 1)
    print(table(figures))
    print(f"\n{machine}, Python {python}; measured in {seconds:.0f} s.")
    result = {"machine": machine, "python": python, "seconds": seconds, "figures": figures}
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_bytes(json.format(json.encode(result), indent=2) + b"\n")
    print(f"Written: {RESULT.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
