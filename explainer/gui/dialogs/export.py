"""Export the worked example: how much of it, in which format, with what it will look like beside; then where to."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, cast

from msgspec import Struct
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QWidget

from explainer.gui.dialogs.asking import fault_line, words
from explainer.gui.dialogs.fields import LANGUAGE_NAMES, Choices, DigitsSlider
from explainer.gui.dialogs.question import ask
from explainer.gui.paper.document_dialog import DocumentDialog
from explainer.gui.paper.faults import as_sentence
from explainer.gui.paper.form import Switch, tick
from explainer.gui.paper.typed_steps import typed_steps
from explainer.gui.preferences import Preferences
from explainer.gui.stage import Stage
from explainer.gui.theme import Theme
from explainer.lesson.disk import write_bytes
from explainer.lesson.worksheet import Paper
from explainer.messages import Message, Refused, languages, message, plural
from explainer.pages.document import PHASE_HEADINGS
from explainer.pages.selection import Depth
from explainer.protocol import WantExport
from explainer.render.publish import FORMATS
from explainer.trace.steps import PHASES, Phase

_KEPT = "export"
# Formats whose pages are laid out here; the others lay them out where they are read.
_ON_PAPER = ("pdf", "html", "tex", "docx", "odt")
# What takes steps, beside documents.
_OF_STEPS = ("moodle",)


Language = Literal["", "en", "ru"]


class ExportChoices(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What was chosen last: all but the steps, which are those of one lesson."""

    format: str = "pdf"
    language: Language = ""
    digits: int = 0
    phases: tuple[Phase, ...] = PHASES
    depth: Depth = "full"
    paper: Paper = "a4"


