"""Every way a file can break the rules gives one sentence that names the place."""

import copy
import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.lesson.examples import example
from explainer.lesson.files import lesson_from_json, lesson_to_json
from explainer.lesson.lesson import Lesson
from explainer.messages import Refused

LESSON = json.loads(lesson_to_json(example("mazur-2-2-2")))


def refusal(content):
    with pytest.raises(Refused) as caught:
        lesson_from_json(content, "lesson.json")
    sentence = str(caught.value)
    assert "\n" not in sentence
    return sentence


def outcome(content):
    """Return the lesson, or the refusal; any other exception is a fault."""
    try:
        return lesson_from_json(content)
    except Refused as error:
        return error


def changed(path, value):
    """Return Mazur's lesson with the value at a path replaced, added, or (for ...) removed."""
    tree = copy.deepcopy(LESSON)
    *way, last = path
    place = tree
    for step in way:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return json.dumps(tree).encode()


def neuron(**fields):
    return {"id": "n", "role": "hidden", "bias": "b1"} | fields


N, E, P = ("network", "neurons"), ("network", "edges"), ("network", "parameters")

PLACES = [
    ((*E, 3, "from"), "h9", 'network.edges[3].from: no neuron "h9"'),
    ((*E, 3, "to"), "h9", 'network.edges[3].to: no neuron "h9"'),
    ((*E, 0, "to"), "i2", 'network.edges[0].to: "i2" is an input and has no incoming edges'),
    ((*E, 0, "weight"), "w9", 'network.edges[0].weight: no parameter "w9"'),
    ((*E, 0, "weight"), 0.5, "network.edges[0].weight: this must be the name of a parameter, whose number stands in network.parameters"),
    ((*E, 1), LESSON["network"]["edges"][0], "network.edges[1]: there is already an edge i1 → h1"),
    ((*E, 4), {"from": "h1", "to": "h1", "weight": "w5"}, "network.edges[4]: the edge closes a cycle: h1 → h1"),
    ((*E, 0, "from"), "o1", "network.edges[4]: the edge closes a cycle: o1 → h1 → o1"),
    ((*E, 0, "piece"), 1, 'network.edges[0].piece: "h1" is no maxout neuron and has no pieces'),
    ((*E, 0, "wieght"), 1, "network.edges[0].wieght: there is no such field"),
    ((*E, 0, "weight"), ..., 'network.edges[0]: the field "weight" is missing'),
    (E, {}, "network.edges: this must be a list, not an object"),
    ((*N, 0, "id"), "1x", 'network.neurons[0].id: "1x" is not a name: a Latin letter, then letters, digits and _'),
    ((*N, 0, "id"), "h\u202e1", 'network.neurons[0].id: "h\\u202e1" is not a name: a Latin letter, then letters, digits and _'),
    ((*N, 0, "id"), "a" * 33, "network.neurons[0].id: it is longer than 32 characters"),
    ((*N, 1, "id"), "i1", 'network.neurons[1].id: "i1" stands there twice'),
    ((*N, 0, "id"), 7, "network.neurons[0].id: this must be text, not a whole number"),
    ((*N, 0, "id"), None, "network.neurons[0].id: this must be text, not nothing"),
    ((*N, 0, "role"), "ouput", 'network.neurons[0].role: "ouput" is not one of input, hidden, output'),
    ((*N, 0, "activation"), "sigmoid", "network.neurons[0].activation: an input neuron has no activation"),
    ((*N, 0, "bias"), "b1", "network.neurons[0].bias: an input neuron has no bias"),
    ((*N, 2, "bias"), "b9", 'network.neurons[2].bias: no parameter "b9"'),
    ((*N, 2, "bias"), 7, "network.neurons[2].bias: this must be the name of a parameter, whose number stands in network.parameters"),
    ((*N, 2, "activation"), "sigmiod", 'network.neurons[2].activation: "sigmiod" is not one of identity'),
    ((*N, 2, "activation"), 3, "network.neurons[2].activation: this must be text or an object, not a whole number"),
    ((*N, 2, "activation"), {"alpha": 1}, 'network.neurons[2].activation: the field "name" is missing'),
    ((*N, 2, "activation"), {"name": "sigmoid", "alpha": 1}, "network.neurons[2].activation.alpha: there is no such field"),
    ((*N, 2, "activation"), {"name": "sigmoid", "alpha": "1"}, "network.neurons[2].activation.alpha: this must be a number, not text"),
    ((*N, 2, "activation"), {"expression": "z +"}, "network.neurons[2].activation.expression: "),
    ((*N, 2, "dropout"), 0.5, "network.neurons[2].dropout: this must be an object, not a number"),
    ((*N, 2, "label"), "\\input{x}", "network.neurons[2].label: this cannot be a symbol: the command \\input is not"),
    ((*N, 2, "label"), "a" * 41, "network.neurons[2].label: this cannot be a symbol: it is longer than 40 characters"),
    ((*N, 2, "at"), [1, 2, 3], "network.neurons[2].at: 2 numbers must stand here, not 3"),
    ((*N, 2), [], "network.neurons[2]: this must be an object, not a list"),
    (N, [neuron()], "network.neurons: there is no input neuron"),
    (N, [neuron(id="i", role="input", bias=None)], "network.neurons: there is no output neuron"),
    (N, [neuron(id=f"n{n}") for n in range(301)], "network.neurons: there are 301, at most 300 are allowed"),
    ((*P, "w1"), "0.1", "network.parameters.w1: this must be a number or an object, not text"),
    ((*P, "w1"), True, "network.parameters.w1: this must be a number or an object, not true or false"),
    ((*P, "b1"), {"value": "x"}, "network.parameters.b1.value: this must be a number, not text"),
    ((*P, "b1"), {}, 'network.parameters.b1: the field "value" is missing'),
    ((*P, "b1"), {"value": 1, "frozen": True}, "network.parameters.b1.frozen: there is no such field"),
    ((*P, "b1", "trainable"), 0, "network.parameters.b1.trainable: this must be true or false, not a whole number"),
    ((*P, "ω"), 1, 'network.parameters.ω: "ω" is not a name'),
    (P, [], "network.parameters: this must be an object, not a list"),
    (("network",), ..., 'lesson.json: the field "network" is missing'),
    (("expression",), {"formula": "x"}, "expression: a lesson is about a network or about an expression, not about both"),
    (("colour",), "red", "colour: there is no such field"),
    (("title",), ..., 'lesson.json: the field "title" is missing'),
    (("title",), "", "title: it is empty"),
    (("title",), {"en": "x"}, 'title: the field "ru" is missing'),
    (("title", "ru"), " ", "title.ru: it is empty"),
    (("title",), "a" * 201, "title: it is longer than 200 characters"),
    (("title",), "a\nb", "title: it must be one line"),
    (("title",), "a\0b", "title: the character U+0000 is not allowed"),
    (("title",), 3, "title: this must be text or an object, not a whole number"),
    (("description",), "a" * 4001, "description: it is longer than 4000 characters"),
    (("data", "inputs"), [], "data.inputs: there is no sample"),
    (("data", "inputs"), [[1]], "data.inputs[0]: the row has length 1, the network needs 2"),
    (("data", "inputs", 0, 1), "1", "data.inputs[0][1]: this must be a number, not text"),
    (("data", "targets"), [[1, 1], [1, 1]], "data.targets: 2 rows for 1 rows of inputs"),
    (("data", "targets"), [[1, 1, 1]], "data.targets[0]: the row has length 3, the network needs 2"),
    (("data", "inputs"), [[0, 0]] * 10001, "data.inputs: there are 10001, at most 10000 are allowed"),
    (("loss",), "half_square_error", 'loss: "half_square_error" is not one of half_squared_error,'),
    (("loss",), {"name": "squared_error", "reduction": "max"}, 'loss.reduction: "max" is not one of mean, sum'),
    (("loss",), {"name": "squared_error", "delta": 1}, "loss.delta: there is no such field"),
    (("update", "rule"), "sgdd", 'update: "sgdd" is not one of sgd'),
    (("update", "rule"), ..., 'update: the field "rule" is missing'),
    (("update", "momentum"), 0.9, "update.momentum: there is no such field"),
    (("update", "learning_rate"), 0, "update.learning_rate: it must be greater than 0"),
    (("update", "learning_rate"), -0.1, "update.learning_rate: it must be greater than 0"),
    (("update", "learning_rate"), "fast", "update.learning_rate: this must be a number, not text"),
    (("update", "batch_size"), 0, 'update.batch_size: it must be a whole number from 1, or "all"'),
    (("update", "batch_size"), 1.5, 'update.batch_size: it must be a whole number from 1, or "all"'),
    (("update", "batch_size"), "al", 'update.batch_size: it must be a whole number from 1, or "all"'),
    (("update", "order"), "sideways", 'update.order: "sideways" is not one of simultaneous, in_place'),
    (("arithmetic",), {"mode": "rounded"}, "arithmetic: the rounded mode needs either decimals or significant"),
    (("arithmetic",), {"mode": "rounded", "decimals": 3, "significant": 3}, "arithmetic: the rounded mode needs either decimals or significant"),
    (("arithmetic",), {"mode": "rounded", "decimals": 16}, "arithmetic.decimals: it must lie between 0 and 15"),
    (("arithmetic",), {"mode": "rounded", "significant": 0}, "arithmetic.significant: it must lie between 1 and 15"),
    (("arithmetic",), {"decimals": 3}, "arithmetic: decimals, significant and ties are for the rounded mode"),
    (("arithmetic",), {"mode": "fast"}, 'arithmetic.mode: "fast" is not one of exact, rounded'),
    (("notation",), {"error": "<b>"}, "notation.error: this cannot be a symbol: the character < is not allowed"),
    (("notation",), {"loss": "E"}, "notation.loss: there is no such field"),
    (("version",), 999, "version: the file has version 999, this program reads up to version 1; a newer Explainer can open it"),
    (("version",), "1", "version: it must be a whole number from 1"),
    (("version",), ..., 'lesson.json: the field "version" is missing'),
    (("format",), "other", 'lesson.json: this is not a lesson: the field "format" is not "explainer-lesson"'),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "sentence"), PLACES)
