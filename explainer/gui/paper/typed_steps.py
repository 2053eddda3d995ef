"""Numbers and ranges of steps as people type them."""

from __future__ import annotations

import re

from explainer.messages import Refused, message

_RANGE = re.compile(r"([0-9]{1,6})(?:\s*[-–—]\s*([0-9]{1,6}))?")


def typed_steps(text: str) -> tuple[tuple[int, int], ...]:
    """Return ranges, both ends included, from text such as `1-4, 9`; () for no text. Refused for anything else."""
    found: list[tuple[int, int]] = []
    for part in filter(None, map(str.strip, re.split("[,;]", text))):
        match = _RANGE.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last:
            raise Refused(message("steps are numbers and ranges, such as 1-4,9"))
        found.append((first, last))
    return tuple(found)
