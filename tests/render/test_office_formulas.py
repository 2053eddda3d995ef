"""Formulas for Word and LibreOffice: complete by themselves, whatever the lesson; LibreOffice finds no fault in them."""

import re
import shutil
import subprocess

import pytest
from pypdf import PdfReader

from explainer.lesson.examples import example, example_names
from explainer.pages.page import AnswerSpace, Formula, Heading, Maths, Paragraph, Table
from explainer.pages.sheets.plan import KINDS, Options
from explainer.pages.sheets.series import series
from explainer.pages.sheets.sheet import key, worksheet
from explainer.pages.worked_example import worked_example
from explainer.render.formula_lines import aligned, lines_of
from explainer.render.office_equations import as_word_writes
from explainer.render.publish import publish
from explainer.render.starmath import starmath
from explainer.render.step_groups import LINE
from explainer.render.word_formulas import rows_of, slide_formula, word_formula, word_lines
from explainer.trace.run import trace
from tests.render.reading import parts_of

OPERATORS = re.compile(r"(?<![\w\"])(=|\+|cdot|times|approx|<=|>=)(?![\w\"])")


def formulas_in(value):
    match value:
        case Maths():
            yield value.latex
        case Formula():
            yield aligned(lines_of(value.rows, LINE))
        case Heading() | Paragraph():
            yield from formulas_in(value.text)
        case Table():
            yield from formulas_in((value.header, value.rows, value.caption))
        case AnswerSpace():
            yield from formulas_in(value.label)
        case tuple():
            for part in value:
                yield from formulas_in(part)


def formulas_of(name):
    lesson = example(name)
    (sheet,) = series(lesson, 1, 7, Options(kinds=tuple(KINDS)), "ru", 4)
    documents = (worked_example(lesson, trace(lesson, 1), "ru", 5), worksheet(sheet), key(sheet))
    return {latex for each in documents for latex in formulas_in(each.blocks)}


@pytest.mark.parametrize("name", example_names())
def test_starmath_of_every_lesson_is_whole(name):
    for latex in formulas_of(name):
        text = starmath(latex)
        bare = re.sub(r'"[^"]*"', "{}", text)
        assert '"' not in bare, latex
        assert bare.count("{") == bare.count("}"), latex
        # LaTeX that was not understood would come through with its stroke; \( and \) are StarMath's own.
        assert not re.search(r"\\[A-Za-z]", bare), latex
        assert bare.count("left ") == bare.count("right "), latex
        for found in OPERATORS.finditer(bare):
            assert bare[: found.start()].endswith("{} "), latex
            assert bare[found.end() :].startswith(" {}"), latex


@pytest.mark.parametrize("name", example_names())
def test_lines_for_word_leave_no_sign_alone(name):
    for latex in formulas_of(name):
        for line in word_lines(latex):
            assert line.count("\\left") == line.count("\\right"), line
            assert "\\boxed" not in line
            assert not line.startswith(("=", "\\approx", "+", "&"))
            assert not line.endswith("=")
            assert "\\begin{aligned}" not in line


def test_brackets_that_belong_together_are_delimiters():
    assert word_formula("(a + b)^{2}") == "\\left(a + b\\right)^{2}"
    assert word_formula("\\frac{(a}{b)}") == "\\frac{\\text{(}a}{b\\text{)}}"
    assert word_formula("a) \\cdot (b") == "a\\text{)} \\cdot \\text{(}b"
    assert word_formula("\\text{a)}") == "\\text{a)}"
    assert word_formula("\\left(x\\right)") == "\\left(x\\right)"
    assert word_formula("w_1^{+}") == "w_1^{\\text{+}}"
    assert word_formula("\\boxed{12}") == "\\text{[12]}"
    assert word_formula("W_1^+ + x^{+a}") == "W_1^{\\text{+}} + x^{+a}"
    assert word_formula("s^{2+}") == "s^{2\\text{+}}"


def test_lines_are_aligned_by_what_is_hidden_in_front():
    first, second = word_lines("\\begin{aligned} z & = a \\\\ & \\approx 2 \\end{aligned}")
    assert first.startswith("z ")
    assert second.startswith("\\phantom{z} ")