def test_a_wrong_value_is_refused_by_its_place(path, value, sentence):
    assert refusal(changed(path, value)).startswith(sentence)


def test_a_neuron_that_nothing_reaches_is_refused():
    lonely = [*LESSON["network"]["neurons"], {"id": "a", "role": "hidden"}]
    sentence = 'network.neurons[6]: "a" has neither an incoming edge nor a bias'
    assert refusal(changed(N, lonely)) == sentence


TEXTS = [
    (b"", "lesson.json: the file is empty"),
    (b" \n ", "lesson.json: the file is empty"),
    (b"\0" * 100, "lesson.json: this is not JSON: line 1, column 1"),
    (b"{", "lesson.json: this is not JSON: line 1, column 2"),
    (b"[1, 2", "lesson.json: this is not JSON: line 1, column 6"),
    (b"{'a': 1}", "lesson.json: this is not JSON: line 1, column 2"),
    (lesson_to_json(example("mazur-2-2-2"))[:-20], "lesson.json: this is not JSON: line 50, column"),
    ('{"ключ": 1}'.encode("utf-16"), "lesson.json: this is not a UTF-8 text file"),
    ('{"ключ": 1}'.encode("cp1251"), "lesson.json: this is not a UTF-8 text file"),
    (pickle.dumps(LESSON), "lesson.json: this is not a UTF-8 text file"),
    (b"[" * 100_000, "lesson.json: it is nested deeper than 32 levels"),
    (b'{"a":' * 100_000, "lesson.json: it is nested deeper than 32 levels"),
    (b'"' + b'\\"' * 4_000_000, "lesson.json: this is not JSON: line 1, column 1"),
    (b"[" * 33 + b"]" * 33, "lesson.json: it is nested deeper than 32 levels"),
    (b"[" * 32 + b"]" * 32, "lesson.json: this is not a lesson"),
    (b'["' + b"[" * 99 + b'"]', "lesson.json: this is not a lesson"),
    (b"NaN", "lesson.json: NaN is not a number"),
    (b'{"data": {"inputs": [[NaN]]}}', "data.inputs[0][0]: NaN is not a number"),
    (b'{"data": [-Infinity]}', "data[0]: -Infinity is not a number"),
    (b'{"data": [0, 1e400]}', "data[1]: the number is too large for double precision"),
    (b'{"data": [' + b"9" * 400 + b"]}", "data[0]: the number is too large for double precision"),
    (b'{"a": {"w": 1, "w": 2}}', 'a: "w" stands there twice'),
    (b'{"a": 1, "a": 1}', 'lesson.json: "a" stands there twice'),
    (b'{"a": "\\ud800"}', "a: the character U+D800 is not allowed"),
    (b'{"a\\u0000": 1}', "lesson.json: the character U+0000 is not allowed"),
    (b'{"a": "\\u0085"}', "a: the character U+0085 is not allowed"),
    (b"[]", "lesson.json: this is not a lesson"),
    (b"3", "lesson.json: this is not a lesson"),
    (b"null", "lesson.json: this is not a lesson"),
    (b" " * (8 * 1024 * 1024 + 1), "lesson.json: the file is larger than 8 MB"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "sentence"), TEXTS, ids=range(len(TEXTS)))
