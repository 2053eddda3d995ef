"""Whatever a file holds, it is refused soon and in one line, or accepted and kept to the letter."""

import pytest

from explainer.lesson.files import lesson_from_json, lesson_to_json
from explainer.messages import Refused
from tests.lesson.malformed import FULL, MARKUP, TREE, WRONG, changed, files, paths
from tests.work import counted

FILES = files()
PATHS = list(paths(FULL))


def outcome(content):
    """Return the refusal in its one line, or None where the file was accepted and is kept as it was read."""
    try:
        lesson = lesson_from_json(content, "lesson.json")
    except Refused as error:
        sentence = str(error)
        assert sentence.isprintable()
        assert len(sentence) < 700
        return sentence
    written = lesson_to_json(lesson)
    assert lesson_from_json(written) == lesson
    return None


@pytest.mark.parametrize("name", FILES)
def test_it_is_refused_soon(name):
    # So many calls for each byte, however the file is built.
    with counted(20_000 + 10 * len(FILES[name])):
        assert outcome(FILES[name])


def test_the_lesson_with_every_field_is_one():
    assert outcome(changed(FULL, ("seed",), 4)) is None


@pytest.mark.parametrize("way", PATHS, ids=lambda way: ".".join(map(str, way)))
def test_every_field_refuses_what_does_not_belong_there(way):
    refusals = [outcome(changed(FULL, way, value)) for value in WRONG]
    assert any(refusals)
    outcome(changed(FULL, way, ...))
    named = [field for field in way if isinstance(field, str)]
    # The place is named: the field itself or what it belongs to.
    for sentence in filter(None, refusals):
        assert any(field in sentence for field in named) or "lesson.json" in sentence, sentence
    if isinstance(FULL[str(way[0])], dict) and len(way) > 1:
        stranger = (
            outcome(changed(FULL, (*way[:-1], "stranger"), 1)) if named[-1] == way[-1] else None
        )
        if stranger is not None:
            assert "stranger" in stranger


@pytest.mark.parametrize("text", MARKUP, ids=range(len(MARKUP)))
@pytest.mark.parametrize("field", ["title", "description", "notes"])
def test_text_for_people_is_kept_to_the_letter(field, text):
    lesson = lesson_from_json(changed(TREE, (field,), text))
    assert getattr(lesson, field) == text
    assert getattr(lesson_from_json(lesson_to_json(lesson)), field) == text


@pytest.mark.parametrize("columns", [1, 20, 60, 299])
def test_what_can_be_read_is_written_so_that_it_can_be_read(columns):
    """Blanks and line breaks must not make a file too large for its own program."""
    neurons = [{"id": f"i{n}", "role": "input"} for n in range(columns)]
    neurons.append({"id": "o1", "role": "output", "bias": "b1"})
    samples = min(10_000, 1_200_000 // columns)
    tree = TREE | {
        "network": {"neurons": neurons, "edges": [], "parameters": {"b1": 0}},
        "data": {
            "inputs": [[1, -0.0, 0.5][:columns] + [7] * (columns - 3)] * samples,
            "targets": [[1]] * samples,
        },
    }
    tree["network"]["edges"] = [{"from": "i0", "to": "o1", "weight": "b1"}]
    lesson = lesson_from_json(changed(tree, ("seed",), 1))
    written = lesson_to_json(lesson)
    assert len(written) <= 8 * 1024 * 1024
    assert lesson_from_json(written) == lesson
    assert lesson_to_json(lesson_from_json(written)) == written
