"""Sheets on paper: nothing tells by colour alone what a black-and-white copier would lose; nothing is cut."""

import io
import re
import shutil
import subprocess

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from explainer.lesson.edits import set_parameter
from explainer.lesson.examples import example
from explainer.pages.page import AnswerSpace, Figure
from explainer.pages.sheets.model import Heads
from explainer.pages.sheets.plan import KINDS, Options
from explainer.pages.sheets.series import series
from explainer.pages.sheets.sheet import key, together, worksheet
from explainer.render.publish import publish
from explainer.render.publish_job import Job
from explainer.render.shapes import Curve
from explainer.render.step_groups import is_narrow, stays_together, steps
from explainer.render.svg import to_svg

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def sheet_of(name, language="en", **options):
    (sheet,) = series(
        example(name), 1, 2, Options(**options), language, 4, heads=Heads("School", "Course")
    )
    return sheet


def pdf_of(sheet, document, paper="a4"):
    content = publish(
        document, sheet.run.lesson, [sheet.run], "pdf", sheet.language, 4, paper=paper
    )
    return PdfReader(io.BytesIO(content))


def grey(colour):
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255


def test_the_sign_of_a_weight_survives_the_copier():
    lesson = example("lecture-2-2-1")
    lesson = set_parameter(lesson, "w1", -0.4)
    (sheet,) = series(lesson, 1, 2, Options(), "en", 4)
    figure = next(block for block in worksheet(sheet).blocks if isinstance(block, Figure))
    job = Job(worksheet(sheet), sheet.run.lesson, [sheet.run], "en", 4)
    drawing = job.drawing(figure)
    network = sheet.run.lesson.network
    for edge in network.edges:
        curve = next(
            shape
            for shape in drawing.shapes
            if isinstance(shape, Curve) and shape.key == f"edge:{edge.source}>{edge.target}"
        )
        assert curve.dashed is (network.value(edge.weight) < 0)
    # In grey, every line and letter of the print palette is dark enough, every ground light.
    for colour in set(COLOUR.findall(to_svg(drawing, "print"))):
        assert grey(colour) <= 0.75 or grey(colour) >= 0.85


def test_factors_are_told_apart_without_colour():
    sheet = sheet_of("mazur-2-2-2", kinds=("factors",), share=100)
    content = publish(worksheet(sheet), sheet.run.lesson, [sheet.run], "tex", "en", 4).decode()
    body = content.split("\\begin{document}")[1]
    assert "\\underbrace" in body
    assert "\\color" not in re.sub(
        r"\\begin\{tikzpicture\}.*?\\end\{tikzpicture\}", "", body, flags=re.DOTALL
    )


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_sheet_and_key_are_set_on_the_paper_asked_for(language, paper, size):
    sheet = sheet_of("mazur-2-2-2", language, kinds=tuple(KINDS), points=True, space="grid")
    for document in (worksheet(sheet), key(sheet)):
        reader = pdf_of(sheet, document, paper)
        assert reader.pages
        for page in reader.pages:
            assert (round(page.mediabox.width), round(page.mediabox.height)) == size
        assert sheet.form in reader.pages[0].extract_text()


def test_a_title_too_long_for_the_head_of_a_page_keeps_its_beginning_and_the_form():
    sheet = sheet_of("lecture-2-2-1")
    document = replace(worksheet(sheet), title="Begin " + "<b>$x$ #read " * 14 + "· " + sheet.form)
    later = pdf_of(sheet, document).pages[1].extract_text().splitlines()[0]
    assert later.startswith("Begin <b>$x$")
    assert later.endswith(f"… · {sheet.form}")


def test_two_numbers_asked_for_stand_beside_each_other_but_no_formula_and_no_box():
    def sides(**options):
        sheet = sheet_of("mazur-2-2-2", share=100, **options)
        groups = [group for group in steps(worksheet(sheet).blocks) if is_narrow(group)]
        return sum(isinstance(block, AnswerSpace) for group in groups for block in group)

    assert sides(kinds=("updates",)) == 8
    assert sides(kinds=("updates",), space="box") == 0
    assert sides(kinds=("symbols",)) == 0


