"""The complaints of argparse, which knows no languages, in ours."""

from __future__ import annotations

import re

from explainer.messages import Message, message, translate


def translated(complaint: str, language: str) -> str:
    """Return a complaint of argparse, which knows no languages, in ours; an unknown one as it is."""
    for pattern, sentence in _COMPLAINTS.items():
        found = re.fullmatch(pattern, complaint, re.DOTALL)
        if found:
            words = {name: part.replace("\n", " ") for name, part in found.groupdict().items()}
            return translate(Message(sentence.key, tuple(words.items())), language)
    return complaint.replace("\n", " ")


_COMPLAINTS: dict[str, Message] = {
    r"the following arguments are required: (?P<names>.*)": message("missing: {names}"),
    r"unrecognized arguments: (?P<names>.*)": message("not understood: {names}"),
    r"argument (?P<name>\S+): invalid choice: (?P<found>.*) \(choose from (?P<choices>.*)\)": message(
        "{name}: {found} is not one of {choices}"
    ),
    r"argument (?P<name>\S+): expected (at least )?one argument": message("{name} needs a value"),
    r"argument (?P<name>\S+): ignored explicit argument (?P<found>.*)": message(
        "{name} takes no value, not {found}"
    ),
    r"argument (?P<name>\S+): (?P<fault>.*)": message("{name}: {fault}"),
}
