"""Formulas as pictures: everything that the printer writes, its baseline exact, no colours, a clear refusal."""

import re
import subprocess
import sys

import pytest

from explainer.lesson.examples import example, example_names
from explainer.messages import Refused
from explainer.pages.narrate import narrate
from explainer.render.formulas import picture
from explainer.trace.run import trace
from explainer.worker.drawing import _latex_of
from tests.render.golden import parsed

WRITTEN = [
    r"\frac{\partial E}{\partial w_{1}}",
    r"\hat{y}",
    r"\bar{x}",
    r"\tilde{w}",
    r"\delta_{h_1}",
    r"\cdot",
    r"\approx",
    r"=",
    r"\dots",
    r"\left(\hat{y} - y\right)",
    r"\bigl(",
    r"\Bigl(",
    r"\Bigr)",
    r"\begin{cases} 0 & z \le 0 \\ z & \text{otherwise} \end{cases}",
    r"\begin{cases} 0 & z \le 0 \\ z & \text{иначе} \end{cases}",
    r"\operatorname{ReLU}\left(z\right)",
    r"\mathrm{bias}_{1}",
    r"\left(y - \hat{y}\right)^{2}",
    r"1.2 \cdot 10^{-7}",
    r"0{,}191",
    r"\text{цель}",
    r"\underbrace{\left(0{,}191 - 1\right)}_{\frac{\partial E}{\partial \hat{y}}}",
    r"\frac{1}{1 + e^{-z_{h_1}}}",
    r"\tanh\left(z\right)",
    r"w_{1}^{+}",
    r"\sqrt{x}",
    r"\infty",
    r"\mathrm{NaN}",
    r"{E^{2}}^{(3)}",
]


@pytest.mark.parametrize("latex", WRITTEN)
def test_everything_the_printer_writes_is_drawn(latex):
    drawn = picture(latex)
    root = parsed(drawn.svg)
    assert len(root) > 0
    assert float(root.get("width")) == pytest.approx(drawn.width, abs=0.01)
    assert float(root.get("height")) == pytest.approx(drawn.height, abs=0.01)
    assert "fill" not in drawn.svg
    assert "stroke" not in drawn.svg
    # Text and symbols that Qt draws in part only.
    assert not {element.tag.rpartition("}")[2] for element in root.iter()} - {
        "svg",
        "path",
        "rect",
        "g",
    }


@pytest.mark.parametrize("name", example_names())
def test_every_formula_of_every_example_is_drawn(name):
    runs = trace(example(name), 1)
    for index in range(-1, len(runs[0].summary.steps)):
        for latex in _latex_of(narrate(runs, 0, index, "ru", 5)):
            assert picture(latex).width > 0


def test_baselines_agree_between_a_fraction_and_a_letter():
    # The x of "x" alone and of "x" beside a fraction stand at one height over the baseline.
    alone, beside = picture("x"), picture(r"x\frac{a}{b}")
    assert beside.height > 2 * alone.height
    assert _first_glyph_top(alone) == pytest.approx(_first_glyph_top(beside), abs=0.01)


def test_the_foot_of_a_letter_stands_on_the_baseline():
    drawn = picture("h")
    # The margin is 1 and the letter's foot overshoots the line by a hair.
    assert drawn.height - drawn.ascent == pytest.approx(1.0, abs=0.4)
    deep = picture("y")
    assert deep.height - deep.ascent > 4


def _first_glyph_top(drawn):
    """How far the first glyph reaches over the baseline."""
    path = parsed(drawn.svg).find(".//{http://www.w3.org/2000/svg}path").get("d")
    numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path)]
    top = min(numbers[1::2])
    box = [float(number) for number in parsed(drawn.svg).get("viewBox").split()]
    assert -box[1] == pytest.approx(drawn.ascent, abs=0.01)
    return -top


def test_a_hat_is_a_hat_and_not_a_roof():
    assert picture(r"\hat{y}").width == pytest.approx(picture("y").width, abs=3)


def test_a_sign_behind_a_bracket_is_not_spaced_like_a_difference():
    alone, bracketed = picture("-0.5").width, picture(r"\left(-0.5\right)").width
    brackets = picture("(").width + picture(")").width
    assert bracketed < alone + brackets + 2


def test_the_same_formula_is_drawn_once():
    assert picture(r"\frac{a}{b}") is picture(r"\frac{a}{b}")


@pytest.mark.parametrize(
    "latex", [r"\frac{1", r"\left(", "", " ", r"\begin{cases}", "x" * 5000, "<b>&"]
)
def test_what_cannot_be_drawn_is_refused_with_its_latex(latex):
    with pytest.raises(Refused) as caught:
        picture(latex)
    assert latex[:50] in str(caught.value)


def test_the_module_alone_loads_no_ziamath():
    code = "import sys, explainer.render.formulas; print('ziamath' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
