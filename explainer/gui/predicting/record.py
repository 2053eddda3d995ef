"""What a learner has answered so far: the score, and the summary as a table and as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Literal, NamedTuple

from explainer.gui.predicting.asked import Asked, Verdict
from explainer.lesson.lesson import text_in
from explainer.maths.numbers import shown
from explainer.messages import Message, message, translate

Place = tuple[int, int]
Outcome = Literal["right", "later", "close", "shown", "open"]
# What an outcome counts.
POINTS: dict[Outcome, float] = {"right": 1.0, "later": 0.5, "close": 0.5, "shown": 0.0, "open": 0.0}
OUTCOMES: dict[Outcome, Message] = {
    "right": message("right at once"),
    "later": message("right later"),
    "close": message("close"),
    "shown": message("shown"),
    "open": message("open"),
}


class Try(NamedTuple):
    """One answer: the number typed, or the factor picked as it was written."""

    number: float | None
    text: str
    verdict: Verdict
    reason: Message | None = None


class Entry(NamedTuple):
    """What happened at one step."""

    place: Place
    asked: Asked
    title: str
    tries: tuple[Try, ...] = ()
    was_shown: bool = False
    # The one that was to be picked, as it was written; empty where a result is typed.
    factor: str = ""

    @property
    def outcome(self) -> Outcome:
        """How it ended."""
        verdicts = [one.verdict for one in self.tries]
        if "right" in verdicts:
            return "right" if verdicts[0] == "right" else "later"
        if self.was_shown:
            return "close" if "close" in verdicts else "shown"
        return "open"


class Score(NamedTuple):
    """How many questions were settled, how many of them at once, the points and the most there could be."""

    settled: int
    right: int
    points: float


class Record:
    """The entries in the order in which the steps were reached."""

    def __init__(self) -> None:
        self._entries: dict[Place, Entry] = {}

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every step asked about."""
        return tuple(self._entries[place] for place in sorted(self._entries))

    def entry(self, place: Place) -> Entry | None:
        """Return what happened at a step; None where nothing was asked."""
        return self._entries.get(place)

    def ask(self, place: Place, asked: Asked, title: str) -> Entry:
        """Note that a step is asked about; what was answered there stays."""
        found = self._entries.get(place)
        entry = Entry(place, asked, title) if found is None else found._replace(title=title)
        self._entries[place] = entry
        return entry

    def answer(self, place: Place, attempt: Try, factor: str = "") -> Entry:
        """Note an answer: a result, or what was picked for a missing `factor`."""
        entry = self._entries[place]
        self._entries[place] = entry._replace(tries=(*entry.tries, attempt), factor=factor)
        return self._entries[place]

    def explain(self, place: Place, reasons: Sequence[Message | None]) -> None:
        """Note the reasons of the answers given at a step, known only now."""
        entry = self._entries[place]
        tries = zip(entry.tries, reasons, strict=True)
        explained = tuple(attempt._replace(reason=reason) for attempt, reason in tries)
        self._entries[place] = entry._replace(tries=explained)

    def show(self, place: Place) -> Entry:
        """Note that the answer was shown."""
        self._entries[place] = self._entries[place]._replace(was_shown=True)
        return self._entries[place]

    def score(self) -> Score:
        """Return the score."""
        outcomes = [entry.outcome for entry in self._entries.values()]
        settled = [one for one in outcomes if one != "open"]
        return Score(len(settled), settled.count("right"), sum(POINTS[one] for one in settled))


def table(record: Record, language: str, digits: int) -> list[list[str]]:
    """Return the summary as rows of text, its header first."""
    say = [
        message("Step"),
        message("Question"),
        message("Right answer"),
        message("Answers"),
        message("Outcome"),
        message("Points"),
        message("What went wrong"),
    ]
    rows = [[translate(text, language) for text in say]]
    for entry in record.entries:
        outcome = entry.outcome
        if outcome == "open":
            continue
        pass_index, step = entry.place
        reasons = [translate(one.reason, language) for one in entry.tries if one.reason is not None]
        number = f"{step + 1}" if not pass_index else f"{pass_index + 1}.{step + 1}"
        rows.append(
            [
                number,
                _question(entry, language),
                entry.factor or shown(entry.asked.value, digits, language),
                "; ".join(one.text for one in entry.tries),
                translate(OUTCOMES[outcome], language),
                shown(POINTS[outcome], 2, language),
                " ".join(dict.fromkeys(reasons)),
            ]
        )
    return rows


def _question(entry: Entry, language: str) -> str:
    if not entry.factor:
        return entry.title
    missing = translate(message("Which factor is missing?"), language)
    return f"{entry.title} {missing}"


def as_csv(record: Record, language: str, digits: int) -> str:
    """Return the summary as a table for a spreadsheet, which is never to take a cell for a formula."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerows([[_harmless(cell) for cell in row] for row in table(record, language, digits)])
    return file.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "@", "\t") else cell


def as_text(record: Record, language: str, digits: int) -> str:
    """Return the summary as text: the lesson, the score, a line for each step and its reasons."""
    entries = [entry for entry in record.entries if entry.outcome != "open"]
    lines = [text_in(entries[0].asked.lesson.title, language)] if entries else []
    lines += [translate(score_line(record.score(), language), language), ""]
    header, *rows = table(record, language, digits)
    for entry, row in zip(entries, rows, strict=True):
        lines.append(f"{row[0]}. {row[1]}  {header[2]}: {row[2]}")
        lines.append(f"   {row[4]}" + (f"  ({row[3]})" if row[3] else ""))
        lines += [
            f"   {one.text}: {translate(one.reason, language)}"
            for one in entry.tries
            if one.reason is not None
        ]
    return "\n".join(lines) + "\n"


def score_line(score: Score, language: str) -> Message:
    """Return the score as a sentence."""
    return message(
        "{right} of {settled} right at once · points: {points} of {most}",
        right=score.right,
        settled=score.settled,
        points=shown(score.points, 4, language),
        most=score.settled,
    )
