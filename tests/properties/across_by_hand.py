"""A pass through softmax, maxout, dropout and batch normalisation with pencil and paper, in exact arithmetic.

Backward by the closed formulas of the papers, one for a whole layer of a batch, not by the chain rule over its steps.
"""

from decimal import Decimal
from functools import cache

import sympy

from explainer.lesson.chance import uniform
from explainer.maths.activations import ACTIVATIONS
from explainer.maths.losses import LOSSES
from tests.properties.by_hand import Learner, in_decimal, numbers

NEAR = Decimal("1e-9")


class AcrossLearner(Learner):
    """A lesson on paper; `margins` says how far the last pass stayed from the nearest kinks."""

    def __init__(self, lesson):
        super().__init__(lesson)
        self.training = lesson.mode == "train"
        self.running = {name: dict(cells) for name, cells in lesson.state.neurons.items()}
        self.order = sorted(self.network.neurons, key=lambda neuron: self.depth[neuron.id])

    def near_a_kink(self):
        """Tell whether the last digit of a double decides on which side of a kink something is."""
        return min(self.margins, default=1) < NEAR

    def _values(self, samples):
        self.batch = tuple(samples)
        self.margins = []
        # Of every sample and neuron: what the activation takes, what it makes of it before dropout, the factor of dropout.
        self.taken, self.made, self.factor, self.winner = {}, {}, {}, {}
        values = {sample: self._inputs(sample) for sample in samples}
        for depth in range(1, max(self.depth.values()) + 1):
            column = [neuron for neuron in self.order if self.depth[neuron.id] == depth]
            for neuron in column:
                self._take(neuron, values)
            for sample in samples:
                for neuron in column:
                    self._make(neuron, sample, column)
                    dropped = self.made[sample, neuron.id] * self._kept(neuron, sample)
                    values[sample][neuron.id] = dropped
        return values

    def _inputs(self, sample):
        inputs = self.network.of_role("input")
        row = zip(inputs, self.lesson.data.inputs[sample], strict=True)
        return {n.id: self.pencil.given(value) * self._kept(n, sample) for n, value in row}

    def _kept(self, neuron, sample):
        """Return by what dropout multiplies an activation, and remember it."""
        factor, dropout = Decimal(1), neuron.dropout
        if dropout is not None:
            kept = 1 - self.pencil.given(dropout.rate)
            inverted = dropout.scaling == "inverted"
            chance = uniform(self.lesson.seed, "dropout", self.passes, sample, neuron.id)
            factor = Decimal(int(chance >= dropout.rate)) / (kept if inverted else 1)
            factor = factor if self.training else Decimal(1) if inverted else kept
        self.factor[sample, neuron.id] = factor
        return factor

    def _take(self, neuron, values):
        """Find what a neuron's activation takes in every sample: its sum, the largest of its pieces, or that normalised."""
        for sample in self.batch:
            pieces = self._pieces(neuron, values[sample])
            if neuron.activation.name == "maxout":
                names = [f"{neuron.id}.z{piece + 1}" for piece in range(len(pieces))]
                values[sample] |= dict(zip(names, pieces, strict=True))
                ordered = sorted(pieces)
                self.margins += [ordered[-1] - ordered[-2]] if len(pieces) > 1 else []
            else:
                values[sample][f"{neuron.id}.z"] = pieces[0]
            self.winner[sample, neuron.id] = pieces.index(max(pieces))
            self.taken[sample, neuron.id] = max(pieces)
        if neuron.normalise is not None:
            self._normalise(neuron, values)

    def _pieces(self, neuron, values):
        edges = self.network.incoming(neuron.id)
        count = max([1, len(neuron.biases), *(edge.piece + 1 for edge in edges)])
        sums = [
            sum(map(self.parameters.get, neuron.biases[k : k + 1]), Decimal(0))
            for k in range(count)
        ]
        for edge in edges:
            sums[edge.piece] += self.parameters[edge.weight] * values[edge.source]
        return sums

    def _normalise(self, neuron, values):
        settings, name, size = neuron.normalise, neuron.id, len(self.batch)
        sums = [self.taken[sample, name] for sample in self.batch]
        known = self.running.get(name, {})
        mean = self.pencil.given(known.get("running_mean", 0.0))
        variance = self.pencil.given(known.get("running_variance", 1.0))
        if self.training:
            share = self.pencil.given(settings.momentum)
            batch_mean = sum(sums) / size
            batch_variance = sum((z - batch_mean) ** 2 for z in sums) / size
            # The average keeps the variance of what the batch is a sample of.
            unbiased = batch_variance * size / (size - 1)
            self.running[name] = {
                "running_mean": (1 - share) * mean + share * batch_mean,
                "running_variance": (1 - share) * variance + share * unbiased,
            }
            mean, variance = batch_mean, batch_variance
        root = (variance + self.pencil.given(settings.epsilon)).sqrt()
        gamma, beta = self.parameters[settings.gamma], self.parameters[settings.beta]
        for sample in self.batch:
            standard = (self.taken[sample, name] - mean) / root
            found = {"mean": mean, "variance": variance, "normalised": standard}
            found["scaled"] = self.taken[sample, name] = gamma * standard + beta
            values[sample] |= {f"{name}.{part}": value for part, value in found.items()}

    def _make(self, neuron, sample, column):
        taken, choice = self.taken[sample, neuron.id], neuron.activation
        made = taken
        if choice.name == "softmax":
            powers = {n.id: self.taken[sample, n.id].exp() for n in group_of(neuron, column)}
            made = powers[neuron.id] / sum(powers.values())
        elif choice.name not in ("maxout", "identity"):
            row, learnt = ACTIVATIONS[choice.name], self._learnt(choice)
            kinks = row.kinks_at({**dict(choice.parameters), **learnt})
            self.margins += [abs(taken - Decimal(kink)) for kink in kinks]
            made = learnt_curve(choice)[0](taken, *learnt.values())
        self.made[sample, neuron.id] = made

    def _learnt(self, choice):
        return {name: self.parameters[parameter] for name, parameter in choice.named}

    def _backward(self, samples):
        self._at_error_kinks()
        self.deltas = {sample: {} for sample in samples}
        self.gradients = {}
        self._arrived = {sample: self._from_the_error(sample) for sample in samples}
        self._uses = {name: [] for name in self.parameters}
        for depth in range(max(self.depth.values()), 0, -1):
            column = [neuron for neuron in self.order if self.depth[neuron.id] == depth]
            here = {(s, n.id): self._before_dropout(s, n) for s in samples for n in column}
            for neuron in column:
                by_taken = {s: self._by_taken(s, neuron, column, here) for s in samples}
                if neuron.normalise is not None:
                    by_taken = self._by_sums(neuron, by_taken)
                for sample in samples:
                    self._hand_back(sample, neuron, by_taken[sample])
        self._update(list(self.parameters))
        self.input_gradients = {
            sample: {n.id: self._before_dropout(sample, n) for n in self.network.of_role("input")}
            for sample in samples
        }

    def _before_dropout(self, sample, neuron):
        arrived = sum(self._arrived[sample][neuron.id], Decimal(0))
        return arrived * self.factor[sample, neuron.id]

    def _by_taken(self, sample, neuron, column, here):
        """Return ∂E/∂(what the activation takes); for softmax aⱼ(gⱼ − Σ gₖaₖ)."""
        name, choice = neuron.id, neuron.activation
        if choice.name == "softmax":
            group = [other.id for other in group_of(neuron, column)]
            mean = sum(here[sample, other] * self.made[sample, other] for other in group)
            return self.made[sample, name] * (here[sample, name] - mean)
        if choice.name in ("maxout", "identity"):
            return here[sample, name]
        learnt = self._learnt(choice)
        slopes = [f(self.taken[sample, name], *learnt.values()) for f in learnt_curve(choice)[1]]
        for (_, parameter), slope in zip(choice.named, slopes[1:], strict=True):
            self._uses[parameter].append(here[sample, name] * slope)
        return here[sample, name] * slopes[0]

    def _by_sums(self, neuron, dy):
        """Return ∂E/∂z of a normalised neuron in every sample (Ioffe, Szegedy 2015, put together)."""
        settings, size = neuron.normalise, len(self.batch)
        hat = {s: self.values[s][f"{neuron.id}.normalised"] for s in self.batch}
        self._uses[settings.gamma] += [dy[s] * hat[s] for s in self.batch]
        self._uses[settings.beta] += [dy[s] for s in self.batch]
        gamma = self.parameters[settings.gamma]
        epsilon = self.pencil.given(settings.epsilon)
        root = (self.values[self.batch[0]][f"{neuron.id}.variance"] + epsilon).sqrt()
        if not self.training:
            return {s: gamma * dy[s] / root for s in self.batch}
        total, crossed = sum(dy.values()), sum(dy[s] * hat[s] for s in self.batch)
        return {
            s: gamma * (dy[s] - total / size - hat[s] * crossed / size) / root for s in self.batch
        }

    def _hand_back(self, sample, neuron, delta):
        self.deltas[sample][neuron.id] = delta
        piece = self.winner[sample, neuron.id]
        for edge in self.network.incoming(neuron.id):
            if edge.piece == piece:
                self._uses[edge.weight].append(delta * self.values[sample][edge.source])
                product = delta * self.parameters[edge.weight]
                self._arrived[sample][edge.source].append(product)
        for bias in neuron.biases[piece : piece + 1]:
            self._uses[bias].append(delta)

    def _at_error_kinks(self):
        kinks = LOSSES[self.lesson.loss.choice.name].kinks
        for sample in self.batch if kinks is not None else ():
            found = self._at_the_error(sample)
            half = len(found) // 2
            for prediction, target in zip(found[:half], found[half:], strict=True):
                distances = (prediction - target, prediction, 1 - prediction * target)
                self.margins += map(abs, distances)


def group_of(neuron, column):
    return [n for n in column if n.activation.name == "softmax" and n.group == neuron.group]


@cache
def learnt_curve(choice):
    """Return f of z and the parameters it learns, and its derivatives by each of them, decimal to decimal."""
    row = ACTIVATIONS[choice.name]
    places = [sympy.Symbol(name, real=True) for name in ("z", *(name for name, _ in choice.named))]
    parameters = {**numbers(row, choice.parameters), **{place.name: place for place in places[1:]}}
    formula = row.formula(sympy, places[0], parameters)
    return in_decimal(places, formula), [in_decimal(places, formula.diff(p)) for p in places]
