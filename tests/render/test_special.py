"""What the graph says of softmax, maxout, dropout, batch normalisation, learnt slopes, penalties and learning rules."""

import pytest
from msgspec.structs import replace

from explainer.lesson.choice import Choice
from explainer.lesson.lesson import Edge, Neuron
from explainer.maths.activations import ACTIVATIONS
from explainer.render.diagram import draw
from explainer.render.drawing.headers import activation_name
from explainer.render.palette import LIGHT
from explainer.render.shapes import Label, point_at
from explainer.render.strokes import outline
from explainer.render.svg import to_svg
from explainer.render.tikz import to_tikz
from explainer.trace.moment import starting_moment
from explainer.trace.run import trace
from tests.render.special import SPECIAL, drawings, inputs, special


def said(label: Label) -> str:
    return "".join(run.text for run in label.runs)


def find(name, wanted, language="en"):
    """Return the shapes, by key, of the first step that fits."""
    for step, drawing in drawings(SPECIAL[name], language):
        if wanted(step):
            return {shape.key: shape for shape in drawing.shapes}
    raise AssertionError("no such step")


def at(name, kind, subject, language="en", **more):
    return find(
        name,
        lambda step: (
            (step.kind, step.subject) == (kind, subject)
            and all(getattr(step, key) == value for key, value in more.items())
        ),
        language,
    )


def active(shapes):
    return {key for key, shape in shapes.items() if getattr(shape, "active", False)}


def test_the_pieces_of_a_maxout_neuron_are_edges_of_their_own():
    shapes = at("maxout", "gradient_weight", "w1_22", piece=1)
    first, second = shapes["edge:x2>h1"], shapes["edge:x2>h1 2"]
    apart = [
        abs(complex(*point_at(first.points, t)) - complex(*point_at(second.points, t)))
        for t in (0.4, 0.5, 0.6)
    ]
    assert min(apart) > 20
    assert (first.reference.piece, second.reference.piece) == (0, 1)
    assert second.active
    assert not first.active
    assert {"pill:x2>h1 2", "weight:x2>h1 2"} <= active(shapes)
    assert not {"pill:x2>h1", "edge:x1>h1", "edge:x1>h1 2"} & active(shapes)
    assert said(shapes["weight:x2>h1 2"]).startswith("w1,22 ")


def test_the_badge_of_a_pieces_derivative_stands_at_that_piece():
    shapes = at("maxout", "gradient_weight", "w1_22", piece=1)
    assert shapes["badge:0"].reference == shapes["sum:h1 2"].reference
    assert shapes["sum:h1 2"].factor == 0
    assert shapes["sum:h1 1"].factor is None


def test_the_largest_piece_is_filled_and_says_so_once_it_is_chosen():
    one_pass = trace(SPECIAL["maxout"], 1)[0].summary
    values = one_pass.values["0"]
    assert values["h1"] == max(values["h1.z1"], values["h1.z2"])
    largest = 1 if values["h1.z1"] > values["h1.z2"] else 2
    before = at("maxout", "weighted_sum", "h1", address="h1.z2")
    assert {before[f"sum:h1 {piece}"].fill for piece in (1, 2)} <= {"paper", "tint"}
    shapes = at("maxout", "maxout", "h1")
    assert shapes[f"sum:h1 {largest}"].fill == "solid"
    assert said(shapes[f"sumtext:h1 {largest}"]).endswith(" max")
    assert shapes[f"sum:h1 {3 - largest}"].fill != "solid"
    assert "max" not in said(shapes[f"sumtext:h1 {3 - largest}"])


def test_each_piece_has_its_bias():
    shapes = at("maxout", "gradient_bias", "b12")
    assert {"bias:h1", "bias:h1 2", "bias:h2", "bias:h2 2"} <= set(shapes)
    assert [key for key in sorted(active(shapes)) if key.startswith("bias:")] == ["bias:h1 2"]


def test_a_step_of_one_piece_lights_the_edges_of_that_piece():
    shapes = at("maxout of four", "weighted_sum", "h1", address="h1.z3")
    lit = {key for key in active(shapes) if key.startswith("edge:")}
    assert lit == {"edge:x1>h1 3", "edge:x2>h1 3"}
    assert {key for key in active(shapes) if key.startswith("sum:")} == {"sum:h1 3"}


