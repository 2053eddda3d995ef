"""The lines under a gradient that say how it was checked."""

from __future__ import annotations

from collections import OrderedDict
from typing import Protocol

from msgspec.structs import replace

from explainer.gui.frame import Frame
from explainer.gui.shelf import PAGES_KEPT
from explainer.maths.numbers import shown
from explainer.messages import Message, message, translate
from explainer.pages.page import Paragraph
from explainer.protocol import CheckedGradient, HereCheck, HerePage
from explainer.session import Session
from explainer.trace.steps import Pass, Step

# Digits of an error: its size matters, not its value.
_ERROR_DIGITS = 2


class Holder(Protocol):
    """Whoever keeps results back: it holds the session where it may be, and takes out of a frame what may not be seen."""

    def hold(self, session: Session) -> None:
        """Bring the session back where it went too far."""

    def veiled(self, frame: Frame) -> Frame:
        """Return what may be seen of a frame."""


class CheckedPages:
    """Pages with their check, made once: the window lays a page out once and knows it again by its identity.

    A `holder`, while there is one, has the last word about every frame.
    """

    holder: Holder | None = None

    def __init__(self) -> None:
        self._made: OrderedDict[tuple[int, int], tuple[HerePage, HereCheck, HerePage]] = (
            OrderedDict()
        )

    def hold(self, session: Session) -> None:
        """Keep the session where it may be."""
        if self.holder is not None:
            self.holder.hold(session)

    def in_frame(self, frame: Frame) -> Frame:
        """Return a frame whose page says, under a gradient, how it was checked."""
        found = self._with_check(frame)
        return found if self.holder is None else self.holder.veiled(found)

    def _with_check(self, frame: Frame) -> Frame:
        name = checked_name(frame.one_pass, frame.pass_index, frame.step_index)
        if frame.page is None or name is None or frame.verdict.check is None:
            return frame
        check, language, digits = frame.verdict.check, frame.language, frame.digits
        return frame._replace(page=self._page(frame.page, name, check, language, digits))

    def _page(
        self, page: HerePage, name: str, check: HereCheck, language: str, digits: int
    ) -> HerePage:
        key = (id(page), id(check))
        if key not in self._made:
            # The page and the check are kept too, so that no other object takes over their identity.
            self._made[key] = (page, check, _with_check(page, name, check, language, digits))
            if len(self._made) > PAGES_KEPT:
                self._made.popitem(last=False)
        return self._made[key][2]


def _with_check(
    page: HerePage, name: str, check: HereCheck, language: str, digits: int
) -> HerePage:
    found = next((row for row in check.gradients if row.name == name), None)
    if found is None:
        return page
    lines = tuple(
        Paragraph((translate(line, language),), "check") for line in _lines(found, language, digits)
    )
    return replace(page, page=replace(page.page, blocks=(*page.page.blocks, *lines)))


def checked_name(one_pass: Pass | None, pass_index: int, step_index: int) -> str | None:
    """Return the parameter whose whole gradient a step of the first pass shows, None for any other step."""
    if one_pass is None or pass_index != 0 or step_index < 0:
        return None
    step = one_pass.steps[step_index]
    if step.kind not in ("gradient_weight", "gradient_bias", "gradient_parameter"):
        return None
    whole = _whole_step(one_pass, step)
    return step.subject if whole is step else None


def _whole_step(one_pass: Pass, step: Step) -> Step:
    """Return the last gradient step of the same parameter: the sum, where its gradient is put together from several."""
    kinds = ("gradient_weight", "gradient_bias", "gradient_parameter")
    same = [one for one in one_pass.steps if one.subject == step.subject and one.kind in kinds]
    return same[-1]


def _lines(found: CheckedGradient, language: str, digits: int) -> list[Message]:
    lines: list[Message] = []
    if found.symbolic_agrees:
        lines.append(
            message(
                "SymPy agrees: differentiating the whole composed function gives the same value."
            )
        )
    if found.numeric is not None:
        lines.append(
            message(
                "Finite difference: {value} (off by {error} relative to its terms)",
                value=shown(found.numeric, digits + 1, language),
                error=shown(found.error, _ERROR_DIGITS, language),
            )
        )
    return lines