def test_narrow_steps_stand_beside_each_other_in_latex_as_in_the_web_page():
    sheet = sheet_of("mazur-2-2-2")
    for document in (worksheet(sheet), key(sheet)):
        page, source = (
            publish(document, sheet.run.lesson, [sheet.run], form, "en", 4).decode()
            for form in ("html", "tex")
        )
        assert source.count("\n\\examplenext\n") == page.count('class="pair"') > 3


def test_a_step_of_ten_lines_is_not_torn_apart():
    sheet = sheet_of("batch-norm")
    groups = steps(key(sheet).blocks)
    assert all(stays_together(group) for group in groups if getattr(group[0], "level", 0) >= 3)


def test_answers_are_not_in_the_text_of_the_file():
    sheet = sheet_of("mazur-2-2-2", share=100)
    text = " ".join(page.extract_text() for page in pdf_of(sheet, worksheet(sheet)).pages)
    for answer in sheet.questions.answers:
        if len(answer.text.strip("−")) > 5:
            assert answer.text.strip("−") not in text.replace(" ", "")


@pytest.mark.parametrize("space", ["line", "box", "grid"])
@pytest.mark.parametrize("form", ["html", "tex", "pdf"])
def test_every_answer_has_its_room(form, space):
    sheet = sheet_of("lecture-2-2-1", space=space)
    document = worksheet(sheet)
    rooms = [block for block in document.blocks if isinstance(block, AnswerSpace)]
    assert len(rooms) == len(sheet.questions.answers)
    content = publish(document, sheet.run.lesson, [sheet.run], form, "en", 4)
    if form == "html":
        assert content.decode().count(f'class="answer{space}"') == len(rooms)
    elif form == "tex":
        assert content.decode().count(f"\\begin{{exampleanswer{space}}}") == len(rooms)
    assert content == publish(document, sheet.run.lesson, [sheet.run], form, "en", 4)


def test_all_sheets_in_one_file_begin_on_pages_of_their_own():
    sheets = list(series(example("lecture-2-2-1"), 3, 2, Options(), "en", 4))
    documents = [worksheet(sheet, place) for place, sheet in enumerate(sheets)]
    runs = [sheet.run for sheet in sheets]
    content = publish(together(documents, "All"), runs[0].lesson, runs, "pdf", "en", 4)
    first = [
        number
        for number, page in enumerate(PdfReader(io.BytesIO(content)).pages)
        if any(sheet.form in page.extract_text() for sheet in sheets)
    ]
    assert len(first) == 3
    single = publish(replace(documents[0]), runs[0].lesson, runs[:1], "pdf", "en", 4)
    assert first[1] == len(PdfReader(io.BytesIO(single)).pages)


@pytest.mark.parametrize("program", ["pdflatex", "xelatex"])
@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("space", ["line", "box", "grid"])
def test_latex_of_sheets_and_keys_compiles(program, language, space, tmp_path):
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    sheet = sheet_of("mazur-2-2-2", language, kinds=tuple(KINDS), points=True, space=space)
    for name, make in (("sheet", worksheet), ("key", key)):
        content = publish(make(sheet), sheet.run.lesson, [sheet.run], "tex", language, 4)
        (tmp_path / f"{name}.tex").write_bytes(content)
        command = [program, "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape"]
        result = subprocess.run(
            [*command, f"{name}.tex"], cwd=tmp_path, capture_output=True, check=False, timeout=120
        )
        log = result.stdout.decode("utf-8", "replace")
        assert result.returncode == 0, log[-1500:]
        wide = [float(size) for size in re.findall(r"Overfull \\hbox \(([\d.]+)pt", log)]
        assert max(wide, default=0) < 20
