"""The missing factor: which one is left out of a line of numbers, and what may be chosen in its place."""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import replace

from explainer.gui.frame import Frame
from explainer.maths.numbers import canvas_digits, shown
from explainer.messages import Message, message
from explainer.pages.page import Block, Formula, Page, Piece, Row
from explainer.trace.slips.slip import OPPOSITE

_CHOICES = 4
_GAP = "?"


class Missing(NamedTuple):
    """The number of the factor that is left out, what may be chosen, which of it is right; `others` are the other factors."""

    factor: int
    choices: tuple[str, ...]
    right: int
    others: frozenset[str] = frozenset()

    def explain(self, choice: int) -> Message | None:
        """Return why a choice is wrong, where that can be said."""
        chosen, right = self.choices[choice], self.choices[self.right]
        if chosen == _turned(right):
            return OPPOSITE
        if chosen in self.others:
            return message("This factor stands in the product already, at another place.")
        return None


def missing_in(frame: Frame) -> Missing | None:
    """Return what is asked at a frame's step; None where it has no product whose factors could be told apart."""
    if frame.page is None:
        return None
    badges = frame.page.page.badges
    texts = {badge.factor: badge.text for badge in badges}
    # A factor with one number in one place: where paths are summed, the same colour stands for several.
    alone = [
        factor
        for factor in texts
        if len({badge.text for badge in badges if badge.factor == factor}) == 1
    ]
    if len(texts) < 2 or not alone:
        return None
    seed = 7 * frame.step_index + 3 * frame.pass_index
    factor = sorted(alone)[seed % len(alone)]
    others = _others(frame, texts, texts[factor])
    if len(others) < _CHOICES - 1:
        return None
    right = seed % _CHOICES
    choices = others[: _CHOICES - 1]
    choices.insert(right, texts[factor])
    stand_there = frozenset(texts[other] for other in texts if other != factor)
    return Missing(factor, tuple(choices), right, stand_there)


def _others(frame: Frame, texts: dict[int, str], right: str) -> list[str]:
    """Return wrong choices: the other factors, the right number with its sign turned, numbers from the graph."""
    digits, language = canvas_digits(frame.digits), frame.language
    numbers = [*frame.moment.parameters.values(), *frame.moment.values.values()]
    found = [*texts.values(), *([] if right == "0" else [_turned(right)])]
    found += [shown(number, digits, language) for number in numbers]
    return list(dict.fromkeys(text for text in found if text != right))


def _turned(number: str) -> str:
    return number.removeprefix("−") if number.startswith("−") else f"−{number}"


def without_factor(page: Page, factor: int) -> Page:
    """Return a page with a gap where the numbers of a factor stood; its badge is gone too."""
    blocks = tuple(_gapped(block, factor) for block in page.blocks)
    badges = tuple(badge for badge in page.badges if badge.factor != factor)
    return replace(page, blocks=blocks, badges=badges)


def _gapped(block: Block, factor: int) -> Block:
    if not isinstance(block, Formula):
        return block
    return Formula(tuple(_gapped_row(row, factor) for row in block.rows))


def _gapped_row(row: Row, factor: int) -> Row:
    if row.role != "numbers":
        return row
    right: list[Piece] = []
    for piece in row.right:
        if piece.factor != factor:
            right.append(piece)
        elif not (right and right[-1].factor == factor):
            right.append(replace(piece, latex=_GAP, text=_GAP, kind="factor"))
    return replace(row, right=tuple(right))
