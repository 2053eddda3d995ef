"""Worksheets in every format: each answer has its room, nothing gives it away, and what was typed stands there literally."""

import csv
import io
import re
import xml.etree.ElementTree as ET
from functools import cache
from html import unescape

import pytest
from msgspec.structs import replace

from explainer.lesson.examples import example
from explainer.messages import Refused
from explainer.pages.sheets.answers import read_table
from explainer.pages.sheets.grading import Marker
from explainer.pages.sheets.model import Heads
from explainer.pages.sheets.plan import KINDS, Options
from explainer.pages.sheets.series import series
from explainer.render.publish import FORMATS
from explainer.render.publish_sheets import (
    ANSWERS,
    SHEET_FORMATS,
    sheet_files,
    sheet_format,
)
from tests.render.reading import parts_of, squeezed, words_in
from tests.render.test_user_text import TEXTS, TITLE, words

LESSON = example("mazur-2-2-2")
SHEETS = list(series(LESSON, 3, 7, Options(), "en", 4))
FIELD = re.compile(r"\{(\d+):NUMERICAL:=([^:}]+):([^}]+)\}")


def files(sheets, name, *, combined=False, short=False, **more):
    numbers = range(1, len(sheets) + 1)
    return sheet_files(sheets, numbers, name, "a4", combined=combined, short_keys=short, **more)


@cache
def made_once(name):
    return files(SHEETS[:2], name)


def asked(sheet):
    return sheet.questions.answers


def numbers_asked(sheet):
    return [answer for answer in asked(sheet) if answer.value is not None]


def hides_answers(text, sheet):
    return not [
        answer.text
        for answer in numbers_asked(sheet)
        if len(answer.text.lstrip("−")) > 5 and answer.text.lstrip("−") in text.replace(" ", "")
    ]


class TestTable:
    @pytest.mark.parametrize("name", SHEET_FORMATS)
    @pytest.mark.parametrize("combined", [False, True])
    def test_the_files_made_are_those_that_were_named(self, name, combined):
        row = sheet_format(name)
        made = files(SHEETS[:2], name, combined=True) if combined else made_once(name)
        assert list(made) == row.names([1, 2], combined)
        assert all(made.values())

    @pytest.mark.parametrize("name", SHEET_FORMATS)
    def test_the_same_sheets_give_the_same_bytes(self, name):
        assert made_once(name) == files(SHEETS[:2], name)

    def test_endings_are_understood_and_others_refused(self):
        assert sheet_format("xml").name == "moodle"
        with pytest.raises(Refused, match="not as pptx"):
            sheet_format("pptx")

    def test_documents_are_rows_of_the_table_of_exports(self):
        for name, form in FORMATS.items():
            if form.for_sheets:
                assert SHEET_FORMATS[name].label == form.label
                assert SHEET_FORMATS[name].on_paper

    @pytest.mark.parametrize("name", SHEET_FORMATS)
    def test_progress_reaches_its_end_and_can_stop_the_work(self, name):
        seen = []
        files(SHEETS[:1], name, progress=lambda done, total: seen.append((done, total)))
        assert seen[-1][0] == seen[-1][1]

        class StoppedError(Exception):
            pass

        def stop(done, total):
            raise StoppedError

        with pytest.raises(StoppedError):
            files(SHEETS, name, progress=stop)


class TestDocuments:
    @pytest.mark.parametrize(
        ("space", "style", "each"),
        [("line", "AnswerLine", 1), ("box", "AnswerBoxEnd", 1), ("grid", "AnswerLine", 1)],
    )
    def test_word_and_opendocument_have_room_for_each_answer(self, space, style, each):
        (sheet,) = series(LESSON, 1, 7, Options(space=space), "en", 4)
        word = parts_of(files([sheet], "docx")["sheet-01.docx"])
        text = word["word/document.xml"].decode()
        assert len(re.findall(rf'<w:pStyle w:val="{style}" ?/>', text)) == each * len(asked(sheet))
        assert f'w:styleId="{style}"' in word["word/styles.xml"].decode()
        office = parts_of(files([sheet], "odt")["sheet-01.odt"])
        content = office["content.xml"].decode()
        assert content.count(f'text:style-name="{style}"') == each * len(asked(sheet))
        assert f'style:name="{style}"' in office["styles.xml"].decode()

    def test_markdown_has_a_line_for_each_answer(self):
        text = files(SHEETS[:1], "md")["sheet-01.md"].decode()
        assert len(re.findall(r"(\\_){20,}$", text, re.MULTILINE)) == len(asked(SHEETS[0]))

    @pytest.mark.parametrize("name", ["docx", "odt", "md"])
    def test_sheets_hide_and_keys_tell_the_answers(self, name):
        made = files(SHEETS[:1], name)
        ending = SHEET_FORMATS[name].ending
        sheet, key = made[f"sheet-01{ending}"], made[f"key-01{ending}"]
        assert hides_answers(said(sheet), SHEETS[0])
        assert not hides_answers(said(key), SHEETS[0])

    @pytest.mark.parametrize("name", ["docx", "odt"])
    def test_all_in_one_file_begin_on_pages_of_their_own(self, name):
        content = files(SHEETS, name, combined=True)[f"sheets.{name}"]
        parts = parts_of(content)
        text = parts["word/document.xml" if name == "docx" else "content.xml"].decode()
        mark = 'w:type="page"' if name == "docx" else 'text:style-name="PageBreak"'
        assert text.count(mark) == len(SHEETS) - 1