def test_a_softmax_is_framed_and_named():
    shapes = at("softmax", "softmax", "o2")
    frame = shapes["group:o1"]
    for name in ("o1", "o2", "o3"):
        circle = shapes[f"circle:{name}"]
        assert abs(circle.x - frame.x) + circle.radius < frame.width / 2
        assert abs(circle.y - frame.y) + circle.radius < frame.height / 2
    assert said(shapes["softmaxtext:o1"]) == "softmax"
    assert frame.active
    assert outline(frame, LIGHT).dashes
    assert said(shapes["header:1"]) == "OUTPUT · softmax"
    assert not at("softmax", "weighted_sum", "o2")["group:o1"].active


def test_a_softmax_that_is_torn_apart_is_named_at_each_neuron():
    shapes = at("two softmaxes", "softmax", "p1")
    assert [key for key in shapes if key.startswith("group:")] == ["group:o1"]
    assert said(shapes["activationtext:p1"]) == said(shapes["activationtext:p2"]) == "softmax b"
    assert said(shapes["activationtext:q"]) == "tanh"


def dropped_and_kept():
    one_pass = trace(SPECIAL["dropout"], 1)[0].summary
    masks = {
        address.removesuffix(".mask"): value
        for address, value in one_pass.values["0"].items()
        if address.endswith(".mask")
    }
    off = [name for name, value in masks.items() if value == 0 and name != "x1"]
    on = [name for name, value in masks.items() if value == 1 and name != "x1"]
    return off[0], on[0]


def test_a_dropped_neuron_is_told_by_its_outline_its_cross_and_its_edges():
    off, on = dropped_and_kept()
    shapes = at("dropout", "weighted_sum", "o1")
    assert outline(shapes[f"circle:{off}"], LIGHT).dashes
    assert {f"cross:{off} {stroke}" for stroke in (1, 2, 3, 4)} <= set(shapes)
    assert said(shapes[f"value:{off}"]) == "0"
    assert not shapes[f"edge:{off}>o1"].active
    assert said(shapes[f"dropouttext:{off}"]) == "✗ dropout 0.5"
    assert shapes[f"edge:{on}>o1"].active
    assert not outline(shapes[f"circle:{on}"], LIGHT).dashes
    assert f"cross:{on} 1" not in shapes
    assert said(shapes[f"dropouttext:{on}"]) == "dropout 0.5"


def test_nothing_is_dropped_before_the_draw():
    off, _ = dropped_and_kept()
    assert f"cross:{off} 1" not in at("dropout", "activation", off)
    assert f"cross:{off} 1" in at("dropout", "dropout", off)


@pytest.mark.parametrize(
    ("name", "text"),
    [("dropout applied", "dropout 0.5 · ×0.5"), ("dropout inverted", "dropout 0.5 · ×2")],
)
def test_the_scaling_is_written_where_it_is_done(name, text):
    shapes = at(name, "loss", "E")
    texts = {said(shapes[f"dropouttext:h{row}"]) for row in (1, 2, 3)}
    assert text in texts
    assert texts <= {text, "✗ dropout 0.5"}


def test_what_was_dropped_is_said_in_a_picture_without_colour():
    off, _ = dropped_and_kept()
    drawing = next(d for step, d in drawings(SPECIAL["dropout"]) if step.kind == "loss")
    assert 'stroke-dasharray="4 3.5"' in to_svg(drawing)
    assert "dash pattern=on 4.00pt off 3.50pt" in to_tikz(drawing, 1.0)
    assert off


def test_batch_normalisation_shows_what_it_learns_and_what_it_measured():
    shapes = at("normalised", "normalise", "h1", address="h1.variance")
    assert said(shapes["normalisetext:h1"]) == "batch norm"
    assert said(shapes["biastext:h1 gamma"]) == "γ1 1"
    assert said(shapes["biastext:h1 beta"]) == "β1 0"
    values = trace(SPECIAL["normalised"], 1)[0].summary.values["0"]
    assert said(shapes["statistics:h1"]) == (
        f"μ = {values['h1.mean']:.3g}   σ2 = {values['h1.variance']:.3g}".replace("-", "−")
    )
    assert shapes["normalise:h1"].active
    assert "statistics:h2" not in shapes
    assert "statistics:h1" not in at("normalised", "weighted_sum", "h1")


def test_the_derivative_over_a_neuron_says_by_what_it_is():
    said_over = [
        said(shape)
        for step, drawing in drawings(SPECIAL["normalised"])
        if step.kind == "delta" and step.subject == "h1"
        for shape in drawing.shapes
        if shape.key == "delta:h1"
    ]
    starts = {text.partition(" ")[0] for text in said_over}
    assert starts == {"∂E/∂h1", "∂E/∂z̃", "∂E/∂ẑ", "∂E/∂μ", "∂E/∂σ2", "δ"}


