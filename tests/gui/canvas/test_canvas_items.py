import random

import pytest
from PySide6.QtGui import QColor

from explainer.pages.page import Reference
from explainer.render.palette import PALETTES
from explainer.render.shapes import Box, Circle, Curve, Drawing, Label, Run, Shape, Tone, Underline
from tests.counts import count

TONES: tuple[Tone, ...] = ("quiet", "plain", "forward", "error", "backward", "update")


def random_drawing(chance: random.Random) -> Drawing:
    shapes: list[Shape] = []
    for number in range(chance.randrange(40)):
        # Keys come back as another kind of shape now and then.
        key = f"k{chance.randrange(60)}"
        if any(shape.key == key for shape in shapes):
            continue
        x, y = chance.uniform(0, 800), chance.uniform(0, 500)
        tone, active = chance.choice(TONES), chance.random() < 0.3
        factor = chance.choice([None, None, 0, 3])
        reference = chance.choice([None, Reference("neuron", f"n{number}")])
        points = tuple(chance.uniform(0, 500) for _ in range(8))
        shapes.append(
            chance.choice(
                [
                    Circle(key, x, y, 39, tone, factor, active, reference),
                    Box(key, x, y, 80, 26, 13, tone, "tint", factor, active, reference),
                    Curve(key, points, 2.5, tone, active, active, reference),  # type: ignore[arg-type]  # eight of them
                    Label(key, x, y, (Run("w", "italic"), Run(f" {number}")), 13, tone),
                    Underline(key, x, y, 30, number % 6),
                ]
            )
        )
    return Drawing(900, 560, tuple(shapes))


@pytest.mark.parametrize("seed", range(3))
def test_the_scene_equals_the_drawing_after_many_of_them(canvas, seed):
    chance = random.Random(seed)
    for _ in range(count(50, 200)):
        drawing = random_drawing(chance)
        canvas.show_drawing(drawing)
        if chance.random() < 0.2:
            canvas.set_palette(chance.choice(list(PALETTES.values())))
        shown = canvas.shown
        assert list(shown.items) != [] or not drawing.shapes
        assert set(shown.items) == {shape.key for shape in drawing.shapes} == set(shown.shapes)
        active = {s.key for s in drawing.shapes if isinstance(s, Curve) and s.active}
        assert set(shown.halos) == active
        mine = [*shown.items.values(), *shown.halos.values()]
        there = [item for item in canvas.scene().items() if item.isVisible()]
        assert len(there) == len(mine)
        assert {id(item) for item in there} == {id(item) for item in mine}
        in_order = sorted(shown.items, key=lambda key: shown.items[key].zValue())
        assert in_order == [shape.key for shape in drawing.shapes]


def test_an_item_lives_on_from_step_to_step(hand, canvas):
    before = dict(canvas.shown.items)
    moved = [
        Circle(s.key, s.x + 5, s.y, s.radius, "forward", None, True, s.reference)
        if isinstance(s, Circle)
        else s
        for s in canvas.drawing.shapes
    ]
    canvas.show_drawing(Drawing(canvas.drawing.width, canvas.drawing.height, tuple(moved)))
    assert dict(canvas.shown.items) == before
    item = canvas.shown.items["circle:i1"]
    shape = canvas.shown.shapes["circle:i1"]
    assert item.boundingRect().center().x() == pytest.approx(shape.x)


def test_the_same_drawing_again_repaints_nothing(hand, canvas):
    assert canvas.shown.show(canvas.drawing) is False


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_every_colour_comes_from_the_palette(canvas, name):
    palette = PALETTES[name]
    shapes = (
        Circle("c", 100, 100, 40, "forward", None, True),
        Box("b", 300, 100, 100, 60, 4, "plain", "solid", 2),
        Box("p", 500, 100, 100, 60, 4, "update", "tint"),
        Curve("e", (100, 300, 200, 300, 300, 300, 500, 300), 6, "backward", active=True),
    )
    canvas.set_palette(palette)
    canvas.show_drawing(Drawing(600, 400, shapes))
    picture = canvas.grab().toImage()

    def colour(x: float, y: float):
        ratio = picture.devicePixelRatio()
        left, top = canvas.camera.to_screen(x, y)
        return picture.pixelColor(round(left * ratio), round(top * ratio))

    assert colour(100, 100) == QColor(palette.paper)
    assert colour(140, 100) == QColor(palette.tones["forward"].line)
    assert colour(300, 100) == QColor(palette.factors[2].line)
    assert colour(500, 100) == QColor(palette.tones["update"].tint)
    assert colour(300, 300) == QColor(palette.tones["backward"].line)
    assert colour(300, 305) == QColor(palette.tones["backward"].halo)
    assert colour(30, 380) == QColor(palette.ground)
