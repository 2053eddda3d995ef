"""The one object between the session and the widgets: it asks the worker for what is shown, and tells what changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from explainer.gui.asking_worker import Askers
from explainer.gui.checking import CheckedPages
from explainer.gui.errands import Errands
from explainer.gui.frame import Frame, Trouble
from explainer.gui.framing import frame_at, frame_in_haste, frame_now
from explainer.gui.needs import Needs
from explainer.gui.setting import set_value
from explainer.gui.shelf import Shelf
from explainer.gui.timing import once
from explainer.gui.wishes import Wishes
from explainer.messages import Message, Refused, message, translate
from explainer.pages.page import Reference
from explainer.protocol import (
    Errand,
    Failed,
    HereCheck,
    HereExport,
    HerePage,
    HerePass,
    HerePreview,
    HerePrint,
    HereSheet,
    HereSheets,
    Reply,
    Request,
    WantCheck,
    WantFormulas,
    WantPage,
    WantPass,
    WantSlips,
)
from explainer.session import Session

if TYPE_CHECKING:
    from explainer.gui.formulas import MenuFormulas
    from explainer.gui.worker_client import WorkerClient
    from explainer.session.choosing import Change

# A lesson that is still being edited is not checked yet, ms.
_CHECK_DELAY = 400
_CHECK_AFTER_INTERRUPTION = 8000
# So long nothing has happened when there is time for what may come next, ms.
_IDLE_DELAY = 12


class Stage(QObject):
    """Holds the session. Every intent ends in one `changed(old, new)` with the frames before and after.

    `idle` comes when a change has been painted, `ready` then carries the frames of the neighbouring steps; `told` a sentence
    for the user; `choice_refused` why a choice was undone.
    """

    changed = Signal(object, object)
    ready = Signal(object)
    told = Signal(str)
    choice_refused = Signal(str)
    idle = Signal()
    stopped = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._client: WorkerClient | None = None
        self._needs = Needs(session)
        self._shelf = Shelf()
        self.checked = CheckedPages()
        self.askers = Askers(self)
        self.askers.wanted.connect(self._ask)
        # Why a choice has just been undone, until it is told.
        self._refusal: str | None = None
        self.errands = Errands(self._needs, self)
        self.errands.changed.connect(self._ask)
        self._wishes = Wishes(session, self._needs, self._shelf, self.errands)
        # Whether the frame shown was put together in haste.
        self._is_hasty = False
        self._wants_matrices = False
        self._may_check = once(self, _CHECK_DELAY, self._ask)
        # Started to have the neighbouring steps made ready.
        self.resting = once(self, _IDLE_DELAY, self._use_idle_time)
        self.frame = self._new_frame()

    def start(self, client: WorkerClient) -> None:
        """Begin to ask the worker."""
        self._client = client
        client.answered.connect(self._answered)
        client.given_up.connect(self._given_up)
        client.interrupted.connect(self._postpone_check)
        client.told.connect(self.errands.tell)
        self.errands.cancelled.connect(client.cancel)
        self._may_check.start(_CHECK_DELAY)
        self._ask()

    def stop(self) -> None:
        """Ask nothing any more."""
        if self._client is not None:
            self._client.stop()
        self.stopped.emit()

    @property
    def holds_results(self) -> bool:
        """Whether results are hidden until they are predicted."""
        return self.checked.holder is not None

    @property
    def formulas(self) -> MenuFormulas:
        """The formulas of menus."""
        formulas = self.askers.formulas
        formulas.functions = self.session.lesson.notation.functions
        return formulas

    def do(self, intent: Callable[..., object], *arguments: object) -> None:
        """Carry out an intent of the session and show what it changed; a refusal changes nothing and is told."""
        refusal = self._carried_out(intent, *arguments)
        if refusal is not None:
            self.inform(refusal)

    def choose(self, change: Change) -> Message | None:
        """Carry out a choice; return why the lesson cannot take it, None where it can."""
        return self.attempt(self.session.choose, change)

    def attempt(self, intent: Callable[..., object], *arguments: object) -> Message | None:
        """Carry out an edit; return why the lesson cannot take it, None where it can."""
        lesson, later = self.session.lesson, self.session.cursor.pass_index > 0
        refusal = self._carried_out(intent, *arguments)
        if later and self.session.lesson is not lesson:
            self.inform(message("The weights of this pass are now where the lesson starts."))
        return refusal

    def _carried_out(self, intent: Callable[..., object], *arguments: object) -> Message | None:
        lesson = self.session.lesson
        refusal = None
        try:
            intent(*arguments)
        except Refused as error:
            refusal = error.message
        if self.session.lesson is not lesson:
            self._may_check.start(_CHECK_DELAY)
        # Writing a large lesson for the worker takes a while: what is here of it comes after the frame.
        in_haste = self.session.lesson is not lesson and self._needs.takes_long
        self._publish(in_haste=in_haste)
        if self.frame.page is None and not in_haste:
            self._ask()
        return refusal

    def go_to_step(self, step_index: int) -> None:
        """Go to a step of the pass that is shown."""
        self.do(self.session.go_to, self.session.cursor.pass_index, step_index)

    def go_to_parameter(self, name: str) -> None:
        """Go to the gradient of a weight or bias."""
        self.do(self.session.go_to_parameter, name)

    def edit_value(self, reference: Reference, value: float, continuing: bool = False) -> None:
        """Give what a reference speaks of another value: a parameter, an input, a target."""
        refusal = self.attempt(set_value, self.session, reference, value, continuing)
        if refusal is not None:
            self.inform(refusal)

    def nudge_value(self, reference: Reference, value: float) -> None:
        """Give it another value on the way to a third: all of them are one edit."""
        self.edit_value(reference, value, True)

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

    def show_matrices(self, *, on: bool) -> None:
        """Explain steps by whole layers, as matrices, or number by number."""
        self._wants_matrices = on
        self._publish()
        self._ask()

    def inform(self, text: Message) -> None:
        """Tell the user something that needs no answer."""
        self.told.emit(self.say(text))

    def say(self, text: Message) -> str:
        """Return a sentence in the user's language."""
        return translate(text, self.session.language)

    def _postpone_check(self) -> None:
        self._may_check.start(_CHECK_AFTER_INTERRUPTION)

    def _ask(self) -> None:
        if self._client is not None:
            checks = not self._may_check.isActive()
            later = self._wishes.later(self.askers, checks=checks)
            self._client.want(list(self._wishes.urgent()), list(later))

    def _use_idle_time(self) -> None:
        """Ask for what may be shown next and make ready what is here, now that the new frame is painted."""
        if self._is_hasty:
            self._publish()
        self._ask()
        for request in self._needs.neighbours():
            page = self._shelf.page(request)
            if page is not None:
                frame = frame_at(self.frame, self.session, request, page)
                self.ready.emit(self.checked.in_frame(frame))
        self.idle.emit()

    def _answered(self, request: Request, reply: Reply) -> None:
        match reply:
            case HerePass(one_pass=one_pass) if isinstance(request, WantPass):
                if request.lesson == self._needs.content:
                    self.session.receive(self.session.lesson, request.pass_index, one_pass)
            case HerePage() if isinstance(request, WantPage):
                self._shelf.keep_page(request, reply)
                self.resting.start()
            case HereCheck() if isinstance(request, WantCheck):
                self._shelf.keep_verdict(request, reply)
            case HereExport() | HerePrint() | HerePreview() | HereSheet() | HereSheets() if (
                isinstance(request, Errand)
            ):
                self.errands.finish(request, reply)
            case Failed(sentence=sentence, details=details):
                self._note_trouble(request, Trouble(sentence, details))
            case _:
                if not self.askers.keep(request, reply):
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
                self._shelf.keep_page(request, trouble)
            case WantPass():
                self._shelf.keep_failed_pass(request, trouble)
                # A choice that leaves nothing to be shown is undone: the lesson stays as it was.
                if not self.session.passes and request.lesson == self._needs.content:
                    self._refusal = trouble.sentence if self.session.give_up_choice() else None
            case WantCheck():
                self._shelf.keep_verdict(request, trouble)
            case WantFormulas() | WantSlips():
                self.askers.keep(request, None)
            case _:
                self.errands.finish(request, trouble)

    def _publish(self, *, in_haste: bool = False) -> None:
        self._is_hasty = in_haste
        self.checked.hold(self.session)
        old, new = self.frame, self._new_frame()
        self.frame = new
        self.askers.write(new.lesson.notation.functions)
        if any(one is not other and one != other for one, other in zip(old, new, strict=True)):
            self.changed.emit(old, new)
            self.resting.start()
        refusal, self._refusal = self._refusal, None
        if refusal is not None:
            self.choice_refused.emit(refusal)

    def _new_frame(self) -> Frame:
        # What is held back is one number: a whole matrix would show it, and others that are still to be asked for.
        self._needs.in_matrices = self._wants_matrices and not self.holds_results
        if self._is_hasty:
            return self.checked.in_frame(frame_in_haste(self.session))
        return self.checked.in_frame(frame_now(self.session, self._needs, self._shelf))
