"""The NumPy twin of a lesson recomputes and asserts every number of its trace: of all built-in lessons, of random ones."""

import re

import numpy
import pytest
from hypothesis import assume, given, settings
from msgspec.structs import replace

from explainer.lesson.choice import Choice
from explainer.lesson.examples import example, example_names
from explainer.lesson.lesson import Arithmetic
from explainer.messages import Refused
from explainer.render.program import program_source
from explainer.trace.run import trace
from tests.counts import count
from tests.properties.everything import any_lessons, one_layer_lessons
from tests.render.programs import ran


@pytest.mark.parametrize("name", example_names())
def test_every_built_in_lesson_recomputes_itself(name):
    with numpy.errstate(all="ignore"):
        assert "every number agrees" in ran(trace(example(name), 1)[0])


@settings(max_examples=count(20, 400), deadline=None)
@given(any_lessons() | one_layer_lessons())
def test_random_lessons_recompute_themselves(lesson):
    try:
        run = trace(replace(lesson, arithmetic=Arithmetic()), 1)[0]
    except Refused:
        assume(False)
    with numpy.errstate(all="ignore"):
        assert "every number agrees" in ran(run)


def test_a_wrong_number_is_named():
    run = trace(example("lecture-2-2-1"), 1)[0]
    run.summary.gradients["w3"] += 1e-6
    with pytest.raises(AssertionError, match="gradients w3"):
        ran(run)


@pytest.mark.parametrize("name", ["lecture-2-2-1", "mazur-2-2-2", "recurrent", "xor-2-2-1"])
def test_updates_in_place(name):
    lesson = example(name)
    ran(trace(replace(lesson, update=replace(lesson.update, order="in_place")), 1)[0])


def test_what_a_library_cannot_do_is_one_sentence():
    lesson = example("lecture-2-2-1")
    rounded = replace(lesson, arithmetic=Arithmetic("rounded", decimals=3))
    with pytest.raises(Refused, match="cannot round every intermediate result"):
        program_source(trace(rounded, 1)[0], "numpy", "en")
    in_place = replace(lesson, update=replace(lesson.update, order="in_place"))
    with pytest.raises(Refused, match="updates in place"):
        program_source(trace(in_place, 1)[0], "torch", "en")


def test_a_title_stays_a_comment():
    title = '"""\nimport os\r\x0cos.abort()\u2028# -*- coding: utf-7 -*-'
    run = trace(replace(example("lecture-2-2-1"), title=title), 1)[0]
    source = program_source(run, "numpy", "en")
    assert source.count("os.abort") == 1
    assert re.search(r"^# \"\"\" import os os\.abort\(\) # -\*- coding", source, re.MULTILINE)
    ran(run)


def test_names_that_python_or_the_program_keeps():
    lesson = example("lecture-2-2-1")
    text = {"h1": "loss", "h2": "lambda", "o1": "torch", "i1": "column", "i2": "count"}
    network = lesson.network
    neurons = tuple(replace(each, id=text[each.id]) for each in network.neurons)
    edges = tuple(
        replace(each, source=text[each.source], target=text[each.target]) for each in network.edges
    )
    named = replace(lesson, network=replace(network, neurons=neurons, edges=edges))
    ran(trace(named, 1)[0])
    typed = replace(
        named.network,
        neurons=tuple(
            replace(each, activation=Choice.typed("relu(2*z + 1) + swish(z)"))
            if each.role == "hidden"
            else each
            for each in neurons
        ),
    )
    ran(trace(replace(named, network=typed), 1)[0])
