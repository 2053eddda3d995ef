"""A lesson whose training is shown on the graph, and where the circles of a drawing stand."""

from __future__ import annotations

from explainer.lesson.choice import Choice
from explainer.render.shapes import Circle
from explainer.training.build import lesson_for
from explainer.training.datasets import dataset, together


def circle(hidden=(4, 2)):
    return lesson_for(together(dataset("circle", 60, seed=2)), hidden, output=Choice("tanh"))


def circles(drawing):
    return {each.key: (each.x, each.y, each.radius) for each in drawing.shapes if isinstance(each, Circle)}  # fmt: skip
