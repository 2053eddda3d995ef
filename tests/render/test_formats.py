"""Documents of other programs, opened again: office files, notebooks, questions, tables of values."""

import csv
import io
import json
import re
import struct
import xml.etree.ElementTree as ET
from base64 import b64decode
from html import unescape

import pytest

from explainer.lesson.examples import example, example_names
from explainer.pages.page import Formula, Heading
from explainer.pages.worked_example import worked_example
from explainer.render.formula_lines import lines_of
from explainer.render.publish import publish
from explainer.render.step_groups import LINE
from explainer.trace.run import trace
from tests.render.programs import run_source
from tests.render.reading import parts_of, squeezed, words_in

LESSON = example("mazur-2-2-2")
RUNS = trace(LESSON, 1)
SPECIAL = ("softmax-classifier", "batch-norm", "dropout", "maxout", "graph-sin", "perceptron-rule")


def made(name, kind, language="en", **options):
    lesson = example(name)
    runs = trace(lesson, 1)
    document = worked_example(lesson, runs, language, 5)
    return publish(document, lesson, runs, kind, language, 5, **options), document, runs


class TestOffice:
    def test_word_has_every_line_of_a_formula_as_an_equation(self):
        content, document, _ = made("mazur-2-2-2", "docx")
        text = parts_of(content)["word/document.xml"].decode()
        formulas = [block for block in document.blocks if isinstance(block, Formula)]
        lines = sum(len(lines_of(formula.rows, LINE)) for formula in formulas)
        assert text.count("<m:oMathPara>") == lines
        assert text.count("<m:oMath>") > lines
        assert "\\frac" not in text
        # An array of equations would show its marks of alignment where they are not known.
        assert "<m:eqArr>" not in text

    def test_word_has_pictures_with_descriptions(self):
        parts = parts_of(made("mazur-2-2-2", "docx")[0])
        images = [part for name, part in parts.items() if name.startswith("word/media/")]
        assert len(images) == 3
        for image in images:
            assert image.startswith(b"\x89PNG")
            assert struct.unpack(">II", image[16:24])[0] > 300
        assert parts["word/document.xml"].decode().count('descr="') >= 3

    def test_opendocument_has_equations(self):
        content, document, _ = made("mazur-2-2-2", "odt")
        parts = parts_of(content)
        equations = [part for name, part in parts.items() if re.match(r"Formula-\d+/content", name)]
        assert len(equations) > sum(isinstance(block, Formula) for block in document.blocks)

    @pytest.mark.parametrize("paper", ["a4", "letter"])
    def test_paper(self, paper):
        content, _, _ = made("lecture-2-2-1", "docx", paper=paper)
        text = parts_of(content)["word/document.xml"].decode()
        assert f'w:w="{11906 if paper == "a4" else 12240}"' in text

    def test_slides_have_a_step_each_with_its_picture(self):
        content, _, runs = made("lecture-2-2-1", "pptx")
        parts = parts_of(content)
        slides = [
            part.decode() for name, part in parts.items() if re.match(r"ppt/slides/slide\d+", name)
        ]
        with_both = [slide for slide in slides if "<p:pic>" in slide and "<m:oMath" in slide]
        assert len(with_both) >= len(runs[0].summary.steps)
        assert sum(name.startswith("ppt/notesSlides/notesSlide") for name in parts) >= len(
            runs[0].summary.steps
        )

    @pytest.mark.parametrize("name", SPECIAL)
    @pytest.mark.parametrize("kind", ["docx", "odt", "pptx", "md"])
    def test_special_lessons(self, name, kind):
        content, _, _ = made(name, kind, "ru")
        assert len(content) > 5000
        if kind != "md":
            parts_of(content)


