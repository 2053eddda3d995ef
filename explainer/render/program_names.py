"""Names for the quantities of a lesson in a program that recomputes it, and literals; no word of a user becomes code."""

from __future__ import annotations

import math
import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

from explainer.maths.code import python_names

# What the programs themselves speak of; quantities of a lesson are called otherwise.
_OWN = frozenset(
    [
        "parameters",
        "memory",
        "samples",
        "masks",
        "epoch",
        "step",
        "count",
        "zeros",
        "zero",
        "inputs",
        "targets",
        "losses",
        "loss",
        "gradients",
        "after",
        "remembered",
        "rate",
        "norm",
        "factor",
        "values",
        "deltas",
        "column",
        "check",
        "moved",
        "expected",
        "results",
        "total",
        "name",
        "clipped",
        "answer",
        "made",
        "one_pass",
        "update",
        "learning_rate",
        "softmax",
        "max_each",
        "max_mean",
        "tensor",
        "INPUTS",
        "TARGETS",
        "PARAMETERS",
        "TRAINABLE",
        "MEMORY",
        "EXPECTED",
        "PASSES",
        "penalty",
        "input_deltas",
        "number",
        "each",
        "found",
        "abs",
        "sum",
        "list",
        "dict",
        "zip",
        "len",
        "range",
        "print",
        "isinstance",
        "passes",
        "np",
        "os",
        "z",
        "w",
        "g",
        "t",
        "y",
        "x",
    ]
)
_LINE = 100


class Names:
    """Gives every quantity a name of its own that Python can have, close to what the lesson calls it."""

    def __init__(self) -> None:
        self._found: dict[Hashable, str] = {}
        self._taken = set(_OWN)

    def of(self, key: Hashable, wanted: str) -> str:
        """Return the name of a quantity, the same for the same key."""
        if key not in self._found:
            name = re.sub(r"\W", "_", wanted, flags=re.ASCII) or "_"
            name = name if not name[0].isdigit() else f"_{name}"
            name = python_names([name])[name]
            while name in self._taken:
                name += "_"
            self._taken.add(name)
            self._found[key] = name
        return self._found[key]


def literal(value: Any) -> str:
    """Return numbers, names, and lists and tables of them as source that gives exactly the same."""
    if isinstance(value, Mapping):
        inside = [f"{literal(key)}: {literal(part)}" for key, part in value.items()]
        return _listed("{", inside, "}")
    if isinstance(value, list | tuple):
        return _listed("[", [literal(part) for part in value], "]")
    if isinstance(value, float) and not math.isfinite(value):
        return f'float("{value}")'
    return repr(value)


def _listed(begin: str, parts: Sequence[str], end: str) -> str:
    line = f"{begin}{', '.join(parts)}{end}"
    if len(line) <= _LINE and "\n" not in line:
        return line
    inside = "".join(f"    {part},".replace("\n", "\n    ") + "\n" for part in parts)
    return f"{begin}\n{inside}{end}"


def comment(text: str) -> str:
    """Return words of a user as a comment of one line."""
    return "# " + "".join(sign for sign in " ".join(text.split()) if sign.isprintable())


def indented(lines: Iterable[str]) -> list[str]:
    """Return lines one step to the right."""
    return [f"    {line}".replace("\n", "\n    ") if line else "" for line in lines]
