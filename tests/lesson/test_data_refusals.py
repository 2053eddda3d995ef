"""Every way columns, features and test samples can break the rules gives one sentence that names the place."""

import json

import pytest

from explainer.lesson.examples import example
from explainer.lesson.files import lesson_from_json, lesson_to_json
from explainer.messages import Refused
from tests.work import counted


def refusal(**data):
    """Return what is said of the lesson of the circle with these fields of its data changed; ... takes one away."""
    tree = json.loads(lesson_to_json(example("circle-features")))
    for name, value in data.items():
        if value is ...:
            del tree["data"][name]
        else:
            tree["data"][name] = value
    with pytest.raises(Refused) as caught:
        lesson_from_json(json.dumps(tree).encode())
    sentence = str(caught.value)
    assert "\n" not in sentence
    return sentence


def features(*expressions):
    return [
        {"name": f"f{place}", "expression": text} for place, text in enumerate(expressions, start=1)
    ]


SENTENCES = [
    ({"features": {}}, "data.features: this must be a list, not an object"),
    ({"features": ["x1", "x2"]}, "data.features[0]: this must be an object, not text"),
    ({"features": [{"name": "p"}, {}]}, 'data.features[0]: the field "expression" is missing'),
    ({"features": [{"name": "p", "expression": 1}]}, "data.features[0].expression: this must be text, not a whole number"),
    ({"features": [{"name": "p", "expression": "x1", "x": 1}]}, "data.features[0].x: there is no such field"),
    ({"features": features("x1")}, "data.columns: columns and features make 1 inputs, the network has 2 input neurons"),
    ({"features": features("x1", "x2", "x1"), "columns": ...}, "data.features: columns and features make 3 inputs, the network has 2 input neurons"),
    ({"features": ..., "columns": ...}, None),
    ({"columns": ...}, "data.inputs[0]: the row has length 2, the network needs 0"),
    ({"features": features("x1", "x3")}, "data.features[1].expression: Character 1: “x3” is no column; the columns are x1, x2"),
    ({"features": features("x1", "x1;x2")}, "data.features[1].expression: "),
    ({"features": features("x1", "a=x1")}, "data.features[1].expression: A feature is one expression of the columns"),
    ({"features": features("x1", "__import__('os')")}, "data.features[1].expression: Character 1: a name starts with a letter"),
    ({"features": features("x1", "1/x2")}, "data.features[1]: in sample 1 it is not a finite number"),
    ({"features": features("x1", "1/(x1-0.3)")}, "data.features[1]: in test sample 1 it is not a finite number"),
    ({"features": features("x1", "exp(exp(exp(x1+9)))")}, "data.features[1]: in sample 1 it is not a finite number"),
    ({"features": [{"name": "p", "expression": "x1"}] * 2}, 'data.features[1]: "p" stands there twice'),
    ({"features": [{"name": "1p", "expression": "x1"}] * 2}, 'data.features[1]: "1p" stands there twice'),
    ({"features": [{"name": "1", "expression": "x1"}, {"name": "x1", "expression": "x1"}]}, 'data.features[1]: "x1" stands there twice'),
    ({"features": [{"name": "1", "expression": "x1"}, {"name": "2", "expression": "x1"}]}, 'data.features[0].name: "1" is not a name'),
    ({"columns": ["x1"]}, "data.columns: columns and features make 3 inputs, the network has 2 input neurons"),
    ({"columns": ["x1", "x1"], "features": []}, 'data.columns[1]: "x1" stands there twice'),
    ({"columns": ["x1", "x9"], "features": []}, 'data.columns[1]: no column "x9"'),
    ({"columns": "x1"}, "data.columns: this must be a list, not text"),
    ({"names": ["a"]}, "data.inputs[0]: the row has length 2, the network needs 1"),
    ({"names": ["a", "a"]}, 'data.names[1]: "a" stands there twice'),
    ({"names": ["x2", "a"]}, 'data.names[0]: "x2" cannot be the name of a column'),
    ({"names": ["a", "sin"]}, 'data.names[1]: "sin" cannot be the name of a column'),
    ({"names": ["a", "<b>"]}, 'data.names[1]: "<b>" is not a name'),
    ({"test": []}, "data.test: this must be an object, not a list"),
    ({"test": {"inputs": [], "targets": []}}, "data.test.inputs: there is no sample"),
    ({"test": {"inputs": [[1, 2]], "targets": []}}, "data.test.targets: 0 rows for 1 rows of inputs"),
    ({"test": {"inputs": [[1]], "targets": [[1]]}}, "data.test.inputs[0]: the row has length 1, the network needs 2"),
    ({"test": {"inputs": [[1, "2"]], "targets": [[1]]}}, "data.test.inputs[0][1]: this must be a number, not text"),
    ({"test": {"inputs": [[1, 2]], "targets": [[1, 2]]}}, "data.test.targets[0]: the row has length 2, the network needs 1"),
    ({"test": {"inputs": [[1, 2]] * 10_000, "targets": [[1]] * 10_000}}, "data.test.inputs: there are 10006, at most 10000 are allowed"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "sentence"), [each for each in SENTENCES if each[1]])
def test_wrong_data_are_refused_by_their_place(data, sentence):
    assert refusal(**data).startswith(sentence)


@pytest.mark.parametrize(
    "expression",
    ["+".join(["sin(x1)"] * 40), "x1^x2^9^9^9", "exp(exp(exp(exp(x1))))", "(x1+1)^0.5^9999999"],
)
def test_no_file_computes_for_long(expression):
    # A hundred calls for each row: refused before anything is computed of most of them.
    with counted(900_000):
        sentence = refusal(
            inputs=[[row / 7, 1.0] for row in range(9_000)],
            targets=[[0]] * 9_000,
            features=features(*["x1"], expression),
        )
    assert sentence.startswith("data.features")


def test_a_lesson_with_all_of_it_survives_being_saved():
    lesson = example("circle-features")
    assert lesson_from_json(lesson_to_json(lesson)) == lesson
    assert lesson.data.columns == ()
    assert lesson.data.test is not None
