"""A lesson as questions for Moodle: one Cloze question with a blank for every step, and a numerical question for each.

Everything a user typed is escaped for XML, for HTML, and for the braces by which Moodle knows a blank.
"""

from __future__ import annotations

import math
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from explainer.lesson.lesson import text_in
from explainer.messages import message, translate
from explainer.pages.narrate import narrate
from explainer.pages.page import Figure, Formula, Maths, Sentence, Table, joined
from explainer.render.publish_job import Job
from explainer.render.svg import to_svg

# XML knows no way to write other control characters.
_ALLOWED = "\t\n"


class Blank(NamedTuple):
    """What is asked: the question, the symbol in LaTeX, the number and how far an answer may be off."""

    question: Sentence
    symbol: str
    value: float
    tolerance: float


def moodle(job: Job) -> bytes:
    """Return the questions as Moodle's XML."""
    title = text_in(job.lesson.title, job.language)
    blanks = list(_blanks(job))
    figure = next(block for block in job.document.blocks if isinstance(block, Figure))
    # As it is before the first step: nothing that is asked.
    start = to_svg(job.drawing(figure), "print").encode()
    given = _given(job, figure)
    questions = [_cloze(title, given, blanks, start, job.language)]
    questions += [
        _numerical(f"{title} {number}", given, blank, start)
        for number, blank in enumerate(blanks, start=1)
    ]
    return quiz(questions)


def _blanks(job: Job) -> Iterator[Blank]:
    for run in job.runs:
        for step in filter(job.selection.has, run.summary.steps):
            page = narrate(job.runs, run.pass_index, step.index, job.language, job.digits)
            rows = [
                row for block in page.blocks if isinstance(block, Formula) for row in block.rows
            ]
            question = page.title
            if step.sample is not None and len(run.summary.samples) > 1:
                which = message("sample {number}", number=step.sample + 1)
                question = (*question, " · ", translate(which, job.language))
            yield Blank(
                question, joined(rows[-1].left), step.value, _tolerance(step.value, job.digits)
            )


def _tolerance(value: float, digits: int) -> float:
    """Return one unit of the last digit that is shown, so that rounding by hand is right."""
    if value == 0:
        return 10.0 ** (1 - digits)
    return float(f"1e{math.floor(math.log10(abs(value))) - digits + 1}")


def _cloze(title: str, given: str, blanks: list[Blank], start: bytes, language: str) -> str:
    rows = "".join(
        f"<li>{sentence(blank.question)} {formula(blank.symbol + ' =')} "
        f"{field(1, blank.value, blank.tolerance)}</li>"
        for blank in blanks
    )
    hint = literal(translate(message("Fill in the result of every step."), language))
    text = f"{given}<p>{hint}</p><ol>{rows}</ol>"
    return question("cloze", title, text, [start], "")


def _numerical(name: str, given: str, blank: Blank, start: bytes) -> str:
    text = f"{given}<p>{sentence(blank.question)} {formula(blank.symbol + ' = ?')}</p>"
    return numerical(name, text, blank.value, blank.tolerance, [start])


def question(kind: str, name: str, html: str, pictures: Sequence[bytes], more: str) -> str:
    """Return one question; `html` names its pictures in order as `picture` does."""
    files = "".join(
        f'    <file name="{_file(number)}" path="/" encoding="base64">{b64encode(content).decode()}</file>\n'
        for number, content in enumerate(pictures)
    )
    return (
        f'<question type="{kind}">\n'
        f"  <name><text>{for_xml(name)}</text></name>\n"
        f'  <questiontext format="html"><text>{for_xml(html)}</text>\n{files}'
        f"  </questiontext>\n{more}</question>"
    )


def quiz(questions: Iterable[str]) -> bytes:
    """Return the file of some questions."""
    body = "\n".join(questions)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{body}\n</quiz>\n'.encode()


def picture(number: int, alternative: str) -> str:
    """Return the place of a question's picture in its text."""
    words = literal(alternative)
    return f'<p><img src="@@PLUGINFILE@@/{_file(number)}" alt="{words}" width="480"></p>'


def _file(number: int) -> str:
    return f"network-{number}.svg" if number else "network.svg"


def numerical(
    name: str, html: str, value: float, tolerance: float, pictures: Sequence[bytes]
) -> str:
    """Return a question that asks for one number."""
    answer = (
        f'  <answer fraction="100"><text>{value!r}</text>'
        f"<tolerance>{tolerance!r}</tolerance></answer>\n"
    )
    return question("numerical", name, html, pictures, answer)


def field(points: int, value: float, tolerance: float) -> str:
    """Return the place in a Cloze question where a number is asked for."""
    return f"{{{points}:NUMERICAL:={value!r}:{tolerance!r}}}"


def _given(job: Job, figure: Figure) -> str:
    """Return the picture of the network and the tables of what is given, as HTML."""
    parts = [picture(0, figure.alternative)]
    for block in job.document.blocks:
        if isinstance(block, Table):
            parts.append(table(block))
            if not any(block.header):
                break
    return "".join(parts)


def table(block: Table) -> str:
    """Return a table as HTML."""
    rows = [block.header, *block.rows] if any(block.header) else list(block.rows)
    inside = "".join(
        "<tr>" + "".join(f"<td>{sentence(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table>{inside}</table>"


def sentence(words: Sentence) -> str:
    """Return a sentence as HTML."""
    return "".join(
        formula(part.latex) if isinstance(part, Maths) else _words(part) for part in words
    )


def _words(text: str) -> str:
    # MathJax leaves what is marked so; else a dollar sign of a user would begin a formula.
    return f'<span class="nolink tex2jax_ignore">{literal(text)}</span>'


def literal(text: str) -> str:
    """Return text as HTML in which Moodle finds neither a blank nor a place for a file."""
    html = escape(text)
    for sign in "{}@":
        html = html.replace(sign, f"&#{ord(sign)};")
    return html


def formula(latex: str) -> str:
    """Return a formula as MathJax finds it."""
    # A space keeps braces in a row from reading as a blank.
    return f"\\({escape(latex)}\\)"


def displayed(latex: str) -> str:
    """Return a formula on lines of its own."""
    return f"\\[{escape(latex)}\\]"


def for_xml(text: str) -> str:
    """Return text as XML holds it."""
    return escape("".join(sign for sign in text if sign.isprintable() or sign in _ALLOWED))
