"""The same shapes as TikZ: nothing a label says is read as LaTeX."""

from msgspec.structs import replace

from explainer.lesson.examples import example
from explainer.render.diagram import draw
from explainer.render.shapes import Box, Circle, Curve, Drawing, Label, Run, Underline
from explainer.render.tikz import escaped, to_tikz
from explainer.trace.moment import starting_moment

SHAPES = (
    Curve("e", (0, 0, 10, 0, 20, 5, 30, 5), 2.0, "quiet", dashed=True, active=True),
    Circle("c", 10, 10, 8, "forward"),
    Box("b", 40, 10, 20, 10, 3, "error", fill="solid"),
    Underline("u", 30, 12, 10, 1),
)


def label(*runs: Run) -> str:
    (line,) = to_tikz(Drawing(10, 10, (Label("l", 1, 2, runs, 12, "plain"),)), 1.0).splitlines()[
        2:-1
    ]
    return line[line.index(") {") + 3 : -2]


def test_every_shape_is_drawn_at_its_place():
    tikz = to_tikz(Drawing(50, 20, SHAPES), 0.5)
    assert tikz.startswith("\\begin{tikzpicture}[x=0.5000pt,y=-0.5000pt")
    assert "(0.00,0.00) .. controls (10.00,0.00) and (20.00,5.00) .. (30.00,5.00)" in tikz
    assert "(10.00,10.00) circle[radius=4.00pt]" in tikz
    assert "(30.00,5.00) rectangle (50.00,15.00)" in tikz
    assert "(30.00,12.00) -- (40.00,12.00)" in tikz
    assert "dash pattern=on 3.50pt off 2.50pt" in tikz


def test_an_active_edge_has_its_halo_below_everything():
    lines = to_tikz(Drawing(50, 20, SHAPES[:1]), 1.0).splitlines()
    assert len([line for line in lines if "controls" in line]) == 2


def test_symbols_are_formulas():
    assert label(Run("h", "italic"), Run("12", "sub")) == "$h$$_{12}$"
    assert label(Run("ŷ", "italic")) == "$\\hat{y}$"
    assert label(Run("η", "italic"), Run(" −0.5")) == "$\\eta $ $-$0.5"


def test_signs_of_latex_are_printed():
    assert escaped("\\input{x} $1 & #2 %_^~") == (
        "\\textbackslash{}input\\{x\\} \\$1 \\& \\#2 \\%\\_\\textasciicircum{}\\textasciitilde{}"
    )
    assert label(Run("}", "sub")) == "$_{\\text{\\}}}$"


def test_the_drawing_of_a_lesson_is_one_picture():
    lesson = example("mazur-2-2-2")
    drawing = draw(lesson, starting_moment(lesson), digits=5, language="ru")
    tikz = to_tikz(replace(drawing, title="\\input{x}"), 0.5)
    assert tikz.count("\\node") == sum(isinstance(shape, Label) for shape in drawing.shapes)
    assert "input" not in tikz
