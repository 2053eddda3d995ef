"""Weights as safetensors: what is written is read again; nothing else gets through."""

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.lesson.examples import example
from explainer.messages import Refused
from explainer.training.weights_file import (
    read_weights,
    weights_from_bytes,
    weights_to_bytes,
    with_weights,
    write_weights,
)

names = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,30}", fullmatch=True)


def packed(header, data=b""):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


@given(st.dictionaries(names, st.floats(allow_nan=False, allow_infinity=False), max_size=20))
def test_a_file_holds_every_bit(parameters):
    content = weights_to_bytes(parameters)
    found = weights_from_bytes(content, "w")
    assert {name: numbers[0] for name, numbers in found.items()} == parameters
    assert (len(content) - 8 * len(parameters)) % 8 == 0


def test_through_a_file_and_back_into_the_lesson(tmp_path):
    lesson = example("xor-2-2-1")
    path = tmp_path / "w.safetensors"
    wanted = {name: value / 3 for name, value in lesson.network.parameters.items()}
    write_weights(path, wanted)
    loaded = with_weights(lesson, read_weights(path), path.name)
    assert {name: loaded.network.value(name) for name in wanted} == wanted


@pytest.mark.parametrize(
    ("kind", "data", "value"),
    [
        ("F32", struct.pack("<f", 0.1), struct.unpack("<f", struct.pack("<f", 0.1))[0]),
        ("F16", struct.pack("<e", 0.5), 0.5),
        ("BF16", b"\x80\x3f", 1.0),
    ],
)
def test_other_kinds_of_numbers(kind, data, value):
    header = {"w": {"dtype": kind, "shape": [1], "data_offsets": [0, len(data)]}}
    assert weights_from_bytes(packed(header, data), "w") == {"w": (value,)}


def entry(**changes):
    return {"w": {"dtype": "F64", "shape": [1], "data_offsets": [0, 8]} | changes}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"1234567",
        struct.pack("<Q", 2**63) + b"{}",
        packed(b"[]"),
        packed(b'{"w": 1}'),
        packed(b"{" * 100),
        packed(b'{"w": {}, "w": {}}'),
        packed(entry(dtype="I64"), bytes(8)),
        packed(entry(dtype=7), bytes(8)),
        packed(entry(shape=[2]), bytes(8)),
        packed(entry(shape=[-1]), bytes(8)),
        packed(entry(shape=[10**12, 0.5]), bytes(8)),
        packed(entry(shape=[True]), bytes(8)),
        packed(entry(data_offsets=[0, 16]), bytes(8)),
        packed(entry(data_offsets=[8, 0]), bytes(8)),
        packed(entry(data_offsets=[0]), bytes(8)),
        packed(entry(more=1), bytes(8)),
        packed(entry(), bytes(16)),
        packed({**entry(), "v": entry()["w"]}, bytes(8)),
    ],
)
def test_anything_else_is_refused(content):
    with pytest.raises(Refused):
        weights_from_bytes(content, "w")


@given(st.binary(max_size=200), st.integers(0, 60))
def test_damage_is_refused_or_harmless(noise, at):
    content = weights_to_bytes({"w1": 1.0, "w2": 2.0})
    damaged = content[:at] + noise + content[at + len(noise) :]
    try:
        found = weights_from_bytes(damaged, "w")
    except Refused:
        return
    assert all(isinstance(number, float) for numbers in found.values() for number in numbers)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda arrays: arrays.pop("w1"), "no weights"),
        (lambda arrays: arrays.update(more=(1.0,)), "no such parameter"),
        (lambda arrays: arrays.update(w1=(1.0, 2.0)), "one number"),
        (lambda arrays: arrays.update(w1=(float("nan"),)), "finite"),
    ],
)
def test_weights_must_be_those_of_the_lesson(change, word):
    lesson = example("xor-2-2-1")
    arrays = dict.fromkeys(lesson.network.parameters, (1.0,))
    change(arrays)
    with pytest.raises(Refused, match=word):
        with_weights(lesson, arrays, "w")
