"""A bounded memory of where training was: snapshots, thinned out evenly when there are too many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from explainer.training.kernels import Array


@dataclass(frozen=True)
class Snapshot:
    """Everything that changes while training, at the beginning of an epoch or after any number of `passes`."""

    passes: int
    vector: Array
    memory: Array
    running: dict[str, Array]

    @property
    def size(self) -> int:
        """Return how many bytes it holds."""
        return int(
            self.vector.nbytes
            + self.memory.nbytes
            + sum(part.nbytes for part in self.running.values())
        )


class History:
    """Snapshots of the beginnings of epochs, at most `most` of them and at most `most_bytes` bytes.

    When it is full, every second one is dropped and from then on every second epoch kept, and so on: any epoch can be
    reached from the nearest snapshot before it, because training is the same every time.
    """

    def __init__(self, most: int, most_bytes: int) -> None:
        self._most = most
        self._most_bytes = most_bytes
        self._stride = 1
        self._kept: dict[int, Snapshot] = {}

    def keep(self, epoch: int, snapshot: Snapshot) -> None:
        """Remember how an epoch began, where its turn is."""
        if epoch % self._stride and self._kept:
            return
        self._kept[epoch] = snapshot
        most = max(2, min(self._most, self._most_bytes // max(1, snapshot.size)))
        while len(self._kept) > most:
            self._stride *= 2
            first = min(self._kept)
            self._kept = {
                at: kept for at, kept in self._kept.items() if at % self._stride == 0 or at == first
            }

    def before(self, epoch: int) -> tuple[int, Snapshot]:
        """Return the last snapshot at or before an epoch, and its epoch; KeyError where there is none."""
        found = max((at for at in self._kept if at <= epoch), default=None)
        if found is None:
            raise KeyError(epoch)
        return found, self._kept[found]

    def forget_after(self, epoch: int) -> None:
        """Drop what came later, as after going back."""
        self._kept = {at: kept for at, kept in self._kept.items() if at <= epoch}

    @property
    def first(self) -> int:
        """The earliest epoch that can be returned to."""
        return min(self._kept)

    def __len__(self) -> int:
        return len(self._kept)
