"""The losses over the epochs: thinned out and smoothed."""

from itertools import pairwise

import pytest

from explainer.training.curve import Curve, smoothed
from explainer.training.trainer import Losses


def test_a_curve_stays_bounded_and_even():
    curve = Curve(most=8)
    for epoch in range(1000):
        if curve.wants(epoch):
            curve.add(Losses(epoch, 1 / (1 + epoch), None))
    epochs = [point.epoch for point in curve.points]
    assert len(epochs) <= 8
    assert epochs[0] == 0
    assert len({b - a for a, b in pairwise(epochs)}) == 1
    assert not curve.wants(3)


def test_smoothing_keeps_a_constant_and_is_off_at_zero():
    assert smoothed([3.0] * 5, 0.9) == pytest.approx([3.0] * 5)
    assert smoothed([1.0, 5.0, 2.0], 0.0) == [1.0, 5.0, 2.0]


def test_what_came_later_can_be_forgotten():
    curve = Curve(most=8)
    for epoch in range(20):
        curve.add(Losses(epoch, 1.0, None))
    shorter = curve.until(8)
    assert [point.epoch for point in shorter.points] == [0, 4, 8]
    assert shorter.stride == curve.stride
    shorter.add(Losses(12, 2.0, None))
    assert shorter.last_epoch == 12
    assert curve.last_epoch == 16
