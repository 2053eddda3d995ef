"""A session and its passes, computed on the spot."""

from explainer.lesson.examples import example
from explainer.session import Session
from explainer.trace.run import trace

LECTURE = example("lecture-2-2-1")


def deliver(session, passes=None):
    """Give the session the passes it wants, or as many as are asked for."""
    while (index := session.wanted()) is not None and (passes is None or index < passes):
        assert session.receive(session.lesson, index, trace(session.lesson, index + 1)[-1].summary)


def ready(name="lecture-2-2-1", passes=1):
    session = Session(example(name))
    deliver(session, passes)
    return session


def go_to_pass(session, index):
    while session.cursor.pass_index < index:
        session.last()
        session.next()
        deliver(session, index + 1)
