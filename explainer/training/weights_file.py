"""Weights to and from safetensors: named arrays of numbers behind a header of JSON, nothing that could be run.

The file is: the length of the header as 8 bytes, little-endian; the header, `{name: {"dtype", "shape", "data_offsets"}}`;
the numbers. Written by hand because that is all there is to it, and the package would bring a compiled library for two
functions; every length and offset is checked here before it is used.
Source: https://github.com/huggingface/safetensors#format
"""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import json

from explainer.lesson.disk import read_bytes, write_bytes
from explainer.lesson.edits import with_parameters
from explainer.lesson.faults import quoted, refused
from explainer.lesson.lesson import Lesson
from explainer.lesson.limits import MAX_FILE_BYTES, MAX_PARAMETERS
from explainer.messages import message

# How each kind of number is written; bfloat16 is the upper half of a single.
_KINDS = {"F64": ("d", 8), "F32": ("f", 4), "F16": ("e", 2), "BF16": ("", 2)}
_LENGTH = 8
# As in the format's own implementation, though no lesson comes near it.
_LONGEST_HEADER = 1_000_000
_NOTES = "__metadata__"


def write_weights(path: Path, parameters: Mapping[str, float]) -> None:
    """Write every parameter as an array of one number, float64, under its name; NotWritten where that cannot be done."""
    write_bytes(path, weights_to_bytes(parameters))


def weights_to_bytes(parameters: Mapping[str, float]) -> bytes:
    """Return parameters as the bytes of a safetensors file; the same parameters give the same bytes."""
    header: dict[str, Any] = {_NOTES: {"format": "explainer"}}
    numbers = bytearray()
    for name, value in parameters.items():
        begin = len(numbers)
        numbers += struct.pack("<d", value)
        header[name] = {"dtype": "F64", "shape": [1], "data_offsets": [begin, len(numbers)]}
    text = json.encode(header)
    text += b" " * (-len(text) % _LENGTH)
    return struct.pack("<Q", len(text)) + text + bytes(numbers)


def read_weights(path: Path) -> dict[str, tuple[float, ...]]:
    """Return the arrays of a safetensors file by name, flat; Refused, with one sentence, for anything else."""
    return weights_from_bytes(read_bytes(path, MAX_FILE_BYTES), path.name)


def weights_from_bytes(content: bytes, place: str) -> dict[str, tuple[float, ...]]:
    """Return the arrays in the bytes of a safetensors file by name, flat. Refused for anything else, `place` being what it is called."""
    place = quoted(place)
    if len(content) > MAX_FILE_BYTES:
        fault = message("the file is larger than {limit} bytes", limit=MAX_FILE_BYTES)
        raise refused(place, fault)
    header, start = _header(content, place)
    found: dict[str, tuple[float, ...]] = {}
    taken: list[tuple[int, int]] = []
    for name, entry in header.items():
        if name == _NOTES:
            continue
        begin, end, kind = _span(name, entry, len(content) - start, place)
        taken.append((begin, end))
        found[name] = _numbers(content[start + begin : start + end], kind)
    taken.sort()
    # The arrays fill the rest without holes and without overlaps, so that nothing is hidden in the file.
    ends = [0, *(end for _, end in taken)]
    if [begin for begin, _ in taken] != ends[:-1] or ends[-1] != len(content) - start:
        raise refused(place, message("its arrays do not fill the file without gaps"))
    return found


def _header(content: bytes, place: str) -> tuple[dict[str, Any], int]:
    broken = message("this is not a safetensors file")
    if len(content) < _LENGTH:
        raise refused(place, broken)
    length = struct.unpack("<Q", content[:_LENGTH])[0]
    if not 2 <= length <= min(_LONGEST_HEADER, len(content) - _LENGTH):
        raise refused(place, broken)
    # Imported here: it reads JSON in which no name stands twice, which msgspec does not see.
    from explainer.lesson.json_text import read_json

    text = content[_LENGTH : _LENGTH + length]
    if not text.startswith(b"{"):
        raise refused(place, broken)
    header = read_json(bytes(text), place)
    if not isinstance(header, dict):
        raise refused(place, broken)
    if len(header) > MAX_PARAMETERS + 1:
        raise refused(place, message("it has more than {limit} arrays", limit=MAX_PARAMETERS))
    return header, _LENGTH + length


def _span(name: str, entry: Any, available: int, place: str) -> tuple[int, int, str]:
    """Return where an array begins and ends and what it is made of; Refused unless shape, kind and place fit."""
    where = f"{place}: {quoted(name)}"
    kind = entry.get("dtype") if isinstance(entry, dict) else None
    if not isinstance(entry, dict) or set(entry) != {"dtype", "shape", "data_offsets"}:
        raise refused(where, message("it is not described as an array"))
    if not isinstance(kind, str) or kind not in _KINDS:
        fault = message('numbers of the kind "{kind}" are not read; {words} are', kind=quoted(kind), words=", ".join(_KINDS))  # fmt: skip
        raise refused(where, fault)
    shape, offsets = entry["shape"], entry["data_offsets"]
    whole = all(
        isinstance(part, list)
        and all(type(each) is int and 0 <= each <= MAX_FILE_BYTES for each in part)
        for part in (shape, offsets)
    )
    if not whole or len(offsets) != 2 or len(shape) > 8:
        raise refused(where, message("its shape or its place in the file makes no sense"))
    begin, end = offsets
    if not begin <= end <= available or end - begin != math.prod(shape) * _KINDS[kind][1]:
        raise refused(where, message("its shape or its place in the file makes no sense"))
    return begin, end, kind


def _numbers(content: bytes, kind: str) -> tuple[float, ...]:
    letter, size = _KINDS[kind]
    if kind == "BF16":
        content = b"".join(b"\0\0" + content[at : at + size] for at in range(0, len(content), size))
        letter, size = "f", 4
    return struct.unpack(f"<{len(content) // size}{letter}", content)


def with_weights(lesson: Lesson, arrays: Mapping[str, tuple[float, ...]], place: str) -> Lesson:
    """Return the lesson with parameters from a file, which must have every one of the lesson's and no other.

    Refused where a name is missing or unknown, an array has more than one number, or a number is none.
    """
    known = lesson.network.parameters
    for name in known:
        if name not in arrays:
            raise refused(
                quoted(place), message('no weights for the parameter "{name}"', name=name)
            )
    for name, numbers in arrays.items():
        where = f"{quoted(place)}: {quoted(name)}"
        if name not in known:
            raise refused(where, message("the lesson has no such parameter"))
        if len(numbers) != 1:
            fault = message("a parameter is one number, this array has {count}", count=len(numbers))
            raise refused(where, fault)
        if not math.isfinite(numbers[0]):
            raise refused(where, message("the number must be finite"))
    return with_parameters(lesson, {name: arrays[name][0] for name in known})
