"""What the gradient check is and what it found."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from explainer.gui.dialogs.asking import PlainDialog, words
from explainer.gui.frame import Verdict
from explainer.maths.numbers import shown
from explainer.messages import Message, message, translate

_METHOD = message(
    "Every gradient of this lesson is computed three ways, each by code of its own: by the steps of back-propagation "
    "shown here; by SymPy, which differentiates the whole composed function; and by central differences with fifty "
    "digits."
)


class CheckDialog(PlainDialog):
    """Explains a verdict."""

    def __init__(self, verdict: Verdict, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, translate(_title(verdict), language), translate(_METHOD, language))
        self.prefer(520)
        if verdict.check is not None:
            worst = shown(verdict.check.worst, 2, language)
            largest = message("Largest disagreement: {worst}.", worst=worst)
            found = f"{verdict.check.sentence} {translate(largest, language)}"
            self.body.addWidget(words(found, "text"))
        elif verdict.trouble is not None:
            self.body.addWidget(words(verdict.trouble.sentence, "text"))
        close = self.add_button(translate(message("Close"), language), default=True)
        close.clicked.connect(self.accept)


def _title(verdict: Verdict) -> Message:
    if verdict.trouble is not None:
        return message("The gradients could not be checked")
    if verdict.check is None:
        return message("The gradients are being checked")
    return (
        message("All gradients agree")
        if verdict.check.agrees
        else message("The gradients disagree")
    )
