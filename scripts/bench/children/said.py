"""What a measuring process says to the one that started it: lines of a name and a number."""

from __future__ import annotations


def say(name: str, number: float) -> None:
    """Print one measured number."""
    print(f"{name} {number!r}", flush=True)


def heard(output: str) -> dict[str, list[float]]:
    """Return the numbers in a process's output by their names, in the order they were said."""
    found: dict[str, list[float]] = {}
    for line in output.splitlines():
        name, _, number = line.partition(" ")
        found.setdefault(name, []).append(float(number))
    return found
