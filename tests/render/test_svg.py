"""Drawings as SVG: valid, escaped, readable by machines, the same as the day they were looked at."""

import msgspec
import pytest

from explainer.lesson.examples import example
from explainer.pages.narrate import narrate
from explainer.pages.page import Badge, Reference
from explainer.render.diagram import draw
from explainer.render.palette import PALETTES
from explainer.render.svg import to_svg
from explainer.trace.moment import moment_at, starting_moment
from explainer.trace.run import trace
from tests.render.golden import compare, normalised, parsed
from tests.render.networks import LESSONS, badges, dense, late

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"


def at_step(name: str, kind: str, subject: str, language: str = "en"):
    drawn = example(name)
    runs = trace(drawn, 1)
    steps = runs[0].summary.steps
    index = next(step.index for step in steps if (step.kind, step.subject) == (kind, subject))
    page = narrate(runs, 0, index, language, 5)
    moment = moment_at(drawn, runs[0].summary, index)
    return draw(drawn, moment, digits=5, language=language, badges=page.badges)


def at_start(name: str):
    drawn = LESSONS.get(name) or example(name)
    return draw(drawn, starting_moment(drawn), digits=5, language="en")


PICTURES = {
    "lecture-start": lambda: at_start("lecture-2-2-1"),
    "lecture-gradient-w1": lambda: at_step("lecture-2-2-1", "gradient_weight", "w1"),
    "lecture-gradient-w1-ru": lambda: at_step("lecture-2-2-1", "gradient_weight", "w1", "ru"),
    "lecture-update-w3": lambda: at_step("lecture-2-2-1", "update", "w3"),
    "mazur-delta": lambda: at_step("mazur-2-2-2", "delta", "h1"),
    "skips": lambda: at_start("skips"),
    "tied": lambda: at_start("tied"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_are_as_they_were_looked_at(name, request):
    text = normalised(to_svg(PICTURES[name](), "light"))
    compare(name, text, regenerate=request.config.getoption("--regen"))


@pytest.mark.parametrize("palette", PALETTES)
def test_every_palette_gives_a_valid_picture(palette):
    drawn = LESSONS["3-5-5-2"]
    drawing = draw(drawn, late(drawn), digits=5, language="en", badges=badges(drawn))
    root = parsed(to_svg(drawing, palette))
    assert root.tag == f"{SVG}svg"
    assert root.find(f"{SVG}rect").get("fill") == PALETTES[palette].ground
    used = {use.get(LINK)[1:] for use in root.iter(f"{SVG}use")}
    defined = {path.get("id") for path in root.find(f"{SVG}defs")}
    assert used == defined
    assert not list(root.iter(f"{SVG}text")), "text would depend on the fonts of the viewer"


def test_an_unknown_palette_is_an_error():
    with pytest.raises(KeyError):
        to_svg(at_start("1-1"), "sepia")


def test_machines_read_title_description_and_labels():
    root = parsed(to_svg(PICTURES["lecture-gradient-w1"]()))
    assert root[0].tag == f"{SVG}title"
    assert root[0].text.startswith("The lecture example")
    for words in ("i_1 2", "w_1 0.11", "ŷ 0.191", "E 0.327", "target y = 1", "−0.809"):
        assert words in root.find(f"{SVG}desc").text.split("; ")
    labels = {group.get("aria-label") for group in root.iter(f"{SVG}g")}
    assert {"w_1 0.11", "0.191", "HIDDEN · identity"} <= labels


def test_what_a_user_typed_is_escaped():
    drawn = msgspec.structs.replace(dense(1, 1), title="<script>alert('&\"')</script>")
    svg = to_svg(draw(drawn, starting_moment(drawn), digits=5, language="en"))
    assert "<script" not in svg
    assert parsed(svg)[0].text == drawn.title


def test_the_same_drawing_gives_the_same_bytes():
    drawing = PICTURES["mazur-delta"]()
    assert to_svg(drawing, "dark") == to_svg(drawing, "dark")


def test_six_factors_wear_six_underlines():
    drawn = LESSONS["3-5-5-2"]
    marks = tuple(
        Badge(number, str(number), Reference("edge", edge.source, edge.target))
        for number, edge in enumerate(drawn.network.edges[:6])
    )
    svg = to_svg(draw(drawn, late(drawn), digits=5, language="en", badges=marks), "light")
    root = parsed(svg)
    white = [path for path in root.iter(f"{SVG}path") if path.get("stroke") == "#ffffff"]
    # The strokes of dashed lines, and the ways that waves and doubled lines take.
    assert len({(path.get("stroke-dasharray"), _way(path.get("d"))) for path in white}) == 6


def _way(path: str) -> str:
    return "".join(letter for letter in path if letter in "hqm")[:3]


def test_typst_sets_the_picture_with_everything_on_it(tmp_path):
    import typst

    (tmp_path / "graph.svg").write_text(
        to_svg(PICTURES["lecture-gradient-w1"](), "print"), encoding="utf-8"
    )
    (tmp_path / "page.typ").write_text(
        '#set page(width: auto, height: auto, margin: 0pt)\n#image("graph.svg")\n', encoding="utf-8"
    )
    drawn = typst.compile(tmp_path / "page.typ", format="svg")
    assert drawn.count(b"<path") > 100 or drawn.count(b"<image") == 1
