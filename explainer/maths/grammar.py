"""What may follow what in a formula: finds the first place where something is missing, unknown or out of order.

Python's own parser names other places in every version, and often only the end of what it could not read. What passes
here it can read; what the parts mean together is looked at later.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from explainer.maths.characters import about, about_function
from explainer.messages import Message, message

LARGEST_NUMBER = 1e15
_MOST_SIGNS = 30
_MOST_DIGITS = 40
_LONGEST_QUOTE = 20

# Only ASCII digits and blanks are meant: \d and \s would let others through.
_TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)(?P<tail>[A-Za-z0-9_.]*)"
    r"|(?P<name>[A-Za-z][A-Za-z0-9_]*)"
    r"|(?P<sign>\*\*|[-+*/^(),=])"
    r"|(?P<end>[;\r\n])"
    r"|(?P<other>[^ \t])"
)
_PLAIN_NUMBER = re.compile(r"(?!0[0-9])(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,9})?")

# How many values each function takes: least and most.
Arities = Mapping[str, tuple[int, int]]
Token = re.Match[str]


class Fault(NamedTuple):
    """What is wrong, and at which character from 0."""

    place: int
    reason: Message


def first_fault(text: str, arities: Arities, deepest: int) -> Fault | None:
    """Return the first fault of typed statements, None where there is none."""
    return _Scan(text, arities, deepest).run()


def is_reserved(name: str) -> bool:
    """Tell whether Python keeps a word for itself, so that its parser takes it for no name."""
    return keyword.iskeyword(name)


class _Group:
    """A parenthesis that is open; `function` is the name before it, empty where it only groups."""

    def __init__(self, token: Token, function: Token | None) -> None:
        self.token = token
        self.function = function
        self.commas = 0


class _Scan:
    """Walks over the tokens; knows whether a value or an operation must come next."""

    def __init__(self, text: str, arities: Arities, deepest: int) -> None:
        self._text = text
        self._arities = arities
        self._deepest = deepest
        self._signs: dict[str, Callable[[Token], Fault | None]] = {
            "(": self._open,
            ")": self._close,
            ",": self._comma,
            "=": self._assign,
        }
        self._begin()

    def _begin(self) -> None:
        """Begin a statement."""
        self._wants_value = True
        self._read: list[Token] = []
        self._groups: list[_Group] = []
        self._is_assigned = False

    def run(self) -> Fault | None:
        """Return the first fault."""
        for token in _TOKEN.finditer(self._text):
            fault = self._end() if token["end"] else self._step(token)
            if fault is not None:
                return fault
            if token["end"]:
                self._begin()
            else:
                self._read.append(token)
        return self._end()

    def _step(self, token: Token) -> Fault | None:
        if token["other"]:
            return Fault(token.start(), about(token["other"]))
        if token["number"]:
            return self._value(token) or _fault_of_number(token)
        if token["name"]:
            return self._value(token) or self._fault_of_name(token)
        return self._signs.get(token["sign"], self._operator)(token)

    def _end(self) -> Fault | None:
        if not self._read:
            return None
        last = self._read[-1]
        if self._wants_value:
            reason = message("something is missing after “{sign}”", sign=_quoted(last))
            return Fault(last.start(), reason)
        if self._groups:
            return Fault(self._groups[-1].token.start(), message("a “(” is not closed"))
        return self._fault_of_call(last, "")

    def _value(self, token: Token) -> Fault | None:
        if not self._wants_value:
            return self._missing_sign(token.start(), token.group())
        self._wants_value = False
        return None

    def _fault_of_name(self, token: Token) -> Fault | None:
        name = token["name"]
        if is_reserved(name):
            return Fault(token.start(), message("“{name}” may not be a name", name=name))
        return None

    def _fault_of_call(self, before: Token, following: str) -> Fault | None:
        """Return what is wrong with the name of a function before what follows it."""
        name = before["name"]
        if name in self._arities and following != "(":
            reason = message("“{name}” is a function: write {name}(…)", name=name)
            return Fault(before.start(), reason)
        if name and name not in self._arities and following == "(":
            return Fault(before.start(), about_function(name, self._arities))
        return None

    def _open(self, token: Token) -> Fault | None:
        before = self._read[-1] if self._read else None
        is_call = before is not None and before["name"] is not None
        if before is not None and is_call:
            fault = self._fault_of_call(before, "(")
            if fault is not None:
                return fault
        elif not self._wants_value:
            return self._missing_sign(token.start(), "(")
        if len(self._groups) >= self._deepest:
            reason = message("parentheses nested deeper than {limit}", limit=self._deepest)
            return Fault(token.start(), reason)
        self._groups.append(_Group(token, before if is_call else None))
        self._wants_value = True
        return None

    def _close(self, token: Token) -> Fault | None:
        if not self._groups:
            return self._after_value(token) or Fault(
                token.start(), message("a “)” without its “(”")
            )
        group = self._groups[-1]
        is_empty_call = group.function is not None and self._read[-1] is group.token
        if not is_empty_call:
            fault = self._after_value(token)
            if fault is not None:
                return fault
        self._groups.pop()
        self._wants_value = False
        return self._fault_of_arity(group, 0 if is_empty_call else group.commas + 1)

    def _fault_of_arity(self, group: _Group, count: int) -> Fault | None:
        if group.function is None:
            return None
        name = group.function["name"]
        least, most = self._arities[name]
        if least <= count <= most:
            return None
        if count == 0:
            reason = message("{name} needs at least one value", name=name)
        elif least == most:
            reason = message("{name} takes {wanted} value, not {count}", name=name, wanted=most, count=count)  # fmt: skip
        else:
            reason = message("{name} takes at most {most} values", name=name, most=most)
        return Fault(group.function.start(), reason)

    def _comma(self, token: Token) -> Fault | None:
        fault = self._after_value(token)
        if fault is not None:
            return fault
        if not self._groups or self._groups[-1].function is None:
            return Fault(token.start(), self._about_comma(token))
        self._groups[-1].commas += 1
        self._wants_value = True
        return None

    def _about_comma(self, token: Token) -> Message:
        if self._read[-1]["number"] and self._text[token.end() : token.end() + 1].isdigit():
            return message("a decimal number is written with a point, not with a comma")
        return message("a comma may stand only between the values of a function")

    def _assign(self, token: Token) -> Fault | None:
        if self._is_assigned:
            return Fault(token.start(), message("a second “=”"))
        if len(self._read) != 1 or self._read[0]["name"] is None:
            return Fault(token.start(), message("only a name may stand before “=”"))
        self._is_assigned = True
        self._wants_value = True
        return None

    def _operator(self, token: Token) -> Fault | None:
        if self._wants_value and token["sign"] in "+-":
            return self._fault_of_signs(token)
        fault = self._after_value(token)
        self._wants_value = True
        return fault

    def _after_value(self, token: Token) -> Fault | None:
        """Return what is wrong with a sign that needs a value before it."""
        if self._wants_value:
            reason = message("a number, a name or “(” is missing before “{sign}”", sign=_quoted(token))  # fmt: skip
            return Fault(token.start(), reason)
        return self._fault_of_call(self._read[-1], token["sign"])

    def _fault_of_signs(self, token: Token) -> Fault | None:
        row = self._read[-_MOST_SIGNS:]
        if len(row) == _MOST_SIGNS and all(before["sign"] in ("+", "-") for before in row):
            return Fault(row[0].start(), message("too many signs in a row"))
        return None

    def _missing_sign(self, place: int, text: str) -> Fault:
        before = self._read[-1]
        return self._fault_of_call(before, text) or _missing_sign(place, text)


def _fault_of_number(token: Token) -> Fault | None:
    if sum(character.isdigit() for character in token.group()) > _MOST_DIGITS:
        reason = message("a number of more than {limit} digits", limit=_MOST_DIGITS)
        return Fault(token.start(), reason)
    if token["tail"][:1].isalpha():
        return _missing_sign(token.start("tail"), token["tail"])
    if not _PLAIN_NUMBER.fullmatch(token.group()):
        reason = message("write “{text}” as a plain decimal number", text=_quoted(token))
        return Fault(token.start(), reason)
    if float(token.group()) > LARGEST_NUMBER:
        return Fault(token.start(), message("numbers go up to 10¹⁵"))
    return None


def _missing_sign(place: int, text: str) -> Fault:
    shown = text[:_LONGEST_QUOTE]
    return Fault(place, message("a sign such as * is missing before “{text}”", text=shown))


def _quoted(token: Token) -> str:
    # A power is shown as most people write it.
    return token.group().replace("**", "^")[:_LONGEST_QUOTE]
