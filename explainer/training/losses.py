"""The errors after an epoch: apart from the engine, because a window that shows them does without that."""

from __future__ import annotations

from typing import NamedTuple


class Losses(NamedTuple):
    """The error of all training samples after so many epochs, and of the test samples where there are any."""

    epoch: int
    training: float
    test: float | None
