"""Slips at the special steps, against numbers worked out by hand on the built-in lessons and on formulas."""

import math

import pytest

from explainer.lesson.examples import example
from explainer.lesson.lesson import FORMAT, VERSION, Expression, Lesson
from explainer.trace.run import run_pass
from explainer.trace.slips.explaining import explain


def run_of(name, passes=1):
    run = None
    for index in range(passes):
        run = run_pass(example(name), index, run)
    return run


def keys(run, number, **about):
    """Return the short names of the slips that give a number at the first step with these fields."""
    step = next(
        step
        for step in run.summary.steps
        if all(getattr(step, field) == wanted for field, wanted in about.items())
    )
    verdict = explain(run, step, number, 1e-6 * max(abs(number), abs(step.value)))
    return [slip.key for slip in verdict.slips]


def test_softmax():
    run = run_of("softmax-classifier")
    values = run.summary.values["0"]
    z = [values[f"o{place}.z"] for place in (1, 2, 3)]
    powers = [math.exp(each) for each in z]
    about = {"kind": "softmax", "subject": "o1"}
    assert "not normalised" in keys(run, powers[0], **about)
    assert "no exponential" in keys(run, z[0] / sum(z), **about)
    assert "other share" in keys(run, powers[1] / sum(powers), **about)
    assert "share of others" in keys(run, powers[0] / (powers[0] + powers[1]), **about)
    # Of the second class the target is 1; only its own output was differentiated: −1/a · a(1 − a).
    a = values["o2"]
    own = -(1 - a)
    delta = next(
        step for step in run.summary.steps if step.address == "o2.z" and step.phase == "backward"
    )
    assert delta.value == pytest.approx(a - 1)
    # There the others have the derivative 0, so leaving them out changes nothing and is no slip.
    assert explain(run, delta, own, 1e-9).status == "right"
    assert "no slope" in keys(run, -1 / a, phase="backward", address="o2.z")


def test_batch_normalisation():
    run = run_of("batch-norm")
    # z of the four samples is 0, 6, 8, 14 (all but the last digits): mean 7, variance 25.
    z = [run.summary.values[str(sample)]["h1.z"] for sample in range(4)]
    mean = sum(z) / 4
    squares = sum((each - mean) ** 2 for each in z)
    assert "mean" in keys(run, sum(z), address="h1.mean")
    assert "unbiased" in keys(run, squares / 3, address="h1.variance")
    assert "root" in keys(run, math.sqrt(squares / 4), address="h1.variance")
    assert "no mean" in keys(run, sum(each * each for each in z) / 4, address="h1.variance")
    assert "no spread" in keys(run, z[0] - mean, address="h1.normalised")
    assert "biased" in keys(run, 0.9 * 1 + 0.1 * squares / 4, address="h1.running_variance")
    assert "only batch" in keys(run, mean, address="h1.running_mean")


def test_maxout_and_dropout():
    maxout = run_of("maxout")
    values = maxout.summary.values["0"]
    pieces = values["o1.z1"], values["o1.z2"]
    about = {"kind": "maxout", "subject": "o1"}
    assert "other piece" in keys(maxout, min(pieces), **about)
    assert "sum of pieces" in keys(maxout, sum(pieces), **about)
    delta = maxout.summary.steps[17].value
    assert "largest only" in keys(maxout, delta, phase="backward", address="o1.z1")
    dropout = run_of("dropout")
    values = dropout.summary.values["0"]
    dropped = next(
        step for step in dropout.summary.steps if step.kind == "dropout" and not step.value
    )
    assert values[f"{dropped.subject}.a"] > 0
    said = explain(dropout, dropped, values[f"{dropped.subject}.a"], 1e-9)
    assert [slip.key for slip in said.slips] == ["no dropout", "other mask"]
    kept = next(step for step in dropout.summary.steps if step.kind == "dropout" and step.value)
    assert "other mask" in [slip.key for slip in explain(dropout, kept, 0.0, 1e-9).slips]
    share = 1 - dropout.lesson.network.neuron(kept.subject).dropout.rate
    said = explain(dropout, kept, kept.value / share, 1e-9)
    assert "needless scaling" in [slip.key for slip in said.slips]


