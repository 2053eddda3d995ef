"""A lesson as one compact text that can be pasted: `explainer:1:`, then base64url of zlib of its JSON."""

from __future__ import annotations

import re

from explainer.lesson.faults import quoted, refused
from explainer.lesson.layout_json import compact
from explainer.lesson.lesson import Lesson
from explainer.lesson.limits import MAX_FILE_BYTES
from explainer.lesson.shape import tree_from_lesson
from explainer.messages import Message, Refused, message

SCHEME = "explainer:"
_VERSION = "1"
_HEAD = f"{SCHEME}{_VERSION}:"
# So many blanks may stand before it.
_MARGIN = 100
# Base64 has four letters for three bytes; what does not compress is a little longer than before.
MOST_LETTERS = MAX_FILE_BYTES * 4 // 3 + 4096
# Mail and chat break long lines and add blanks.
_BLANKS = dict.fromkeys(map(ord, " \t\r\n\u00a0\u200b\ufeff"))


def is_shared_text(text: str) -> bool:
    """Tell whether a text means to be a lesson; what is behind its beginning may still be damaged."""
    return text[:_MARGIN].lstrip(" \t\r\n\ufeff").startswith(SCHEME)


def text_from_lesson(lesson: Lesson) -> str:
    """Return the lesson as one line of letters, digits, `-`, `_` and `:`; Refused where it would be too large to be read."""
    # Imported here: the first frame does without.
    import base64
    import zlib

    content = compact(tree_from_lesson(lesson)).encode()
    if len(content) > MAX_FILE_BYTES:
        raise _fault(_too_large())
    return _HEAD + base64.urlsafe_b64encode(zlib.compress(content, 9)).decode().rstrip("=")


def lesson_from_text(text: str) -> Lesson:
    """Return the lesson that a text holds, checked as a file is; Refused, with one sentence, where it holds none."""
    # Imported here: the first frame does without.
    from explainer.lesson.files import lesson_from_json

    return lesson_from_json(_content(text), "text")


def _content(text: str) -> bytes:
    """Return the JSON; never more of it than a file may hold, however much a text would unpack to."""
    if len(text) > MOST_LETTERS:
        raise _fault(_too_large())
    plain = text.translate(_BLANKS)
    found = re.match(r"explainer:([0-9]{1,9}):", plain)
    if found is None:
        raise _fault(message('this is no lesson: it must begin with "{head}"', head=_HEAD))
    if found[1] != _VERSION:
        raise _fault(
            message(
                "it is of version {version}; this program reads version {known}",
                version=quoted(found[1]),
                known=_VERSION,
            )
        )
    return _unpacked(plain[found.end() :].rstrip("="))


def _unpacked(letters: str) -> bytes:
    import base64
    import binascii
    import zlib

    if not re.fullmatch(r"[A-Za-z0-9_-]*", letters):
        raise _fault(_damaged())
    try:
        packed = base64.urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(packed, MAX_FILE_BYTES + 1)
    except (binascii.Error, ValueError, zlib.error):
        raise _fault(_damaged()) from None
    if len(content) > MAX_FILE_BYTES:
        raise _fault(_too_large())
    if not unpacking.eof or unpacking.unused_data:
        raise _fault(_damaged())
    return content


def _damaged() -> Message:
    return message("it is damaged or cut off: copy the text whole, from its beginning to its end")


def _too_large() -> Message:
    limit = MAX_FILE_BYTES // (1024 * 1024)
    return message("the lesson in it is larger than {limit} MB", limit=limit)


def _fault(what: Message) -> Refused:
    return refused("text", what)
