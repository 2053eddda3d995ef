"""Classes, outputs and numbers of the training view are told apart by everybody: by colour as it is seen, and by shape."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from explainer.gui.theme import themes
from explainer.gui.training.colouring import BANDS, ENDS, SEVERAL, SHADES, one_of_several, table
from explainer.gui.training.lines import line_pen
from explainer.gui.training.marks import SHAPES
from explainer.gui.training.regions import _STRONGEST, _WEAKEST, Regions
from explainer.gui.training.subject import Inks, Subject
from explainer.lesson.examples import example
from explainer.render.palette import PALETTES
from scripts.looking.colour_vision import MATRICES, difference, seen
from tests.render.test_colour_vision import APART, SIMULATED
from tests.render.test_palette import GRAPHICS, TEXT, contrast

PLACES = range(len(SHAPES))
# More classes than these wear marks of others.
MOST = len(SHAPES) ** 2


def apart(one: str, other: str, vision) -> float:
    return difference(seen(one, vision), seen(other, vision))


def mixed(paper: str, colour: str, share: float) -> str:
    """Return a colour on the paper of a region as sure as this."""
    return f"#{int(table((paper, colour))[round(share * (SHADES - 1))]) & 0xFFFFFF:06x}"


def banded(name: str) -> list[str]:
    ends = ENDS[name]
    colours = table((ends.low, ends.middle, ends.high), BANDS)
    return [f"#{int(each) & 0xFFFFFF:06x}" for each in colours[:: SHADES // BANDS]]


@pytest.mark.parametrize("vision", MATRICES)
@pytest.mark.parametrize("name", PALETTES)
def test_low_middle_and_high_are_far_apart_and_so_is_every_band(name, vision):
    ends = ENDS[name]
    for three in (
        (ends.low, ends.middle, ends.high),
        (ends.low_mark, ends.middle_mark, ends.high_mark),
    ):
        for one, other in combinations(three, 2):
            assert apart(one, other, vision) >= 3 * APART
    bands = banded(name)
    assert len(set(bands)) == BANDS
    for one, other in pairwise(bands):
        assert apart(one, other, vision) >= APART
    # One side of the middle is never taken for the other.
    for low in bands[: BANDS // 2]:
        for high in bands[BANDS // 2 :]:
            assert apart(low, high, vision) >= APART


@pytest.mark.parametrize("vision", MATRICES)
@pytest.mark.parametrize("name", PALETTES)
def test_classes_are_apart_as_marks_and_as_regions(name, vision):
    paper = PALETTES[name].paper
    for share in (1.0, _STRONGEST, (_STRONGEST + _WEAKEST) / 2):
        colours = [mixed(paper, colour, share) for colour in SEVERAL[name]]
        for one, other in combinations(PLACES, 2):
            assert apart(colours[one], colours[other], vision) >= APART, (share, one, other)


@pytest.mark.parametrize("vision", MATRICES)
@pytest.mark.parametrize("name", PALETTES)
def test_marks_stand_out_from_their_own_ground(name, vision):
    ends, paper = ENDS[name], PALETTES[name].paper
    pairs = [(ends.low_mark, ends.low), (ends.high_mark, ends.high)]
    pairs += [(colour, mixed(paper, colour, _STRONGEST)) for colour in SEVERAL[name]]
    for mark, ground in pairs:
        assert apart(mark, ground, vision) >= 2 * APART


@pytest.mark.parametrize("name", PALETTES)
def test_marks_and_the_names_of_lines_can_be_read(name):
    palette = PALETTES[name]
    assert len(SEVERAL[name]) == len(SHAPES)
    for colour in SEVERAL[name]:
        assert contrast(colour, palette.paper) >= TEXT
        assert contrast(colour, palette.ground) >= TEXT
    ends = ENDS[name]
    for colour in (ends.low_mark, ends.high_mark):
        assert contrast(colour, palette.paper) >= GRAPHICS


@pytest.mark.parametrize("vision", MATRICES)
@pytest.mark.parametrize("name", PALETTES)
def test_no_two_of_many_classes_are_alike(name, vision):
    worn = [(SHAPES[place % len(SHAPES)], one_of_several(name, place)) for place in range(MOST)]
    for (shape, colour), (other_shape, other_colour) in combinations(worn, 2):
        assert shape != other_shape or apart(colour, other_colour, vision) >= APART


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_regions_marks_and_lines_of_a_class_wear_its_colour(theme):
    found = themes()[theme]
    subject = Subject(example("softmax-classifier"))
    inks = Inks(subject, found)
    assert subject.has_regions
    assert inks.of_class == SEVERAL[theme][: len(inks.of_class)]
    for number, colour in enumerate(inks.of_class):
        mark = inks.mark_of_class(number)
        assert (mark.shape, mark.colour) == (SHAPES[number], colour)
        assert line_pen(found, number, 2.0).color().name() == colour
    regions = Regions(subject.lesson, inks.of_class, found.paper)
    ends = [f"#{int(each) & 0xFFFFFF:06x}" for each in regions._colours[63::64]]
    assert ends == [mixed(found.paper, colour, _STRONGEST) for colour in inks.of_class]


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_two_classes_have_two_shapes(theme):
    subject = Subject(example("xor-2-2-1"))
    inks = Inks(subject, themes()[theme])
    assert len({inks.mark_of_class(number).shape for number in range(2)}) == 2


@pytest.mark.parametrize("name", PALETTES)
def test_other_colours_would_not_do(name):
    """The tests above are no use unless they can fail: with the colours of the factors they would."""
    palette = PALETTES[name]
    colours = [mixed(palette.paper, shade.line, _STRONGEST) for shade in palette.factors]
    assert any(
        apart(one, other, vision) < APART
        for vision in SIMULATED
        for one, other in combinations(colours, 2)
    )
