"""What documents about networks and about formulas share: headings of phases, what is said of rounding, no repetition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from explainer.messages import Message, message
from explainer.pages.names import Names
from explainer.pages.page import Block, Heading, Paragraph, Sentence
from explainer.trace.steps import Phase

PHASE_HEADINGS: dict[Phase, Message] = {
    "forward": message("Forward pass"),
    "error": message("Error"),
    "backward": message("Backward pass"),
    "update": message("Update"),
}


def rounding(names: Names) -> Message:
    """Say whether and where numbers were rounded."""
    arithmetic = names.run.lesson.arithmetic
    if arithmetic.mode == "exact":
        return message(
            "Numbers are shown with {digits} significant digits and never rounded in between; ≈ marks a line that shows rounded numbers.",
            digits=names.digits,
        )
    if arithmetic.decimals is not None:
        return message(
            "Every result is rounded to {digits} decimals, as by hand.", digits=arithmetic.decimals
        )
    return message(
        "Every result is rounded to {digits} significant digits, as by hand.",
        digits=arithmetic.significant,
    )


def without_repetition(blocks: Sequence[Block]) -> Iterator[Block]:
    """Leave out a sentence that the steps before have said in the same words."""
    said: set[Sentence] = set()
    for block in blocks:
        if isinstance(block, Heading) and block.level < 3:
            said = set()
        if isinstance(block, Paragraph):
            if block.text in said:
                continue
            said.add(block.text)
        yield block
