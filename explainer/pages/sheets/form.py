"""The form ID of a sheet: everything its bytes depend on beside the lesson and the head, in a few characters to type.

The alphabet has no I, L, O, U, Z; small letters and what is often misread are understood. The last character checks the
others: it is their sum weighted by place, modulo the prime 31, so that one wrong character or two exchanged neighbours are noticed.
"""

from __future__ import annotations

from hashlib import blake2b

from msgspec import Struct
from msgspec.structs import replace

from explainer.lesson.files import lesson_to_json
from explainer.lesson.lesson import Lesson
from explainer.lesson.worksheet import Paper as Paper
from explainer.messages import Refused, message
from explainer.pages.sheets.plan import KINDS, SHARES, SPACES, Options

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXY"
_MISREAD = str.maketrans("OILZ", "0112")
_GROUP = 4
MOST_SEED = 2**32 - 1
PAPERS: tuple[Paper, ...] = ("a4", "letter")
_LANGUAGES = ("en", "ru")
_KINDS = tuple(KINDS)
_LESSON_BITS, _LONGEST = 15, 40


class Form(Struct, frozen=True):
    """What a sheet is made from. `variant` counts from 1; `fingerprint` is that of the lesson."""

    seed: int
    variant: int
    options: Options
    language: str
    digits: int
    paper: Paper
    fingerprint: int

    @property
    def code(self) -> str:
        """Return the ID to print, in groups: `3K7Q-05XM-9TA2-C`."""
        return _grouped(_written(_number(self)))


def fingerprint(lesson: Lesson) -> int:
    """Return a small number that tells lessons apart by what their sheets show."""
    # What is asked of it does not make another lesson of it, and stands in the form itself; what is told about it stands
    # on no sheet.
    bare = replace(lesson, worksheet=None, description="", notes="")
    digest = blake2b(lesson_to_json(bare), digest_size=4).digest()
    return int.from_bytes(digest, "big") % int(2**_LESSON_BITS)


def read_form(code: str, steps: tuple[str, ...] = ()) -> Form:
    """Return the form of an ID; `steps` are the steps that were chosen by hand, which an ID only counts.

    Raises Refused where it is mistyped, or needs the steps.
    """
    text = code.upper().translate(_MISREAD).replace("-", "").replace(" ", "")
    if not 2 <= len(text) <= _LONGEST or any(letter not in _ALPHABET for letter in text):
        raise Refused(message('"{code}" is not a form ID', code=code[:60]))
    if _check(text[:-1]) != text[-1]:
        raise Refused(
            message(
                'the form ID "{code}" is mistyped: its last character does not fit', code=code[:60]
            )
        )
    number = 0
    for letter in text[:-1]:
        number = number * len(_ALPHABET) + _ALPHABET.index(letter)
    return _form(number, steps, code)


def _form(number: int, steps: tuple[str, ...], code: str) -> Form:
    taken = _Digits(number)
    try:
        by_hand = taken.next(2**10)
        kinds = taken.next(2 ** len(_KINDS))
        share = SHARES[taken.next(4)]
        space = SPACES[taken.next(4)]
        points = bool(taken.next(2))
        language = _LANGUAGES[taken.next(4)]
        digits = taken.next(16)
        paper = PAPERS[taken.next(2)]
        lesson = taken.next(2**_LESSON_BITS)
        variant = taken.next(2**10) + 1
    except IndexError:
        raise Refused(message('"{code}" is not a form ID', code=code[:60])) from None
    if by_hand != _mark(steps):
        raise Refused(
            message("the blanks of this form were chosen by hand: name the same steps again")
        )
    options = Options(
        tuple(kind for place, kind in enumerate(_KINDS) if kinds >> place & 1),
        share,
        steps,
        space,
        points,
    )
    if taken.rest > MOST_SEED:
        raise Refused(message('"{code}" is not a form ID', code=code[:60]))
    return Form(taken.rest, variant, options, language, digits, paper, lesson)


def _number(form: Form) -> int:
    options = form.options
    kinds = sum(1 << place for place, kind in enumerate(_KINDS) if kind in options.kinds)
    number = form.seed
    for value, size in (
        (form.variant - 1, 2**10),
        (form.fingerprint, 2**_LESSON_BITS),
        (PAPERS.index(form.paper), 2),
        (form.digits, 16),
        (_LANGUAGES.index(form.language), 4),
        (int(options.points), 2),
        (SPACES.index(options.space), 4),
        (SHARES.index(options.share), 4),
        (kinds, 2 ** len(_KINDS)),
        (_mark(options.steps), 2**10),
    ):
        number = number * size + value
    return number


class _Digits:
    """Takes a number apart from its end."""

    def __init__(self, number: int) -> None:
        self.rest = number

    def next(self, size: int) -> int:
        self.rest, found = divmod(self.rest, size)
        return found


def _mark(steps: tuple[str, ...]) -> int:
    """Return 0 for no steps, else a number from 1 that tells lists of steps apart."""
    if not steps:
        return 0
    digest = blake2b("\n".join(sorted(steps)).encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") % 1023 + 1


def _written(number: int) -> str:
    text = ""
    while number:
        number, place = divmod(number, len(_ALPHABET))
        text = _ALPHABET[place] + text
    return text + _check(text)


def _check(text: str) -> str:
    total = sum((place % 29 + 1) * _ALPHABET.index(letter) for place, letter in enumerate(text))
    return _ALPHABET[total % len(_ALPHABET)]


def _grouped(text: str) -> str:
    return "-".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))
