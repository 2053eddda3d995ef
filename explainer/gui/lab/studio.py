"""Where plots are computed and drawn: one thread that always works on the latest wish."""

from __future__ import annotations

import gc
from collections.abc import Callable, Hashable
from threading import Condition, Thread
from typing import Any, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Signal

_Result = TypeVar("_Result")
# So long the window's end waits for a piece of work, s.
_PATIENCE = 2.0


class _Wish(NamedTuple):
    """One piece of work, and whom it is for."""

    key: Hashable
    number: int
    work: Callable[[], Any]
    deliver: Callable[[Any], None]


class Studio(QObject):
    """Does work that touches no widget, one piece after another.

    Matplotlib, NumPy and SymPy are imported and used on this thread alone: none of them is made for two. A wish takes the
    place of an earlier one with the same key; what an earlier one found is then thrown away.
    """

    _came = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wishes: dict[Hashable, _Wish] = {}
        self._latest: dict[Hashable, int] = {}
        self._number = 0
        self._waiting = Condition()
        self._is_over = False
        self._thread: Thread | None = None
        self._came.connect(self._take)

    @property
    def is_busy(self) -> bool:
        """Whether anything that was wished for has not been delivered."""
        return bool(self._latest)

    def ask(
        self, key: Hashable, work: Callable[[], _Result], deliver: Callable[[_Result], None]
    ) -> None:
        """Have work done and what it returns delivered, on the thread that asks."""
        self._number += 1
        self._latest[key] = self._number
        with self._waiting:
            self._wishes.pop(key, None)
            self._wishes[key] = _Wish(key, self._number, work, deliver)
            self._waiting.notify()
        if self._thread is None:
            # A daemon: nothing it does must keep the program from ending.
            self._thread = Thread(target=self._run, daemon=True)
            self._thread.start()

    def forget(self, key: Hashable) -> None:
        """Give a wish up."""
        self._latest.pop(key, None)
        with self._waiting:
            self._wishes.pop(key, None)

    def is_wanted(self, key: Hashable, number: int) -> bool:
        """Tell whether a wish is still the latest of its key; long work asks now and then."""
        return self._latest.get(key) == number

    @property
    def number(self) -> int:
        """The number of the latest wish."""
        return self._number

    def stop(self) -> None:
        """Do nothing any more."""
        self._latest.clear()
        with self._waiting:
            self._is_over = True
            self._wishes.clear()
            self._waiting.notify()
        if self._thread is not None:
            # The collector must not take widgets apart on that thread: it rests until the last piece of work is done.
            was_on = gc.isenabled()
            gc.disable()
            self._thread.join(_PATIENCE)
            if was_on:
                gc.enable()

    def _run(self) -> None:
        while True:
            with self._waiting:
                while not self._wishes and not self._is_over:
                    self._waiting.wait()
                if self._is_over:
                    return
                wish = self._wishes.pop(next(iter(self._wishes)))
            result: object = None
            fault: Exception | None = None
            try:
                result = wish.work()
            except Exception as error:  # noqa: BLE001 - raised again where it is reported
                fault = error
            if self._is_stopped():
                return
            try:
                self._came.emit(wish, result, fault)
            except RuntimeError:
                # The window is gone, and with it whoever waited.
                return

    def _is_stopped(self) -> bool:
        # Asked anew: the other thread may have said so meanwhile.
        return self._is_over

    def _take(self, wish: _Wish, result: object, fault: Exception | None) -> None:
        if self._latest.get(wish.key) != wish.number:
            return
        del self._latest[wish.key]
        if fault is not None:
            raise fault
        wish.deliver(result)
