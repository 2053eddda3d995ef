"""What is wrong, told by itself: a command line puts it behind a place, a window begins a sentence with it."""

from __future__ import annotations


def as_sentence(fault: str) -> str:
    """Return a fault with a capital letter, unless it begins with a place in a file or a name."""
    first = fault.split(" ", 1)[0]
    return fault[:1].upper() + fault[1:] if first.isalpha() else fault