def test_a_learnt_slope_lights_up_in_its_gradient():
    shapes = at("shared slope", "gradient_parameter", "alpha")
    assert said(shapes["biastext:h1 alpha"]) == "α 0.25"
    assert {"bias:h1 alpha", "bias:h2 alpha"} <= active(shapes)
    assert {"tied:h1 alpha", "tied:h2 alpha"} <= set(shapes)


def test_neurons_of_a_mixed_column_wear_their_activation():
    shapes = at("mixed", "activation", "h2", "ru")
    texts = [said(shapes[f"activationtext:h{row}"]) for row in (1, 2, 3, 4)]
    assert texts == ["PReLU", "tanh z + az", "z/(1+exp(-z))", "RReLU"]
    assert shapes["activation:h2"].active
    assert not any(key.startswith("activation:") for key in at("softmax", "loss", "E"))


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_activation_has_a_short_name_of_its_own(language):
    names = [
        activation_name(Choice(name), language) for name in (*ACTIVATIONS, "softmax", "maxout")
    ]
    assert max(map(len, names)) <= 17
    assert len({*names}) == len(names)


def test_a_penalty_stands_under_the_error_and_their_sum_in_it():
    before = at("penalty on weights", "loss", "E")
    assert said(before["error:symbol"]) == "E"
    assert "penalty" not in before
    shapes = at("penalty on weights", "batch_loss", "E")
    summary = trace(SPECIAL["penalty on weights"], 1)[0].summary
    penalty = next(step.value for step in summary.steps if step.kind == "penalty")
    assert said(shapes["error:symbol"]) == "J"
    assert said(shapes["error:value"]) == f"{summary.loss:.3g}"
    assert said(shapes["penalty"]) == f"penalty R = {penalty:.3g}"
    assert said(at("penalty on weights", "penalty", "R", "ru")["penalty"]).count(",") == 1


def test_clipping_by_norm_lights_every_weight():
    shapes = at("penalty on weights", "clip", "g")
    pills = {key for key in shapes if key.startswith("pill:")}
    assert pills <= active(shapes)
    assert shapes["pill:x1>h1"].tone == "update"


def test_the_derivative_by_an_input_stands_over_it():
    shapes = at("dropout applied", "gradient_input", "x2")
    value = trace(SPECIAL["dropout applied"], 1)[0].summary.input_gradients["0"]["x2"]
    assert said(shapes["delta:x2"]) == f"∂E/∂x2 = {value:.3g}".replace("-", "−")
    assert {"circle:x2", "edge:x2>h1", "edge:x2>h2", "edge:x2>h3", "circle:h1"} <= active(shapes)
    assert "circle:x1" not in active(shapes)


@pytest.mark.parametrize("rule", ["perceptron", "hebb", "delta"])
def test_a_learning_rule_lights_a_weight_and_both_its_ends(rule):
    shapes = at(rule, "rule", "w1")
    lit = active(shapes)
    assert {"circle:x1", "circle:o1", "edge:x1>o1", "pill:x1>o1"} <= lit
    assert not {"circle:x2", "edge:x2>o1", "pill:x2>o1"} & lit


def test_numbers_that_do_not_fit_lose_digits_and_never_their_end():
    for _, drawing in drawings(SPECIAL["extreme"], digits=10):
        for shape in drawing.shapes:
            if shape.key.startswith(("value:", "weight:", "error:value")):
                assert "…" not in said(shape), shape.key


def test_nothing_moves_from_step_to_step():
    drawn = replace(
        SPECIAL["everything"], update=replace(SPECIAL["everything"].update, learning_rate=0.0)
    )
    places = {
        (
            drawing.width,
            drawing.height,
            tuple(
                (s.key, s.x, s.y)
                for s in drawing.shapes
                if s.key.startswith(("circle", "pill", "bias", "sum:"))
            ),
        )
        for _, drawing in drawings(drawn)
    }
    assert len(places) == 1


def test_a_softmax_neuron_alone_and_pinned_ones_are_framed():
    alone = special(
        [*inputs(1), Neuron("o1", "output", Choice("softmax"))], [Edge("x1", "o1", "w")]
    )
    shapes = {s.key for s in draw(alone, starting_moment(alone), digits=5, language="en").shapes}
    assert "group:o1" in shapes
