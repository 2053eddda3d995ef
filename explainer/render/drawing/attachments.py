"""The shapes of what hangs under a neuron: its own parameters, the sums of a maxout, the names of what is done to it."""

from __future__ import annotations

from typing import Literal

from explainer.lesson.lesson import Neuron
from explainer.maths.numbers import shown
from explainer.pages.page import Reference
from explainer.render.drawing.highlight import Look
from explainer.render.drawing.scene import Scene
from explainer.render.drawing.slots import (
    CHIP_SIZE,
    SUM_SIZE,
    dropout_texts,
    normalise_text,
    own_parameters,
    piece_at,
    pieces_of,
    sum_name,
)
from explainer.render.drawing.softmax import NAME, Frame
from explainer.render.drawing.space import Rectangle
from explainer.render.drawing.weights import parameter_shapes
from explainer.render.drawing.wording import fitted, quantity_runs
from explainer.render.metrics import CAP_HEIGHT
from explainer.render.shapes import Box, Label, Run, Shape

_CORNER = 6.0
_PADDING = 8.0


def attachment_shapes(scene: Scene, neuron: Neuron) -> list[Shape]:
    """Return everything under a neuron."""
    shapes: list[Shape] = []
    for slot, name in own_parameters(neuron):
        look = scene.highlight.own(neuron, name, piece_at(slot))
        shapes += parameter_shapes(
            scene,
            name,
            ends_of(neuron, slot),
            "bias",
            "biastext",
            look,
            Reference("parameter", name),
            scene.found.slots[neuron.id, slot],
        )
    shapes += _sums(scene, neuron)
    for key, text in _names(scene, neuron).items():
        shapes += _chip(
            f"{key}:{neuron.id}",
            text,
            scene.highlight.chip(neuron, key),
            scene.found.slots[neuron.id, key],
            Reference("neuron", neuron.id),
        )
    return shapes + _statistics(scene, neuron)


def ends_of(neuron: Neuron, slot: str) -> str:
    """Return a neuron's own parameter as it stands in keys."""
    return neuron.id if slot == "bias" else f"{neuron.id} {slot.removeprefix('bias ')}"


def frame_shapes(scene: Scene) -> list[Shape]:
    """Return the frames round the neurons that share a softmax, without the names."""
    shapes: list[Shape] = []
    for each in scene.found.frames:
        left, top, right, bottom = each.area
        look = scene.highlight.group(each.members)
        place = ((left + right) / 2, (top + bottom) / 2, right - left, bottom - top)
        shapes.append(
            Box(
                f"group:{each.members[0]}", *place, 18.0, look.tone, active=look.active, dashed=True
            )
        )
    return shapes


def frame_names(scene: Scene) -> list[Shape]:
    """Return the names in the borders of the frames."""
    shapes: list[Shape] = []
    for each in scene.found.frames:
        shapes += _frame_name(scene, each)
    return shapes


def _frame_name(scene: Scene, frame: Frame) -> list[Shape]:
    look = scene.highlight.group(frame.members)
    return _chip(f"softmax:{frame.members[0]}", NAME, look, frame.name_area, None)


def _names(scene: Scene, neuron: Neuron) -> dict[str, str]:
    """Return the names at a neuron by slot."""
    found: dict[str, str] = {}
    if neuron.normalise is not None:
        found["normalise"] = normalise_text(scene.language)
    if neuron.id in scene.worn:
        found["activation"] = scene.worn[neuron.id]
    if neuron.dropout is not None:
        texts = dropout_texts(scene.lesson, neuron.dropout, scene.digits, scene.language)
        found["dropout"] = texts[neuron.id in scene.highlight.dropped]
    return found


