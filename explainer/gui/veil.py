"""Frames from which a result is left out: while a derivation is told line by line, and while somebody is asked for it."""

from __future__ import annotations

from collections import OrderedDict
from itertools import groupby

from msgspec.structs import replace

from explainer.gui.frame import Frame
from explainer.pages.page import Block, Formula, Page, Paragraph, Row, RowRole, plain
from explainer.protocol import HerePage
from explainer.trace.moment import moment_at
from explainer.trace.steps import Pass

_PAGES_KEPT = 60
# What single samples say of a gradient.
_PARTS = ("gradient_weight", "gradient_bias")
# From which line on the graph shows the numbers of the factors.
_NUMBERS: tuple[RowRole, ...] = ("numbers", "result")


def lines_of(page: Page) -> tuple[RowRole, ...]:
    """Return the roles of a page's lines in the order in which they are told; rows of one role are one line."""
    rows = [row.role for block in page.blocks if isinstance(block, Formula) for row in block.rows]
    return tuple(role for role, _ in groupby(rows))


def cut(page: Page, count: int) -> Page:
    """Return a page with its first `count` lines, and nothing of what follows the last one before that is told.

    What is left stands where it stood: pages are set from their top.
    """
    roles = lines_of(page)
    if count >= len(roles):
        return page
    told = roles[:count]
    badges = page.badges if any(role in _NUMBERS for role in told) else ()
    blocks = tuple(_cut_blocks(page.blocks, count))
    # What is spoken names the result.
    return replace(page, blocks=blocks, badges=badges, announcement=_spoken(page, blocks))


def _spoken(page: Page, blocks: tuple[Block, ...]) -> str:
    rows = [row.text for block in blocks if isinstance(block, Formula) for row in block.rows]
    return ". ".join((page.kicker, plain(page.title), *rows[-1:]))


def _cut_blocks(blocks: tuple[Block, ...], count: int) -> list[Block]:
    kept: list[Block] = []
    seen: list[RowRole] = []
    for block in blocks:
        if isinstance(block, Formula):
            rows: list[Row] = []
            for row in block.rows:
                if not seen or seen[-1] != row.role:
                    seen.append(row.role)
                if len(seen) > count:
                    break
                rows.append(row)
            if rows:
                kept.append(Formula(tuple(rows)))
            if len(seen) > count:
                return kept
        elif not seen and isinstance(block, Paragraph) and block.style == "plain":
            # Notes under a formula, and all that is no reason, may say what is still hidden.
            kept.append(block)
        elif seen:
            kept.append(block)
    return kept


class Veil:
    """Makes frames without their results; the same frame gives the same pages, which are known by their identity."""

    def __init__(self) -> None:
        self._pages: OrderedDict[tuple[int, int], tuple[HerePage, HerePage]] = OrderedDict()
        self._passes: OrderedDict[tuple[int, int, int | None], tuple[Pass, Pass]] = OrderedDict()

    def cut(self, frame: Frame, count: int) -> Frame:
        """Return a frame that tells the first `count` lines of its step, and its result only with the last one."""
        if frame.page is None or count >= len(lines_of(frame.page.page)):
            return frame
        return self.without_result(frame)._replace(page=self._page(frame.page, count))

    def without_result(self, frame: Frame) -> Frame:
        """Return a frame as it is while its step's result is not known; its page stays."""
        if frame.one_pass is None or not 0 <= frame.step_index < len(frame.one_pass.steps):
            return frame
        one_pass, index = frame.one_pass, frame.step_index
        step = one_pass.steps[index]
        # Of the phase of updates: nothing is taken to be known by such a step.
        nothing = replace(step, phase="update", kind="clip", address="", value=0.0)
        steps = (*one_pass.steps[:index], nothing)
        moment = moment_at(frame.lesson, replace(one_pass, steps=steps), index)
        moment = replace(moment, phase=step.phase, step=step)
        return frame._replace(moment=moment, one_pass=self._pass(one_pass, index, index))

    def _page(self, page: HerePage, count: int) -> HerePage:
        key = (id(page), count)
        if key not in self._pages:
            self._pages[key] = (page, replace(page, page=cut(page.page, count)))
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        return self._pages[key][1]

    def without_means(self, frame: Frame, index: int) -> Frame:
        """Return a frame that tells no mean of a batch before the step that takes it, where that is step `index` or later.

        Matrices show such a gradient as soon as every sample has said its part.
        """
        if frame.one_pass is None or not _later_means(frame.one_pass, index):
            return frame
        return frame._replace(one_pass=self._pass(frame.one_pass, index, None))

    def _pass(self, one_pass: Pass, index: int, hidden: int | None) -> Pass:
        """Return a pass of which means are not known from a step on, nor anything of the step `hidden`."""
        key = (id(one_pass), index, hidden)
        if key not in self._passes:
            means = _later_means(one_pass, index)
            steps = tuple(
                replace(step, kind="clip", value=0.0, address="")
                if step.index == hidden or (step.subject in means and step.kind in _PARTS)
                else step
                for step in one_pass.steps
            )
            gradients = {
                name: value for name, value in one_pass.gradients.items() if name not in means
            }
            made = replace(one_pass, steps=steps, gradients=gradients)
            self._passes[key] = (one_pass, made)
            if len(self._passes) > _PAGES_KEPT:
                self._passes.popitem(last=False)
        return self._passes[key][1]


def _later_means(one_pass: Pass, index: int) -> frozenset[str]:
    """Return the parameters whose whole gradient is put together in a step from `index` on."""
    later = one_pass.steps[index:]
    return frozenset(step.subject for step in later if step.kind == "gradient_parameter")


def heading(frame: Frame) -> str:
    """Return the question of a frame's step as plain text, empty while it is not known."""
    return "" if frame.page is None else plain(frame.page.page.title)
