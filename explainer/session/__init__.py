"""The session: the only thing that changes. Lesson, history, cursor; every intent of the user is one call here."""

from explainer.session.session import START, Cursor, Session

__all__ = ["START", "Cursor", "Session"]
