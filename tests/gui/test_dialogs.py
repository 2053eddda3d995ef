"""The dialogs, used as a user does."""

from __future__ import annotations

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton

from explainer.gui.dialogs.check import CheckDialog
from explainer.gui.dialogs.error_report import ErrorReport
from explainer.gui.dialogs.export import ExportDialog
from explainer.gui.dialogs.printing import PrintJob
from explainer.gui.dialogs.settings import SettingsDialog
from explainer.gui.frame import Trouble, Verdict
from explainer.lesson.lesson import text_in
from explainer.protocol import HereCheck
from explainer.render.publish import FORMATS


def button(dialog, text):
    return next(found for found in dialog.findChildren(QPushButton) if found.text() == text)


def words_of(dialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def test_the_export_dialog_offers_every_format(desk):
    dialog = ExportDialog(
        desk.stage, desk.program.preferences, desk.program.keeper.theme, desk.window
    )
    offered = [dialog.format.itemData(row) for row in range(dialog.format.count())]
    assert offered == list(FORMATS)
    dialog.deleteLater()


@pytest.mark.parametrize(
    ("name", "start"), [("pdf", b"%PDF"), ("tex", b"% Compiles"), ("svg", b"<svg")]
)
def test_an_export_is_written_and_told(desk, tmp_path, name, start):
    dialog = ExportDialog(
        desk.stage, desk.program.preferences, desk.program.keeper.theme, desk.window
    )
    dialog.format.setCurrentIndex(dialog.format.findData(name))
    path = tmp_path / f"out.{name}"
    told = []
    desk.stage.told.connect(told.append)
    dialog.write_to(path)
    desk.wait(path.is_file)
    assert path.read_bytes().startswith(start)
    desk.wait(lambda: bool(told))
    assert path.name in told[0]
    dialog.deleteLater()


def test_an_export_in_another_language_and_other_digits(desk, tmp_path):
    dialog = ExportDialog(
        desk.stage, desk.program.preferences, desk.program.keeper.theme, desk.window
    )
    dialog.format.setCurrentIndex(dialog.format.findData("html"))
    dialog.language.setCurrentIndex(dialog.language.findData("ru"))
    dialog.digits._slider.setValue(3)
    path = tmp_path / "out.html"
    dialog.write_to(path)
    desk.wait(path.is_file)
    text = path.read_text(encoding="utf-8")
    assert "Пример из лекции" in text
    assert "0,191" in text
    dialog.deleteLater()


def test_printing_makes_the_pages_of_the_document(desk, tmp_path):
    path = tmp_path / "printed.pdf"
    job = PrintJob(desk.stage, desk.window)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(path))
    printer.setFullPage(True)
    job.print_on(printer)
    desk.wait(path.is_file)
    pages = PdfReader(path).pages
    assert len(pages) >= 3
    for page in pages:
        # Lines, not dots: no pictures inside.
        assert len(page.images) == 0
        assert page.mediabox.height > page.mediabox.width


def test_settings_take_effect_at_once(desk):
    dialog = SettingsDialog(desk.frame, desk.program.keeper, desk.window)
    commands = desk.program.furniture.commands
    dialog.language_chosen.connect(commands.set_language)
    dialog.theme_chosen.connect(commands.set_theme)
    dialog.digits_chosen.connect(commands.set_digits)
    dialog.language.setCurrentIndex(dialog.language.findData("ru"))
    # The dialog itself follows too, and the keyboard stays at the field.
    assert dialog.windowTitle() == "Настройки"
    assert dialog.look.itemText(dialog.look.findData("dark")) == "Тёмное"
    assert dialog._close.text() == "Закрыть"
    dialog.look.setCurrentIndex(dialog.look.findData("dark"))
    dialog.digits._slider.setValue(8)
    desk.settle()
    assert desk.frame.language == "ru"
    assert desk.frame.digits == 8
    assert desk.program.keeper.theme.name == "dark"
    preferences = desk.program.preferences
    assert (preferences.language, preferences.theme, preferences.digits) == ("ru", "dark", 8)
    assert desk.window.top_bar._title.accessibleName() == text_in(desk.frame.lesson.title, "ru")
    assert desk.program.furniture.menus.actions()[0].text() != "&File"
    dialog.deleteLater()


@pytest.mark.parametrize(
    ("verdict", "title"),
    [
        (Verdict(HereCheck(1, True, 2.1e-11, "6 gradients were compared.")), "agree"),
        (Verdict(HereCheck(1, False, 0.1, "1 gradient differs: w1.")), "disagree"),
        (Verdict(None, Trouble("Nothing could be compared.", "")), "could not be checked"),
        (Verdict(), "being checked"),
    ],
)
def test_the_check_is_explained(fonts, qtbot, verdict, title):
    dialog = CheckDialog(verdict, "en")
    qtbot.addWidget(dialog)
    words = words_of(dialog)
    assert title in words
    if verdict.check:
        assert verdict.check.sentence in words
    elif verdict.trouble:
        assert verdict.trouble.sentence in words


def test_a_report_can_be_copied(fonts, qtbot):
    dialog = ErrorReport("ValueError: x", "en")
    qtbot.addWidget(dialog)
    dialog.add("KeyError: y")
    button(dialog, "Copy the report").click()
    copied = QGuiApplication.clipboard().text()
    assert copied == dialog.findChild(QPlainTextEdit).toPlainText()
    assert "ValueError: x" in copied
    assert "KeyError: y" in copied
    assert "Qt 6" in copied
