"""The web page can be read: text stands out from its ground, MathML is MathML, and says what the formulas say."""

import re
import xml.etree.ElementTree as ET

import pytest

from explainer.lesson.examples import example
from explainer.pages.sheets.plan import KINDS, Options
from explainer.pages.sheets.series import series
from explainer.pages.sheets.sheet import key, worksheet
from explainer.pages.worked_example import worked_example
from explainer.render.publish import publish
from explainer.render.typesetting import template
from explainer.trace.run import trace

# MathML Core, and `menclose` for the boxes of worksheets, which the page draws itself.
ELEMENTS = {
    "math", "semantics", "annotation", "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msub",
    "msup", "msubsup", "munder", "mover", "munderover", "mtable", "mtr", "mtd", "mstyle", "mpadded", "mphantom", "menclose",
}  # fmt: skip
ARGUMENTS = {"mfrac": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "mroot": 2}


def luminance(colour):
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_rightly():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_text_stands_out_from_its_ground():
    style = template("html").read_text("utf-8")
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", style))
    used = set(re.findall(r"(?<![-\w])color: var\(--(\w+)\)", style))
    assert used == {"ink", "quiet"}
    for name in used:
        assert contrast(colours[name], colours["paper"]) >= 4.5
    # Nothing has a colour of its own beside these.
    assert not re.search(r"(?<![-\w])color: #", style)


def pages(name, language):
    lesson = example(name)
    runs = trace(lesson, 1)
    yield worked_example(lesson, runs, language, 5), lesson, runs
    (sheet,) = series(lesson, 1, 7, Options(kinds=tuple(KINDS)), language, 4)
    for make in (worksheet, key):
        yield make(sheet), sheet.run.lesson, [sheet.run]


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("name", ["mazur-2-2-2", "softmax-classifier", "batch-norm", "graph-sin"])
def test_every_formula_is_sound_mathml(name, language):
    for document, lesson, runs in pages(name, language):
        page = publish(document, lesson, runs, "html", language, 5).decode()
        formulas = re.findall(r"<math.*?</math>", page, re.DOTALL)
        assert formulas
        assert "math inline" not in page  # how pandoc marks a formula that it could not read
        for formula in formulas:
            root = ET.fromstring(formula)  # noqa: S314 - made by this program
            for element in root.iter():
                tag = element.tag.rpartition("}")[2]
                assert tag in ELEMENTS
                assert len(element) == ARGUMENTS.get(tag, len(element)), formula
