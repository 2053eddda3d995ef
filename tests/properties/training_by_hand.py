"""Penalties, clipping, schedules and update rules with pencil and paper, as the papers and PyTorch's manual print them.

Every line that a student would write down is kept, that is rounded where the lesson rounds.
"""

from decimal import Decimal

import sympy

from explainer.maths.penalties import PENALTIES
from explainer.maths.schedules import SCHEDULES
from explainer.maths.updates import UPDATES


class Rule:
    """The update rule of a lesson; `memory` is what it knows of each parameter."""

    def __init__(self, lesson, pencil):
        self.choice = lesson.update.choice
        self.pencil = pencil
        self.memory = {}
        values = {**UPDATES[self.choice.name].parameters, **dict(self.choice.parameters)}
        self.number = {name: pencil.given(value) for name, value in values.items()}

    def step(self, name, w, g, eta, t):
        """Return the new value of a parameter w with gradient g in pass t."""
        keep = self.pencil.keep
        if self.choice.name == "sgd":
            return keep(w - eta * g)
        old = self.memory.get(name, {})
        if self.choice.name in ("momentum", "nesterov"):
            mu = self.number["momentum"]
            v = keep(mu * old.get("v", Decimal(0)) + g)
            self.memory[name] = {"v": v}
            return (
                keep(w - eta * v)
                if self.choice.name == "momentum"
                else keep(w - eta * (g + mu * v))
            )
        epsilon = self.number["epsilon"]
        if self.choice.name in ("adagrad", "rmsprop"):
            s = old.get("s", Decimal(0))
            decay = self.number.get("decay")
            s = keep(s + g * g) if decay is None else keep(decay * s + (1 - decay) * g * g)
            self.memory[name] = {"s": s}
            return keep(w - eta * g / (s.sqrt() + epsilon))
        return self._adam(name, w, g, eta, t, old)

    def _adam(self, name, w, g, eta, t, old):
        keep, beta1, beta2 = self.pencil.keep, self.number["beta1"], self.number["beta2"]
        if self.choice.name == "adamw":
            w = keep(w - eta * self.number["weight_decay"] * w)
        m = keep(beta1 * old.get("m", Decimal(0)) + (1 - beta1) * g)
        v = keep(beta2 * old.get("v", Decimal(0)) + (1 - beta2) * g * g)
        self.memory[name] = {"m": m, "v": v}
        m_hat, v_hat = keep(m / (1 - beta1**t)), keep(v / (1 - beta2**t))
        return keep(w - eta * m_hat / (v_hat.sqrt() + self.number["epsilon"]))


def learning_rate(lesson, pencil, epoch):
    """Return the learning rate of an epoch, counted from 0."""
    rate, schedule = pencil.given(lesson.update.learning_rate), lesson.update.schedule
    values = {**SCHEDULES[schedule.name].parameters, **dict(schedule.parameters)}
    if schedule.name == "constant":
        return rate
    gamma = pencil.given(values["gamma"])
    if schedule.name == "step":
        return pencil.keep(rate * gamma ** int(epoch // values["step_size"]))
    return pencil.keep(rate * gamma**epoch)


def clipped(lesson, pencil, gradients):
    """Return the gradients of the trainable parameters as the update uses them."""
    clip = lesson.update.clip
    if clip is None:
        return gradients
    threshold = pencil.given(clip.threshold)
    if clip.by == "value":
        return {name: max(-threshold, min(threshold, g)) for name, g in gradients.items()}
    length = pencil.keep(sum((g * g for g in gradients.values()), Decimal(0)).sqrt())
    if length <= threshold:
        return gradients
    factor = pencil.keep(threshold / length)
    return {name: pencil.keep(factor * g) for name, g in gradients.items()}


class Penalty:
    """The penalty of a lesson: `of_sample` and `by_prediction` are 0 where it acts on weights, and the other way round."""

    def __init__(self, lesson, pencil, functions):
        self.pencil = pencil
        choice = lesson.penalty
        self.acts_on = PENALTIES[choice.name].acts_on if choice is not None else "nothing"
        if choice is not None:
            self.term, self.slope = functions(choice.name, choice.parameters)
        self.weights = list(dict.fromkeys(edge.weight for edge in lesson.network.edges))
        order = list(lesson.network.parameters)
        self.weights.sort(key=order.index)

    def of_weights(self, parameters):
        if self.acts_on != "weights":
            return None
        return self.pencil.keep(sum((self.term(parameters[w]) for w in self.weights), Decimal(0)))

    def by_weight(self, name, parameters):
        if self.acts_on != "weights" or name not in self.weights:
            return None
        return self.pencil.keep(self.slope(parameters[name]))

    def of_sample(self, predictions):
        if self.acts_on != "predictions":
            return None
        return self.pencil.keep(sum(map(self.term, predictions), Decimal(0)))

    def by_prediction(self, prediction):
        return self.pencil.keep(self.slope(prediction)) if self.acts_on == "predictions" else None


def penalty_formula(name, chosen, numbers):
    """Return the penalty of one weight or prediction and its symbol, from the definition."""
    row = PENALTIES[name]
    x = sympy.Symbol("x", real=True)
    return row.factor(sympy, numbers(row, chosen)) * row.term(sympy, x), x
