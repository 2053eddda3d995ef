"""The options of worksheets as fields: what is blank, how it is answered, what stands at the top, which files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from explainer.gui.dialogs.asking import words
from explainer.gui.dialogs.fields import LANGUAGE_NAMES, Choices, DigitsSlider
from explainer.gui.paper.form import Form, Switch, tick
from explainer.gui.paper.signs import NumberField
from explainer.gui.theme import Theme
from explainer.lesson.lesson import Lesson
from explainer.lesson.worksheet import BlankKind, Paper, Space, Worksheet
from explainer.lesson.worksheet_checks import LONGEST_HEAD, MOST_SEED, MOST_VARIANTS
from explainer.messages import Message, languages, message, plural, translate
from explainer.pages.sheets.plan import KINDS
from explainer.pages.sheets.questions import UNITS
from explainer.render.publish_sheets import SHEET_FORMATS, SheetFormat

# Short names of what `plan.KINDS` tells at length.
KIND_NAMES: Final[dict[BlankKind, Message]] = {
    "sums": message("Weighted sums"),
    "activations": message("Activation values"),
    "error": message("Error"),
    "deltas": message("Deltas"),
    "gradients": message("Gradients"),
    "updates": message("Updates"),
    "symbols": message("Symbolic steps"),
    "factors": message("A missing factor"),
}
# Those of a formula are called otherwise.
_OF_A_FORMULA: dict[BlankKind, Message] = {
    "sums": message("Operations"),
    "deltas": message("Derivatives"),
}
_SHARES = {"30": message("30 %"), "60": message("60 %"), "100": message("All")}
_WAYS = {"kind": message("By kind"), "hand": message("By hand")}


class SheetFields(QObject):
    """Puts the fields into a form; `changed` comes with every choice, `choosing` when blanks are to be chosen by hand."""

    changed = Signal()
    choosing = Signal()

    def __init__(
        self,
        form: Form,
        asked: Worksheet,
        kinds: Iterable[BlankKind],
        theme: Theme,
        language: str,
        lesson: Lesson,
    ) -> None:
        super().__init__(form)
        self._form, self._theme, self._language = form, theme, language
        self._steps = asked.steps
        found = frozenset(kinds)
        # Kinds that the lesson has no step of are not offered, but stay as its settings have them.
        self._offered = tuple(kind for kind in KINDS if kind in found)
        self._kept = frozenset(asked.blank) - found
        self._add_series(asked)
        self._rounds = lesson.arithmetic.mode == "rounded"
        self._add_blanks(asked, is_formula=lesson.expression is not None)
        self._add_answers(asked)
        self._add_head(asked)
        self._add_files(asked)
        self._show_what_counts()

    # The five groups

    def _add_series(self, asked: Worksheet) -> None:
        say, form, theme = self._say, self._form, self._theme
        names = (say(message("Variants")), say(message("Fewer")), say(message("More")))
        self.variants = NumberField(asked.variants, (1, MOST_VARIANTS), names, theme)
        seeds = (say(message("Seed")), say(message("Smaller")), say(message("Larger")))
        self.seed = NumberField(asked.seed, (0, MOST_SEED), seeds, theme)
        self.form_id = QLineEdit()
        self.form_id.setPlaceholderText("3K7Q-05XM-9TA2-C")
        self.form_id.setMaxLength(60)
        self.form_id.setClearButtonEnabled(True)
        self.form_id.setAccessibleName(say(message("Form ID")))
        form.add_heading(message("Sheets"))
        form.add_row(message("Variants"), self.variants)
        form.add_row(message("Seed"), self.seed)
        form.add_row(message("Form ID"), self.form_id)
        note = message("The ID on a sheet makes the same sheet again.")
        form.add_wide(words(say(note), "note"))
        self.variants.changed.connect(self._tell)
        self.seed.changed.connect(self._tell)
        self.form_id.textChanged.connect(self._tell)

    def _add_blanks(self, asked: Worksheet, *, is_formula: bool) -> None:
        say, form = self._say, self._form
        way = "hand" if asked.steps else "kind"
        self.way = Switch(self._theme, _WAYS, way, say(message("Blanks")), self._language)
        names = {**KIND_NAMES, **(_OF_A_FORMULA if is_formula else {})}
        self.kinds: dict[BlankKind, QCheckBox] = {
            kind: tick(say(names[kind]), on=kind in asked.blank, tip=_capital(say(KINDS[kind])))
            for kind in self._offered
        }
        share = say(message("Share"))
        self.share = Switch(self._theme, _SHARES, str(asked.share), share, self._language)
        self.by_hand = words("", "text")
        self.choose = QPushButton(say(message("Choose in the window…")))
        self.choose.setProperty("part", "small")
        self.choose.setAutoDefault(False)
        form.add_heading(message("Blanks"))
        form.add_row(message("Chosen"), self.way)
        boxes: list[QWidget] = [*self.kinds.values(), *([QWidget()] * (len(self.kinds) % 2))]
        self._pairs = [
            form.add_pair(left, right) for left, right in zip(boxes[::2], boxes[1::2], strict=True)
        ]
        form.add_row(message("Share of these"), self.share)
        self._hand = _row(self.by_hand, self.choose)
        form.add_wide(self._hand)
        self.way.chosen.connect(self._tell)
        self.share.chosen.connect(self._tell)
        self.choose.clicked.connect(self.choosing)
        for box in self.kinds.values():
            box.toggled.connect(self._tell)

    def _add_answers(self, asked: Worksheet) -> None:
        say, form, theme, language = self._say, self._form, self._theme, self._language
        spaces: dict[str, Message] = {
            "line": message("Line"),
            "box": message("Box"),
            "grid": message("Grid"),
        }
        room = say(message("Room for answers"))
        self.space = Switch(theme, spaces, asked.space, room, language)
        self.digits = DigitsSlider(asked.digits, say(message("Significant digits")))
        self.points = tick(say(message("Points for each answer")), on=asked.points)
        form.add_heading(message("Answers"))
        form.add_row(message("Room"), self.space)
        form.add_row(message("Digits"), self.digits)
        self.rounding = words("", "note")
        form.add_wide(self.rounding)
        form.add_wide(self.points)
        self.space.chosen.connect(self._tell)
        self.digits.chosen.connect(self._tell)
        self.points.toggled.connect(self._tell)

    def _add_head(self, asked: Worksheet) -> None:
        form = self._form
        form.add_heading(message("At the top"))
        self.heads: dict[str, QLineEdit] = {}
        for name, text in (
            ("school", message("School")),
            ("course", message("Course")),
            ("date", message("Date")),
        ):
            field = QLineEdit(getattr(asked, name))
            field.setMaxLength(LONGEST_HEAD)
            field.setAccessibleName(self._say(text))
            form.add_row(text, field)
            field.textEdited.connect(self._tell)
            self.heads[name] = field
        self.heads["date"].setPlaceholderText(self._say(message("a line to write on")))

    def _add_files(self, asked: Worksheet) -> None:
        say, form, theme, spoken = self._say, self._form, self._theme, self._language
        formats = {row.name: say(row.label) for row in SHEET_FORMATS.values()}
        self.format = Choices(formats, asked.format, say(message("Format")))
        keys = {"full": message("All pages"), "short": message("Answers")}
        self.key = Switch(theme, keys, asked.key, say(message("Key")), spoken)
        papers = {"a4": message("A4"), "letter": message("Letter")}
        self.paper = Switch(theme, papers, asked.paper, say(message("Paper")), spoken)
        names = {name: LANGUAGE_NAMES.get(name, name) for name in languages()}
        self.language = Choices(names, asked.language or spoken, say(message("Language")))
        self.combined = tick(
            say(message("All sheets also in one file, all keys in another")), on=asked.combined
        )
        form.add_heading(message("Files"))
        form.add_row(message("Format"), self.format)
        self.told = words("", "note")
        form.add_wide(self.told)
        form.add_row(message("Language"), self.language)
        form.add_row(message("Key"), self.key)
        form.add_row(message("Paper"), self.paper)
        form.add_wide(self.combined)
        self.format.currentIndexChanged.connect(self._tell)
        self.language.currentIndexChanged.connect(self._tell)
        self.key.chosen.connect(self._tell)
        self.paper.chosen.connect(self._tell)
        self.combined.toggled.connect(self._tell)

    # What they say

    @property
    def form_code(self) -> str:
        """The form ID that is typed, "" where none is."""
        return self.form_id.text().strip()

    @property
    def row(self) -> SheetFormat:
        """The format chosen."""
        return SHEET_FORMATS[self.format.value]

    def chosen(self) -> Worksheet:
        """Return everything that is chosen; kinds that the lesson has no step of are kept as they were."""
        by_hand = self.way.value == "hand"
        ticked = {kind for kind, box in self.kinds.items() if box.isChecked()} | self._kept
        other = self.language.value != self._language
        return Worksheet(
            variants=self.variants.value,
            seed=self.seed.value,
            blank=tuple(kind for kind in KINDS if kind in ticked) or Worksheet().blank,
            share={"30": 30, "60": 60, "100": 100}[self.share.value],  # type: ignore[arg-type]  # one of the three
            steps=self._steps if by_hand else (),
            space=cast("Space", self.space.value),
            points=self.points.isChecked(),
            school=_line(self.heads["school"]),
            course=_line(self.heads["course"]),
            date=_line(self.heads["date"]),
            key="short" if self.key.value == "short" else "full",
            format=self.format.value,
            combined=self.combined.isChecked(),
            paper=cast("Paper", self.paper.value),
            language=self.language.value if other else "",  # type: ignore[arg-type]  # of the list
            digits=self.digits.digits,
        )

    def fault(self) -> Message | None:
        """Return what makes no worksheet, None where all is well."""
        if self.form_code:
            return None
        if self.way.value == "hand":
            return None if self._steps else message("No value is blanked by hand yet.")
        if not any(box.isChecked() for box in self.kinds.values()):
            return message("Tick at least one kind of blank.")
        return None

    def _tell(self, *_value: object) -> None:
        self._show_what_counts()
        self.changed.emit()

    def _show_what_counts(self) -> None:
        """Let only that be chosen which matters for the rest."""
        form, row, again = self._form, self.row, bool(self.form_code)
        by_hand = self.way.value == "hand"
        for field in (self.variants, self.seed, self.way, self.share, self.space, self.digits):
            form.enable_field(field, on=not again)
        form.enable_field(self.language, on=not again)
        self.points.setEnabled(not again)
        form.enable_field(self.paper, on=row.on_paper and not again)
        form.enable_field(self.key, on=row.on_paper)
        self.combined.setEnabled(row.combines)
        self.told.setText(self._say(message("The pages show what is asked; the file holds it in its own way.")))  # fmt: skip
        self.told.setVisible(row.name != "pdf")
        for box in self.kinds.values():
            box.setEnabled(not again)
        for pair in self._pairs:
            pair.setVisible(not by_hand)
        form.show_field(self.share, on=not by_hand)
        self._hand.setVisible(by_hand)
        count = len(self._steps)
        told = plural("{count} value is blank.", "{count} values are blank.", count)
        self.by_hand.setText(self._say(told))
        rounding = message(
            "Answers are given with {digits} significant digits; {units} units of the last one off still counts.",
            digits=self.digits.digits,
            units=UNITS,
        )
        if self._rounds:
            rounding = message(
                "The lesson rounds every result as by hand; one unit of the last digit off still counts."
            )
        self.rounding.setText(self._say(rounding))
        form.make_room()

    def _say(self, text: Message) -> str:
        return translate(text, self._language)


def _line(field: QLineEdit) -> str:
    return " ".join(field.text().split())


def _row(*parts: QWidget) -> QWidget:
    room = QWidget()
    row = QHBoxLayout(room)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for part in parts:
        row.addWidget(part)
    return room


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
