"""Put together what the window shows: from the session, and from what has come from the worker."""

from __future__ import annotations

from explainer.gui.frame import Frame, Verdict
from explainer.gui.needs import Needs
from explainer.gui.shelf import Shelf
from explainer.protocol import HerePage, WantPage
from explainer.session import Session
from explainer.trace.moment import moment_at, starting_moment


def frame_now(session: Session, needs: Needs, shelf: Shelf) -> Frame:
    """Return the frame of the step the cursor stands at."""
    shown = needs.shown_page()
    trouble = shelf.trouble(shown)
    missing = needs.next_pass() if session.current_pass is None else None
    if missing is not None:
        trouble = shelf.trouble(missing) or trouble
    verdict = shelf.verdict(needs.check())
    return frame_in_haste(session)._replace(
        page=shelf.page(shown), trouble=trouble, verdict=verdict
    )


def frame_in_haste(session: Session) -> Frame:
    """Return the same frame without anything that comes from the worker, as it is right after an edit."""
    return Frame(
        session.lesson,
        session.path,
        session.dirty,
        session.undo_name,
        session.redo_name,
        session.cursor.pass_index,
        session.cursor.step_index,
        session.current_pass,
        session.moment(),
        None,
        None,
        Verdict(),
        session.language,
        session.digits,
    )


def frame_at(frame: Frame, session: Session, request: WantPage, page: HerePage) -> Frame:
    """Return the frame that a neighbouring step will be shown in."""
    one_pass = session.passes[request.pass_index]
    step = request.step_index
    moment = (
        moment_at(session.lesson, one_pass, step) if step >= 0 else starting_moment(session.lesson)
    )
    return frame._replace(
        lesson=session.lesson,
        pass_index=request.pass_index,
        step_index=step,
        one_pass=one_pass,
        moment=moment,
        page=page,
        trouble=None,
    )
