"""What stands on a sheet, as texts and numbers, read without the code that wrote it."""

import re

from explainer.pages.page import (
    AnswerSpace,
    Figure,
    Formula,
    Heading,
    Maths,
    Paragraph,
    Row,
    Table,
    plain,
)

# A number as pages print it; the number of a blank stands in brackets.
NUMBER = re.compile(r"(?<![\d\[.])\d+(?:\.\d+)?(?:·10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?")
FORWARD = "Forward pass"


def texts(value):
    """Yield every text of a block, a row, a sentence, or of several."""
    match value:
        case str():
            yield value
        case Maths() | Row():
            yield value.text
        case Figure():
            yield from texts(value.caption)
            yield value.alternative
        case Heading() | Paragraph():
            yield from texts(value.text)
        case Formula():
            yield from texts(value.rows)
        case Table():
            yield from texts((value.header, value.rows, value.caption))
        case AnswerSpace():
            yield from texts(value.label)
        case tuple():
            for part in value:
                yield from texts(part)


def parts(document):
    """Return the blocks that say what is given, and those of the calculation."""
    place = next(
        at
        for at, block in enumerate(document.blocks)
        if isinstance(block, Heading) and plain(block.text) == FORWARD
    )
    return document.blocks[:place], document.blocks[place:]


def numbers(blocks):
    """Return the numbers in formulas and sentences; headlines count the steps."""
    found = (block for block in blocks if not isinstance(block, Heading))
    return {number for block in found for text in texts(block) for number in NUMBER.findall(text)}


def constants(blocks):
    """Return the numbers that belong to functions: they stand in lines that are all symbols otherwise."""
    rows = (row for block in blocks if isinstance(block, Formula) for row in block.rows)
    symbolic = (row.text for row in rows if row.role in ("rule", "chain", "local"))
    return {number for text in symbolic for number in NUMBER.findall(text)}


def leaks(document, answers):
    """Return the answers whose digits the calculation on a sheet prints, but for those that are given numbers."""
    given, calculation = parts(document)
    # Of "a function of 3 values" nobody can tell.
    known = numbers(given) | {str(small) for small in range(10)} | {"0.5"} | constants(calculation)
    printed = numbers(calculation)
    return [
        answer.address
        for answer in answers
        if answer.value is not None and answer.text.lstrip("−") in printed - known
    ]
