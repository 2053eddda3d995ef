"""A table entry chosen by name, with its parameters: `"sigmoid"` or `{"name": "leaky_relu", "alpha": 0.1}`.

An activation may also be typed: `{"expression": "z/(1+exp(-z))"}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Stands where a row would have its name; no row is called so.
TYPED = "expression"


class Choice:
    """One row of a table (activation, loss …) and the values of its parameters; immutable and hashable.

    Only parameters that the file states are held; the table supplies the rest. A parameter given as text names a
    parameter of the network, whose value it takes: those are in `named`. A typed activation has its formula in
    `expression` and no parameters. A plain class, not a struct, because its parameters lie flat beside its name in the file.
    """

    __slots__ = ("expression", "name", "named", "parameters")

    name: str
    parameters: tuple[tuple[str, float], ...]
    named: tuple[tuple[str, str], ...]
    expression: str | None

    def __init__(
        self,
        name: str,
        parameters: Mapping[str, float | str] | None = None,
        expression: str | None = None,
    ) -> None:
        stated = sorted((parameters or {}).items())
        fields = {
            "name": name,
            "parameters": tuple((key, value) for key, value in stated if not _is_text(value)),
            "named": tuple((key, value) for key, value in stated if _is_text(value)),
            "expression": expression,
        }
        for field, value in fields.items():
            object.__setattr__(self, field, value)

    @classmethod
    def typed(cls, expression: str) -> Choice:
        """Return an activation typed as a formula in z (or x)."""
        return cls(TYPED, expression=expression)

    def __setattr__(self, attribute: str, value: object) -> None:
        raise AttributeError(f"a Choice is immutable: {attribute}")

    def _key(self) -> tuple[object, ...]:
        return (self.name, self.parameters, self.named, self.expression)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Choice) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __reduce__(self) -> tuple[object, ...]:
        """Say how a copy is made, since nothing can be set on one."""
        return (Choice, (self.name, dict(self.parameters + self.named), self.expression))

    def __repr__(self) -> str:
        if self.expression is not None:
            return f"Choice.typed({self.expression!r})"
        return f"Choice({self.name!r}, {dict(self.parameters + self.named)!r})"

    def to_file(self) -> str | dict[str, Any]:
        """Return the shape the lesson file uses: the bare name where there are no parameters."""
        if self.expression is not None:
            return {"expression": self.expression}
        stated = dict(sorted((*self.parameters, *self.named)))
        return {"name": self.name, **stated} if stated else self.name


def _is_text(value: float | str) -> bool:
    return isinstance(value, str)
