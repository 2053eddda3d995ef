"""What is done seldom is done soon, not often, and at last."""

from PySide6.QtCore import QObject
from PySide6.QtTest import QTest

from explainer.gui.timing import Seldom


def test_the_first_call_is_made_at_once_and_the_last_one_is_not_lost(qapp):
    parent, seen, now = QObject(), [], [0]
    seldom = Seldom(parent, 50, lambda: seen.append(now[0]))
    for now[0] in range(20):
        seldom.call()
    assert seen == [0]
    QTest.qWait(200)
    assert seen == [0, 19]
    QTest.qWait(100)
    assert seen == [0, 19]


def test_calls_that_never_end_are_made_now_and_then(qapp):
    parent, seen = QObject(), []
    seldom = Seldom(parent, 0, lambda: seen.append(None))
    for _ in range(60):
        seldom.call(40)
        QTest.qWait(5)
    assert 3 <= len(seen) <= 20


def test_who_cannot_wait_does_not(qapp):
    parent, seen = QObject(), []
    seldom = Seldom(parent, 60_000, lambda: seen.append(None))
    for _ in range(3):
        seldom.call(at_once=True)
    assert len(seen) == 3
    seldom.call()
    assert len(seen) == 3
