"""The catalogue reader: sentences for people, kept apart from the code that causes them.

Code below the windows and the command line never builds a sentence. It returns or raises a
`Message`, a key with arguments; the key is the English sentence itself. Whoever shows it asks
`translate` for the language of the reader.
"""

import locale
import os
import re
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import NamedTuple

_CATALOGUES = ("resources", "lang")
# A language nobody speaks: English, longer by two fifths, as a translation may be. What has room for it has room for
# German or Finnish. It has no catalogue and stands in no menu.
LENGTHENED = "en-XL"
# Places for arguments, and the doubled braces that are none.
_PLACE = re.compile(r"(\{\{|\}\}|\{[^{}]*\})")
# Where POSIX systems say which language they speak, most important first.
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")


class Message(NamedTuple):
    """A sentence not yet in any language.

    `key` is the English sentence with `{named}` places, `arguments` what stands in them: text,
    numbers, or messages that are translated in their turn. A counted sentence has the English
    plural in `plural` and the number that chooses the form in `number`.
    """

    key: str
    arguments: tuple[tuple[str, object], ...] = ()
    plural: str | None = None
    number: int = 1

    def __str__(self) -> str:
        """Return the English sentence."""
        return translate(self, "en")


def message(key: str, /, **arguments: object) -> Message:
    """Return the message with this English sentence; the catalogue tool looks for these calls."""
    return Message(key, tuple(arguments.items()))


def plural(singular: str, several: str, count: int, /, **arguments: object) -> Message:
    """Return a counted message; the number is also the argument `count`.

    English has two forms, Russian three; the catalogue of the language chooses.
    """
    return Message(singular, (("count", count), *arguments.items()), several, count)


def translate(text: Message | str, language: str) -> str:
    """Return the sentence in `language` (a catalogue name such as "ru"), English where it is missing.

    Numbers are put in as `str` writes them; whoever wants them localised passes text.
    """
    key = text if isinstance(text, str) else text.key
    if not key:
        return ""  # under the empty sentence a catalogue keeps its own header
    catalogue = _catalogue(language)
    if isinstance(text, str):
        return catalogue.gettext(text)
    if text.plural is None:
        pattern = catalogue.gettext(key)
    else:
        pattern = catalogue.ngettext(key, text.plural, text.number)
    return pattern.format_map({name: _shown(value, language) for name, value in text.arguments})


def languages() -> tuple[str, ...]:
    """Return the languages there is a catalogue for, English first."""
    found = sorted(path.stem for path in _folder().glob("*.mo"))
    return ("en", *(name for name in found if name != "en"))


def system_language() -> str:
    """Return the language the system is set to where there is a catalogue for it, else English."""
    setting = next((os.environ[name] for name in _LOCALE if os.environ.get(name)), "")
    if not setting and os.name == "nt":
        setting = locale.getlocale()[0] or ""
    if setting.split(".")[0] in {"C", "POSIX"}:
        return "en"
    known = languages()
    for wish in (*os.environ.get("LANGUAGE", "").split(":"), setting):
        # Windows calls it "Russian_Russia", everybody else "ru_RU.UTF-8".
        code = "ru" if wish.startswith("Russian") else wish.replace("-", "_").split("_")[0]
        code = code.split(".")[0].lower()
        if code in known:
            return code
    return "en"


def _shown(value: object, language: str) -> str:
    return translate(value, language) if isinstance(value, Message) else str(value)


def _folder() -> Path:
    # The same rule as explainer.resources, which this module must not import.
    package = Path(__file__).resolve().parent
    inside = package.joinpath(*_CATALOGUES)
    return inside if inside.is_dir() else package.parent.joinpath(*_CATALOGUES)


@cache
def _catalogue(language: str) -> NullTranslations:
    if language == LENGTHENED:
        return _Lengthened()
    # A language is a bare name, so that a setting cannot lead to a file elsewhere.
    if language == "en" or not language.replace("_", "").isalnum():
        return NullTranslations()
    path = _folder() / f"{language}.mo"
    if not path.is_file():
        return NullTranslations()
    with path.open("rb") as stream:
        return GNUTranslations(stream)


def lengthened(sentence: str) -> str:
    """Return a sentence with two of five letters doubled; places for arguments and all marks stay."""
    parts = _PLACE.split(sentence)
    seen = made = 0
    for place in range(0, len(parts), 2):
        found = []
        for letter in parts[place]:
            found.append(letter)
            seen += letter.isalpha()
            if letter.isalpha() and made * 5 < seen * 2:
                found.append(letter.lower())
                made += 1
        parts[place] = "".join(found)
    return "".join(parts)


class _Lengthened(NullTranslations):
    def gettext(self, message: str) -> str:
        return lengthened(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return lengthened(super().ngettext(msgid1, msgid2, n))


class ExplainerError(Exception):
    """A failure that is explained to the user in one sentence.

    `message` is the sentence, `exit_code` what the command line ends with.
    """

    exit_code = 2

    def __init__(self, text: Message) -> None:
        super().__init__(text)
        self.message = text

    def __str__(self) -> str:
        """Return the English sentence."""
        return translate(self.message, "en")


class Refused(ExplainerError):  # noqa: N818 - reads as what happened, and is not a defect
    """The input was refused: nothing was changed and nothing written."""

    exit_code = 2


class NotWritten(ExplainerError):  # noqa: N818 - likewise
    """A file could not be written, or is there already and may not be replaced."""

    exit_code = 3
