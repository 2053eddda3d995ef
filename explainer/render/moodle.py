"""A lesson as questions for Moodle: one Cloze question with a blank for every step, and a numerical question for each.

Everything a user typed is escaped for XML, for HTML, and for the braces by which Moodle knows a blank.
"""

from __future__ import annotations

import math
from base64 import b64encode
from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from explainer.lesson.lesson import text_in
from explainer.messages import message, translate
from explainer.pages.narrate import narrate
from explainer.pages.page import Figure, Formula, Maths, Sentence, Table, joined
from explainer.render.publish_job import Job
from explainer.render.svg import to_svg

_PICTURE = "network.svg"
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
    picture = to_svg(job.drawing(figure), "print").encode()
    given = _given(job, figure)
    questions = [_cloze(title, given, blanks, picture, job.language)]
    questions += [
        _numerical(f"{title} {number}", given, blank, picture)
        for number, blank in enumerate(blanks, start=1)
    ]
    body = "\n".join(questions)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{body}\n</quiz>\n'.encode()


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


def _cloze(title: str, given: str, blanks: list[Blank], picture: bytes, language: str) -> str:
    rows = "".join(
        f"<li>{_sentence(blank.question)} {_formula(blank.symbol + ' =')} "
        f"{{1:NUMERICAL:={blank.value!r}:{blank.tolerance!r}}}</li>"
        for blank in blanks
    )
    hint = _literal(translate(message("Fill in the result of every step."), language))
    text = f"{given}<p>{hint}</p><ol>{rows}</ol>"
    return _question("cloze", title, text, picture, "")


def _numerical(name: str, given: str, blank: Blank, picture: bytes) -> str:
    text = f"{given}<p>{_sentence(blank.question)} {_formula(blank.symbol + ' = ?')}</p>"
    answer = (
        f'  <answer fraction="100"><text>{blank.value!r}</text>'
        f"<tolerance>{blank.tolerance!r}</tolerance></answer>\n"
    )
    return _question("numerical", name, text, picture, answer)


def _question(kind: str, name: str, html: str, picture: bytes, more: str) -> str:
    image = b64encode(picture).decode()
    return (
        f'<question type="{kind}">\n'
        f"  <name><text>{_xml(name)}</text></name>\n"
        f'  <questiontext format="html"><text>{_xml(html)}</text>\n'
        f'    <file name="{_PICTURE}" path="/" encoding="base64">{image}</file>\n'
        f"  </questiontext>\n{more}</question>"
    )


def _given(job: Job, figure: Figure) -> str:
    """Return the picture of the network and the tables of what is given, as HTML."""
    alternative = _literal(figure.alternative)
    parts = [f'<p><img src="@@PLUGINFILE@@/{_PICTURE}" alt="{alternative}" width="480"></p>']
    for block in job.document.blocks:
        if isinstance(block, Table):
            parts.append(_table(block))
            if not any(block.header):
                break
    return "".join(parts)


def _table(table: Table) -> str:
    rows = [table.header, *table.rows] if any(table.header) else list(table.rows)
    inside = "".join(
        "<tr>" + "".join(f"<td>{_sentence(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table>{inside}</table>"


def _sentence(sentence: Sentence) -> str:
    return "".join(
        _formula(part.latex) if isinstance(part, Maths) else _words(part) for part in sentence
    )


def _words(text: str) -> str:
    # MathJax leaves what is marked so; else a dollar sign of a user would begin a formula.
    return f'<span class="nolink tex2jax_ignore">{_literal(text)}</span>'


def _literal(text: str) -> str:
    """Return text as HTML in which Moodle finds neither a blank nor a place for a file."""
    html = escape(text)
    for sign in "{}@":
        html = html.replace(sign, f"&#{ord(sign)};")
    return html


def _formula(latex: str) -> str:
    # A space keeps braces in a row from reading as a blank.
    return f"\\({escape(latex)}\\)"


def _xml(text: str) -> str:
    return escape("".join(sign for sign in text if sign.isprintable() or sign in _ALLOWED))
