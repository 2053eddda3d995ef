"""The session: the only thing that changes. Lesson, history, cursor; every intent of the user is one call here."""

from explainer.session.journey import START, Cursor
from explainer.session.session import Session

__all__ = ["START", "Cursor", "Session"]