class ExportDialog(DocumentDialog):
    """Asks how, then where; writes the file."""

    def __init__(
        self, stage: Stage, preferences: Preferences, theme: Theme, window: QWidget
    ) -> None:
        super().__init__(
            message("Export the worked example"),
            message("Every step of one update, with all formulas and numbers."),
            message("Export…"),
            stage,
            theme,
            window,
        )
        self._preferences = preferences
        self._window = window
        kept = preferences.kept(_KEPT, ExportChoices) or ExportChoices()
        self._make_fields(kept)
        self._arrange()
        for field in (self.format, self.language):
            field.currentIndexChanged.connect(self._change)
        self.digits.chosen.connect(self._change)
        self.derivations.chosen.connect(self._change)
        self.paper.chosen.connect(self._change)
        for box in self.phases.values():
            box.toggled.connect(self._change)
        self.steps.textEdited.connect(self._change)
        self.footer.wanted.connect(self._ask_where)
        self._change(at_once=True)
        self.format.setFocus()

    def _make_fields(self, kept: ExportChoices) -> None:
        say, language = self.stage.say, self.language_shown
        formats = {row.name: say(row.label) for row in FORMATS.values()}
        self.format = Choices(formats, kept.format, say(message("Format")))
        names = {name: LANGUAGE_NAMES.get(name, name) for name in languages()}
        self.language = Choices(names, kept.language or language, say(message("Language")))
        digits = kept.digits or self.stage.frame.digits
        self.digits = DigitsSlider(digits, say(message("Significant digits")))
        depths = {
            "results": message("Results"),
            "numbers": message("Numbers"),
            "full": message("In full"),
        }
        self.derivations = Switch(
            self.theme, depths, kept.depth, say(message("Derivations")), language
        )
        papers = {"a4": message("A4"), "letter": message("Letter")}
        self.paper = Switch(self.theme, papers, kept.paper, say(message("Paper")), language)
        self.phases: dict[Phase, QCheckBox] = {
            phase: tick(say(PHASE_HEADINGS[phase]), on=phase in kept.phases) for phase in PHASES
        }
        self.steps = QLineEdit()
        self.steps.setPlaceholderText(say(message("all, or such as 1-4, 9")))
        self.steps.setAccessibleName(say(message("Steps")))
        self.fault = fault_line()
        self.note = words("", "note")

    def _arrange(self) -> None:
        form = self.form
        form.add_heading(message("File"))
        form.add_row(message("Format"), self.format)
        form.add_row(message("Language"), self.language)
        form.add_row(message("Paper"), self.paper)
        form.add_row(message("Digits"), self.digits)
        form.add_wide(self.note)
        form.add_heading(message("How much"))
        form.add_row(message("Derivations"), self.derivations)
        boxes = list(self.phases.values())
        form.add_pair(boxes[0], boxes[1])
        form.add_pair(boxes[2], boxes[3])
        form.add_row(message("Steps"), self.steps)
        form.add_wide(self.fault)
        form.end()

    def _change(self, *_value: object, at_once: bool = False) -> None:
        """Preview what is chosen; say what makes no choice."""
        self.changed()
        row = FORMATS[self.format.value]
        has_steps = row.is_document or row.name in _OF_STEPS
        is_formula = self.stage.frame.lesson.expression is not None
        self.form.enable_field(self.paper, on=row.name in _ON_PAPER)
        self.form.enable_field(self.derivations, on=has_steps)
        self.form.enable_field(self.steps, on=has_steps)
        for phase, box in self.phases.items():
            box.setEnabled(has_steps and not (is_formula and phase in ("error", "update")))
        self.note.setText(self.stage.say(_told_of(row.name)))
        self.form.make_room()
        fault: Message | None = None
        try:
            request = self.wanted()
        except Refused as refusal:
            fault = refusal.message
        else:
            self.preview.want(self.stage.errands.preview_of(request), at_once=at_once)
        self.fault.setVisible(fault is not None)
        self.fault.setText("" if fault is None else as_sentence(self.stage.say(fault)))
        self.footer.main.setEnabled(fault is None)

    def wanted(self) -> WantExport:
        """Return what is asked of the worker; Refused where the choices make no document."""
        row = FORMATS[self.format.value]
        choices = self.choices()
        common = (0, self.stage.errands.content, row.name, self.language.value, choices.digits)
        view = self._preferences.view
        if not (row.is_document or row.name in _OF_STEPS):
            return WantExport(*common, view)
        if not choices.phases:
            raise Refused(message("Tick at least one phase."))
        steps = typed_steps(self.steps.text())
        return WantExport(
            *common, view, choices.phases, steps, choices.depth, cast("Paper", self.paper.value)
        )

    def choices(self) -> ExportChoices:
        """Return what is chosen, to be remembered."""
        # Who writes in the language of the window means that, also when it is another one.
        other: Language = "ru" if self.language.value == "ru" else "en"
        return ExportChoices(
            self.format.value,
            "" if other == self.language_shown else other,
            self.digits.digits,
            tuple(phase for phase, box in self.phases.items() if box.isChecked()),
            cast("Depth", self.derivations.value),
            cast("Paper", self.paper.value),
        )

    def _ask_where(self) -> None:
        form = FORMATS[self.format.value]
        pattern = " ".join(f"*{ending}" for ending in form.endings)
        start = Path(self._preferences.folder, self._proposed_name() + form.endings[0])
        title = self.stage.say(message("Export the worked example"))
        kinds = f"{self.stage.say(form.label)} ({pattern})"
        while name := QFileDialog.getSaveFileName(self, title, str(start), kinds)[0]:
            start = path = Path(name)
            answer = "write"
            if not path.name.lower().endswith(form.endings):
                path = path.with_name(path.name + form.endings[0])
                # The chooser has asked only about the name that was typed.
                answer = self._may_replace(path) if path.exists() else "write"
            if answer == "write":
                self.write_to(path)
            if answer != "other":
                return

    def _may_replace(self, path: Path) -> str:
        """Return whether to write there, to ask for another file, or to give it up."""
        sentence = plural(
            "{folder} has a file of this name already: {names}. It is kept unless you replace it.",
            "{folder} has {count} files of these names already: {names}. They are kept unless you replace them.",
            1,
            folder=path.parent.name,
            names=path.name,
        )
        answers = [("write", message("Replace")), ("other", message("Another file…"))]
        return ask(self, message("Replace the file?"), sentence, answers, self.language_shown)

    def write_to(self, path: Path) -> None:
        """Ask for the content and write it when it comes."""
        self._preferences.folder = str(path.absolute().parent)
        self._preferences.keep(_KEPT, self.choices())

        def write(files: dict[str, bytes]) -> tuple[Path, ...]:
            write_bytes(path, files[""])
            return (path,)

        self.begin(self.wanted(), write, message("Writing {path}…", path=path.name))

    def wrote(self, paths: tuple[Path, ...]) -> None:
        told = message("Exported to {path}", path=paths[0].name)
        self.footer.show_done(told, paths)
        self.stage.inform(told)

    def _proposed_name(self) -> str:
        path = self.stage.frame.path
        return path.stem if path is not None else self.stage.say(message("worked-example"))


def _told_of(format_name: str) -> Message:
    """Return how a preview differs from what will be written."""
    if format_name in ("html", "docx", "odt", "md"):
        return message("The pages show what is in it; where it is read it is laid out anew.")
    if format_name == "pptx":
        return message("A slide for every step, with the graph; the pages show what is on them.")
    if format_name == "ipynb":
        return message("The notebook also computes every number again.")
    return message("The preview is what will be written.")
