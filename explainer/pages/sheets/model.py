"""What a sheet is made of: the run of a variant, what is blank, the answers, how it is headed."""

from __future__ import annotations

from msgspec import Struct

from explainer.lesson.lesson import text_in
from explainer.pages.sheets.plan import Options, Plan
from explainer.pages.sheets.questions import Questions
from explainer.trace.record import Run


class Heads(Struct, frozen=True):
    """What the head of every sheet says of where it is used; empty texts leave a line to write on, or nothing."""

    school: str = ""
    course: str = ""
    date: str = ""


class Sheet(Struct, frozen=True):
    """One variant: the run that question and key are made from, what is blank, the answers."""

    run: Run
    plan: Plan
    questions: Questions
    options: Options
    form: str
    language: str
    digits: int
    heads: Heads = Heads()

    @property
    def title(self) -> str:
        """Return the lesson's title in the language of the sheet."""
        return text_in(self.run.lesson.title, self.language)
