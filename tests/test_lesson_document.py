"""The description of lesson files: its example is a lesson, the fields it names are those there are."""

import re
from pathlib import Path

from msgspec.structs import fields

from explainer.lesson.files import lesson_from_json
from explainer.lesson.lesson import Lesson, Neuron, Notation, Update

TEXT = (Path(__file__).parent.parent / "docs" / "lesson-files.md").read_text(encoding="utf-8")
PROSE = re.sub(r"```.*?```", "", TEXT, flags=re.DOTALL)
NAMED = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`]+)`", PROSE))))


def test_the_example_is_a_lesson():
    (example,) = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)
    lesson = lesson_from_json(example.encode())
    assert len(lesson.network.neurons) == 4


def test_every_field_is_named():
    for kind in (Lesson, Neuron, Update, Notation):
        wanted = {field.encode_name for field in fields(kind)} - {"choice"}
        # The chapter on the network stands for itself.
        assert wanted - NAMED <= {"network"}, kind
