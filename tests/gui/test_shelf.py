"""The pages that are kept: at least those that are made around the step shown, or they would be made without end."""

from explainer.gui.needs import Needs
from explainer.gui.shelf import Shelf
from explainer.lesson.choice import Choice
from explainer.lesson.templates import new_lesson
from explainer.pages.page import Page
from explainer.protocol import HerePage
from explainer.session import Session
from explainer.trace.run import trace


def test_all_pages_around_a_step_of_a_long_pass_are_kept_together():
    lesson = new_lesson((2, 6, 6, 6, 1), Choice("tanh"), Choice("xavier_uniform"), 0)
    session = Session(lesson, None, "en", 5)
    one_pass = trace(lesson)[0].summary
    assert session.receive(lesson, 0, one_pass)
    session.go_to(0, len(one_pass.steps) // 2)
    needs, shelf = Needs(session), Shelf()
    around = list(needs.others())
    assert len(around) > 50
    for request in around:
        shelf.keep_page(request, HerePage(0, Page(None, "", (), ()), {}))
    assert all(map(shelf.has, around))
