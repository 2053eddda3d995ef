"""In which language to speak before anything else is known: `--lang`, else the locale, else English."""

from __future__ import annotations

import locale
import os
from collections.abc import Sequence

from explainer.messages import languages

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def language_for(arguments: Sequence[str]) -> str:
    """Return the language a command line asks for; help and complaints about it need one too."""
    known = languages()
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        name, equals, value = argument.partition("=")
        if name == "--lang":
            wanted = value if equals else "".join(arguments[position + 1 : position + 2])
            return wanted if wanted in known else language_of_locale()
    return language_of_locale()


def language_of_locale() -> str:
    """Return the user's language where there is a catalogue for it, else English."""
    setting = next((os.environ[name] for name in _VARIABLES if os.environ.get(name)), "")
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
