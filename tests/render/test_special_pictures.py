"""Pictures of special neurons, the same as the day they were looked at."""

import pytest

from explainer.render.svg import to_svg
from tests.render.golden import compare, normalised
from tests.render.special import SPECIAL, drawings

PICTURES = {
    "maxout-gradient": ("maxout", "gradient_weight", "w1_22"),
    "softmax-output": ("softmax", "softmax", "o2"),
    "dropout-sum": ("dropout", "weighted_sum", "o1"),
    "normalised-variance": ("normalised", "delta", "h2"),
    "mixed-activations": ("mixed", "activation", "h2"),
    "penalty-sum": ("penalty on weights", "batch_loss", "E"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_are_as_they_were_looked_at(name, request):
    lesson, kind, subject = PICTURES[name]
    drawing = next(
        drawing
        for step, drawing in drawings(SPECIAL[lesson])
        if (step.kind, step.subject) == (kind, subject)
    )
    text = normalised(to_svg(drawing, "light"))
    compare(name, text, regenerate=request.config.getoption("--regen"))
