"""Nothing lies upon anything else at any step, whatever neurons do besides summing."""

import pytest

from tests.render.areas import collisions, curves_through_circles, outside, spilled
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
