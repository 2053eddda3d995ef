"""What the first frame does without and the first edit needs, imported in between: that edit is as quick as any other."""

from __future__ import annotations

from importlib import import_module

# So long after the panels are there, ms: the first pages have come, and nobody has edited anything yet.
AFTER = 400
# So much later the dialogs that write documents: Ctrl+Shift+E and Ctrl+E open them without the menu that asks for them.
FOR_DOCUMENTS = 3000
_FOR_EDITS = (
    "hashlib",
    "explainer.lesson.chance",
    "explainer.lesson.checks",
    "explainer.lesson.structure",
    "explainer.render.drawing.sketch",
    "explainer.session.sharing",
)


def ready_for_edits() -> None:
    """Import what edits of the lesson need."""
    for name in _FOR_EDITS:
        import_module(name)