def test_what_is_not_a_lesson_file_is_refused(content, sentence):
    assert refusal(content).startswith(sentence)


def test_a_batch_too_large_to_be_stepped_is_refused():
    tree = copy.deepcopy(LESSON)
    tree["data"] = {"inputs": [[0, 0]] * 10_000, "targets": [[0, 0]] * 10_000}
    tree["update"]["batch_size"] = "all"
    sentence = refusal(json.dumps(tree).encode())
    assert sentence.startswith("update.batch_size: one pass would take more than 100000 operations")


def test_a_long_cycle_needs_no_stack():
    names = [f"n{n}" for n in range(299)]
    tree = copy.deepcopy(LESSON)
    tree["network"]["neurons"] = [
        {"id": "i", "role": "input"},
        *({"id": name, "role": "output"} for name in names),
    ]
    ring = zip(names, [*names[1:], names[0]], strict=True)
    tree["network"]["edges"] = [{"from": a, "to": b, "weight": "w1"} for a, b in ring]
    assert refusal(json.dumps(tree).encode()).startswith(
        "network.edges[298]: the edge closes a cycle"
    )


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


def places(tree, path=()):
    yield path
    items = (
        tree.items()
        if isinstance(tree, dict)
        else enumerate(tree)
        if isinstance(tree, list)
        else ()
    )
    for key, value in items:
        yield from places(value, (*path, key))


@given(st.sampled_from([path for path in places(LESSON) if path]), anything)
def test_whatever_stands_in_a_field_is_accepted_or_refused_in_one_line(path, value):
    result = outcome(changed(path, value))
    if isinstance(result, Refused):
        assert str(result).isprintable()
    else:
        assert lesson_from_json(lesson_to_json(result)) == result


@given(st.binary())
def test_whatever_bytes_come_are_refused_in_one_line(content):
    assert refusal(content).startswith("lesson.json: ")


@given(st.integers(0, 2000), st.binary(min_size=1, max_size=4))
def test_a_damaged_file_is_accepted_or_refused_in_one_line(position, noise):
    whole = lesson_to_json(example("mazur-2-2-2"))
    content = whole[:position] + noise + whole[position + len(noise) :]
    result = outcome(content)
    assert isinstance(result, Lesson) or str(result).isprintable()
