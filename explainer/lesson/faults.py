"""How a refusal is put: a place in the lesson and, after a colon, what is wrong there."""

from __future__ import annotations

from explainer.messages import Message, Refused, message

_LONGEST_QUOTE = 60


def refused(place: str, fault: Message) -> Refused:
    """Return the refusal `network.edges[3].from: no neuron "h9"` for a place and a fault."""
    return Refused(message("{place}: {fault}", place=place, fault=fault))


def quoted(text: object) -> str:
    """Return text from a file so that it fits into one line: short, without control characters."""
    shown = str(text)
    if len(shown) > _LONGEST_QUOTE:
        shown = shown[:_LONGEST_QUOTE] + "…"
    return "".join(
        character if character.isprintable() else f"\\u{ord(character):04x}" for character in shown
    )