def said(content):
    """Return every text of a document, its formulas among them."""
    if content[:2] != b"PK":
        return content.decode()
    parts = parts_of(content)
    return "".join(
        words_in(part)
        for name, part in parts.items()
        if name.endswith("content.xml") or name == "word/document.xml"
    )


class TestTables:
    def test_a_sheet_filled_is_marked_by_grade(self):
        made = files(SHEETS[:1], "csv")
        rows = list(csv.DictReader(io.StringIO(made["sheet-01.csv"].decode("utf-8-sig"))))
        answers = {str(answer.number): answer for answer in asked(SHEETS[0])}
        assert [row["number"] for row in rows if row["number"]] == list(answers)
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, list(rows[0]))
        writer.writeheader()
        for row in rows:
            answer = answers.get(row["number"])
            writer.writerow({**row, "given": answer.text if answer else ""})
        filled = read_table(text.getvalue().encode(), "a.csv")
        marks = Marker(LESSON).table(filled, "a.csv")
        assert [mark.status for mark in marks] == ["right"] * len(answers)

    def test_it_says_what_is_given_and_nothing_that_is_asked(self):
        content = files(SHEETS[:1], "csv")["sheet-01.csv"].decode("utf-8-sig")
        assert "w₁ = " in content
        assert hides_answers(content, SHEETS[0])
        assert not hides_answers(files(SHEETS[:1], "csv")["key-01.csv"].decode(), SHEETS[0])


class TestMoodle:
    def questions(self, sheets):
        root = ET.fromstring(files(sheets, "moodle")["questions.xml"])  # noqa: S314 - made by this program
        assert root.tag == "quiz"
        return list(root)

    def test_a_question_for_each_sheet_and_one_for_each_blank(self):
        found = self.questions(SHEETS)
        wholes = [each for each in found if each.get("type") == "cloze"]
        singles = [each for each in found if each.get("type") == "numerical"]
        assert len(wholes) == len(SHEETS)
        assert len(singles) == sum(len(numbers_asked(sheet)) for sheet in SHEETS)
        names = [each.findtext("name/text") for each in found if each.get("type") != "category"]
        assert len(set(names)) == len(names)
        for whole, sheet in zip(wholes, SHEETS, strict=True):
            text = unescape(whole.findtext("questiontext/text"))
            fields = [
                (int(points), float(value), float(tolerance))
                for points, value, tolerance in FIELD.findall(text)
            ]
            assert fields == [
                (answer.points, answer.value, answer.tolerance) for answer in numbers_asked(sheet)
            ]
            assert hides_answers(FIELD.sub("", text), sheet)
            pictures = [file.get("name") for file in whole.findall("questiontext/file")]
            assert re.findall(r"@@PLUGINFILE@@/([^\"]+)", text) == pictures

    def test_variants_of_the_same_blank_share_a_category(self):
        found = self.questions(SHEETS)
        paths = [each.findtext("category/text") for each in found if each.get("type") == "category"]
        assert len(set(paths)) == len(paths)
        assert all(path.startswith("$course$/top/") for path in paths)
        inside: list[list[ET.Element]] = []
        for each in found:
            if each.get("type") == "category":
                inside.append([])
            else:
                inside[-1].append(each)
        assert all(len(group) <= len(SHEETS) for group in inside)
        assert sum(len(group) == len(SHEETS) for group in inside) > len(inside) / 2

    def test_a_sheet_without_numbers_is_refused_and_symbols_are_left_out(self):
        sheets = list(series(LESSON, 1, 7, Options(kinds=("symbols",)), "en", 4))
        with pytest.raises(Refused, match="Moodle marks numbers alone"):
            files(sheets, "moodle")
        sheets = list(series(LESSON, 1, 7, Options(kinds=tuple(KINDS)), "en", 4))
        assert len(self.questions(sheets)) > len(numbers_asked(sheets[0]))


@pytest.fixture(scope="module")
def hostile():
    lesson = replace(example("lecture-2-2-1"), title=TITLE)
    heads = Heads(school=TEXTS[0] + TEXTS[1] + TEXTS[2] + TEXTS[3], course=TEXTS[4] + TEXTS[5])
    sheets = list(series(lesson, 1, 7, Options(), "en", 4, heads=heads))
    return {name: files(sheets, name) for name in SHEET_FORMATS}


@pytest.mark.parametrize("name", ["pdf", "html", "docx", "odt"])
@pytest.mark.parametrize("text", TEXTS)
def test_what_was_typed_stands_as_typed(name, text, hostile):
    content = hostile[name][f"sheet-01.{name}"]
    assert squeezed(text) in words(name, content)


@pytest.mark.parametrize("text", TEXTS[:6])
def test_the_head_too(text, hostile):
    said = words("pdf", hostile["pdf"]["sheet-01.pdf"])
    assert said.count(squeezed(text)) >= 2


def test_no_table_begins_a_formula_and_no_markup_runs(hostile):
    for content in (hostile["csv"]["sheet-01.csv"], hostile["csv"][ANSWERS]):
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))):
            assert not [cell for cell in row if cell.startswith(tuple("=+@"))]
    assert "\\input{" not in hostile["tex"]["sheet-01.tex"].decode()
    assert "<script" not in hostile["md"]["sheet-01.md"].decode()
    root = ET.fromstring(hostile["moodle"]["questions.xml"])  # noqa: S314 - made by this program
    for question in root:
        text = question.findtext("questiontext/text") or ""
        assert "<script" not in text
        assert len(FIELD.findall(text)) == (
            text.count(":NUMERICAL:=") - text.count("&#123;1:NUMERICAL:=")
        )
