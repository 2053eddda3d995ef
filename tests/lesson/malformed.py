"""Files that are no lessons, or no sane ones: each made in code, by what is wrong with it."""

from __future__ import annotations

import copy
import io
import json
import pickle
import zipfile
from collections.abc import Iterator
from typing import Any

from explainer.lesson.examples import example
from explainer.lesson.files import lesson_to_json

LESSON = lesson_to_json(example("mazur-2-2-2"))
TREE = json.loads(LESSON)
MARKUP = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "\\input{/etc/passwd} \\write18{touch x} $\\frac{1}{2}$ \\end{document}",
    '#eval("1+1") #read("/etc/passwd") #import "x.typ" $ x $ @ref *b*',
    "![](file:///etc/passwd) [a](javascript:alert(1)) `x`{=html} {{7*7}} ${7*7} %n",
    "\u202eright to left\u2066\u2069\u200f",
    "=1+1 '; DROP TABLE lessons; -- & < > \" ' ~ ^ _ # % \\",
)

# A lesson with every field of the contract in it.
FULL: dict[str, Any] = {
    "format": "explainer-lesson", "version": 1, "title": {"en": "All", "ru": "Все"},
    "description": {"en": "d", "ru": "d"}, "notes": "n",
    "network": {
        "neurons": [
            {"id": "i1", "role": "input", "at": [0, 0]},
            {"id": "h1", "role": "hidden", "activation": {"name": "leaky_relu", "alpha": 0.1}, "bias": "b1", "label": "h_1",
             "dropout": {"rate": 0.5, "scaling": "inverted"}},
            {"id": "h2", "role": "hidden", "activation": {"expression": "z/(1+exp(-z))"},
             "normalise": {"gamma": "g", "beta": "s", "epsilon": 1e-5, "momentum": 0.1}},
            {"id": "o1", "role": "output", "activation": "softmax", "group": "a", "bias": "b2"},
            {"id": "o2", "role": "output", "activation": "softmax", "group": "a"},
        ],
        "edges": [
            {"from": "i1", "to": "h1", "weight": "w1"}, {"from": "i1", "to": "h2", "weight": "w2"},
            {"from": "h1", "to": "o1", "weight": "w3"}, {"from": "h2", "to": "o2", "weight": "w4"},
        ],
        "parameters": {"w1": 1, "w2": 2, "w3": 3, "w4": {"value": 4, "trainable": False}, "b1": 0, "b2": 0, "g": 1, "s": 0},
    },
    "data": {"inputs": [[1], [2]], "targets": [[1, 0], [0, 1]]},
    "loss": {"name": "cross_entropy", "reduction": "sum"},
    "penalty": {"name": "l2", "rate": 0.01},
    "update": {"rule": "momentum", "momentum": 0.9, "learning_rate": 0.5, "order": "simultaneous", "batch_size": 2,
               "schedule": {"name": "exponential", "gamma": 0.5}, "shuffle": True, "clip": {"by": "norm", "threshold": 1}},
    "initialise": {"name": "uniform", "low": -1, "high": 1},
    "state": {"pass": 2}, "mode": "train", "seed": 3,
    "arithmetic": {"mode": "rounded", "decimals": 3, "ties": "half_even"},
    "notation": {"error": "L", "pre_activation": "a", "learning_rate": "\\mu", "target": "t"},
}  # fmt: skip

WRONG: tuple[Any, ...] = (
    None, True, 10**9, -1, 0.5, "", "\0", "\u202e", "nobody", MARKUP[0], [], [[]], {}, {"x": 1}, ["x"] * 5,
)  # fmt: skip


