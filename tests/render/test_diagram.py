"""What a drawing shows at a moment, and what it needs."""

import subprocess
import sys

import pytest

from explainer.lesson.edits import set_parameter
from explainer.lesson.examples import example, example_names
from explainer.pages.narrate import narrate
from explainer.pages.page import Badge, Reference
from explainer.render.diagram import draw
from explainer.render.metrics import label_width
from explainer.render.shapes import Drawing
from explainer.trace.moment import moment_at, starting_moment
from explainer.trace.run import trace
from tests.render.areas import collisions, outside, spilled
from tests.render.networks import LESSONS, badges, dense, late, lesson, tied


def shapes(drawing: Drawing) -> dict:
    found = {shape.key: shape for shape in drawing.shapes}
    assert len(found) == len(drawing.shapes), "a key stands for one shape"
    return found


def text(label) -> str:
    return "".join(run.text for run in label.runs)


def lecture_at(
    kind: str, subject: str, *, language: str = "en", digits: int = 5, number: int = 0
) -> Drawing:
    lecture = example("lecture-2-2-1")
    runs = trace(lecture, number + 1)
    steps = runs[number].summary.steps
    index = next(step.index for step in steps if (step.kind, step.subject) == (kind, subject))
    page = narrate(runs, number, index, language, digits)
    moment = moment_at(lecture, runs[number].summary, index)
    return draw(lecture, moment, digits=digits, language=language, badges=page.badges)


def test_before_the_first_step_there_are_weights_and_inputs_and_nothing_is_quiet():
    lecture = example("lecture-2-2-1")
    found = shapes(draw(lecture, starting_moment(lecture), digits=5, language="en"))
    assert text(found["value:i1"]) == "2"
    assert text(found["weight:i1>h1"]) == "w1 0.11"
    assert text(found["symbol:o1"]) == "ŷ"
    assert "value:h1" not in found
    assert "error:value" not in found
    assert text(found["target:o1"]) == "target y = 1"
    assert {found[f"circle:{name}"].tone for name in ("i1", "h1", "o1")} == {"plain"}


def test_the_picture_of_the_lecture_at_the_gradient_of_w1():
    found = shapes(lecture_at("gradient_weight", "w1"))
    values = {key: text(found[key]) for key in ("value:h1", "value:h2", "value:o1", "error:value")}
    assert values == {
        "value:h1": "0.85",
        "value:h2": "0.48",
        "value:o1": "0.191",
        "error:value": "0.327",
    }
    bright = {key for key, shape in found.items() if getattr(shape, "active", False)}
    for key in ("edge:i1>h1", "edge:h1>o1", "link:o1", "pill:i1>h1", "circle:h1"):
        assert key in bright
        assert found[key].tone == "backward"
    for key in ("edge:i2>h1", "edge:i1>h2", "edge:h2>o1", "circle:h2", "pill:h2>o1"):
        assert key not in bright
        assert found[key].tone == "quiet"
    assert [text(found[f"badgetext:{n}"]) for n in range(3)] == ["−0.809", "0.14", "2"]
    assert found["pill:h1>o1"].factor == 1
    assert found["circle:i1"].factor == 2
    assert [found[f"underline:{n}"].factor for n in range(3)] == [0, 1, 2]


def test_headers_name_layers_and_activations():
    found = shapes(lecture_at("weighted_sum", "h1"))
    assert [text(found[f"header:{name}"]) for name in (0, 1, 2, "error")] == [
        "INPUT",
        "HIDDEN · identity",
        "OUTPUT",
        "ERROR",
    ]
    deep = dense(2, 4, 2, 1)
    found = shapes(draw(deep, starting_moment(deep), digits=5, language="en"))
    assert text(found["header:2"]) == "HIDDEN 2 · sigmoid"


def test_numbers_are_written_as_in_the_language():
    assert text(shapes(lecture_at("loss", "E", language="ru"))["value:o1"]) == "0,191"


def test_a_pre_activation_is_shown_until_the_activation_is_known():
    mazur = example("mazur-2-2-2")
    one_pass = trace(mazur, 1)[0].summary
    first = shapes(draw(mazur, moment_at(mazur, one_pass, 0), digits=5, language="en"))
    second = shapes(draw(mazur, moment_at(mazur, one_pass, 1), digits=5, language="en"))
    assert text(first["value:h1"]) == "z = 0.378"
    assert text(second["value:h1"]) == "0.593"


def test_new_values_wear_the_colour_of_the_update():
    drawing = shapes(lecture_at("update", "w2"))
    assert drawing["weight:i2>h1"].tone == "update"
    assert text(drawing["weight:i1>h1"]) == "w1 0.121"
    assert drawing["weight:i1>h1"].tone == "update"
    assert drawing["weight:i1>h2"].tone == "quiet"


def test_the_sign_of_a_weight_is_its_dash_and_its_size_the_width():
    drawn = dense(3, 1)
    changed = set_parameter(set_parameter(drawn, "w1", -2.0), "w2", 0.1)
    found = shapes(draw(changed, starting_moment(changed), digits=5, language="en"))
    assert found["edge:x0_1>o1_1"].dashed
    assert not found["edge:x0_2>o1_1"].dashed
    assert found["edge:x0_1>o1_1"].width > found["edge:x0_2>o1_1"].width


def test_tied_parameters_have_a_card_behind_them():
    drawn = tied()
    found = shapes(draw(drawn, starting_moment(drawn), digits=5, language="en"))
    cards = {key for key in found if key.startswith("tied:")}
    assert cards == {"tied:x1>s1", "tied:x2>s2", "tied:s1", "tied:s2"}


