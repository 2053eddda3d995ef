"""The learning rules before back-propagation: every weight of one layer moves by what its own input and neuron say."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from explainer.maths import update_operations
from explainer.maths.operation import Operation
from explainer.maths.updates import LEARNING_RULES
from explainer.trace.record import LearningTerm, Run, must_be_finite


def follows_gradient(rule: str) -> bool:
    """Tell whether back-propagation belongs to the rule; only perceptron and Hebb have none."""
    return rule not in LEARNING_RULES or LEARNING_RULES[rule].follows_gradient


def learn(run: Run) -> None:
    """Move every trainable parameter by the lesson's learning rule."""
    lesson = run.lesson
    for parameter in run.graph.parameter:
        value = run.start.parameters[parameter]
        if lesson.network.is_trainable(parameter):
            terms = list(_terms(run, parameter))
            run.learning_terms[parameter] = terms
            value = _moved(run, parameter, value, terms)
            place = run.graph.nodes[run.graph.parameter[parameter]]
            must_be_finite(value, place)
        run.end.parameters[parameter] = value


def _moved(run: Run, parameter: str, value: float, terms: list[LearningTerm]) -> float:
    if not terms:
        return value
    rule, rate = run.lesson.update.choice.name, run.learning_rate
    if len(terms) == 1:
        arguments = (value, rate, *term_arguments(run, terms[0]))
        return run.calculator.value(step_operation(run, terms[0]), arguments)
    change = change_of(run, parameter, terms)
    return run.calculator.value(update_operations.learning_move(rule), (value, rate, change))


def change_of(run: Run, parameter: str, terms: list[LearningTerm]) -> float:
    """Return what several terms say together: the gradient where the rule follows one, else their mean or sum."""
    if parameter in run.gradients:
        return run.gradients[parameter]
    samples, reduction = len(run.graph.samples), run.lesson.loss.reduction
    operation = update_operations.reduced(len(terms), samples, reduction)
    return run.calculator.value(operation, [term.value for term in terms])


def _terms(run: Run, parameter: str) -> Iterator[LearningTerm]:
    network = run.lesson.network
    for sample in run.graph.samples:
        for neuron in network.of_role("output"):
            uses: list[str | None] = [
                edge.source for edge in network.incoming(neuron.id) if edge.weight == parameter
            ]
            uses += [None] * neuron.biases.count(parameter)
            for source in uses:
                term = LearningTerm(sample, neuron.id, source, 0.0)
                value = run.calculator.value(term_operation(run, term), term_arguments(run, term))
                yield term._replace(value=value)


def term_operation(run: Run, term: LearningTerm) -> Operation:
    """Return the operation of one term of the lesson's rule."""
    return _operation(update_operations.learning_term, run, term)


def step_operation(run: Run, term: LearningTerm) -> Operation:
    """Return the operation of the whole rule where it has this one term."""
    return _operation(update_operations.learning_step, run, term)


def _operation(make: Callable[..., Operation], run: Run, term: LearningTerm) -> Operation:
    update = run.lesson.update
    has_input = term.source is not None
    return make(update.choice.name, only_on_error=update.only_on_error, has_input=has_input)


def term_arguments(run: Run, term: LearningTerm) -> tuple[float, ...]:
    """Return target, answer, weighted sum and, but for a bias, the input of a term."""
    graph, lesson = run.graph, run.lesson
    column = [neuron.id for neuron in lesson.network.of_role("output")].index(term.neuron)
    given = (
        lesson.data.targets[term.sample][column],
        run.values[graph.output_of[term.sample, term.neuron]],
        run.values[graph.sum_of[term.sample, term.neuron]],
    )
    if term.source is None:
        return given
    return (*given, run.values[graph.output_of[term.sample, term.source]])
