"""One pass of back-propagation as a patient student does it with pencil and paper, in decimal arithmetic.

Written from the definition of the lesson file, without the program's graph, trace or compiled functions: it takes only
the defining formula of an activation or loss from the tables. Slow, and plain on purpose.
"""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, localcontext
from functools import cache

import mpmath
import sympy

from explainer.maths.activations import ACTIVATIONS
from explainer.maths.losses import LOSSES
from tests.properties.training_by_hand import (
    Penalty,
    Rule,
    clipped,
    learning_rate,
    penalty_formula,
)

DIGITS = 80
WIDE = Context(prec=2 * DIGITS)
BY_OUTPUT = {"sigmoid": lambda a: a * (1 - a), "tanh": lambda a: 1 - a * a}


class Pencil:
    """Pencil and paper: `keep` rounds a number as the lesson says, or keeps all of it."""

    def __init__(self, arithmetic):
        self.arithmetic = arithmetic
        self.exact = arithmetic.mode == "exact"

    def given(self, number):
        """Return a number of the lesson as it stands there; exactly the double where nothing is rounded."""
        return Decimal(number) if self.exact else Decimal(repr(number))

    def keep(self, number):
        if self.exact or not number:
            return number
        wanted = self.arithmetic
        place = (
            -wanted.decimals
            if wanted.significant is None
            else (number.adjusted() - wanted.significant + 1)
        )
        ties = ROUND_HALF_UP if wanted.ties == "half_up" else ROUND_HALF_EVEN
        return number.quantize(Decimal(1).scaleb(place), ties)


