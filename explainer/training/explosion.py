"""Where training went wrong: the first quantity of the first update that is not a number, or too large for one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from explainer.lesson.symbols import neuron_symbol, symbol_of
from explainer.maths.numbers import shown
from explainer.messages import Message, message
from explainer.training.soundness import LARGEST

if TYPE_CHECKING:
    from explainer.training.engine import Engine
    from explainer.training.kernels import Array

_DIGITS = 3

Kind = Literal["forward", "error", "backward", "update"]


@dataclass(frozen=True)
class Explosion:
    """What went wrong first: `kind` is the phase, `place` a neuron or parameter, `depth` its layer (0 are the inputs).

    `symbol` is how the place is written. `passes` updates were done before it, `epoch` counts from 0; the trainer stands right before that update.
    """

    passes: int
    epoch: int
    batch: int
    kind: Kind
    place: str
    depth: int
    value: float
    symbol: str

    @property
    def can_be_stepped(self) -> bool:
        """Whether the steps of the update show it; of infinite numbers there are none."""
        return math.isfinite(self.value)

    def message_in(self, language: str) -> Message:
        """Say it in one sentence, its numbers as this language writes them."""
        words = self._words(language)
        sentences = {
            "forward": message(
                "Training stopped in epoch {epoch}, update {batch}: {place} in layer {depth} comes out as {value}.",
                **words,
            ),
            "error": message(
                "Training stopped in epoch {epoch}, update {batch}: the error comes out as {value}.",
                **words,
            ),
            "backward": message(
                "Training stopped in epoch {epoch}, update {batch}: the derivative by {place} in layer {depth} comes out as {value}.",
                **words,
            ),
            "update": message(
                "Training stopped in epoch {epoch}, update {batch}: {place}, which feeds layer {depth}, becomes {value}.",
                **words,
            ),
        }
        return sentences[self.kind]

    def _words(self, language: str) -> dict[str, object]:
        return {
            "epoch": self.epoch + 1,
            "batch": self.batch + 1,
            "place": self.symbol,
            "depth": self.depth,
            "value": shown(self.value, _DIGITS, language),
        }


def find(engine: Engine) -> Explosion | None:
    """Look for what went wrong in the update that the engine has just run, in the order in which it was computed."""
    return _forward(engine) or _error(engine) or _backward(engine) or _update(engine)


def _forward(engine: Engine) -> Explosion | None:
    forward = engine.batch_before().forward
    for level in engine.layout.levels:
        for row, neuron in enumerate(level.neurons, level.first):
            bad = _bad(forward.z[row], forward.a[row])
            if bad is not None:
                return _explosion(engine, "forward", neuron.id, level.depth, bad)
    return None


def _error(engine: Engine) -> Explosion | None:
    import numpy as np

    batch = engine.batch_before()
    with np.errstate(all="ignore"):
        bad = _bad(engine.objective.errors(batch.forward, batch.wanted))
    return None if bad is None else _explosion(engine, "error", "E", len(engine.layout.start), bad)


def _backward(engine: Engine) -> Explosion | None:
    g = engine.batch_before().backward.g
    for level in reversed(engine.layout.levels):
        for row, neuron in enumerate(level.neurons, level.first):
            bad = _bad(g[row])
            if bad is not None:
                return _explosion(engine, "backward", neuron.id, level.depth, bad)
    return None


def _update(engine: Engine) -> Explosion | None:
    layout = engine.layout
    for place, name in enumerate(layout.names):
        value = float(engine.vector[place])
        if not abs(value) <= LARGEST:
            return _explosion(engine, "update", name, layout.depth_of_parameter(name), value)
    return None


def _bad(*rows: Array) -> float | None:
    """Return the first number that is infinite or none."""
    import numpy as np

    for numbers in rows:
        bad = numbers[~np.isfinite(numbers)]
        if bad.size:
            return float(bad[0])
    return None


def _explosion(engine: Engine, kind: Kind, place: str, depth: int, value: float) -> Explosion:
    passes = engine.passes - 1
    return Explosion(
        passes,
        passes // engine.per_epoch,
        passes % engine.per_epoch,
        kind,
        place,
        depth,
        float(value),
        _symbol(engine, kind, place),
    )


def _symbol(engine: Engine, kind: Kind, place: str) -> str:
    if kind in ("forward", "backward"):
        return neuron_symbol(engine.lesson.network.neuron(place)).text
    return symbol_of(place).text
