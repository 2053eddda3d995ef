"""What is said of a maximum or minimum at a tie: the three conventions for its derivative, and which of them holds."""

from __future__ import annotations

from explainer.maths.extremum import Extremum, Share
from explainer.maths.operation import Operation
from explainer.maths.printed import Printed
from explainer.messages import Message, message

_HERE: dict[Share, Message] = {
    "first": message("the first"),
    "equal": message("the second"),
    "each": message("the third"),
}


def tie_note(operation: Operation, values: list[float], result: Printed) -> Message | None:
    """Return the three conventions where several values are the largest (or smallest) ones, None where only one is."""
    if not isinstance(operation, Extremum) or not operation.is_tied(values):
        return None
    return message(
        "{v} stands at a tie, for which there are three conventions: the whole derivative goes to the first of the equal values (max); the m of them share it, 1/m each (max_mean); each of them gets all of it (max_each), which makes their sum too large. Here {which} holds.",
        v=result,
        which=_HERE[operation.share],
    )
