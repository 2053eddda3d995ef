"""What looks across neurons or samples: softmax, maxout, batch normalisation, dropout. Buffers as in `forward.py`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from explainer.lesson.chance import uniform
from explainer.lesson.lesson import Dropout, Neuron, Normalise

if TYPE_CHECKING:
    from explainer.training.kernels import Array
    from explainer.training.weights import Gradient, Weights

# Up to so many components the derivative of softmax is summed over pairs, which loses no digits.
_MOST_PAIRED = 32


class Softmax:
    """e^zᵢ / Σ e^zⱼ over the rows of one group."""

    def forward(self, z: Array, a: Array) -> None:
        """Put the shares into a."""
        import numpy as np

        np.subtract(z, z.max(axis=0), a)
        np.exp(a, a)
        np.divide(a, a.sum(axis=0), a)

    def backward(self, a: Array, g: Array) -> None:
        """Turn the derivative by the shares into that by the sums, in place: aᵢ Σⱼ aⱼ (gᵢ − gⱼ)."""
        import numpy as np

        if len(a) <= _MOST_PAIRED:
            found = (a[None] * (g[:, None] - g[None])).sum(axis=1)
        else:
            found = g - (a * g).sum(axis=0)
        np.multiply(a, found, g)


class Maxout:
    """The largest of a neuron's sums; at a tie the first takes the derivative. `pieces` are rows of the raw sums."""

    def __init__(self, row: int, pieces: slice) -> None:
        self.row = row
        self.pieces = pieces
        self._first: Array | None = None

    def forward(self, raw: Array, z: Array) -> None:
        """Put the largest into the neuron's row of z."""
        self._first = raw[self.pieces].argmax(axis=0)
        z[self.row] = raw[self.pieces].max(axis=0)

    def backward(self, d: Array, d_raw: Array) -> None:
        """Hand the derivative to the largest piece."""
        import numpy as np

        if self._first is None:
            raise RuntimeError("backward before forward")
        part = d_raw[self.pieces]
        part[...] = 0
        part[self._first, np.arange(part.shape[1])] = d[self.row]


class Normalised:
    """Batch normalisation of one neuron: γ(z − μ)/√(σ² + ε) + β; applied, with the running averages in `running`."""

    def __init__(
        self,
        neuron: Neuron,
        row: int,
        at: int,
        weights: Weights,
        running: Mapping[str, Array],
        *,
        training: bool,
    ) -> None:
        if neuron.normalise is None:
            raise ValueError(f"{neuron.id} is not normalised")
        self.settings: Normalise = neuron.normalise
        self.row = row
        self.at = at
        self._training = training
        self._running = running[neuron.id]
        self._gamma = weights.column((self.settings.gamma,))
        self._beta = weights.column((self.settings.beta,))
        self.mean = self.variance = 0.0
        self._inside: Array | None = None
        self._slots: tuple[Array, Array] | None = None

    def learn(self, gradient: Gradient) -> None:
        """Make room for the derivatives by γ and β."""
        names = (self.settings.gamma, self.settings.beta)
        gamma, beta = (
            gradient.slot((self.row, name, at), (name,)) for at, name in enumerate(names)
        )
        self._slots = gamma, beta

    def forward(self, raw: Array, z: Array) -> None:
        """Put γx̂ + β into the neuron's row of z."""
        import numpy as np

        own = raw[self.at]
        if self._training:
            self.mean = float(own.mean())
            distance = own - self.mean
            self.variance = float((distance * distance).mean())
        else:
            self.mean, self.variance = (float(number) for number in self._running)
        self._spread = np.sqrt(self.variance + self.settings.epsilon)
        self._inside = (own - self.mean) / self._spread
        z[self.row] = float(self._gamma()[0, 0]) * self._inside + float(self._beta()[0, 0])

    def backward(self, d: Array, d_raw: Array) -> None:
        """Turn the derivative by γx̂ + β into that by z.

        In training every sample of the batch is felt through mean and variance (Ioffe, Szegedy: Batch normalization, 2015).
        """
        if self._inside is None or self._slots is None:
            raise RuntimeError("backward before forward")
        upstream, inside = d[self.row], self._inside
        self._slots[0][0] = (upstream * inside).sum()
        self._slots[1][0] = upstream.sum()
        scaled = float(self._gamma()[0, 0]) * upstream
        if self._training:
            scaled = scaled - scaled.mean() - inside * (scaled * inside).mean()
        d_raw[self.at] = scaled / self._spread

    def move_averages(self, samples: int) -> None:
        """Move the running averages towards this batch; that of the variance sees the unbiased one (torch.nn.BatchNorm1d)."""
        part = self.settings.momentum
        mean, variance = self._running
        self._running[0] = (1 - part) * mean + part * self.mean
        self._running[1] = (1 - part) * variance + part * (samples / (samples - 1) * self.variance)


def dropout_factor(settings: Dropout, *, kept: bool, training: bool) -> float:
    """Return what an output is multiplied by: 0 where it is dropped, else 1 or what makes up for the dropped ones."""
    # 1 − 0.9 is not 0.1 in doubles.
    share = float(1 - Fraction(repr(settings.rate)))
    if not training:
        return 1.0 if settings.scaling == "inverted" else share
    if not kept:
        return 0.0
    return 1.0 / share if settings.scaling == "inverted" else 1.0


class Masks:
    """The factors of dropout for the rows of every neuron that has one, drawn as the trace draws them."""

    def __init__(self, neurons: Sequence[tuple[Neuron, int]], seed: int, *, training: bool) -> None:
        self._neurons = [
            (neuron.id, row, neuron.dropout.rate, tuple(
                dropout_factor(neuron.dropout, kept=kept, training=training) for kept in (False, True)
            ))
            for neuron, row in neurons
            if neuron.dropout is not None
        ]  # fmt: skip
        self._seed = seed
        self._training = training

    def fill(self, mask: Array, passes: int, samples: Sequence[int]) -> None:
        """Write the factors of one pass into the rows of `mask`, one column for each sample."""
        for name, row, rate, (dropped, kept) in self._neurons:
            if not self._training:
                mask[row] = kept
                continue
            mask[row] = [
                dropped if uniform(self._seed, "dropout", passes, sample, name) < rate else kept
                for sample in samples
            ]
