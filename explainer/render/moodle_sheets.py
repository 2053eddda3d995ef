"""Worksheets as questions for Moodle: each sheet as one Cloze question, and one numerical question for each blank.

Categories keep what may stand for each other together: all variants of the whole sheet, and all variants of one blank. A test
that draws a question at random from one of them gives every learner numbers of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from explainer.messages import Refused, message, translate
from explainer.pages.page import AnswerSpace, Block, Figure, Formula, Heading, Paragraph, Table
from explainer.pages.sheets.model import Sheet
from explainer.pages.sheets.questions import Answer
from explainer.pages.sheets.sheet import worksheet
from explainer.render.formula_lines import aligned, lines_of
from explainer.render.moodle import (
    displayed,
    field,
    for_xml,
    formula,
    numerical,
    picture,
    question,
    quiz,
    sentence,
    table,
)
from explainer.render.publish_job import Job
from explainer.render.svg import to_svg

# A line of a Moodle page in em.
_ROOM = 46.0
# Headings of Moodle's own pages are larger.
_LEVEL = 2


def sheets_for_moodle(sheets: Sequence[Sheet], progress: Callable[[int, int], None]) -> bytes:
    """Return the questions of all sheets. Answers in symbols cannot be marked there and are left out; Refused if all are."""
    if not any(_numbers(sheet) for sheet in sheets):
        raise Refused(
            message("Moodle marks numbers alone, and no blank of this sheet asks for one.")
        )
    whole: list[str] = []
    # Which blanks there are may differ between variants: what reads like an answer is one.
    blanks: dict[str, list[str]] = {}
    for place, sheet in enumerate(sheets, start=1):
        writer = _Writer(sheet)
        whole.append(writer.cloze())
        for blank, asked in writer.singles():
            blanks.setdefault(blank, []).append(asked)
        progress(place, len(sheets))
    title, language = sheets[0].title, sheets[0].language
    questions = [_category(title, translate(message("whole sheets"), language)), *whole]
    for blank, variants in blanks.items():
        questions += [_category(title, blank), *variants]
    return quiz(questions)


def _numbers(sheet: Sheet) -> list[Answer]:
    return [answer for answer in sheet.questions.answers if answer.value is not None]


def _category(title: str, part: str) -> str:
    # A stroke parts categories, two are one that is printed.
    names = (title.strip() or "Explainer", part)
    path = "/".join(name.replace("/", "//") for name in names)
    return (
        '<question type="category">\n'
        f"  <category><text>$course$/top/{for_xml(path)}</text></category>\n</question>"
    )


class _Writer:
    """Writes the questions of one sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._document = worksheet(sheet)
        self._answers = {answer.number: answer for answer in sheet.questions.answers}
        self._job = Job(self._document, sheet.run.lesson, [sheet.run], sheet.language, sheet.digits)
        self._pictures: list[bytes] = []

    def cloze(self) -> str:
        """Return the whole sheet with a field for each number. The head is for paper: it is the first table."""
        self._pictures = []
        blocks = self._without_head(self._document.blocks)
        html = "".join(part for block in blocks for part in self._html(block))
        return question("cloze", self._name(""), html, self._pictures, "")

    def singles(self) -> Iterator[tuple[str, str]]:
        """Yield a question for each number, with what it is about: what is given, and which step it is the result of."""
        self._pictures = []
        given = "".join(self._given())
        title = ""
        for block in self._document.blocks:
            if isinstance(block, Heading):
                title = sentence(block.text)
            elif isinstance(block, AnswerSpace):
                answer = self._answers[block.number]
                if answer.value is None:
                    continue
                text = f"{given}<p>{title} {formula(f'{answer.label.latex} = ?')}</p>"
                name = self._name(f" {answer.number:02}")
                about = f"{answer.label.text} · {answer.address}"
                made = numerical(name, text, answer.value, answer.tolerance, self._pictures)
                yield about, made

    def _name(self, more: str) -> str:
        return f"{self._sheet.title} · {self._sheet.form}{more}"

    def _without_head(self, blocks: Sequence[Block]) -> Iterator[Block]:
        is_head = True
        for block in blocks:
            if is_head and isinstance(block, Table):
                is_head = False
            elif not (isinstance(block, Heading) and block.level == 1):
                yield block

    def _given(self) -> Iterator[str]:
        """Yield how numbers are rounded, the picture, and the tables of what is given, up to the first step."""
        for block in self._without_head(self._document.blocks):
            if isinstance(block, Heading) and block.level > _LEVEL:
                return
            if isinstance(block, Figure | Table):
                yield from self._html(block)

    def _html(self, block: Block) -> Iterator[str]:
        match block:
            case Heading(level, text):
                yield f"<h{level + _LEVEL}>{sentence(text)}</h{level + _LEVEL}>"
            case Paragraph(text):
                yield f"<p>{sentence(text)}</p>"
            case Formula(rows):
                yield f"<p>{displayed(aligned(lines_of(rows, _ROOM)))}</p>"
            case Figure():
                self._pictures.append(to_svg(self._job.drawing(block), "print").encode())
                yield picture(len(self._pictures) - 1, block.alternative)
            case Table():
                yield table(block)
            case AnswerSpace(number, label):
                answer = self._answers[number]
                if answer.value is not None:
                    asked = field(answer.points, answer.value, answer.tolerance)
                    yield f"<p>{sentence(label)} {asked}</p>"