def test_penalty_and_clipping():
    decay = run_of("weight-decay")
    weights = [decay.start.parameters[name] for name in ("w1", "w2")]
    squares = sum(weight * weight for weight in weights)
    assert "no factor" in keys(decay, squares / 2, kind="penalty")
    assert "no penalty" in keys(decay, 0.0, kind="gradient_parameter", subject="w1")
    clipped = run_of("clipping-by-norm")
    gradients = clipped.summary.gradients
    assert "not rooted" in keys(clipped, sum(each**2 for each in gradients.values()), kind="clip")
    unclipped = clipped.start.parameters["w1"] - 0.01 * gradients["w1"]
    assert "unclipped" in keys(clipped, unclipped, kind="update", subject="w1")


def test_adam_remembers():
    run = run_of("adam", 2)
    before, gradient = run.start.parameters["w1"], run.gradients["w1"]
    memory, rate = run.start.state["w1"], run.learning_rate
    m, v = 0.9 * memory["m"] + 0.1 * gradient, 0.999 * memory["v"] + 0.001 * gradient**2
    about = {"kind": "update", "subject": "w1"}
    assert "no correction" in keys(run, before - rate * m / (math.sqrt(v) + 1e-8), **about)
    corrected = m / (1 - 0.9**2), v / (1 - 0.999**2)
    by_mean = before - rate * corrected[0] / (corrected[1] + 1e-8)
    assert "no root" in keys(run, by_mean, **about)
    assert "plain" in keys(run, before - rate * gradient, **about)
    fresh = 0.1 * gradient / (1 - 0.9**2), 0.001 * gradient**2 / (1 - 0.999**2)
    assert "no memory" in keys(
        run, before - rate * fresh[0] / (math.sqrt(fresh[1]) + 1e-8), **about
    )


def test_tied_weights_and_batches():
    tied = run_of("convolution")
    step = next(step for step in tied.summary.steps if step.kind == "gradient_parameter")
    parts = [
        one.value
        for one in tied.summary.steps
        if one.kind == "gradient_weight" and one.subject == step.subject
    ]
    for part in parts:
        if abs(part) > 1e-9 and abs(part - step.value) > 1e-9:
            assert "one sample" in keys(tied, part, kind="gradient_parameter", subject=step.subject)
    batch = run_of("circle-features")
    mean = next(step for step in batch.summary.steps if step.kind == "batch_loss")
    count = len(batch.summary.samples)
    assert "mean" in [slip.key for slip in explain(batch, mean, mean.value * count, 1e-9).slips]


def test_the_rules_before_back_propagation():
    run = run_of("perceptron-rule", 2)
    moved = next(
        step
        for step in run.summary.steps
        if step.kind == "rule" and step.value != run.start.parameters[step.subject]
    )
    before = run.start.parameters[moved.subject]
    said = explain(run, moved, 2 * before - moved.value, 1e-9)
    assert "added" in [slip.key for slip in said.slips]


def formula(text, **values):
    return run_pass(Lesson(FORMAT, VERSION, "f", expression=Expression(text, values)), 0, None)


@pytest.mark.parametrize(
    ("text", "values", "number", "key", "about"),
    [
        ("sin(x)", {"x": 30.0}, 0.5, "degrees", {"kind": "operation"}),
        ("log(x)", {"x": 100.0}, 2.0, "base 10", {"kind": "operation"}),
        ("x/y", {"x": 3.0, "y": 4.0}, 4 / 3, "swapped", {"kind": "operation"}),
        ("a+b+c", {"a": 1.0, "b": 2.0, "c": 4.0}, 5.0, "missing term", {"kind": "operation"}),
        ("a*b*c", {"a": 3.0, "b": 2.0, "c": 5.0}, 15.0, "missing factor", {"kind": "operation"}),
        ("x^3", {"x": 5.0}, 15.0, "times exponent", {"kind": "operation"}),
        # The inner derivative 2x of sin(x²) was forgotten.
        ("sin(x^2)", {"x": 2.0}, math.cos(4), "no local", {"kind": "gradient_node", "subject": "x"}),
        ("x*y", {"x": 2.0, "y": 7.0}, 2.0, "other argument", {"kind": "gradient_node", "subject": "x"}),
        ("x*x+y", {"x": 3.0, "y": 1.0}, 3.0, "missing path", {"kind": "gradient_node", "subject": "x"}),
        ("exp(2*x)", {"x": 1.0}, -2 * math.exp(2), "sign", {"kind": "gradient_node", "subject": "x"}),
    ],
)  # fmt: skip
def test_formulas(text, values, number, key, about):
    assert key in keys(formula(text, **values), number, **about)
