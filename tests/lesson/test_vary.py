"""The field `vary`: read, written, refused by its place, and kept when parameters change."""

import pytest
from msgspec.structs import replace

from explainer.lesson.examples import example
from explainer.lesson.files import lesson_from_json, lesson_to_json
from explainer.lesson.structure.renaming import rename_parameter
from explainer.lesson.vary import Draw, Vary
from explainer.messages import Refused

LESSON = example("lecture-2-2-1")
ALL = Vary(
    weights=Draw(-1, 1),
    inputs=Draw(1, 5, 0),
    learning_rate=Draw(0.1, 0.5),
    parameters={"w1": Draw(0.01, 0.99, 2)},
)


@pytest.mark.parametrize(
    "lesson",
    [
        replace(LESSON, vary=ALL),
        replace(LESSON, vary=Vary()),
        replace(
            example("graph-sin"), vary=Vary(values=Draw(1, 3), parameters={"x": Draw(1, 2, 2)})
        ),
    ],
)
def test_it_is_read_as_it_was_written(lesson):
    content = lesson_to_json(lesson)
    assert lesson_from_json(content) == lesson
    assert lesson_to_json(lesson_from_json(content)) == content


@pytest.mark.parametrize(
    ("vary", "sentence"),
    [
        (Vary(values=Draw(0, 1)), "vary.values: the lesson has nothing of this kind"),
        (Vary(parameters={"w9": Draw(0, 1)}), 'vary.parameters.w9: no parameter "w9"'),
        (Vary(weights=Draw(1, 0)), "vary.weights: there is no number but 0"),
        (Vary(weights=Draw(0.2, 0.3, 0)), "vary.weights: there is no number but 0"),
        (
            Vary(weights=Draw(0, 1, 9)),
            "vary.weights.decimals: it must be a whole number from 0 to 4",
        ),
        (Vary(weights=Draw(0, 1e9)), "vary.weights.to: it must lie between"),
        (Vary(learning_rate=Draw(0, 1)), "vary.learning_rate.from: it must be greater than 0"),
    ],
)
def test_what_cannot_be_drawn_is_refused_by_its_place(vary, sentence):
    with pytest.raises(Refused) as refusal:
        lesson_from_json(lesson_to_json(replace(LESSON, vary=vary)))
    assert str(refusal.value).startswith(sentence)


def test_it_follows_the_names_of_parameters():
    lesson = replace(LESSON, vary=ALL)
    renamed = rename_parameter(lesson, "w1", "first")
    assert renamed.vary is not None
    assert list(renamed.vary.parameters) == ["first"]
