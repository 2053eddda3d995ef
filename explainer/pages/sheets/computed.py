"""Which numbers of a run were computed, so that a worksheet can tell an answer from a given number that looks the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from explainer.trace.record import LearningTerm, Run, Start, Term
from explainer.trace.summary import summarise


class Computed(float):
    """A number that somebody has to compute; `key` names the quantity."""

    __slots__ = ("key",)

    key: str

    def __new__(cls, value: float, key: str) -> Computed:
        """Return the number with the name of what it is."""
        made = super().__new__(cls, value)
        made.key = key
        return made


def with_marks(run: Run) -> Run:
    """Return the same run in which every computed number is a `Computed`; parameters, data and constants stay plain.

    Narration hands numbers on as they are, so that whoever prints them knows where each comes from.
    """
    nodes = run.graph.nodes
    values = [
        value if node.operation is None else Computed(value, f"value {place}")
        for place, (node, value) in enumerate(zip(nodes, run.values, strict=True))
    ]
    adjoints = [
        value if run.graph.is_seed(place) else Computed(value, f"derivative {place}")
        for place, value in enumerate(run.adjoints)
    ]
    terms = [
        [
            Term(
                term.consumer,
                term.argument,
                adjoints[term.consumer],
                _local(run, values, term, f"factor {place} {number}"),
                Computed(term.product, f"part {place} {number}"),
            )
            for number, term in enumerate(found)
        ]
        for place, found in enumerate(run.terms)
    ]
    marked = replace(
        run,
        values=values,
        adjoints=adjoints,
        terms=terms,
        gradients=_marked(run.gradients, "gradient"),
        clipped=_marked(run.clipped, "clipped"),
        end=_end(run),
        loss=Computed(run.loss, "loss"),
        penalty=None if run.penalty is None else Computed(run.penalty, "penalty"),
        penalty_slopes=_marked(run.penalty_slopes, "slope"),
        clip_norm=None if run.clip_norm is None else Computed(run.clip_norm, "norm"),
        clip_factor=None if run.clip_factor is None else Computed(run.clip_factor, "clipping"),
        stages={name: _marked(found, f"stage {name}") for name, found in run.stages.items()},
        learning_terms={
            name: [
                LearningTerm(
                    term.sample,
                    term.neuron,
                    term.source,
                    Computed(term.value, f"rule {name} {number}"),
                )
                for number, term in enumerate(found)
            ]
            for name, found in run.learning_terms.items()
        },
    )
    if run.lesson.update.schedule.name != "constant":
        marked.learning_rate = Computed(run.learning_rate, "learning rate")
    marked.summary = summarise(marked)
    return marked


def _local(run: Run, values: list[float], term: Term, key: str) -> float:
    """Return a local derivative as the quantity it is: what came in over an edge, a weight, or a number of its own."""
    consumer = run.graph.nodes[term.consumer]
    for place in (*consumer.inputs, term.consumer):
        if values[place] == term.local:
            return values[place]
    # ∂z/∂b = 1 and its like are nobody's work.
    whole = term.local == int(term.local) if abs(term.local) < 1e9 else False
    given = whole or term.local in run.start.parameters.values()
    return term.local if given else Computed(term.local, key)


def _marked(numbers: Mapping[str, float], key: str) -> dict[str, float]:
    return {name: Computed(value, f"{key} {name}") for name, value in numbers.items()}


def _end(run: Run) -> Start:
    parameters = {
        name: Computed(value, f"new {name}")
        if name in run.stages or name in run.learning_terms
        else value
        for name, value in run.end.parameters.items()
    }
    state = {name: _marked(cells, f"state {name}") for name, cells in run.end.state.items()}
    return Start(parameters, state)
