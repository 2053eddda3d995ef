"""What the dialog of worksheets begins with: what the lesson says, what was chosen last, what the lesson has steps for."""

from __future__ import annotations

from msgspec.structs import replace

from explainer.gui.preferences import Preferences
from explainer.gui.stage import Stage
from explainer.lesson.lesson import Lesson
from explainer.lesson.worksheet import BlankKind, Worksheet
from explainer.pages.sheets.form import read_form
from explainer.pages.sheets.plan import address_of, blank_kind
from explainer.pages.sheets.preset import steps_for
from explainer.trace.steps import Step

KEPT = "worksheet"


def first_choices(lesson: Lesson, preferences: Preferences, steps: tuple[Step, ...]) -> Worksheet:
    """Return what the dialog opens with: what the lesson says, else what was chosen last."""
    remembered = preferences.kept(KEPT, Worksheet) or Worksheet()
    held = lesson.worksheet
    if held is None:
        return remembered
    if held == Worksheet(steps=held.steps):
        # It says only what is blank.
        held = replace(remembered, steps=held.steps)
    known = {address_of(step) for step in steps}
    # Steps may be gone since they were chosen: another error, another activation.
    return replace(held, steps=tuple(address for address in held.steps if address in known))


def steps_of(stage: Stage) -> tuple[Step, ...]:
    """Return the steps that worksheets may ask for: those of the first pass, () while it is not known."""
    passes = stage.session.passes
    return passes[0].steps if passes else ()


def kinds_of(steps: tuple[Step, ...]) -> set[BlankKind]:
    """Return the kinds of blanks that the lesson has steps for."""
    if not steps:
        return set(Worksheet().blank) | {"symbols", "factors"}
    found: set[BlankKind] = {blank_kind(step) for step in steps} | {"symbols"}
    if any(step.phase == "backward" for step in steps):
        found.add("factors")
    return found


def number_of(code: str, steps: tuple[str, ...]) -> int:
    """Return which variant a form ID is of; `steps` were chosen by hand. Raises Refused where it is none."""
    return read_form(code, steps_for(code, steps)).variant