def test_starmath_of_what_pages_write():
    assert starmath("w_1^{+} = -0{,}5") == "w _ { 1 } ^ { {} + {} } {} = {} - 0,5"
    assert starmath("\\frac{1}{2}") == "{ { 1 } over { 2 } }"
    assert starmath("\\hat{y}_1") == "{ hat { y } } _ { 1 }"
    assert starmath("\\boxed{3}") == 'nitalic bold "[3]"'
    assert starmath('\\text{"x"}') == 'nitalic "”x”"'


def made(name, kind):
    lesson = example(name)
    runs = trace(lesson, 1)
    return publish(worked_example(lesson, runs, "ru", 5), lesson, runs, kind, "ru", 5)


def test_every_formula_of_opendocument_is_there_twice():
    parts = parts_of(made("mazur-2-2-2", "odt"))
    objects = [
        part.decode() for name, part in parts.items() if re.match(r"Formula-\d+/content", name)
    ]
    assert len(objects) > 100
    assert all('encoding="StarMath 5.0"' in text and "<mrow" in text for text in objects)


@pytest.mark.parametrize("name", example_names())
def test_sides_of_a_line_on_a_slide_are_complete(name):
    for latex in formulas_of(name):
        made = slide_formula(latex)
        assert made.count("\\left") == made.count("\\right"), latex
        assert len(rows_of(made)) == len(rows_of(latex))
        for left, right in rows_of(made):
            assert not left.endswith(("=", "\\approx"))
            assert not right.endswith(("=", "\\approx"))


def test_a_brace_is_a_group_with_its_name_below():
    letter = "<m:r><m:rPr><m:sty /></m:rPr><m:t>\u23df</m:t></m:r>"
    brace = f"<m:limLow><m:e>{{}}</m:e><m:lim>{letter}</m:lim></m:limLow>"
    limit = "<m:limLow><m:e>max</m:e><m:lim>i</m:lim></m:limLow>"
    named = f"<m:limLow><m:e>{brace.format(limit)}</m:e><m:lim>name</m:lim></m:limLow>"
    made = as_word_writes(f"{limit}{named}")
    assert made.startswith(f"{limit}<m:limLow><m:e><m:groupChr>")
    assert made.endswith(f"<m:e>{limit}</m:e></m:groupChr></m:e><m:lim>name</m:lim></m:limLow>")
    assert "\u23df</m:t>" not in made


def test_a_number_with_a_comma_is_one():
    first, comma, last = "<m:r><m:t>0</m:t></m:r>", "<m:t>,</m:t></m:r>", "<m:r><m:t>19</m:t></m:r>"
    assert as_word_writes(f"{first}<m:r>{comma}{last}") == "<m:r><m:t>0,19</m:t></m:r>"
    styled = '<m:r><m:rPr><m:sty m:val="p" /></m:rPr>'
    assert as_word_writes(f"{first}{styled}{comma}{last}") == "<m:r><m:t>0,19</m:t></m:r>"


def test_a_formula_of_a_slide_is_there_for_powerpoint_and_for_libreoffice():
    parts = parts_of(made("lecture-2-2-1", "pptx"))
    slides = [
        part.decode() for name, part in parts.items() if re.match(r"ppt/slides/slide\d", name)
    ]
    choices = [re.findall(r'Requires="(\w+)">(.*?)</mc:Choice>', slide) for slide in slides]
    assert sum(map(len, choices)) > 30
    for slide, found in zip(slides, choices, strict=True):
        assert [who for who, _ in found] == ["aligned", "a14"] * (len(found) // 2)
        for who, shape in found:
            assert ("<m:t>&amp;</m:t>" in shape) is (who == "aligned")
            assert ("<a:ext " in shape) is (who == "a14")
        # A picture is described in words; pandoc would add its whole content to them.
        assert "base64" not in slide


@pytest.mark.parametrize("name", ["mazur-2-2-2", "softmax-classifier", "batch-norm"])
def test_libreoffice_finds_nothing_missing(name, tmp_path):
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    # Slides take as long as both documents together.
    kinds = ("docx", "odt", "pptx") if name == "softmax-classifier" else ("docx", "odt")
    for kind in kinds:
        (tmp_path / f"{kind}.{kind}").write_bytes(made(name, kind))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += ["--convert-to", "pdf", *(f"{kind}.{kind}" for kind in kinds)]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    for kind in kinds:
        pages = PdfReader(tmp_path / f"{kind}.pdf").pages
        text = "".join(page.extract_text() for page in pages)
        # The sign LibreOffice puts where it misses something, and that for "and", which it reads for an ampersand.
        assert not set("¿∧") & set(text), kind
        assert "∂" in text
