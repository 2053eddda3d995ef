"""Edits of the columns the network sees: computed ones, and which of the given ones. The network gets or loses the input neuron."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from explainer.lesson.adapting import with_input, without_input
from explainer.lesson.checks import check_lesson
from explainer.lesson.inputs import column_names, seen_columns
from explainer.lesson.lesson import Feature, Lesson
from explainer.messages import Refused, message


def with_columns(
    lesson: Lesson, features: Sequence[Feature], seen: Collection[int] | None = None
) -> Lesson:
    """Return the lesson with exactly these computed columns, whose network sees these given ones, by default as before.

    A feature of the same name stays the same column and keeps its weights, whatever its expression has become. Refused for two
    of one name, for what is no expression in the columns, and where the network would be left without an input.
    """
    names = [feature.name for feature in features]
    if len(set(names)) < len(names):
        raise Refused(message("Two computed columns have the same name."))
    kept = [feature.name for feature in lesson.data.features if feature.name in names]
    if kept != names[: len(kept)]:
        # Another order: the columns that stand elsewhere than before are made anew.
        kept = kept[: next(at for at, name in enumerate(kept) if name != names[at])]
    # First what is added, so that the network is never without an input.
    for place in seen_columns(lesson.data) if seen is None else sorted(seen):
        lesson = _shown(lesson, place, is_seen=True)
    data = lesson.data
    added = [feature for feature in features if feature.name not in kept]
    for feature in added:
        lesson = _with_feature(lesson, feature)
    for index in range(len(data.features) - 1, -1, -1):
        if data.features[index].name not in kept:
            lesson = _without_feature(lesson, index)
    hidden = set() if seen is None else set(seen_columns(lesson.data)) - set(seen)
    for place in sorted(hidden):
        lesson = _shown(lesson, place, is_seen=False)
    lesson = replace(lesson, data=replace(lesson.data, features=tuple(features)))
    check_lesson(lesson)
    return lesson


def _with_feature(lesson: Lesson, feature: Feature) -> Lesson:
    """Return the lesson with one more computed column, and the input neuron that takes it, its weights 0."""
    data = lesson.data
    place = len(seen_columns(data)) + len(data.features)
    larger = with_input(lesson, place, feature.name)
    return replace(larger, data=replace(data, features=(*data.features, feature)))


def _without_feature(lesson: Lesson, index: int) -> Lesson:
    """Return the lesson without a computed column and its input neuron."""
    data = lesson.data
    _refuse_last(lesson)
    smaller = without_input(lesson, len(seen_columns(data)) + index)
    features = (*data.features[:index], *data.features[index + 1 :])
    return replace(smaller, data=replace(data, features=features))


def _shown(lesson: Lesson, column: int, *, is_seen: bool) -> Lesson:
    """Return the lesson whose network sees a given column or does without it; features may use it either way."""
    data = lesson.data
    seen, names = seen_columns(data), column_names(data)
    if (column in seen) is is_seen:
        return lesson
    if is_seen:
        place = sum(other < column for other in seen)
        chosen = (*seen[:place], column, *seen[place:])
        changed = with_input(lesson, place, names[column])
    else:
        _refuse_last(lesson)
        chosen = tuple(other for other in seen if other != column)
        changed = without_input(lesson, seen.index(column))
    # All of them in order is what a lesson that says nothing means.
    is_all = chosen == tuple(range(len(names)))
    columns = None if is_all else tuple(names[place] for place in chosen)
    return replace(changed, data=replace(data, columns=columns))


def _refuse_last(lesson: Lesson) -> None:
    if len(lesson.network.of_role("input")) == 1:
        raise Refused(message("The network must keep at least one input."))
