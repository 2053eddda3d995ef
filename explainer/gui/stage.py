"""The one object between the session and the widgets: it asks the worker for what is shown, and tells what changed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from explainer.gui.frame import Frame, Trouble, Verdict
from explainer.gui.needs import Needs
from explainer.gui.setting import set_value
from explainer.messages import Message, Refused, translate
from explainer.pages.page import Reference
from explainer.protocol import (
    Failed,
    HereCheck,
    HereExport,
    HerePage,
    HerePass,
    HerePrint,
    Reply,
    Request,
    WantCheck,
    WantExport,
    WantPage,
    WantPass,
    WantPrint,
)
from explainer.session import Session
from explainer.trace.moment import moment_at, starting_moment

if TYPE_CHECKING:
    from explainer.gui.worker_client import WorkerClient

_PAGES_KEPT = 300
_VERDICTS_KEPT = 40
# A lesson that is still being edited is not checked yet, ms.
_CHECK_DELAY = 400
# So long nothing has happened when there is time for what may come next, ms.
_IDLE_DELAY = 12


class Stage(QObject):
    """Holds the session. Every intent ends in one `changed(old, new)` with the frames before and after.

    `idle` comes when a change has been painted; `ready` then carries the frames of the
    neighbouring steps, to be prepared; `told` a sentence for the
    user: an intent was turned down, an export is done; `exported` the request of an export and its reply or trouble.
    """

    changed = Signal(object, object)
    ready = Signal(object)
    told = Signal(str)
    exported = Signal(object, object)
    idle = Signal()
    stopped = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._client: WorkerClient | None = None
        self._needs = Needs(session)
        self._pages: OrderedDict[WantPage, HerePage | Trouble] = OrderedDict()
        self._verdicts: OrderedDict[WantCheck, Verdict] = OrderedDict()
        self._failed_pass: dict[WantPass, Trouble] = {}
        self._exports: list[WantExport | WantPrint] = []
        self._may_check = _once(self, _CHECK_DELAY, self._ask)
        self._idle = _once(self, _IDLE_DELAY, self._use_idle_time)
        self.frame = self._new_frame()

    def start(self, client: WorkerClient) -> None:
        """Begin to ask the worker."""
        self._client = client
        client.answered.connect(self._answered)
        client.given_up.connect(self._given_up)
        self._may_check.start()
        self._ask()

    def stop(self) -> None:
        """Ask nothing any more."""
        if self._client is not None:
            self._client.stop()
        self.stopped.emit()

    def do(self, intent: Callable[..., object], *arguments: object) -> None:
        """Carry out an intent of the session and show what it changed; a refusal changes nothing."""
        lesson = self.session.lesson
        try:
            intent(*arguments)
        except Refused as error:
            self.inform(error.message)
        if self.session.lesson is not lesson:
            self._may_check.start()
        self._publish()
        if self.frame.page is None:
            self._ask()

    def go_to_step(self, step_index: int) -> None:
        """Go to a step of the pass that is shown."""
        self.do(self.session.go_to, self.session.cursor.pass_index, step_index)

    def go_to_parameter(self, name: str) -> None:
        """Go to the gradient of a weight or bias."""
        self.do(self.session.go_to_parameter, name)

    def edit_value(self, reference: Reference, value: float) -> None:
        """Give what a reference speaks of another value: a parameter, an input, a target."""
        self.do(set_value, self.session, reference, value)

    def set_language(self, language: str) -> None:
        """Speak another language from now on."""
        self.session.language = language
        self._publish()
        self._ask()

    def set_digits(self, digits: int) -> None:
        """Show numbers with so many significant digits."""
        self.session.digits = digits
        self._publish()
        self._ask()

    def export(self, format_name: str, language: str, digits: int) -> WantExport:
        """Ask for the worked example as a file; `exported` answers."""
        request = self._needs.export(format_name, language, digits)
        self._exports.append(request)
        self._ask()
        return request

    def print_pages(self) -> WantPrint:
        """Ask for the worked example as pages to paint; `exported` answers."""
        request = self._needs.pages_to_print()
        self._exports.append(request)
        self._ask()
        return request

    def cancel(self, request: WantExport | WantPrint) -> None:
        """Give an export up."""
        if request in self._exports:
            self._exports.remove(request)
            if self._client is not None:
                self._client.cancel(request)

    def inform(self, text: Message) -> None:
        """Tell the user something that needs no answer."""
        self.told.emit(self.say(text))

    def say(self, text: Message) -> str:
        """Return a sentence in the user's language."""
        return translate(text, self.session.language)

    # --- asking ----------------------------------------------------------------------------

    def _ask(self) -> None:
        if self._client is not None:
            self._client.want(list(self._wishes()))

    def _wishes(self) -> Iterator[Request]:
        """Yield what is missing, the most urgent first."""
        needs = self._needs
        missing = needs.next_pass()
        passes = [missing] if missing is not None and missing not in self._failed_pass else []
        if self.session.current_pass is None:
            yield from passes
            passes = []
        if needs.shown_page() not in self._pages:
            yield needs.shown_page()
        yield from passes
        yield from self._exports
        yield from (page for page in needs.neighbours() if page not in self._pages)
        if needs.check() not in self._verdicts and not self._may_check.isActive():
            yield needs.check()
        yield from (page for page in needs.others() if page not in self._pages)

    def _use_idle_time(self) -> None:
        """Ask for what may be shown next and make ready what is here, now that the new frame is painted."""
        self._ask()
        for request in self._needs.neighbours():
            page = self._pages.get(request)
            if isinstance(page, HerePage):
                self.ready.emit(self._frame_at(request, page))
        self.idle.emit()

    # --- being answered --------------------------------------------------------------------

    def _answered(self, request: Request, reply: Reply) -> None:
        match reply:
            case HerePass(one_pass=one_pass) if isinstance(request, WantPass):
                if request.lesson == self._needs.content:
                    self.session.receive(self.session.lesson, request.pass_index, one_pass)
            case HerePage() if isinstance(request, WantPage):
                self._keep_page(request, reply)
            case HereCheck() if isinstance(request, WantCheck):
                self._keep_verdict(request, Verdict(reply))
            case HereExport() | HerePrint() if isinstance(request, WantExport | WantPrint):
                self._finish_export(request, reply)
            case Failed(sentence=sentence, details=details):
                self._note_trouble(request, Trouble(sentence, details))
            case _:
                return
        self._publish()
        self._ask()

    def _given_up(self, request: Request, why: Message, complaints: str) -> None:
        self._note_trouble(request, Trouble(self.say(why), complaints))
        self._publish()
        self._ask()

    def _note_trouble(self, request: Request, trouble: Trouble) -> None:
        match request:
            case WantPage():
                self._keep_page(request, trouble)
            case WantPass():
                self._failed_pass[request] = trouble
            case WantCheck():
                self._keep_verdict(request, Verdict(None, trouble))
            case WantExport() | WantPrint():
                self._finish_export(request, trouble)

    def _keep_page(self, request: WantPage, page: HerePage | Trouble) -> None:
        self._pages[request] = page
        if len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)
        if request in self._needs.neighbours():
            self._idle.start()

    def _keep_verdict(self, request: WantCheck, verdict: Verdict) -> None:
        self._verdicts[request] = verdict
        if len(self._verdicts) > _VERDICTS_KEPT:
            self._verdicts.popitem(last=False)

    def _finish_export(
        self, request: WantExport | WantPrint, result: HereExport | HerePrint | Trouble
    ) -> None:
        if request in self._exports:
            self._exports.remove(request)
            self.exported.emit(request, result)

    def _frame_at(self, request: WantPage, page: HerePage) -> Frame:
        """Return the frame that a neighbouring step will be shown in."""
        session, step = self.session, request.step_index
        one_pass = session.passes[request.pass_index]
        moment = (
            moment_at(session.lesson, one_pass, step)
            if step >= 0
            else starting_moment(session.lesson)
        )
        return self.frame._replace(
            pass_index=request.pass_index,
            step_index=step,
            one_pass=one_pass,
            moment=moment,
            page=page,
            trouble=None,
        )

    # --- showing ---------------------------------------------------------------------------

    def _publish(self) -> None:
        old, new = self.frame, self._new_frame()
        self.frame = new
        if any(one is not other and one != other for one, other in zip(old, new, strict=True)):
            self.changed.emit(old, new)
            self._idle.start()

    def _new_frame(self) -> Frame:
        session, needs = self.session, self._needs
        page = self._pages.get(needs.shown_page())
        trouble = page if isinstance(page, Trouble) else None
        missing = needs.next_pass() if session.current_pass is None else None
        if missing is not None:
            trouble = self._failed_pass.get(missing, trouble)
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
            page if isinstance(page, HerePage) else None,
            trouble,
            self._verdicts.get(needs.check(), Verdict()),
            session.language,
            session.digits,
        )


def _once(parent: QObject, delay: int, slot: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(delay)
    timer.timeout.connect(slot)
    return timer
