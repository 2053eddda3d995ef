"""Predict mode from its switch to its summary: asks at each step, judges, explains, keeps the score."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from explainer.gui.dialogs.asking import run
from explainer.gui.frame import Frame
from explainer.gui.predicting.answer_panel import AnswerPanel
from explainer.gui.predicting.asked import Asked, judged
from explainer.gui.predicting.factors import Missing
from explainer.gui.predicting.holding import ResultsHeld
from explainer.gui.predicting.prepared import PreparedSlips
from explainer.gui.predicting.record import Entry, Place, Record, Try
from explainer.gui.predicting.typed_answer import typed_answer
from explainer.gui.predicting.wording import Said, said
from explainer.gui.preferences import Preferences
from explainer.gui.stage import Stage
from explainer.gui.timing import once
from explainer.gui.veil import heading, lines_of
from explainer.gui.window import Window
from explainer.messages import Message, Refused, message


class Predicting(QObject):
    """Asks about the step shown. Answers stay while the language changes and the lesson is edited; another lesson begins anew."""

    def __init__(
        self,
        stage: Stage,
        preferences: Preferences,
        window: Window,
        panel: AnswerPanel,
    ) -> None:
        super().__init__(window)
        self._stage = stage
        self._preferences = preferences
        self._window = window
        self._slips = PreparedSlips(self)
        self._slips.came.connect(self._explain_later)
        stage.askers.add(self._slips)
        self._held: ResultsHeld | None = None
        self._refused: Message | None = None
        self.record = Record()
        self.panel = panel
        panel.checked.connect(self.check)
        panel.picked.connect(self.pick)
        panel.shown.connect(self.show_answer)
        panel.went_on.connect(self.go_on)
        self._show_end_later = once(self, 0, window.derivation.show_end)
        self._tell_later = once(self, 0, self._tell_turned_back)
        stage.changed.connect(self._stage_changed)

    @property
    def is_on(self) -> bool:
        """Tell whether results are held back."""
        return self._held is not None

    @property
    def missing(self) -> Missing | None:
        """The factor that is to be picked, None where a result is to be typed."""
        whole = self._whole()
        return None if self._held is None or whole is None else self._held.missing(whole)

    def start(self) -> None:
        """Hold back every result from the step shown on; before the first one nothing could be asked."""
        pass_index, step = self._stage.session.cursor
        self.record = Record()
        self._held = ResultsHeld((pass_index, max(step, 0)), self._turned_back)
        self._held.picks = self._preferences.picks_factors
        self._stage.checked.holder = self._held
        if step < 0:
            self._stage.go_to_step(0)
        else:
            self._show_everywhere()
        self.panel.show()
        self._ask()
        self.panel.take_keyboard()

    def stop(self) -> None:
        """Show everything again."""
        self._held = None
        self._stage.checked.holder = None
        self.panel.hide()
        self._show_everywhere()
        self._window.graph.setFocus()

    def set_picks(self, picks: bool) -> None:
        """Let a factor be picked instead of a result typed, or the other way round."""
        if self._held is not None and picks != self._held.picks:
            self._held.picks = picks
            self._show_everywhere()
            self._ask()

    # What the panel asks for

    def check(self, text: str) -> None:
        """Judge a number as it was typed."""
        entry = self._entry()
        if entry is None or not self._is_asked(entry.place):
            return
        try:
            number = typed_answer(text)
        except Refused as refusal:
            self._refused = refusal.message
            self._tell(entry)
            return
        tolerance = self._preferences.tolerance
        verdict = judged(number, entry.asked.value, tolerance)
        attempt = Try(number, text.strip(), verdict)
        self._note(entry.place, attempt._replace(reason=self._reason(entry, attempt)))

    def pick(self, choice: int) -> None:
        """Judge the factor that was picked."""
        entry, missing = self._entry(), self.missing
        if entry is not None and missing is not None and self._is_asked(entry.place):
            text = missing.choices[choice]
            is_right = choice == missing.right
            reason = None if is_right else missing.explain(choice)
            attempt = Try(None, text, "right" if is_right else "wrong", reason)
            self._note(entry.place, attempt, missing.choices[missing.right])

    def show_answer(self) -> None:
        """Give up on this step and see its result."""
        entry = self._entry()
        if entry is not None and self._is_asked(entry.place):
            self._open(self.record.show(entry.place))

    def go_on(self) -> None:
        """Go to the next step, or to the summary after the last of a pass."""
        frame = self._stage.frame
        self._stage.do(self._stage.session.next)
        if frame.is_at_end and frame.one_pass is not None:
            self.show_summary()
        self.panel.take_keyboard()

    def show_summary(self) -> None:
        """Show the score and what was answered."""
        from explainer.gui.predicting.summary import SummaryDialog

        run(SummaryDialog(self.record, self._stage, self._preferences, self._window))

    # Inside

    def _reason(self, entry: Entry, attempt: Try) -> Message | None:
        """Return what explains an answer; None where it is right, or nothing explains it, or nothing is known yet."""
        if attempt.verdict == "right" or attempt.number is None:
            return None
        pass_index, _ = entry.place
        tolerance = self._preferences.tolerance
        return self._slips.explain(entry.asked, pass_index, attempt.number, tolerance)

    def _explain_later(self) -> None:
        """Explain what was answered before the slips of the step were known."""
        for entry in self.record.entries:
            reasons = [one.reason or self._reason(entry, one) for one in entry.tries]
            if reasons != [one.reason for one in entry.tries]:
                self.record.explain(entry.place, reasons)
                if self._held is not None and entry.place == self._place():
                    self._tell(self.record.entry(entry.place))

    def _note(self, place: Place, attempt: Try, factor: str = "") -> None:
        self._refused = None
        entry = self.record.answer(place, attempt, factor)
        if attempt.verdict == "right":
            self._open(entry)
        else:
            self._tell(entry)

    def _open(self, entry: Entry) -> None:
        """Let the result be seen, and the next step be reached."""
        if self._held is None:
            return
        pass_index, step = entry.place
        last = step >= len(entry.asked.one_pass.steps) - 1
        self._held.frontier = (pass_index + 1, 0) if last else (pass_index, step + 1)
        self._show_everywhere()
        self._tell(entry)

    def _is_asked(self, place: Place) -> bool:
        return self._held is not None and place == self._held.frontier

    def _entry(self) -> Entry | None:
        return self.record.entry(self._place())

    def _place(self) -> Place:
        return self._stage.frame.pass_index, self._stage.frame.step_index

    def _whole(self) -> Frame | None:
        """Return the frame shown with its result, where that is held back."""
        if self._held is None or not self._held.is_held(self._stage.frame):
            return None
        return self._held.whole(self._place())

    def _ask(self) -> None:
        """Show at the panel what is asked at the step shown, or what was answered there."""
        held, frame = self._held, self._stage.frame
        if held is None:
            return
        place = (frame.pass_index, frame.step_index)
        step = self._stage.session.current_step
        one_pass = self._stage.session.current_pass
        if step is None or one_pass is None or frame.page is None:
            self._say(said(None, frame, self.record, None, None, asks=False))
            return
        if place == held.frontier:
            whole = self._whole()
            page = whole.page if whole is not None else None
            if page is not None and "result" not in lines_of(page.page):
                self._skip(place, len(one_pass.steps))
                return
            asked = Asked(self._stage.session.lesson, one_pass, step)
            self.record.ask(place, asked, heading(frame))
            self._slips.prepare(asked, place[0])
        self._tell(self.record.entry(place))

    def _skip(self, place: Place, steps: int) -> None:
        """Let a step be passed that has no number to be asked for."""
        if self._held is not None:
            self._held.frontier = (
                (place[0] + 1, 0) if place[1] >= steps - 1 else (place[0], place[1] + 1)
            )
            self._show_everywhere()
            self._tell(None)

    def _tell(self, entry: Entry | None) -> None:
        frame = self._stage.frame
        asks = entry is not None and self._is_asked(entry.place)
        missing = self.missing if asks else None
        found = said(entry, frame, self.record, missing, self._refused, asks=asks)
        self._say(found)
        if found.verdict and QAccessible.isActive():
            event = QAccessibleAnnouncementEvent(self.panel, found.spoken)
            QAccessible.updateAccessibility(event)

    def _say(self, found: Said) -> None:
        self.panel.show_said(found)
        # The panel takes room from the page; what one needs for the answer is in its last line.
        self._show_end_later.start()

    def _show_everywhere(self) -> None:
        self._stage.do(_nothing)

    def _turned_back(self) -> None:
        self._tell_later.start()

    def _tell_turned_back(self) -> None:
        self._stage.inform(message("First say what this step gives, or have it shown."))

    def _stage_changed(self, old: Frame, new: Frame) -> None:
        if self._held is None:
            return
        if old.path != new.path or old.lesson.title != new.lesson.title:
            self.record = Record()
            self._held.frontier = (0, 0)
            self._show_everywhere()
        seen = (old.pass_index, old.step_index, old.language, old.page)
        if seen != (new.pass_index, new.step_index, new.language, new.page):
            self._refused = None
            self._ask()


def _nothing() -> None:
    """Change nothing: what is seen changes."""
