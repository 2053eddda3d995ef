"""A trace as text: every step's question, reason and lines, for the terminal and for screen readers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from explainer.lesson.lesson import text_in
from explainer.messages import message, translate
from explainer.pages.narrate import narrate
from explainer.pages.page import Block, Formula, Page, Paragraph, Piece, Row, plain
from explainer.trace.record import Run

_INDENT = "    "


def trace_text(runs: Sequence[Run], language: str, digits: int) -> Iterator[str]:
    """Yield the text of each pass and of each of its steps."""
    for pass_index, run in enumerate(runs):
        yield _heading(run, language)
        for step in run.summary.steps:
            yield step_text(narrate(runs, pass_index, step.index, language, digits))


def step_text(page: Page) -> str:
    """Return one page as lines of text, an empty line at its end."""
    lines = [page.kicker, plain(page.title)]
    for block in page.blocks:
        lines += _block(block)
    return "\n".join([*lines, ""])


def _heading(run: Run, language: str) -> str:
    text = _pass_name(run, language) if run.lesson.expression is None else _title(run, language)
    return f"{text}\n{'═' * len(text)}\n"


def _title(run: Run, language: str) -> str:
    return text_in(run.lesson.title, language)


def _pass_name(run: Run, language: str) -> str:
    summary = run.summary
    samples = ", ".join(str(sample + 1) for sample in summary.samples)
    several = len(summary.samples) > 1
    words = (
        message("samples {samples}", samples=samples)
        if several
        else message("sample {samples}", samples=samples)
    )
    heading = message(
        "Pass {number} · epoch {epoch} · {samples}",
        number=run.pass_index + 1,
        epoch=summary.epoch,
        samples=words,
    )
    return translate(heading, language)


def _block(block: Block) -> list[str]:
    match block:
        case Paragraph():
            return [plain(block.text)]
        case Formula():
            return _formula(block.rows)
        case _:
            return []


def _formula(rows: tuple[Row, ...]) -> list[str]:
    """Return the lines; the left side stands only where it changes, relations one below the other."""
    lines: list[str] = []
    before = ""
    for row in rows:
        left = _text(row.left)
        shown = " " * len(left) if left == before else left
        lines.append(f"{_INDENT}{shown} {row.relation.text} {_text(row.right)}")
        before = left
    return lines


def _text(pieces: tuple[Piece, ...]) -> str:
    return " ".join(piece.text for piece in pieces if piece.text)
