"""What a worksheet starts from: the picture and the given numbers, of a network or of a formula."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from explainer.messages import message
from explainer.pages.given import given, in_words
from explainer.pages.names import Names
from explainer.pages.page import Block, Figure, Heading
from explainer.pages.worked_formula import given_of_formula


def front(names: Names, pass_index: int) -> Iterator[Block]:
    """Yield the picture before the first step and the table of what is given."""
    if names.run.lesson.expression is not None:
        for block in given_of_formula(names.run, names.language, names.digits):
            yield replace(block, pass_index=pass_index) if isinstance(block, Figure) else block
        return
    caption = names.say(message("The network with its inputs and its starting parameters"))
    yield Figure(pass_index, None, caption, in_words(names))
    yield Heading(2, names.say(message("Given")))
    yield from given(names)
