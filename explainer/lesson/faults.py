"""How a refusal is put: a place in the lesson and, after a colon, what is wrong there."""

from __future__ import annotations

from explainer.messages import Message, Refused, message

_LONGEST_QUOTE = 60
_LONGEST_PATH = 400


def refused(place: str, fault: Message) -> Refused:
    """Return the refusal `network.edges[3].from: no neuron "h9"` for a place and a fault."""
    return Refused(message("{place}: {fault}", place=place, fault=fault))


def quoted(text: object, longest: int = _LONGEST_QUOTE) -> str:
    """Return text from a file so that it fits into one line: short, without control characters."""
    shown = str(text)
    if len(shown) > longest:
        shown = shown[:longest] + "…"
    if shown.isprintable():
        return shown
    return "".join(
        character if character.isprintable() else f"\\u{ord(character):04x}" for character in shown
    )


def below(path: str, key: str) -> str:
    """Return the place of a field: `network` and `edges` give `network.edges`."""
    return f"{path}.{quoted(key)}" if path else quoted(key)


def quoted_path(path: object) -> str:
    """Return a path so that it fits into one line; whole, since its end says most."""
    return quoted(path, _LONGEST_PATH)