class TestMarkdown:
    def test_headings_formulas_and_tables(self):
        content, document, _ = made("mazur-2-2-2", "md")
        text = content.decode()
        headings = sum(isinstance(block, Heading) for block in document.blocks)
        assert len(re.findall(r"^#{1,3} ", text, re.MULTILINE)) == headings
        formulas = sum(isinstance(block, Formula) for block in document.blocks)
        assert text.count("$$") == 2 * formulas
        for line in text.splitlines():
            if line.startswith("|"):
                assert "|x|" not in line


class TestNotebook:
    @pytest.mark.parametrize("name", example_names())
    def test_every_cell_runs_and_asserts(self, name):
        notebook = json.loads(made(name, "ipynb")[0])
        assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
        cells = notebook["cells"]
        assert len({cell["id"] for cell in cells}) == len(cells)
        known = {"__name__": "__main__"}
        code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        assert sum("check(" in text for text in code) >= 3
        for text in code:
            run_source(text, known)


class TestMoodle:
    def questions(self, name="mazur-2-2-2"):
        content, _, runs = made(name, "moodle")
        root = ET.fromstring(content)  # noqa: S314 - made by this program
        return root, runs[0].summary.steps

    @pytest.mark.parametrize("name", ["mazur-2-2-2", *SPECIAL])
    def test_one_blank_and_one_question_for_every_step(self, name):
        root, steps = self.questions(name)
        kinds = [question.get("type") for question in root]
        assert kinds == ["cloze"] + ["numerical"] * len(steps)
        text = unescape(root[0].findtext("questiontext/text"))
        blanks = re.findall(r"\{1:NUMERICAL:=([^:}]+):([^}]+)\}", text)
        assert [float(value) for value, _ in blanks] == [step.value for step in steps]
        for value, tolerance in blanks:
            # Rounded to the digits shown the answer still counts.
            assert abs(float(f"{float(value):.5g}") - float(value)) <= float(tolerance)
        answers = [float(question.findtext("answer/text")) for question in root[1:]]
        assert answers == [step.value for step in steps]

    def test_the_picture_does_not_tell_the_answers(self):
        root, _ = self.questions()
        file = root[0].find("questiontext/file")
        assert file is not None
        assert file.get("name") == "network.svg"
        assert "@@PLUGINFILE@@/network.svg" in root[0].findtext("questiontext/text")
        assert b"0.593" not in b64decode(file.text)


def test_the_table_of_values_is_the_trace():
    content, _, runs = made("softmax-classifier", "csv")
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    summary = runs[0].summary
    for kind, table in (("value", summary.values), ("delta", summary.deltas)):
        found = {}
        for row in rows:
            if row["kind"] == kind:
                found.setdefault(row["sample"], {})[row["name"]] = float(row["value"])
        assert found == table
    for kind, numbers in (
        ("gradient", summary.gradients),
        ("before", summary.parameters_before),
        ("after", summary.parameters_after),
    ):
        found = {row["name"]: float(row["value"]) for row in rows if row["kind"] == kind}
        assert found == numbers
    assert [float(row["value"]) for row in rows if row["kind"] == "loss"] == [summary.loss]


def test_words_of_a_document_are_the_same_in_word_and_opendocument():
    word = words_in(parts_of(made("lecture-2-2-1", "docx")[0])["word/document.xml"])
    text = words_in(parts_of(made("lecture-2-2-1", "odt")[0])["content.xml"])
    for sentence in ("Forward pass", "How large is the error?", "Second forward pass"):
        assert squeezed(sentence) in word
        assert squeezed(sentence) in text


class TestPictures:
    @pytest.mark.parametrize("kind", ["docx", "odt", "pptx"])
    def test_are_in_the_file_whole_each_in_its_size(self, kind):
        content, _, _ = made("lecture-2-2-1", kind)
        pictures = [part for name, part in parts_of(content).items() if name.endswith(".png")]
        assert len(set(pictures)) == len(pictures) >= (19 if kind == "pptx" else 2)
        for picture in pictures:
            assert picture.startswith(b"\x89PNG\r\n")
            assert len(picture) > 5000
            assert b"tEXtNumber" not in picture
