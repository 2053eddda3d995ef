"""What colours mean can be told by everybody: by the colour as it is seen, or by another mark beside it."""

from __future__ import annotations

from itertools import combinations

import pytest

from explainer.render.curves.look import DASHES, MOST_LINES, line_colour
from explainer.render.palette import PALETTES, underline
from scripts.looking.colour_vision import MATRICES, difference, difference_of_lab, seen

# CIEDE2000. Colours side by side are told apart from about 1 on; these are seen apart on thin lines, from step to step.
APART = 5.0
SIMULATED = [vision for vision in MATRICES if vision != "usual"]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # Pairs 1, 7, 17, 20, 25 and 34 of table 1 in Sharma, Wu, Dalal (2005).
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((50.0, 2.5, 0.0), (58.0, 24.0, 15.0), 19.4535),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_differences_are_those_of_the_published_table(one, other, expected):
    assert difference_of_lab(one, other) == pytest.approx(expected, abs=1e-4)
    assert difference_of_lab(other, one) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("vision", MATRICES)
def test_greys_stay_grey_and_the_simulation_mixes_up_what_it_should(vision):
    for grey in ("#000000", "#808080", "#ffffff"):
        assert difference(seen(grey, vision), grey) < 1
    # Red and green of one lightness are what protanopes and deuteranopes are known to mix up.
    apart = difference(seen("#c06000", vision), seen("#7c8000", vision))
    assert (apart < 12) is (vision in ("protan", "deutan"))


@pytest.mark.parametrize("vision", MATRICES)
@pytest.mark.parametrize("name", PALETTES)
def test_the_phases_are_seen_apart(name, vision):
    tones = {tone: seen(shade.line, vision) for tone, shade in PALETTES[name].tones.items()}
    del tones["plain"]
    for one, other in combinations(tones, 2):
        assert difference(tones[one], tones[other]) >= APART, (one, other)


@pytest.mark.parametrize("vision", MATRICES)
@pytest.mark.parametrize("name", PALETTES)
def test_factors_are_seen_apart_or_underlined_otherwise(name, vision):
    colours = [seen(shade.line, vision) for shade in PALETTES[name].factors]
    for one, other in combinations(range(len(colours)), 2):
        by_colour = difference(colours[one], colours[other]) >= APART
        assert by_colour or underline(one) != underline(other), (one, other)


@pytest.mark.parametrize("vision", MATRICES)
@pytest.mark.parametrize("name", PALETTES)
def test_compared_functions_are_seen_apart_and_dashed_otherwise(name, vision):
    palette = PALETTES[name]
    for one, other in combinations(range(MOST_LINES), 2):
        first, second = (seen(line_colour(palette, place), vision) for place in (one, other))
        assert difference(first, second) >= APART, (one, other)
        assert DASHES[one] != DASHES[other]


@pytest.mark.parametrize("name", PALETTES)
def test_some_factors_do_need_their_underlines(name):
    """The test above is no use unless it can fail: without underlines it would."""
    shades = PALETTES[name].factors
    assert any(
        difference(seen(one.line, vision), seen(other.line, vision)) < APART
        for vision in SIMULATED
        for one, other in combinations(shades, 2)
    )
