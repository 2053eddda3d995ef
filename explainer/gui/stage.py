"""The one object between the session and the widgets: it asks the worker for what is shown, and tells what changed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from explainer.gui.frame import Frame, Trouble, Verdict
from explainer.gui.setting import set_value
from explainer.gui.worker_client import WorkerClient
from explainer.lesson.files import lesson_to_json
from explainer.lesson.lesson import Lesson
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

_PAGES_KEPT = 300
_VERDICTS_KEPT = 40
# The whole pass is prepared while the user thinks, nearest steps first.
_PREPARED_AROUND = 60
# A lesson that is still being edited is not checked yet, ms.
_CHECK_DELAY = 400


class Stage(QObject):
    """Holds the session. Every intent ends in one `changed(old, new)` with the frames before and after.

    `ready` carries the page of a neighbouring step as soon as it can be prepared; `told` a sentence for the user: an
    intent was turned down, an export is done; `exported` the request of an export and its reply, or the trouble.
    """

    changed = Signal(object, object)
    ready = Signal(object)
    told = Signal(str)
    exported = Signal(object, object)

    def __init__(
        self, session: Session, client: WorkerClient, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.session = session
        self._client = client
        self._pages: OrderedDict[WantPage, HerePage | Trouble] = OrderedDict()
        self._verdicts: OrderedDict[bytes, Verdict] = OrderedDict()
        self._failed_pass: dict[WantPass, Trouble] = {}
        self._exports: list[WantExport | WantPrint] = []
        self._lesson_bytes: tuple[Lesson, bytes] | None = None
        self._may_check = QTimer(self)
        self._may_check.setSingleShot(True)
        self._may_check.setInterval(_CHECK_DELAY)
        self._may_check.timeout.connect(self._ask)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self._use_idle_time)
        client.answered.connect(self._answered)
        client.given_up.connect(self._given_up)
        self.frame = self._new_frame()

    def start(self) -> None:
        """Begin to ask the worker."""
        self._may_check.start()
        self._ask()

    def do(self, intent: Callable[..., object], *arguments: object) -> None:
        """Carry out an intent of the session and show what it changed; a refusal changes nothing."""
        lesson = self.session.lesson
        try:
            intent(*arguments)
        except Refused as error:
            self.told.emit(translate(error.message, self.session.language))
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
        request = WantExport(0, self._content(), format_name, language, digits)
        self._exports.append(request)
        self._ask()
        return request

    def print_pages(self) -> WantPrint:
        """Ask for the worked example as pages to paint; `exported` answers."""
        request = WantPrint(0, self._content(), self.session.language, self.session.digits)
        self._exports.append(request)
        self._ask()
        return request

    def cancel(self, request: WantExport | WantPrint) -> None:
        """Give an export up."""
        if request in self._exports:
            self._exports.remove(request)
            self._client.cancel(request)

    def inform(self, text: Message) -> None:
        """Tell the user something that needs no answer."""
        self.told.emit(self.say(text))

    def say(self, text: Message) -> str:
        """Return a sentence in the user's language."""
        return translate(text, self.session.language)

    # --- asking ----------------------------------------------------------------------------

    def _ask(self) -> None:
        self._client.want(list(self._wishes()))

    def _wishes(self) -> Iterator[Request]:
        """Yield what is missing, the most urgent first."""
        content, session = self._content(), self.session
        wanted_pass = session.wanted()
        missing_pass = None
        if wanted_pass is not None:
            missing_pass = WantPass(0, content, wanted_pass, session.language)
            if missing_pass in self._failed_pass:
                missing_pass = None
        if session.current_pass is None and missing_pass is not None:
            yield missing_pass
            missing_pass = None
        shown = self._page_request()
        if shown not in self._pages:
            yield shown
        if missing_pass is not None:
            yield missing_pass
        yield from self._exports
        nearby = self._nearby()
        yield from (request for request in nearby[:2] if request not in self._pages)
        if content not in self._verdicts and not self._may_check.isActive():
            yield WantCheck(0, content, session.language)
        yield from (request for request in nearby[2:] if request not in self._pages)

    def _nearby(self) -> list[WantPage]:
        """Return the pages of other steps of this pass, nearest first, and of the next pass's beginning."""
        one_pass, cursor = self.session.current_pass, self.session.cursor
        if one_pass is None:
            return []
        last = len(one_pass.steps) - 1
        found: list[WantPage] = []
        for distance in range(1, _PREPARED_AROUND + 1):
            for step in (cursor.step_index + distance, cursor.step_index - distance):
                if (-1 if cursor.pass_index == 0 else 0) <= step <= last:
                    found.append(self._page_request(cursor.pass_index, step))
        at_end = cursor.step_index >= last
        if at_end and cursor.pass_index + 1 < len(self.session.passes):
            found.insert(0, self._page_request(cursor.pass_index + 1, 0))
        if cursor.step_index == 0 and cursor.pass_index > 0:
            before = cursor.pass_index - 1
            found.insert(1, self._page_request(before, len(self.session.passes[before].steps) - 1))
        return found

    def _page_request(self, pass_index: int | None = None, step_index: int = -1) -> WantPage:
        session = self.session
        if pass_index is None:
            pass_index, step_index = session.cursor
        return WantPage(
            0, self._content(), pass_index, step_index, session.language, session.digits
        )

    def _content(self) -> bytes:
        lesson = self.session.lesson
        if self._lesson_bytes is None or self._lesson_bytes[0] is not lesson:
            self._lesson_bytes = (lesson, lesson_to_json(lesson))
        return self._lesson_bytes[1]

    # --- being answered --------------------------------------------------------------------

    def _answered(self, request: Request, reply: Reply) -> None:
        match reply:
            case HerePass(one_pass=one_pass) if isinstance(request, WantPass):
                if request.lesson == self._content():
                    self.session.receive(self.session.lesson, request.pass_index, one_pass)
            case HerePage() if isinstance(request, WantPage):
                self._keep(request, reply)
            case HereCheck() if isinstance(request, WantCheck):
                self._judge(request, Verdict(reply))
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

    def _keep(self, request: WantPage, page: HerePage | Trouble) -> None:
        self._pages[request] = page
        if len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)
        if isinstance(page, HerePage) and request in self._nearby()[:2]:
            self.ready.emit(page)

    def _note_trouble(self, request: Request, trouble: Trouble) -> None:
        match request:
            case WantPage():
                self._keep(request, trouble)
            case WantPass():
                self._failed_pass[request] = trouble
            case WantCheck():
                self._judge(request, Verdict(None, trouble))
            case WantExport() | WantPrint():
                self._finish_export(request, trouble)

    def _judge(self, request: WantCheck, verdict: Verdict) -> None:
        self._verdicts[request.lesson] = verdict
        if len(self._verdicts) > _VERDICTS_KEPT:
            self._verdicts.popitem(last=False)

    def _finish_export(
        self, request: WantExport | WantPrint, result: HereExport | HerePrint | Trouble
    ) -> None:
        if request in self._exports:
            self._exports.remove(request)
            self.exported.emit(request, result)

    # --- showing ---------------------------------------------------------------------------

    def _publish(self) -> None:
        old, new = self.frame, self._new_frame()
        self.frame = new
        if any(one is not other and one != other for one, other in zip(old, new, strict=True)):
            self.changed.emit(old, new)
            self._idle.start()

    def _use_idle_time(self) -> None:
        """Once the new frame is painted: ask for what may be shown next, and make ready what is here."""
        self._ask()
        for request in self._nearby()[:2]:
            page = self._pages.get(request)
            if isinstance(page, HerePage):
                self.ready.emit(page)

    def _new_frame(self) -> Frame:
        session = self.session
        page = self._pages.get(self._page_request())
        trouble = page if isinstance(page, Trouble) else None
        if session.current_pass is None:
            missing = WantPass(0, self._content(), len(session.passes), session.language)
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
            self._verdicts.get(self._content(), Verdict()),
            session.language,
            session.digits,
        )
