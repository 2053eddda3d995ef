"""Passes that share what they have in common: of ten thousand steps only the numbers differ, and only they take memory."""

from __future__ import annotations

from msgspec.structs import replace

from explainer.trace.steps import Pass, Step

_Numbers = dict[str, float]


def sharing(one_pass: Pass, before: Pass) -> Pass:
    """Return the same pass, made of the parts of the pass before wherever those are equal."""
    parameters, memory = before.parameters_after, before.state_after
    keys = {key: key for key in (*parameters, *_keys(before.values), *_keys(before.deltas))}
    return replace(
        one_pass,
        steps=tuple(map(_shared_step, one_pass.steps, _as_many(before.steps, one_pass.steps))),
        values=_shared_tables(one_pass.values, keys),
        deltas=_shared_tables(one_pass.deltas, keys),
        gradients=_shared_keys(one_pass.gradients, keys),
        parameters_before=parameters
        if parameters == one_pass.parameters_before
        else one_pass.parameters_before,
        parameters_after=_shared_keys(one_pass.parameters_after, keys),
        state_before=memory if memory == one_pass.state_before else one_pass.state_before,
    )


def _shared_step(step: Step, like: Step | None) -> Step:
    """Return a step made of another, if that differs in its numbers alone."""
    if like is None:
        return step
    made: Step = replace(like, index=step.index, sample=step.sample, value=step.value)
    return made if made == step else step


def _as_many(found: tuple[Step, ...], wanted: tuple[Step, ...]) -> tuple[Step | None, ...]:
    return (*found, *[None] * (len(wanted) - len(found)))[: len(wanted)]


def _keys(tables: dict[str, _Numbers]) -> list[str]:
    return [key for table in tables.values() for key in table]


def _shared_tables(tables: dict[str, _Numbers], keys: dict[str, str]) -> dict[str, _Numbers]:
    return {key: _shared_keys(table, keys) for key, table in tables.items()}


def _shared_keys(table: _Numbers, keys: dict[str, str]) -> _Numbers:
    return {keys.get(key, key): value for key, value in table.items()}
