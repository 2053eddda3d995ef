"""Nothing lies upon anything else at any step, whatever neurons do besides summing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.render.diagram import draw
from tests.render.areas import collisions, curves_through_circles, outside, spilled
from tests.render.networks import badges
from tests.render.random_special import special_lessons, special_moments
from tests.render.special import SPECIAL, drawings


@pytest.mark.parametrize("name", SPECIAL)
@pytest.mark.parametrize(("language", "digits"), [("en", 5), ("ru", 5), ("en", 10)])
def test_every_step_has_room_for_everything(name, language, digits):
    faults = []
    for step, drawing in drawings(SPECIAL[name], language, digits):
        found = collisions(drawing) + spilled(drawing) + outside(drawing)
        found += curves_through_circles(drawing)
        if found:
            faults.append((step.index, step.kind, step.address, found[:4]))
    assert faults == []


@given(st.data(), special_lessons(), st.sampled_from([2, 5, 10]), st.sampled_from(["en", "ru"]))
def test_any_lesson_has_room_for_everything_its_neurons_do(data, drawn, digits, language):
    moment = data.draw(special_moments(drawn))
    drawing = draw(drawn, moment, digits=digits, language=language, badges=badges(drawn))
    assert collisions(drawing) == []
    assert spilled(drawing) == []
    assert outside(drawing) == []
    assert len({shape.key for shape in drawing.shapes}) == len(drawing.shapes)
    assert curves_through_circles(drawing) == []
