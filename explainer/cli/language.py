"""In which language to speak before the arguments are understood: `--lang`, else that of the system."""

from __future__ import annotations

from collections.abc import Sequence

from explainer.messages import languages, system_language


def language_for(arguments: Sequence[str]) -> str:
    """Return the language a command line asks for; help and complaints about it need one too."""
    known = languages()
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        name, equals, value = argument.partition("=")
        if name == "--lang":
            wanted = value if equals else "".join(arguments[position + 1 : position + 2])
            return wanted if wanted in known else system_language()
    return system_language()
