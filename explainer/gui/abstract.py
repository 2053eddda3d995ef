"""Abstract widgets: a class of Qt's with methods that only its subclasses have."""

from __future__ import annotations

from abc import ABCMeta

from PySide6.QtCore import QObject


class AbstractType(ABCMeta, type(QObject)):  # type: ignore[misc]  # Qt's own metaclass has no name to import
    """The type of an abstract widget: one that has not every method it needs cannot be made."""

    def __call__(cls, *arguments: object, **named: object) -> object:
        # Python refuses this in `object.__new__`, which Qt's classes do not come to.
        if cls.__abstractmethods__:
            missing = ", ".join(sorted(cls.__abstractmethods__))
            raise TypeError(f"{cls.__name__} is abstract: it lacks {missing}")
        return super().__call__(*arguments, **named)
