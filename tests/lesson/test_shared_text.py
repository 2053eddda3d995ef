"""A lesson as text: it comes back equal, and whatever else is pasted is refused in one sentence, in little memory."""

import base64
import random
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.lesson.examples import example, example_names
from explainer.lesson.files import lesson_to_json
from explainer.lesson.limits import MAX_FILE_BYTES
from explainer.lesson.shared_text import (
    MOST_LETTERS,
    is_shared_text,
    lesson_from_text,
    text_from_lesson,
)
from explainer.messages import Refused
from tests.properties.everything import any_lessons
from tests.work import counted

GOOD = text_from_lesson(example("mazur-2-2-2"))


def packed(content, head="explainer:1:"):
    return head + base64.urlsafe_b64encode(zlib.compress(content, 9)).decode().rstrip("=")


@pytest.mark.parametrize("name", example_names())
def test_every_built_in_lesson_comes_back_equal(name):
    lesson = example(name)
    text = text_from_lesson(lesson)
    assert lesson_from_text(text) == lesson
    assert is_shared_text(text)
    assert text.isascii()
    assert not set(text) & set(" \n\"'`$&<>;|\\")


@given(any_lessons())
def test_any_lesson_comes_back_to_the_byte(lesson):
    assert lesson_to_json(lesson_from_text(text_from_lesson(lesson))) == lesson_to_json(lesson)


@pytest.mark.parametrize(
    "changed",
    [
        f"  \n{GOOD}\n\n",
        "\n".join(GOOD[start : start + 76] for start in range(0, len(GOOD), 76)),
        "\r\n".join(GOOD[start : start + 60] for start in range(0, len(GOOD), 60)),
        f"\ufeff{GOOD}",
        f"{GOOD}==",
        GOOD[:40] + "\u200b" + GOOD[40:],
    ],
)
def test_what_mail_and_chat_do_to_a_text_does_no_harm(changed):
    assert is_shared_text(changed)
    assert lesson_from_text(changed) == example("mazur-2-2-2")


HOSTILE = {
    "nothing": "explainer:1:",
    "a word": "hello",
    "empty": "",
    "no version": "explainer:abc",
    "cut off": GOOD[:-20],
    "one letter lost": GOOD[:50] + GOOD[51:],
    "two letters exchanged": GOOD[:50] + GOOD[51] + GOOD[50] + GOOD[52:],
    "doubled": GOOD + GOOD.removeprefix("explainer:1:"),
    "other letters": GOOD + "!",
    "Cyrillic": GOOD[:60] + "с" + GOOD[61:],
    "half a pair": "explainer:1:\ud800",
    "no lesson": packed(b"[1, 2, 3]"),
    "no JSON": packed(b"import os"),
    "no UTF-8": packed(b"\xff\xfe{}"),
    "nothing in it": packed(b""),
    "deep": packed(b"[" * 100_000),
    "many": packed(b"[" + b"[]," * 200_000 + b"[]]"),
    "equal keys": packed(lesson_to_json(example("mazur-2-2-2")).replace(b'"title"', b'"format": 1, "title"', 1)),
    "later": packed(lesson_to_json(example("mazur-2-2-2")), "explainer:2:"),
    "much later": packed(b"{}", "explainer:123456789:"),
    "endless version": "explainer:" + "9" * 5000 + ":",
    "a bomb": packed(b" " * 400_000_000),
    "just too large": packed(b" " * (MAX_FILE_BYTES + 1)),
    "a stream without end": "explainer:1:" + base64.urlsafe_b64encode(zlib.compress(b"{}")[:-4]).decode().rstrip("="),
    "something behind it": "explainer:1:" + base64.urlsafe_b64encode(zlib.compress(b"{}") + b"more").decode().rstrip("="),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_refused_in_one_short_sentence_and_little_memory(name):
    tracemalloc.start()
    with counted(1_000_000), pytest.raises(Refused) as refusal:
        lesson_from_text(HOSTILE[name])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    sentence = str(refusal.value)
    assert sentence.startswith("text: ") or "text" in sentence
    assert "\n" not in sentence
    assert len(sentence) < 200
    # A file of the largest size is held twice or thrice, never the hundreds of megabytes a bomb unpacks to.
    assert peak < 12 * MAX_FILE_BYTES


def test_a_text_that_is_too_long_is_not_even_read():
    text = "explainer:1:" + "A" * MOST_LETTERS
    with pytest.raises(Refused, match="larger than 8 MB"), counted(100):
        lesson_from_text(text)


@given(st.text(max_size=200))
def test_any_text_is_refused(text):
    with pytest.raises(Refused):
        lesson_from_text(text)
    with pytest.raises(Refused):
        lesson_from_text(f"explainer:1:{text}")


@given(st.binary(max_size=200))
def test_any_bytes_are_refused(content):
    with pytest.raises(Refused):
        lesson_from_text(packed(content))


def test_a_text_with_a_letter_changed_is_refused_or_is_a_lesson():
    chance = random.Random(4)
    for _ in range(300):
        place = chance.randrange(12, len(GOOD))
        letter = chance.choice("ABCxyz019-_")
        text = GOOD[:place] + letter + GOOD[place + 1 :]
        try:
            assert lesson_from_text(text) == example("mazur-2-2-2")
        except Refused:
            continue
