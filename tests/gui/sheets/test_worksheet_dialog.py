"""The dialog of worksheets, used as a teacher does: with mouse and keys, looked at, written, given up."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from explainer.gui.sheets import dialog as dialogs
from explainer.gui.sheets.fields import KIND_NAMES
from explainer.lesson.worksheet import NUMERIC, Worksheet
from explainer.pages.sheets.plan import KINDS
from explainer.protocol import WantSheet
from explainer.render.publish_sheets import SHEET_FORMATS
from tests.gui.sheets.helpers import click, opened, settle

Key = Qt.Key


@pytest.fixture
def dialog(desk, qtbot):
    return opened(desk, qtbot)


def asked_of(desk):
    """Return the previews that the worker is asked for from now on."""
    found = []
    want = desk.stage.errands.want
    desk.stage.errands.want = lambda request: (found.append(request), want(request))
    return found


def write(dialog, desk, folder, monkeypatch):
    """Press the main button and choose a folder."""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    click(dialog.footer.main)
    desk.wait(lambda: dialog.footer.state != "working")


def test_the_shortcut_opens_it_and_its_pages_are_there(desk, qtbot):
    found = []

    def look():
        dialog = QApplication.activeModalWidget()
        desk.wait(lambda: dialog.preview.is_settled)
        found.append((dialog.preview.pages.count, dialog.footer.words.text()))
        QTest.keyClick(dialog, Key.Key_Escape)

    QTimer.singleShot(0, look)
    desk.press(Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    ((pages, words),) = found
    assert pages >= 3
    assert words.startswith("Form ")


def test_every_format_and_kind_is_offered(dialog):
    offered = [dialog.fields.format.itemData(row) for row in range(dialog.fields.format.count())]
    assert offered == list(SHEET_FORMATS)
    # Its neurons pass their sums on unchanged.
    assert {*dialog.fields.kinds, "activations"} == set(KINDS) == set(KIND_NAMES)


def test_typing_asks_once_and_only_for_what_is_wanted_last(desk, dialog):
    asked = asked_of(desk)
    field = dialog.fields.heads["school"]
    field.setFocus()
    QTest.keyClicks(field, "School 7")
    assert asked == []
    desk.wait(lambda: bool(asked))
    settle(desk, dialog)
    assert [one.worksheet.school for one in asked if isinstance(one, WantSheet)] == ["School 7"]
    # Back to what is shown already, before anything was asked: nothing is asked.
    del asked[:]
    QTest.keyClicks(field, "x")
    QTest.keyClick(field, Key.Key_Backspace)
    QTest.qWait(400)
    assert asked == []
    # What changes only the files changes no page.
    dialog.fields.format.setCurrentIndex(dialog.fields.format.findData("docx"))
    QTest.qWait(400)
    assert asked == []


def test_what_comes_too_late_is_dropped(desk, dialog):
    shown = []
    dialog.preview.shown.connect(shown.append)
    click(dialog.fields.kinds["sums"])
    desk.wait(lambda: desk.stage.errands.wishes != ())
    click(dialog.fields.kinds["sums"])
    click(dialog.fields.points)
    settle(desk, dialog)
    assert len(shown) == 1
    assert desk.stage.errands.wishes == ()


def test_sheet_key_and_variants_are_paged_through(desk, dialog):
    first = dialog.preview.pages._pages
    assert not dialog.variant.isVisible()
    dialog.fields.variants.field.setFocus()
    dialog.fields.variants.field.selectAll()
    QTest.keyClicks(dialog.fields.variants.field, "3")
    assert dialog.variant.isVisible()
    form = dialog.footer.words.text()
    click(dialog.variant.on)
    settle(desk, dialog)
    desk.wait(lambda: dialog.footer.words.text() != form)
    assert "Variant 2 of 3" in dialog.variant.words.text()
    assert dialog.preview.pages._pages != first
    sheet = dialog.preview.pages._pages
    click(dialog.part.buttons["key"])
    settle(desk, dialog)
    assert dialog.preview.pages._pages != sheet
    click(dialog.fields.key.buttons["short"])
    settle(desk, dialog)
    assert dialog.preview.pages.count == 1
    # Fewer variants than the one looked at.
    QTest.keyClick(dialog.fields.variants.field, Key.Key_Down)
    QTest.keyClick(dialog.fields.variants.field, Key.Key_Down)
    settle(desk, dialog)
    assert not dialog.variant.isVisible()


def test_a_form_id_brings_its_sheet_back(desk, dialog):
    dialog.fields.variants.set_value(4)
    dialog.fields.variants.changed.emit(4)
    for _ in range(2):
        click(dialog.variant.on)
    settle(desk, dialog)
    code = dialog.footer.words.text().split()[1]
    pages = [page.svg for page in dialog.preview.pages._pages]
    click(dialog.fields.kinds["sums"])
    settle(desk, dialog)
    assert [page.svg for page in dialog.preview.pages._pages] != pages
    dialog.fields.form_id.setFocus()
    QTest.keyClicks(dialog.fields.form_id, code.lower())
    settle(desk, dialog)
    assert [page.svg for page in dialog.preview.pages._pages] == pages
    assert not dialog.fields.variants.isEnabled()
    assert dialog.names() == ["sheet-03.pdf", "key-03.pdf", "answers.csv"]
    # A slip of the fingers is noticed.
    QTest.keyClick(dialog.fields.form_id, Key.Key_Backspace)
    QTest.keyClicks(dialog.fields.form_id, "7" if code[-1] != "7" else "8")
    desk.wait(lambda: dialog.preview.is_current)
    assert dialog.preview.trouble.text().startswith("The form ID")
    assert not dialog.footer.main.isEnabled()


def test_what_makes_no_sheet_is_said(desk, dialog):
    for kind, box in dialog.fields.kinds.items():
        if box.isChecked() and box.isEnabled():
            click(box)
            assert not box.isChecked(), kind
    assert "at least one kind" in dialog.footer.words.text()
    assert not dialog.footer.main.isEnabled()
    click(dialog.fields.kinds["deltas"])
    settle(desk, dialog)
    assert dialog.footer.main.isEnabled()
    click(dialog.fields.way.buttons["hand"])
    assert "blanked by hand" in dialog.footer.words.text()
    assert not dialog.footer.main.isEnabled()


def test_files_are_written_and_offered_to_be_opened(desk, dialog, tmp_path, monkeypatch):
    opened_urls = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: opened_urls.append(url.toLocalFile())
    )
    dialog.fields.variants.set_value(2)
    click(dialog.fields.combined)
    write(dialog, desk, tmp_path, monkeypatch)
    assert dialog.footer.state == "done"
    assert dialog.footer.main.isEnabled()
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix != ".ini") == [
        "answers.csv", "key-01.pdf", "key-02.pdf", "keys.pdf", "sheet-01.pdf", "sheet-02.pdf", "sheets.pdf",
    ]  # fmt: skip
    assert (tmp_path / "sheet-01.pdf").read_bytes().startswith(b"%PDF")
    assert "7 files" in dialog.footer.words.text()
    click(dialog.footer.folder)
    assert opened_urls == [str(tmp_path)]
    # Another choice: it can be written again.
    click(dialog.fields.points)
    assert dialog.footer.state == "asking"


def test_files_that_exist_are_kept_unless_confirmed(desk, dialog, tmp_path, monkeypatch):
    kept = tmp_path / "sheet-01.html"
    kept.write_text("mine", "utf-8")
    dialog.fields.format.setCurrentIndex(dialog.fields.format.findData("html"))
    settle(desk, dialog)
    asked = []

    def answer(choice):
        monkeypatch.setattr(dialogs, "ask", lambda *words: (asked.append(str(words[2])), choice)[1])

    answer("cancel")
    write(dialog, desk, tmp_path, monkeypatch)
    assert "sheet-01.html" in asked[0]
    assert kept.read_text("utf-8") == "mine"
    assert not (tmp_path / "key-01.html").exists()
    answer("write")
    write(dialog, desk, tmp_path, monkeypatch)
    assert dialog.footer.state == "done"
    assert "<html" in kept.read_text("utf-8")


def test_a_long_job_tells_how_far_it_is_and_can_be_given_up(desk, dialog, tmp_path, monkeypatch):
    folder = tmp_path / "sheets"
    folder.mkdir()
    dialog.fields.variants.set_value(30)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    click(dialog.footer.main)
    assert dialog.footer.state == "working"
    assert not dialog.form.isEnabled()
    desk.wait(lambda: dialog.footer.bar.value() >= 3)
    click(dialog.footer.cancel)
    assert dialog.footer.state == "asking"
    assert dialog.form.isEnabled()
    assert list(folder.iterdir()) == []
    # The worker is there again, and Esc gives up as well before it closes.
    click(dialog.footer.main)
    desk.wait(lambda: dialog.footer.bar.value() >= 1)
    QTest.keyClick(dialog, Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.footer.state == "asking"
    QTest.keyClick(dialog, Key.Key_Escape)
    assert not dialog.isVisible()
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(desk, dialog, tmp_path, monkeypatch):
    place = tmp_path / "file"
    place.write_text("", "utf-8")
    write(dialog, desk, place, monkeypatch)
    assert "this is no folder" in dialog.footer.words.text()


def test_choices_are_remembered_but_for_blanks_by_hand(desk, qtbot, dialog, tmp_path, monkeypatch):
    click(dialog.fields.kinds["error"])
    click(dialog.fields.space.buttons["grid"])
    click(dialog.fields.share.buttons["30"])
    QTest.keyClicks(dialog.fields.heads["course"], "Maths")
    dialog.fields.format.setCurrentIndex(dialog.fields.format.findData("csv"))
    settle(desk, dialog)
    write(dialog, desk, tmp_path, monkeypatch)
    chosen = dialog.fields.chosen()
    dialog.close()
    again = opened(desk, qtbot)
    assert again.fields.chosen() == chosen
    assert chosen.course == "Maths"
    assert "error" not in chosen.blank


def test_the_lesson_keeps_the_choices(desk, qtbot, dialog):
    assert desk.stage.session.lesson.worksheet is None
    click(dialog.fields.space.buttons["box"])
    click(dialog.keep)
    assert desk.stage.session.lesson.worksheet == replace(Worksheet(), space="box")
    assert not dialog.keep.isEnabled()
    settle(desk, dialog)
    dialog.close()
    assert str(desk.frame.undo_name) == "settings for worksheets"
    again = opened(desk, qtbot)
    assert again.fields.space.value == "box"
    click(again.forget)
    assert desk.stage.session.lesson.worksheet is None


def test_blanks_by_hand_are_what_the_sheet_asks(desk, qtbot):
    desk.stage.do(desk.stage.session.blank_steps, ["delta:h1.z#1", "activation:gone#1"], True)
    dialog = opened(desk, qtbot)
    assert dialog.fields.way.value == "hand"
    # What is no step any more is left out.
    assert dialog.fields.chosen().steps == ("delta:h1.z#1",)
    assert "1 value is blank" in dialog.fields.by_hand.text()
    assert not dialog.fields.kinds["sums"].isVisible()
    count = int(dialog.footer.words.text().rpartition("·")[2].split()[0])
    click(dialog.fields.way.buttons["kind"])
    settle(desk, dialog)
    assert dialog.fields.kinds["sums"].isVisible()
    assert int(dialog.footer.words.text().rpartition("·")[2].split()[0]) > count
    # From here to the window and its values.
    click(dialog.fields.way.buttons["hand"])
    wanted = []
    dialog.blanks_wanted.connect(lambda: wanted.append(True))
    click(dialog.fields.choose)
    assert wanted == [True]
    assert not dialog.isVisible()


def test_a_formula_offers_what_it_has(open_desk, qtbot):
    desk = open_desk("graph-sin")
    desk.settle()
    dialog = opened(desk, qtbot)
    assert list(dialog.fields.kinds) == ["sums", "deltas", "symbols", "factors"]
    # What is not offered stays as the settings have it.
    click(dialog.fields.kinds["symbols"])
    assert set(dialog.fields.chosen().blank) == {*NUMERIC, "symbols"}
    assert dialog.fields.kinds["sums"].text() == "Operations"