def _sums(scene: Scene, neuron: Neuron) -> list[Shape]:
    """Return the weighted sums of a maxout neuron; once all are known the largest is filled and says so."""
    pieces = pieces_of(scene.lesson, neuron)
    values = [scene.moment.values.get(f"{neuron.id}.z{piece + 1}") for piece in range(pieces)]
    known = [value for value in values if value is not None]
    is_chosen = neuron.id in scene.moment.values or f"{neuron.id}.a" in scene.moment.values
    winner = values.index(max(known)) if known and is_chosen else -1
    shapes: list[Shape] = []
    for piece, value in enumerate(values):
        runs = sum_name(scene.lesson, piece)
        if value is not None:
            runs = (*runs, Run(f" = {shown(value, scene.digits, scene.language)}"))
        if piece == winner:
            runs = (*runs, Run(" max"))
        look = scene.highlight.sum_of_piece(neuron, piece)
        area = scene.found.slots[neuron.id, f"sum {piece + 1}"]
        reference = Reference("neuron", neuron.id, f"z{piece + 1}")
        shapes += _sum(f"{neuron.id} {piece + 1}", runs, look, area, reference, piece == winner)
    return shapes


def _sum(
    ends: str,
    runs: tuple[Run, ...],
    look: Look,
    area: Rectangle,
    reference: Reference,
    is_largest: bool,
) -> list[Shape]:
    left, top, right, bottom = area
    x, y = (left + right) / 2, (top + bottom) / 2
    # The largest is filled: what it is has nothing to do with what the step speaks of.
    tone = "plain" if is_largest and look.tone == "quiet" else look.tone
    fitting, size = fitted(runs, SUM_SIZE, right - left - _PADDING)
    return [
        Box(
            f"sum:{ends}",
            x,
            y,
            right - left,
            bottom - top,
            _CORNER,
            tone,
            "solid" if is_largest else "tint" if look.active else "paper",
            look.factor,
            look.active,
            reference,
        ),
        Label(
            f"sumtext:{ends}",
            x,
            y + size * CAP_HEIGHT / 2,
            fitting,
            size,
            look.text,
            factor=look.factor,
            on_solid=is_largest,
            active=look.active,
            reference=reference,
        ),
    ]


def _chip(
    key: str, text: str, look: Look, area: Rectangle, reference: Reference | None
) -> list[Shape]:
    """Return a name in a small frame; the key of its text ends in `text`."""
    left, top, right, bottom = area
    x, y = (left + right) / 2, (top + bottom) / 2
    kind, _, rest = key.partition(":")
    fill: Literal["paper", "tint"] = "tint" if look.active else "paper"
    box = Box(
        key,
        x,
        y,
        right - left,
        bottom - top,
        _CORNER,
        look.tone,
        fill,
        None,
        look.active,
        reference,
    )
    label = Label(
        f"{kind}text:{rest}",
        x,
        y + CHIP_SIZE * CAP_HEIGHT / 2,
        (Run(text),),
        CHIP_SIZE,
        look.text,
        bold=look.active,
        active=look.active,
        reference=reference,
    )
    return [box, label]


def _statistics(scene: Scene, neuron: Neuron) -> list[Label]:
    """Return mean and variance of a normalised neuron as far as they are known."""
    look = scene.highlight.chip(neuron, "normalise")
    if neuron.normalise is None:
        return []
    parts: list[Run] = []
    for quantity in ("mean", "variance"):
        value = scene.moment.values.get(f"{neuron.id}.{quantity}")
        if value is not None:
            gap = (Run("   "),) if parts else ()
            name = quantity_runs(scene.lesson, neuron, quantity)
            parts += [*gap, *name, Run(f" = {shown(value, scene.digits, scene.language)}")]
    if not parts:
        return []
    left, top, right, bottom = scene.found.slots[neuron.id, "statistics"]
    fitting, size = fitted(tuple(parts), CHIP_SIZE, right - left)
    y = (top + bottom) / 2 + size * CAP_HEIGHT / 2
    reference = Reference("neuron", neuron.id)
    place = ((left + right) / 2, y)
    return [
        Label(
            f"statistics:{neuron.id}",
            *place,
            fitting,
            size,
            look.text,
            active=look.active,
            reference=reference,
        )
    ]
