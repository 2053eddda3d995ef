"""What of a lesson a document shows: which phases, which steps, and how much of each derivation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from explainer.pages.page import Block, Formula
from explainer.trace.steps import PHASES, Phase, Step

Depth = Literal["results", "numbers", "full"]
DEPTHS: tuple[Depth, ...] = ("results", "numbers", "full")


class Selection(Struct, frozen=True):
    """Everything, unless something is said: `steps` are ranges of numbers as they are printed, from 1, both ends included."""

    phases: tuple[Phase, ...] = PHASES
    steps: tuple[tuple[int, int], ...] = ()
    depth: Depth = "full"

    def has(self, step: Step) -> bool:
        """Tell whether a step is shown."""
        if step.phase not in self.phases:
            return False
        number = step.index + 1
        return not self.steps or any(first <= number <= last for first, last in self.steps)

    @property
    def is_whole(self) -> bool:
        """Whether every step is shown."""
        return set(self.phases) == set(PHASES) and not self.steps

    def told(self, blocks: Sequence[Block]) -> Iterator[Block]:
        """Yield as much of a step's page as is asked for."""
        if self.depth == "full":
            yield from blocks
            return
        for block in blocks:
            if isinstance(block, Formula):
                rows = block.rows[-1:]
                if self.depth == "numbers":
                    rows = tuple(row for row in block.rows if row.role in ("numbers", "result"))
                yield Formula(rows or block.rows[-1:])


WHOLE = Selection()