def paths(tree: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the way to every value in a tree but the whole."""
    if way:
        yield way
    if isinstance(tree, dict | list):
        for key, item in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from paths(item, (*way, key))


def changed(tree: Any, way: tuple[str | int, ...], value: Any) -> bytes:
    """Return the JSON of a tree with another value at one place; ... removes it."""
    result = copy.deepcopy(tree)
    place = result
    for step in way[:-1]:
        place = place[step]
    if value is ...:
        del place[way[-1]]
    else:
        place[way[-1]] = value
    return json.dumps(result).encode()


def _zipped() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("lesson.json", LESSON)
    return stream.getvalue()


def _network(neurons: str, edges: str = "", parameters: str = "") -> bytes:
    network = f'{{"neurons":[{neurons}],"edges":[{edges}],"parameters":{{{parameters}}}}}'
    head = '{"format":"explainer-lesson","version":1,"title":"x","data":{"inputs":[[1]],"targets":[[1]]},"network":'
    return f"{head}{network}}}".encode()


_TWO = '{"id":"i1","role":"input"},{"id":"o1","role":"output"}'
_EDGE = '{"from":"i1","to":"o1","weight":"w1"}'


def files() -> dict[str, bytes]:
    """Return files that must be refused, by what is wrong with them."""
    return {
        "empty": b"",
        "blank": b" \n\t ",
        "truncated": LESSON[: len(LESSON) // 2],
        "last bracket missing": LESSON.rstrip()[:-1],
        "something after it": LESSON + b"{}",
        "zero-filled": b"\0" * len(LESSON),
        "zeros at the end": LESSON[:-50] + b"\0" * 50,
        "utf-16": LESSON.decode().encode("utf-16"),
        "utf-32": LESSON.decode().encode("utf-32"),
        "latin-1": LESSON.decode().replace("Mazur", "Mäzur").encode("latin-1", "replace"),
        "half a character": LESSON.replace(b'"title"', b'"\xd0"'),
        "100 000 brackets": b"[" * 100_000,
        "100 000 objects": b'{"a":' * 100_000,
        "33 levels": b"[" * 33 + b"]" * 33,
        "60 MB of text": b'"' + b"a" * 60_000_000 + b'"',
        "8 MB of text": b'"' + b"a" * 8_000_000 + b'"',
        "8 MB of escapes": b'"' + b"\\u0041" * 1_300_000 + b'"',
        "8 MB of backslashes": b'"' + b"\\" * 8_000_000,
        "8 MB of quotation marks": b'"' * 8_000_000,
        "8 MB of lists": b"[" + b"[]," * 2_700_000 + b"[]]",
        "8 MB of objects": b"[" + b"{}," * 2_700_000 + b"{}]",
        "8 MB of keys": b"{" + b",".join(b'"%d":1' % n for n in range(700_000)) + b"}",
        "8 MB of one number": b"9" * 8_000_000,
        "8 MB of numbers": b"[" + b"1," * 4_000_000 + b"1]",
        "8 MB of nothing": b"[" + b"null," * 1_600_000 + b"null]",
        "8 MB of equal keys": b"{" + b'"a":1,' * 1_300_000 + b'"a":1}',
        "pickle": pickle.dumps(TREE),
        "zip": _zipped(),
        "script": b"#!/usr/bin/env python3\nimport os\n",
        "html": b"<!doctype html><script>alert(1)</script>",
        "NaN": LESSON.replace(b"0.05", b"NaN"),
        "infinity": LESSON.replace(b"0.05", b"-Infinity"),
        "1e400": LESSON.replace(b"0.05", b"1e400"),
        "400 digits": LESSON.replace(b"0.05", b"9" * 400),
        "equal keys": LESSON.replace(b'"version": 1', b'"version": 1, "version": 1'),
        "equal parameters": LESSON.replace(b'"w2":', b'"w1":'),
        "a comment": LESSON.replace(b'"version"', b'// a comment\n"version"'),
        "a comma too many": LESSON.rstrip()[:-1] + b",}",
        "single quotes": LESSON.replace(b'"', b"'"),
        "half a pair": LESSON.replace(b'"version"', b'"a\\ud800": 1, "version"'),
        "version 999": LESSON.replace(b'"version": 1', b'"version": 999'),
        "version 1.0": LESSON.replace(b'"version": 1', b'"version": 1.0'),
        "another format": LESSON.replace(b"explainer-lesson", b"explainer-trace"),
        "a list": b"[" + LESSON + b"]",
        "a cycle": changed(TREE, ("network", "edges", 0, "from"), "o1"),
        "an edge to itself": changed(TREE, ("network", "edges", 0, "to"), "i1"),
        "an unknown neuron": changed(TREE, ("network", "edges", 0, "from"), "h9"),
        "an unknown parameter": changed(TREE, ("network", "edges", 0, "weight"), "w9"),
        "an unknown activation": changed(
            TREE, ("network", "neurons", 2, "activation"), "__import__"
        ),
        "code as an activation": changed(
            TREE,
            ("network", "neurons", 2, "activation"),
            {"expression": "__import__('os').system('x')"},
        ),
        "a billion neurons": changed(TREE, ("network", "neurons"), 10**9),
        "30 000 neurons": _network(
            ",".join(f'{{"id":"n{n}","role":"input"}}' for n in range(30_000))
        ),
        "18 000 edges": _network(_TWO, ",".join([_EDGE] * 18_000), '"w1":1'),
        "40 000 parameters": _network(_TWO, "", ",".join(f'"w{n}":1' for n in range(40_000))),
        "25 000 samples": changed(TREE, ("data", "inputs"), [[0, 0]] * 25_000),
        "2 000 000 columns": changed(TREE, ("data", "inputs"), [[0] * 2_000_000]),
        "NUL in a name": changed(TREE, ("network", "neurons", 0, "id"), "i\0"),
        "bidi in a name": changed(TREE, ("network", "neurons", 0, "id"), "i\u202e1"),
        "a look-alike in a name": changed(TREE, ("network", "neurons", 0, "id"), "і1"),
        "NUL in a title": changed(TREE, ("title",), "a\0b"),
        "a bell in a note": changed(TREE, ("notes",), "a\ab"),
        **{
            f"markup {number} in {'.'.join(map(str, way))}": changed(FULL, way, text)
            for number, text in enumerate(MARKUP)
            for way in (
                ("network", "neurons", 1, "label"),
                ("network", "neurons", 1, "id"),
                ("network", "neurons", 1, "bias"),
                ("network", "neurons", 3, "group"),
                ("network", "edges", 0, "weight"),
                ("notation", "error"),
                ("update", "rule"),
            )
        },
    }
