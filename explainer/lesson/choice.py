"""A table entry chosen by name, with its parameters: `"sigmoid"` or `{"name": "leaky_relu", "alpha": 0.1}`."""

from __future__ import annotations

from typing import Any


class Choice:
    """One row of a table (activation, loss …) and the values of its parameters; immutable and hashable.

    Only parameters that the file states are held; the table supplies the rest. A plain class, not a
    struct, because its parameters lie flat beside its name in the file.
    """

    __slots__ = ("name", "parameters")

    name: str
    parameters: tuple[tuple[str, float], ...]

    def __init__(self, name: str, parameters: dict[str, float] | None = None) -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "parameters", tuple(sorted((parameters or {}).items())))

    def __setattr__(self, attribute: str, value: object) -> None:
        raise AttributeError(f"a Choice is immutable: {attribute}")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Choice) and (self.name, self.parameters) == (
            other.name,
            other.parameters,
        )

    def __hash__(self) -> int:
        return hash((self.name, self.parameters))

    def __repr__(self) -> str:
        return f"Choice({self.name!r}, {dict(self.parameters)!r})"

    def to_file(self) -> str | dict[str, Any]:
        """Return the shape the lesson file uses: the bare name where there are no parameters."""
        if not self.parameters:
            return self.name
        return {"name": self.name, **dict(self.parameters)}
