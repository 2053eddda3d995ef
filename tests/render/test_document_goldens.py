"""Whole documents as text that can be compared and read; run with --regen after a change that is meant, and read the difference."""

import re

import pytest

from explainer.lesson.examples import example
from explainer.pages.sheets.plan import Options
from explainer.pages.sheets.series import series
from explainer.pages.sheets.sheet import key, worksheet
from explainer.pages.worked_example import worked_example
from explainer.render.publish import publish
from explainer.trace.run import trace
from tests.render.golden import compare

LESSON = example("lecture-2-2-1")
PICTURE = re.compile(r"\(data:image/[^)]*\)")


def normalised(content):
    """Return Markdown without its pictures, which have goldens of their own, and with one blank line between blocks."""
    text = PICTURE.sub("(picture)", content.decode())
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_worked_example(language, request):
    runs = trace(LESSON, 1)
    document = worked_example(LESSON, runs, language, 5)
    text = normalised(publish(document, LESSON, runs, "md", language, 5))
    compare(f"document-{language}", text, regenerate=request.config.getoption("--regen"))


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("make", [worksheet, key])
def test_a_worksheet_and_its_key(make, language, request):
    (sheet,) = series(LESSON, 1, 7, Options(share=60, points=True), language, 4)
    text = normalised(
        publish(make(sheet), sheet.run.lesson, [sheet.run], "md", language, sheet.digits)
    )
    name = f"{make.__name__}-{language}"
    compare(name, text, regenerate=request.config.getoption("--regen"))
