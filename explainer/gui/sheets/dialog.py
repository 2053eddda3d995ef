"""Worksheets: how they are made, each sheet and key to be looked at beside, then into which folder."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from explainer.gui.dialogs.asking import words
from explainer.gui.dialogs.question import ask
from explainer.gui.frame import Trouble
from explainer.gui.paper.document_dialog import DocumentDialog
from explainer.gui.paper.form import Switch
from explainer.gui.paper.paging import Counter
from explainer.gui.preferences import Preferences
from explainer.gui.scaling import keep
from explainer.gui.sheets.fields import SheetFields
from explainer.gui.sheets.starting import KEPT, first_choices, kinds_of, number_of, steps_of
from explainer.gui.stage import Stage
from explainer.gui.theme import Theme
from explainer.lesson.disk_many import must_be_free, write_all
from explainer.messages import Message, NotWritten, Refused, message, plural
from explainer.protocol import HereSheet, WantSheet, WantSheets

_MOST_NAMED = 3
Part = Literal["sheet", "key"]


class WorksheetDialog(DocumentDialog):
    """Asks how, then where; writes the files. `blanks_wanted` comes when blanks are to be chosen in the window."""

    blanks_wanted = Signal()

    def __init__(
        self, stage: Stage, preferences: Preferences, theme: Theme, window: QWidget
    ) -> None:
        super().__init__(
            message("Worksheets"),
            message("The pages of the worked example with blanks, each sheet with numbers of its own, and their keys."),
            message("Write worksheets…"),
            stage,
            theme,
            window,
        )  # fmt: skip
        self._preferences, self._window = preferences, window
        lesson, steps = stage.session.lesson, steps_of(stage)
        self._variant = 1
        self._told = ""
        self.fields = SheetFields(
            self.form,
            first_choices(lesson, preferences, steps),
            kinds_of(steps),
            theme,
            self.language_shown,
            lesson,
        )
        self._add_preset()
        self._add_bar()
        self.fields.changed.connect(self._change)
        self.fields.choosing.connect(self._choose_blanks)
        self.preview.shown.connect(self._show_answer)
        self.footer.wanted.connect(self._ask_where)
        self._change(at_once=True)
        self.fields.variants.setFocus()
        self.fields.variants.field.selectAll()

    # The preview

    def _add_bar(self) -> None:
        say = self.stage.say
        parts = {"sheet": message("Sheet"), "key": message("Key")}
        name = say(message("Sheet or key"))
        self.part = Switch(self.theme, parts, "sheet", name, self.language_shown)
        back, on = say(message("Previous variant")), say(message("Next variant"))
        self.variant = Counter(self.theme, back, on)
        keep(self.variant.words, "setMinimumWidth", 120)
        for place, widget in enumerate((self.part, self.variant)):
            self.preview.bar.insertWidget(place, widget)
        self.part.chosen.connect(self._preview_part)
        self.variant.chosen.connect(self._preview_variant)

    def _preview_part(self, *_part: object) -> None:
        self._preview(at_once=True)

    def _preview_variant(self, number: int) -> None:
        self._variant = number
        self._preview()

    def _preview(self, *, at_once: bool = False) -> None:
        """Ask for the sheet or key that is looked at, where the choices make one."""
        asked, code = self.fields.chosen(), self.fields.form_code
        self._variant = min(self._variant, asked.variants)
        count = 1 if code else asked.variants
        number = message("Variant {number} of {count}", number=self._variant, count=count)
        self.variant.show_number(self._variant, count, self.stage.say(number))
        if self.variant.isHidden() == (count > 1):
            self.variant.setVisible(count > 1)
            self.preview.fold()
        if self.fields.fault() is None:
            part: Part = "key" if self.part.value == "key" else "sheet"
            # What changes only the files makes no other preview.
            shown = replace(asked, variants=1, format="pdf", combined=False)
            if part == "sheet":
                shown = replace(shown, key="full")
            self.preview.want(
                WantSheet(
                    0,
                    self.stage.errands.content,
                    shown,
                    self.language_shown,
                    1 if code else self._variant,
                    part,
                    code,
                ),
                at_once=at_once,
            )

    def _show_answer(self, answer: HereSheet | Trouble) -> None:
        self._told = ""
        if isinstance(answer, HereSheet):
            count = plural("{count} answer", "{count} answers", answer.answers)
            form = self.stage.say(message("Form"))
            self._told = f"{form} {answer.form}  ·  {self.stage.say(count)}"
        self._show_footer(is_there=isinstance(answer, HereSheet))

    def _show_footer(self, *, is_there: bool = True) -> None:
        """Show what is wrong with the choices, or what the sheet that is looked at is called."""
        fault = self.fields.fault()
        if self.footer.state == "asking" and self.writing is None:
            if fault is None:
                self.footer.tell(self._told)
            else:
                self.footer.show_asking(self.stage.say(fault))
        self.footer.main.setEnabled(is_there and fault is None)

    # What is chosen

    def _change(self, *, at_once: bool = False) -> None:
        self.footer.show_asking()
        self._show_footer()
        self._show_preset()
        self._preview(at_once=at_once)

    def _add_preset(self) -> None:
        """Add what keeps the choices in the lesson itself."""
        say = self.stage.say
        self.form.add_heading(message("In the lesson"))
        self.preset = words("", "note")
        self.keep = QPushButton(say(message("Save in the lesson")))
        self.forget = QPushButton(say(message("Remove from it")))
        for button in (self.keep, self.forget):
            button.setProperty("part", "small")
            button.setAutoDefault(False)
        self.form.add_wide(self.preset)
        self.form.add_pair(self.keep, self.forget)
        self.form.end()
        self.keep.clicked.connect(self._keep_preset)
        self.forget.clicked.connect(self._forget_preset)

    def _keep_preset(self) -> None:
        self.stage.do(self.stage.session.set_worksheet, self.fields.chosen())
        self._show_preset()

    def _forget_preset(self) -> None:
        self.stage.do(self.stage.session.set_worksheet, None)
        self._show_preset()

    def _show_preset(self) -> None:
        held = self.stage.session.lesson.worksheet
        chosen = self.fields.chosen()
        if held is None:
            told = message("The lesson keeps no settings; yours are remembered on this computer.")
        elif held == chosen:
            told = message("The lesson keeps these settings, and explainer worksheet takes them.")
        else:
            told = message("The lesson keeps other settings than these.")
        self.preset.setText(self.stage.say(told))
        self.form.make_room()
        self.keep.setEnabled(held != chosen)
        self.forget.setEnabled(held is not None)

    def _choose_blanks(self) -> None:
        self._remember()
        self.reject()
        self.blanks_wanted.emit()

    def _remember(self) -> None:
        """Remember the choices, but for the steps, which are those of one lesson."""
        self._preferences.keep(KEPT, replace(self.fields.chosen(), steps=()))

    # Writing

    def _ask_where(self) -> None:
        start = self._preferences.folder or str(Path.home())
        title = self.stage.say(message("Folder for the worksheets"))
        while name := QFileDialog.getExistingDirectory(self, title, start):
            answer = self._may_write(Path(name))
            if answer == "write":
                self.write_to(Path(name))
            if answer != "other":
                return
            start = name

    def _may_write(self, folder: Path) -> str:
        """Return whether to write there, ask for another folder, or give it up: files that exist are kept unless confirmed."""
        there = [name for name in self.names() if (folder / name).exists()]
        if not there:
            return "write"
        named = ", ".join(there[:_MOST_NAMED]) + ("…" if there[_MOST_NAMED:] else "")
        sentence = plural(
            "{folder} has a file of this name already: {names}. It is kept unless you replace it.",
            "{folder} has {count} files of these names already: {names}. They are kept unless you replace them.",
            len(there),
            folder=folder.name,
            names=named,
        )
        answers: list[tuple[str, Message]] = [
            ("write", message("Replace")),
            ("other", message("Another folder…")),
        ]
        return ask(self, message("Replace the files?"), sentence, answers, self.language_shown)

    def names(self) -> list[str]:
        """Return the names of all files that will be written. Raises Refused where a form ID is none."""
        chosen, code = self.fields.chosen(), self.fields.form_code
        numbers = list(range(1, chosen.variants + 1))
        if code:
            numbers = [number_of(code, chosen.steps)]
        return self.fields.row.names(numbers, chosen.combined and self.fields.row.combines)

    def write_to(self, folder: Path) -> None:
        """Ask for all files and write them into a folder; those that are there are replaced."""
        self._preferences.folder = str(folder.absolute())
        self._remember()
        try:
            names = self.names()
            must_be_free(folder, names, force=True)
        except (NotWritten, Refused) as error:
            self.footer.show_asking(self.stage.say(error.message))
            return

        def write(files: dict[str, bytes]) -> tuple[Path, ...]:
            write_all(folder, files)
            return tuple(folder / name for name in files)

        request = WantSheets(
            0,
            self.stage.errands.content,
            self.fields.chosen(),
            self.language_shown,
            self.fields.form_code,
        )
        self.begin(request, write, message("Drawing numbers and checking the keys…"))

    def wrote(self, paths: tuple[Path, ...]) -> None:
        folder = paths[0].parent.name
        told = plural(
            "{count} file is in {folder}.", "{count} files are in {folder}.", len(paths), folder=folder
        )  # fmt: skip
        self.footer.show_done(told, paths)
        self.stage.inform(told)
