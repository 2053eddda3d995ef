"""Every operation whose source is run, with arguments at which it can be computed."""

import itertools
import random

from explainer.maths import layers, operations
from explainer.maths import update_operations as updates
from explainer.maths.activations import ACTIVATIONS
from explainer.maths.batch_variance import BatchVariance
from explainer.maths.functions import FUNCTIONS
from explainer.maths.losses import LOSSES
from explainer.maths.penalties import PENALTIES
from explainer.maths.schedules import SCHEDULES
from explainer.maths.softmax import softmax
from explainer.maths.updates import LEARNING_RULES, UPDATES

ROUNDS = 8


def anywhere(chance, count):
    return [round(chance.uniform(-3, 3), 3) for _ in range(count)]


def shares(chance, count):
    return [round(chance.uniform(0.05, 0.95), 3) for _ in range(count)]


def operations_by_name():
    """Yield a name, an operation, and how its arguments are drawn."""
    for name, row in ACTIVATIONS.items():
        yield name, operations.activation(name), anywhere
        for parameter, value in row.parameters.items():
            chosen = ((parameter, value * 1.25),)
            yield f"{name}, other {parameter}", operations.activation(name, chosen), anywhere
    yield "prelu, learnt", operations.activation("prelu", (), ("alpha",)), anywhere
    for name, row in LOSSES.items():
        draw = shares if row.predictions[0] == 0 else anywhere
        for outputs in (1, 3):
            yield f"{name}, {outputs} outputs", operations.loss(name, outputs), draw
    for name, row in PENALTIES.items():
        draw = shares if row.predictions[0] == 0 else anywhere
        yield name, updates.penalty(name, 3), draw
    yield from of_updates()
    yield from of_layers()
    for name, row in FUNCTIONS.items():
        count = row.arity or 3
        # Arguments between 0 and 1 are in the domain of every function.
        yield f"{name}(…)", row.operation(count), shares


def of_updates():
    for name in UPDATES:
        for stage, operation in updates.stages(name):
            yield f"{name}: {stage.name}", operation, shares
    for name, rule in LEARNING_RULES.items():
        for only_on_error in [False, True][: 1 + len(rule.switches)]:
            step = updates.learning_step(name, only_on_error=only_on_error, has_input=True)
            yield f"{name}, {only_on_error}", step, anywhere
    for name in SCHEDULES:
        yield f"schedule {name}", updates.learning_rate(name), shares
    yield "length", updates.norm(3), anywhere
    yield "factor", updates.clipping_factor(1.0), shares
    yield "clipped", updates.clipped_value(1.0), anywhere
    yield "mean of a batch", operations.batch(3, "mean"), anywhere
    yield "weighted sum", operations.weighted_sum(2, True), anywhere
    yield "nothing", operations.weighted_sum(0, False), anywhere


def of_layers():
    for index in range(3):
        yield f"softmax {index}", softmax(index, 3), anywhere
    yield "maxout", layers.maxout(3), anywhere
    for scaling, training in itertools.product(("at_application", "inverted"), (True, False)):
        dropout = layers.dropout(0.3, scaling, training=training)
        yield f"dropout {scaling} {training}", dropout, anywhere
    yield "variance", BatchVariance(3), anywhere
    yield "normalised", layers.normalised(1e-5), shares
    yield "scaled", layers.scaled(), anywhere
    yield "running mean", layers.running_mean(0.1), anywhere
    yield "running variance", layers.running_variance(0.1, 3), shares


def differentiated(case):
    """Return by how many of its first arguments an operation is differentiated: not by targets, epochs, masks."""
    operation, _ = CASES[case]
    if "outputs" in case:
        return operation.arity // 2
    return 0 if case.startswith("schedule") else operation.arity


CASES = {name: (operation, draw) for name, operation, draw in operations_by_name()}


def places(case):
    """Return the arguments at which an operation is computed."""
    operation, draw = CASES[case]
    chance = random.Random(case)
    return [draw(chance, operation.arity) for _ in range(ROUNDS)]
