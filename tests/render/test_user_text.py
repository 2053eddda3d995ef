"""What a user typed stands in every format as it was typed, and is never run there."""

import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from html import unescape

import pypandoc
import pytest
from msgspec.structs import replace

from explainer.lesson.examples import example
from explainer.pages.worked_example import worked_example
from explainer.render.publish import FORMATS, publish
from explainer.trace.run import trace
from tests.render.documents import Page, words_of
from tests.render.reading import parts_of, squeezed, words_in

TEXTS = (
    "<script>alert(1)</script>",
    "\\input{/etc/passwd}",
    '#read("/etc/passwd")',
    "{{7*7}}",
    "=cmd|' /C calc'!A0",
    "]]>",
    "{1:NUMERICAL:=1:0}",
    "$x$ \\(y\\) `z`",
    '"""',
    "@@PLUGINFILE@@",
)
TITLE = " ".join(TEXTS)


def words(name, content):
    """Return all words of a file without blanks, as a reader sees them."""
    text = content.decode("utf-8", "replace")
    match name:
        case "pdf":
            return words_of(content)
        case "html":
            return squeezed(Page(content).text)
        case "docx":
            return words_in(parts_of(content)["word/document.xml"])
        case "odt":
            return words_in(parts_of(content)["content.xml"])
        case "pptx":
            parts = parts_of(content)
            return "".join(
                words_in(part)
                for at, part in parts.items()
                if "slides/slide" in at and at.endswith(".xml")
            )
        case "ipynb":
            return squeezed(json.loads(text)["metadata"]["title"])
        case "moodle":
            root = ET.fromstring(content)  # noqa: S314 - made by this program
            return squeezed(root.findtext("question/name/text"))
        case _:
            return squeezed(text)


@pytest.fixture(scope="module")
def published():
    lesson = replace(example("lecture-2-2-1"), title=TITLE, description=TITLE)
    runs = trace(lesson, 1)
    document = worked_example(lesson, runs, "en", 5)
    return {name: publish(document, lesson, runs, name, "en", 5) for name in FORMATS}


@pytest.mark.parametrize(
    "name", [name for name in FORMATS if name not in ("csv", "svg", "png", "tex", "md")]
)
@pytest.mark.parametrize("text", TEXTS)
def test_stands_as_typed(name, text, published):
    assert squeezed(text) in words(name, published[name])


@pytest.mark.parametrize("text", TEXTS)
def test_a_picture_holds_it_as_text_alone(text, published):
    root = ET.fromstring(published["svg"])  # noqa: S314 - made by this program
    assert not [node for node in root.iter() if node.tag.endswith("script")]
    assert text in "".join(root.itertext()) + "".join(root.attrib.values())


def test_markdown_escapes_it(published):
    text = published["md"].decode()
    assert "<script" not in text
    assert "\\$x\\$" in text
    assert "{{7\\*7}}" in text


@pytest.mark.parametrize("name", ["md", "ipynb"])
def test_latex_made_of_markdown_escapes_it_too(name, published):
    text = published[name].decode()
    if name == "ipynb":
        text = "\n\n".join(
            "".join(cell["source"])
            for cell in json.loads(text)["cells"]
            if cell["cell_type"] == "markdown"
        )
    body = pypandoc.convert_text(text, "latex", format="markdown")
    assert "\\input{" not in body
    assert "\\textbackslash input\\{/etc/passwd\\}" in body


def test_latex_escapes_it(published):
    body = published["tex"].decode()
    assert "\\input{" not in body
    assert "\\textbackslash input\\{/etc/passwd\\}" in body


def test_no_cell_of_a_table_begins_a_formula(published):
    for line in published["csv"].decode().splitlines():
        assert not re.search(r"(^|,)[=+@]", line)
    assert "cmd" not in published["csv"].decode()


def test_moodle_finds_no_blank_in_it(published):
    root = ET.fromstring(published["moodle"])  # noqa: S314 - made by this program
    steps = len(trace(example("lecture-2-2-1"), 1)[0].summary.steps)
    for question in root:
        text = question.findtext("questiontext/text")
        found = re.findall(r"\{\d*:NUMERICAL:", text)
        assert len(found) == (steps if question.get("type") == "cloze" else 0)
        assert "<script" not in unescape(text).replace("&lt;", "")


@pytest.mark.parametrize("program", ["pdflatex", "xelatex"])
@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("name", ["lecture-2-2-1", "mazur-2-2-2", "batch-norm"])
def test_latex_compiles(name, language, program, tmp_path):
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    if language == "ru" and program == "pdflatex" and not shutil.which("kpsewhich"):
        pytest.skip("no fonts")
    lesson = replace(example(name), description=TITLE)
    runs = trace(lesson, 1)
    document = worked_example(lesson, runs, language, 5)
    (tmp_path / "a.tex").write_bytes(publish(document, lesson, runs, "tex", language, 5))
    command = [program, "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "a.tex"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=120)
    log = result.stdout.decode("utf-8", "replace")
    assert result.returncode == 0, log[-1500:]
    wide = [float(size) for size in re.findall(r"Overfull \\hbox \(([\d.]+)pt", log)]
    assert max(wide, default=0) < 20
