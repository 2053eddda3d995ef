"""What `check` found, row by row."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from explainer.messages import Message

Status = Literal["ok", "kink", "skipped", "differs"]


class CheckRow(Struct, frozen=True):
    """One gradient: of the parameter `name`, or of an input neuron in `sample` (of that sample's error, not reduced).

    `status`: "ok" all three agree; "skipped" SymPy was left out, the other two agree; "kink" a neuron stands so near a
    point without derivative that nothing was compared; "differs". `reason` explains a kink and a SymPy left out.
    `error` is |back-propagation − central difference| relative to the sum of the absolute values of the terms added (and
    to what rounding may do where huge terms cancel on the way forward), `symbolic_error` likewise for SymPy.
    """

    name: str
    sample: int | None
    backprop: float
    symbolic: float | None
    numeric: float | None
    error: float
    symbolic_error: float | None
    status: Status
    reason: Message | None = None


class CheckReport(Struct, frozen=True):
    """All parameters in file order, frozen ones too, then the inputs sample by sample.

    `reason` says why there is nothing to compare, where a learning rule has no gradient; `note` what was compared where
    that is not what the trace shows.
    """

    rows: tuple[CheckRow, ...]
    reason: Message | None = None
    note: Message | None = None

    @property
    def agrees(self) -> bool:
        """Tell whether nothing that was compared differs."""
        return all(row.status != "differs" for row in self.rows)

    @property
    def worst(self) -> float:
        """Return the largest relative disagreement of all rows, 0 where nothing was compared."""
        return max((max(row.error, row.symbolic_error or 0.0) for row in self.rows), default=0.0)

    def row(self, name: str, sample: int | None = None) -> CheckRow:
        """Return the row of a parameter, or of an input neuron in a sample; KeyError where there is none."""
        for row in self.rows:
            if (row.name, row.sample) == (name, sample):
                return row
        raise KeyError(name)