def test_a_shared_bias_is_bright_at_the_neuron_of_the_step():
    mazur = example("mazur-2-2-2")
    runs = trace(mazur, 1)
    step = next(s for s in runs[0].summary.steps if s.kind == "gradient_bias" and s.neuron == "o2")
    page = narrate(runs, 0, step.index, "en", 5)
    moment = moment_at(mazur, runs[0].summary, step.index)
    found = shapes(draw(mazur, moment, digits=5, language="en", badges=page.badges))
    assert found["bias:o2"].active
    assert not found["bias:o1"].active


def test_several_outputs_all_lead_into_the_error_and_have_numbered_targets():
    mazur = example("mazur-2-2-2")
    found = shapes(draw(mazur, starting_moment(mazur), digits=5, language="en"))
    assert {"link:o1", "link:o2"} <= set(found)
    assert text(found["target:o1"]) == "target y1 = 0.01"
    assert text(found["target:o2"]) == "target y2 = 0.99"


def test_many_edges_are_straight_and_carry_only_the_weights_of_the_step():
    drawn = dense(12, 14)
    drawing = shapes(draw(drawn, late(drawn), digits=5, language="en", badges=badges(drawn)))
    x0, y0, x1, y1, *_, x3, y3 = drawing["edge:x0_1>o1_14"].points
    assert abs((x1 - x0) * (y3 - y0) - (y1 - y0) * (x3 - x0)) < 1e-6
    assert [key for key in drawing if key.startswith("pill:")] == ["pill:x0_1>o1_1"]


def test_the_drawing_grows_with_the_network():
    small, large = (
        draw(drawn, starting_moment(drawn), digits=5, language="en")
        for drawn in (dense(1, 1), dense(40, 60, 60, 60, 60, 20))
    )
    assert large.width > small.width
    assert large.height > 10 * small.height
    assert outside(large) == []


def test_nothing_moves_from_step_to_step():
    lecture = example("lecture-2-2-1")
    runs = trace(lecture, 1)
    places = set()
    for step in runs[0].summary.steps:
        page = narrate(runs, 0, step.index, "en", 5)
        moment = moment_at(lecture, runs[0].summary, step.index)
        drawing = draw(lecture, moment, digits=5, language="en", badges=page.badges)
        found = shapes(drawing)
        pills = tuple(
            (key, s.x, s.y, s.width) for key, s in found.items() if key.startswith("pill:")
        )
        places.add((drawing.width, drawing.height, pills))
    assert len(places) == 1


def test_the_same_moment_gives_the_same_drawing():
    drawn = LESSONS["3-5-5-2"]
    first, second = (
        draw(drawn, late(drawn), digits=5, language="en", badges=badges(drawn)) for _ in range(2)
    )
    assert first == second


@pytest.mark.parametrize("name", example_names())
@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_step_of_every_example_is_drawn_without_a_collision(name, language):
    drawn = example(name)
    runs = trace(drawn, 2)
    for number, run in enumerate(runs):
        for step in run.summary.steps:
            page = narrate(runs, number, step.index, language, 5)
            moment = moment_at(drawn, run.summary, step.index)
            drawing = draw(drawn, moment, digits=5, language=language, badges=page.badges)
            assert collisions(drawing) + spilled(drawing) + outside(drawing) == []
            shown = [s for s in drawing.shapes if s.key.startswith("badge:")]
            assert len(shown) == len(page.badges)


def test_a_badge_of_something_that_is_not_there_is_left_out():
    drawn = dense(1, 1)
    strange = [
        Reference("neuron", "nobody"),
        Reference("edge", "nobody", "no one"),
        Reference("error_link", "nobody"),
        Reference("parameter", "nothing"),
    ]
    marks = tuple(Badge(number, "1", reference) for number, reference in enumerate(strange))
    drawing = draw(drawn, late(drawn), digits=5, language="en", badges=marks)
    assert not [shape for shape in drawing.shapes if shape.key.startswith("badge")]


def test_pinned_neurons_stand_where_they_are_pinned():
    drawn = LESSONS["pinned"]
    found = shapes(draw(drawn, starting_moment(drawn), digits=5, language="en"))
    between = (found["header:1"].x + found["header:2"].x) / 2
    assert found["circle:h3"].x == pytest.approx(between)
    assert found["circle:x1"].y < found["circle:h1"].y < found["circle:h3"].y


def test_a_network_without_weights_is_drawn_too():
    from explainer.lesson.lesson import Neuron

    alone = lesson([Neuron("x", "input"), Neuron("o", "output", bias="b")], [])
    drawing = draw(alone, starting_moment(alone), digits=5, language="en")
    assert collisions(drawing) == []


def test_drawing_needs_no_heavy_library():
    code = (
        "import sys\n"
        "from explainer.lesson.examples import example\n"
        "from explainer.trace.moment import starting_moment\n"
        "from explainer.render.diagram import draw\n"
        "lesson = example('lecture-2-2-1')\n"
        "draw(lesson, starting_moment(lesson), digits=5, language='en')\n"
        "heavy = {'sympy', 'numpy', 'matplotlib', 'ziamath', 'ziafont', 'fontTools', 'PySide6', 'mpmath'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_widths_grow_with_text():
    from explainer.render.shapes import Run

    short, long = (label_width((Run(content),), 16.0) for content in ("0.1", "0.12"))
    assert 0 < short < long
    assert label_width((Run("1", "sub"),), 16.0) < label_width((Run("1", "italic"),), 16.0)