class Learner:
    """A lesson on paper: parameters as they stand, and what the last pass found."""

    def __init__(self, lesson):
        self.lesson = lesson
        self.network = lesson.network
        self.pencil = Pencil(lesson.arithmetic)
        self.parameters = {
            name: self.pencil.given(lesson.network.value(name))
            for name in lesson.network.parameters
        }
        self.depth = {neuron.id: self._depth(neuron.id) for neuron in self.network.neurons}
        self.rule = Rule(lesson, self.pencil)
        self.penalty = Penalty(lesson, self.pencil, penalty)
        self.passes = lesson.state.passes

    def _depth(self, name):
        neuron = self.network.neuron(name)
        if neuron.role == "input":
            return 0
        return 1 + max(
            (self._depth(edge.source) for edge in self.network.incoming(name)), default=0
        )

    def learn(self, samples):
        """Do one pass on these samples; afterwards `values`, `errors`, `deltas`, `gradients`, `parameters` are its results."""
        with localcontext(WIDE):
            rows = len(self.lesson.data.inputs)
            wanted = self.lesson.update.batch_size
            per_epoch = -(-rows // (rows if wanted == "all" else min(wanted, rows)))
            self.rate = learning_rate(self.lesson, self.pencil, self.passes // per_epoch)
            self.start = dict(self.parameters)
            self.values = self._values(samples)
            self.errors = {sample: self._error(sample) for sample in samples}
            total = sum(self.errors.values())
            self.loss = self.pencil.keep(self._reduced(total))
            weights = self.penalty.of_weights(self.parameters)
            if weights is not None:
                self.loss = self.pencil.keep(self.loss + weights)
            self.passes += 1
            self._backward(samples)

    def _reduced(self, total):
        samples = len(self.values)
        mean = self.lesson.loss.reduction == "mean" and samples > 1
        return total / samples if mean else total

    def _values(self, samples):
        return {sample: self._forward(sample) for sample in samples}

    def _forward(self, sample):
        inputs = [neuron.id for neuron in self.network.of_role("input")]
        row = self.lesson.data.inputs[sample]
        values = {name: self.pencil.given(value) for name, value in zip(inputs, row, strict=True)}
        for neuron in sorted(self.network.neurons, key=lambda neuron: self.depth[neuron.id]):
            if neuron.role == "input":
                continue
            z = Decimal(0) if neuron.bias is None else self.parameters[neuron.bias]
            for edge in self.network.incoming(neuron.id):
                z += self.parameters[edge.weight] * values[edge.source]
            values[f"{neuron.id}.z"] = z = self.pencil.keep(z)
            identity = neuron.activation.name == "identity"
            values[neuron.id] = z if identity else self.pencil.keep(self._curve(neuron)[0](z))
        return values

    def _curve(self, neuron):
        return curve(neuron.activation.name, neuron.activation.parameters)

    def _outputs(self):
        return [neuron.id for neuron in self.network.of_role("output")]

    def _at_the_error(self, sample):
        targets = [self.pencil.given(target) for target in self.lesson.data.targets[sample]]
        return [self.values[sample][name] for name in self._outputs()] + targets

    def _error_functions(self):
        choice = self.lesson.loss.choice
        return error(choice.name, choice.parameters, len(self._outputs()))

    def _error(self, sample):
        error = self.pencil.keep(self._error_functions()[0](*self._at_the_error(sample)))
        extra = self.penalty.of_sample([self.values[sample][name] for name in self._outputs()])
        return error if extra is None else self.pencil.keep(error + extra)

    def _backward(self, samples):
        self.deltas = {sample: {} for sample in samples}
        self.gradients = {}
        # What has arrived at each neuron's output, and at each parameter, still to be added up.
        self._arrived = {sample: self._from_the_error(sample) for sample in samples}
        self._uses = {name: [] for name in self.parameters}
        for depth in range(max(self.depth.values()), 0, -1):
            here = [neuron for neuron in self.network.neurons if self.depth[neuron.id] == depth]
            pairs = [(sample, neuron) for sample in samples for neuron in here]
            for sample, neuron in pairs:
                self._delta_and_gradients(sample, neuron)
            if self.lesson.update.order == "in_place":
                self._update([name for name in self.parameters if self._last_depth(name) == depth])
            for sample, neuron in pairs:
                self._hand_on(sample, neuron)
        self._update([name for name in self.parameters if name not in self.gradients])
        self.input_gradients = {
            sample: {
                neuron.id: self._added(self._arrived[sample][neuron.id])
                for neuron in self.network.of_role("input")
            }
            for sample in samples
        }

    def _from_the_error(self, sample):
        arrived = {name: [] for name in self.depth}
        for slope, name in zip(self._error_functions()[1], self._outputs(), strict=True):
            arrived[name].append(self.pencil.keep(slope(*self._at_the_error(sample))))
            extra = self.penalty.by_prediction(self.values[sample][name])
            if extra is not None:
                arrived[name].append(extra)
        return arrived

    def _delta_and_gradients(self, sample, neuron):
        keep = self.pencil.keep
        delta = self._added(self._arrived[sample][neuron.id])
        if neuron.activation.name != "identity":
            delta = keep(delta * keep(self._slope(sample, neuron)))
        self.deltas[sample][neuron.id] = delta
        for edge in self.network.incoming(neuron.id):
            value = keep(self.values[sample][edge.source])
            self._uses[edge.weight].append(keep(delta * value))
        if neuron.bias is not None:
            self._uses[neuron.bias].append(delta)

    def _slope(self, sample, neuron):
        """Return f′: by hand from what the neuron put out, where every book writes it so."""
        by_output = BY_OUTPUT.get(neuron.activation.name)
        if by_output is None or self.pencil.exact:
            return self._curve(neuron)[1](self.values[sample][f"{neuron.id}.z"])
        return by_output(self.values[sample][neuron.id])

    def _hand_on(self, sample, neuron):
        for edge in self.network.incoming(neuron.id):
            weight = self.pencil.keep(self.parameters[edge.weight])
            product = self.pencil.keep(self.deltas[sample][neuron.id] * weight)
            self._arrived[sample][edge.source].append(product)

    def _last_depth(self, name):
        """Return the depth of the neuron nearest the inputs that uses the parameter."""
        users = [edge.target for edge in self.network.edges if edge.weight == name]
        users += [neuron.id for neuron in self.network.neurons if neuron.bias == name]
        return min((self.depth[user] for user in users), default=0)

    def _update(self, names):
        keep = self.pencil.keep
        for name in names:
            gradient = keep(self._reduced(self._added(self._uses[name])))
            pull = self.penalty.by_weight(name, self.start)
            self.gradients[name] = gradient if pull is None else keep(gradient + pull)
        moving = {name: self.gradients[name] for name in names if self.network.is_trainable(name)}
        self.clipped = clipped(self.lesson, self.pencil, moving)
        for name, gradient in self.clipped.items():
            old = self.parameters[name]
            self.parameters[name] = self.rule.step(name, old, gradient, self.rate, self.passes)

    def _added(self, terms):
        return self.pencil.keep(sum(terms, Decimal(0)))


@cache
def curve(name, chosen):
    """Return f and f′ of an activation, decimal to decimal."""
    row = ACTIVATIONS[name]
    z = sympy.Symbol("z", real=True)
    formula = row.formula(sympy, z, numbers(row, chosen))
    return in_decimal([z], formula), in_decimal([z], formula.diff(z))


@cache
def error(name, chosen, count):
    """Return E and the list of ∂E/∂ŷ, of the predictions and then the targets."""
    row = LOSSES[name]
    outputs = [sympy.Symbol(f"p{position}", real=True) for position in range(count)]
    targets = [sympy.Symbol(f"t{position}", real=True) for position in range(count)]
    formula = row.formula(sympy, targets, outputs, numbers(row, chosen))
    places = [*outputs, *targets]
    return in_decimal(places, formula), [in_decimal(places, formula.diff(o)) for o in outputs]


@cache
def penalty(name, chosen):
    """Return what one weight or prediction adds to the penalty, and its derivative."""
    formula, x = penalty_formula(name, chosen, numbers)
    return in_decimal([x], formula), in_decimal([x], formula.diff(x))


def numbers(row, chosen):
    values = {**row.parameters, **dict(chosen)}
    return {name: sympy.Rational(repr(value)) for name, value in values.items()}


def in_decimal(places, formula):
    """Return a formula as a function of decimals: exact where the result is a fraction, else to many digits."""
    compiled = sympy.lambdify(places, formula, "mpmath")

    def function(*arguments):
        fractions = [sympy.Rational(str(argument)) for argument in arguments]
        result = formula.xreplace(dict(zip(places, fractions, strict=True)))
        if result.is_Rational:
            return Decimal(int(result.p)) / Decimal(int(result.q))
        # Many digits more than are kept, so that no cancellation on the way is seen.
        with mpmath.workdps(3 * DIGITS):
            return Decimal(mpmath.nstr(compiled(*map(mpmath.mpf, map(str, arguments))), DIGITS))

    return function
