"""Update rules over many updates, with the numbers printed after each.

AI VIET NAM, course AIO 2024, module 5: f(w₁, w₂) = 0.1·w₁² + 2·w₂² from (−5, −2), as the solved notebooks print it:
github.com/linhlinhle997/AIO2024_Exercises (gradient descent, η = 0.4), github.com/TheBottomOfTheDeepDarkOcean/AIO_Excercises
(RMSprop, η = 0.3, in single precision), github.com/tienhyu/AIO-Exercise-Module-05 (Adam, η = 0.2, from single precision),
github.com/T-Sunm/AIO-Exercise (Adam's moments).
Orr: CS-449, Neural networks, Willamette University: momentum on E = w², μ = 0.8,
http://www.willamette.edu/~gorr/classes/cs449/Momentum/momentum.html
"""

import math

from explainer.trace.run import trace
from tests.published.lessons import network, sgd
from tests.published.printed import prints_as

GRADIENT_DESCENT = [
    (-4.6, 1.2), (-4.232, -0.72), (-3.89344, 0.432), (-3.5819648, -0.2592),
    (-3.295407616, 0.15552), (-3.03177500672, -0.093312), (-2.7892330061824, 0.0559872),
]  # fmt: skip
RMSPROP = """
    -4.0513 -1.0513  -3.4352 -0.5915  -2.9589 -0.3294  -2.5655 -0.1776  -2.2292 -0.0916
    -1.9363 -0.0449  -1.6782 -0.0208  -1.4493 -0.0090  -1.2459 -0.0036
"""
ADAM = """
    -4.800000 -1.800000  -4.600255 -1.600825  -4.400948 -1.403173  -4.202278 -1.207878
    -4.004450 -1.015927  -3.807686 -0.828473  -3.612217 -0.646842  -3.418286 -0.472528
    -3.226147 -0.307169  -3.036066 -0.152499  -2.848317 -0.010263  -2.663185  0.117876
    -2.480964  0.230462  -2.301953  0.326359  -2.126457  0.404842  -1.954787  0.465650
    -1.787254  0.508988  -1.624167  0.535494  -1.465836  0.546171  -1.312561  0.542308
    -1.164635  0.525402  -1.022340  0.497091  -0.885942  0.459095  -0.755686  0.413178
    -0.631799  0.361109  -0.514481  0.304640  -0.403903  0.245484  -0.300208  0.185289
    -0.203504  0.125621  -0.113865  0.067935
"""


def bowl(updates, **update):
    """Return the passes on 0.1·w₁² + 2·w₂²: the squared errors of √0.1·w₁ and √2·w₂ against 0."""
    lesson = network(
        ["x1 x2", "y1 y2"],
        {"w1": ("x1", "y1", -5), "w2": ("x2", "y2", -2)},
        output="identity",
        data=[((math.sqrt(0.1), math.sqrt(2)), (0, 0))],
        loss="squared_error",
        update=update,
    )
    return [run.summary for run in trace(lesson, updates)]


def weights(passes):
    return [each.parameters_after[name] for each in passes for name in ("w1", "w2")]


def assert_way(passes, text):
    wanted = text.split()
    found = weights(passes)
    assert len(found) == len(wanted)
    assert [
        pair for pair in zip(found, wanted, strict=True) if not prints_as(pair[0], pair[1])
    ] == []


def test_gradient_descent():
    found = weights(bowl(len(GRADIENT_DESCENT), **sgd(0.4)))
    wanted = [value for pair in GRADIENT_DESCENT for value in pair]
    assert all(math.isclose(a, b, rel_tol=1e-13) for a, b in zip(found, wanted, strict=True))


def test_rmsprop():
    passes = bowl(9, rule="rmsprop", learning_rate=0.3, decay=0.9, epsilon=1e-6)
    assert_way(passes, RMSPROP)


def test_adam():
    passes = bowl(30, rule="adam", learning_rate=0.2, beta1=0.9, beta2=0.999, epsilon=1e-6)
    assert_way(passes, ADAM)
    first, second = (each.state_after for each in passes[:2])
    assert prints_as(first["w1"]["m"], "-0.1")
    assert prints_as(first["w2"]["m"], "-0.8")
    assert prints_as(first["w1"]["v"], "0.001")
    assert prints_as(first["w2"]["v"], "0.064")
    assert prints_as(second["w1"]["m"], "-0.186")
    assert prints_as(second["w2"]["m"], "-1.440000")
    assert prints_as(second["w1"]["v"], "0.0019206")
    assert prints_as(second["w2"]["v"], "0.115776")


def parabola(**update):
    """Return w after each of three updates on w² from 10."""
    lesson = network(
        ["x", "y"],
        {"w": ("x", "y", 10)},
        output="identity",
        data=[((1,), (0,))],
        loss="squared_error",
        update=update,
    )
    return [round(run.summary.parameters_after["w"], 12) for run in trace(lesson, 3)]


def test_momentum_damps():
    assert parabola(**sgd(0.8)) == [-6, 3.6, -2.16]
    assert parabola(rule="momentum", learning_rate=0.8, momentum=0.1) == [-6, 2, -0.4]
