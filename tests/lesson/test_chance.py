import math
import subprocess
import sys
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.lesson.chance import normal, permutation, uniform

COUNT = 20_000


def kolmogorov_distance(draws, distribution):
    ordered = sorted(draws)
    return max(
        abs((index + step) / len(ordered) - distribution(value))
        for index, value in enumerate(ordered)
        for step in (0, 1)
    )


def test_uniform_draws_fill_the_interval_evenly():
    draws = [uniform(7, "dropout", 0, sample, "h1") for sample in range(COUNT)]
    assert all(0 <= draw < 1 for draw in draws)
    # Kolmogorov's bound for a chance of one in a million.
    assert kolmogorov_distance(draws, lambda value: value) < 2.7 / math.sqrt(COUNT)


def test_normal_draws_follow_the_bell_curve():
    draws = [normal(7, "initialise", f"w{index}") for index in range(COUNT)]
    bell = lambda value: (1 + math.erf(value / math.sqrt(2))) / 2  # noqa: E731 - a formula
    assert kolmogorov_distance(draws, bell) < 2.7 / math.sqrt(COUNT)


def test_neighbouring_draws_are_not_correlated():
    first = [uniform(1, "dropout", 0, sample, "h1") - 0.5 for sample in range(COUNT)]
    for others in (
        [uniform(1, "dropout", 0, sample + 1, "h1") - 0.5 for sample in range(COUNT)],
        [uniform(1, "dropout", 1, sample, "h1") - 0.5 for sample in range(COUNT)],
        [uniform(1, "dropout", 0, sample, "h2") - 0.5 for sample in range(COUNT)],
        [uniform(2, "dropout", 0, sample, "h1") - 0.5 for sample in range(COUNT)],
        [uniform(1, "shuffle", 0, sample, "h1") - 0.5 for sample in range(COUNT)],
    ):
        correlation = 12 * sum(a * b for a, b in zip(first, others, strict=True)) / COUNT
        assert abs(correlation) < 5 / math.sqrt(COUNT)


@given(st.integers(), st.integers(0, 60), st.integers(0, 100))
def test_a_permutation_holds_every_number_once(seed, count, epoch):
    assert sorted(permutation(count, seed, "shuffle", epoch)) == list(range(count))


def test_every_order_is_equally_likely():
    found = [permutation(4, 3, "shuffle", epoch) for epoch in range(24_000)]
    counts = [found.count(order) for order in permutations(range(4))]
    # Chi-squared with 23 degrees of freedom, one in a million.
    assert sum((count - 1000) ** 2 / 1000 for count in counts) < 72


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((1, "a", 1), (1, "a", "1")),
        ((1, "a", "b", "c"), (1, "a", "bc")),
        ((1, "a", 11), (1, "a", 1, 1)),
        ((1, "a"), (-1, "a")),
    ],
)
def test_different_places_draw_differently(one, other):
    assert uniform(*one) != uniform(*other)


def test_a_draw_is_the_same_in_every_process_and_version():
    assert uniform(1, "dropout", 0, 2, "h1") == 0.7921179545300592
    code = "from explainer.lesson.chance import uniform; print(uniform(1, 'dropout', 0, 2, 'h1'))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert float(told.stdout) == uniform(1, "dropout", 0, 2, "h1")
