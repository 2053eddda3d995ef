"""Prediction minus target: how the error and its activation cancel, line by line."""

import re

import mpmath
import pytest

from explainer.maths.cancellation import softmax_cancelling
from explainer.maths.printed import Printed
from tests.maths.reading import read
from tests.pages.telling import page_at, pages_of, rows_of, said
from tests.trace.special_lessons import (
    dropped,
    softmax_classes,
)


def locals_of(page):
    return [row.right[0].text for row in rows_of(page) if row.role == "local"][1:]


def test_the_cancellation_is_derived_line_by_line():
    page = page_at(softmax_classes(), "delta", "p1.z")
    assert locals_of(page) == [
        "(−y₁/p₁)·p₁·(1 − p₁) + (−y₂/p₂)·(−p₂·p₁) + (−y₃/p₃)·(−p₃·p₁)",
        "−y₁ + p₁·y₁ + p₁·y₂ + p₁·y₃",
        "p₁·(y₁ + y₂ + y₃) − y₁",
        "p₁ − y₁",
    ]
    assert "made for each other" in said(page)[1]
    assert said(page)[2].startswith("The targets of this sample add up to 1")


def test_targets_that_are_no_shares_keep_their_sum():
    lesson = softmax_classes(targets=((1, 0.5, 0), (0, 1, 0)))
    page = page_at(lesson, "delta", "p2.z")
    assert locals_of(page)[-1] == "p₂·(y₁ + y₂ + y₃) − y₂"
    assert said(page)[2].startswith("The targets of this sample do not add up to 1")
    assert locals_of(page_at(lesson, "delta", "p2.z", 1))[-1] == "p₂ − y₂"


@pytest.mark.parametrize("count", [1, 2, 5])
@pytest.mark.parametrize("index", [0, 1, 4])
def test_every_line_of_the_cancellation_is_worth_the_same(count, index):
    if index >= count:
        return
    shares, targets = [0.5, 0.25, 0.125, 0.0625, 0.0625], [0.25, 0.5, 0.125, 0.0625, 0.0625]
    total = sum(targets[:count])
    targets = [target / total for target in targets[:count]]

    def printed(values):
        return [Printed(str(value), str(value)) for value in values]

    # E = −Σ y ln a, a = softmax(z), by a difference in z.
    def error(move):
        z = [mpmath.log(share) for share in shares[:count]]
        z[index] += move
        whole = sum(mpmath.exp(value) for value in z)
        return -sum(t * mpmath.log(mpmath.exp(v) / whole) for t, v in zip(targets, z, strict=True))

    own = [share / sum(shares[:count]) for share in shares[:count]]
    with mpmath.workdps(30):
        step = mpmath.mpf("1e-10")
        slope = (error(step) - error(-step)) / (2 * step)
        lines = softmax_cancelling(
            "cross_entropy", index, printed(own), printed(targets), "en", adds_up=True
        )
        assert len(lines) == 3
        for line in lines:
            assert abs(read(line.text) - slope) < 1e-12, line.text
            assert abs(read(re.sub(r"(?<=\d) (?=[\d\\])", r" \\cdot ", line.latex)) - slope) < 1e-12


@pytest.mark.parametrize(
    "lesson",
    [
        softmax_classes("half_squared_error"),
        softmax_classes(penalty={"name": "entropy", "rate": 0.1}),
    ],
)
def test_nothing_cancels_where_the_error_has_other_parts(lesson):
    for _, step, page in pages_of(lesson):
        if step.kind == "delta":
            assert not locals_of(page)
            assert not [text for text in said(page) if "made for each other" in text]


def test_sigmoid_and_binary_cross_entropy_cancel_line_by_line():
    page = page_at(dropped(), "delta", "o.z")
    assert locals_of(page) == ["(o − o·y) + (−y + o·y)", "o − y"]
    assert len(locals_of(page)) == 2
    assert "made for each other" in said(page)[1]
