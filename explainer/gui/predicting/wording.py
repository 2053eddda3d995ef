"""What the panel of predictions says, as plain words in the language of the moment."""

from __future__ import annotations

from typing import Literal, NamedTuple

from explainer.gui.frame import Frame
from explainer.gui.predicting.asked import Verdict
from explainer.gui.predicting.factors import Missing
from explainer.gui.predicting.record import Entry, Record, score_line
from explainer.maths.numbers import shown
from explainer.messages import Message, message, translate

Mode = Literal["type", "pick", "done", "wait"]
_VERDICTS: dict[Verdict, Message] = {
    "right": message("✓ Right"),
    "close": message("≈ Close"),
    "wrong": message("✗ Not this number"),
}


class Said(NamedTuple):
    """Everything the panel shows. `verdict` is empty where nothing is judged; `kind` gives its colour."""

    mode: Mode
    place: tuple[int, int]
    language: str
    question: str
    choices: tuple[str, ...]
    verdict: str
    reason: str
    kind: Verdict | None
    score: str

    @property
    def spoken(self) -> str:
        """The verdict as screen readers say it: without its mark."""
        words = self.verdict.lstrip("✓≈✗ ")
        return ". ".join(part for part in (words, self.reason) if part)


def said(
    entry: Entry | None,
    frame: Frame,
    record: Record,
    missing: Missing | None,
    refused: Message | None,
    *,
    asks: bool,
) -> Said:
    """Return what is said at a step. `entry` is None where nothing is or was asked, `refused` why what was typed is no number."""
    language = frame.language
    verdict, reason, kind = _verdict(entry, frame, refused, asks=asks)
    mode: Mode = "done"
    question = translate(message("Nothing is asked here. Go on with Enter."), language)
    if entry is None and not asks and frame.page is None:
        mode, question = "wait", translate(message("One moment…"), language)
    if asks:
        mode = "type" if missing is None else "pick"
        asked = (
            message("What number is the result?")
            if missing is None
            else message("Which factor is missing?")
        )
        question = translate(asked, language)
    elif entry is not None:
        value = shown(entry.asked.value, frame.digits, language)
        question = translate(message("The result is {value}.", value=value), language)
    score = record.score()
    line = translate(score_line(score, language), language) if score.settled else ""
    choices = missing.choices if missing is not None else ()
    place = (frame.pass_index, frame.step_index)
    return Said(mode, place, language, question, choices, verdict, reason, kind, line)


def _verdict(
    entry: Entry | None, frame: Frame, refused: Message | None, *, asks: bool
) -> tuple[str, str, Verdict | None]:
    language = frame.language
    if refused is not None:
        return translate(refused, language), "", "wrong"
    if entry is None:
        return "", "", None
    if entry.was_shown and not asks:
        return translate(message("Shown"), language), "", None
    if not entry.tries:
        return "", "", None
    last = entry.tries[-1]
    reason = last.reason
    if reason is None and last.verdict == "close":
        reason = message("Nearly right: was it rounded too early?")
    said = "" if reason is None else translate(reason, language)
    return translate(_VERDICTS[last.verdict], language), said, last.verdict
