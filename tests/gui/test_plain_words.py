"""What people and files say is shown as it is, whatever it looks like."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as Gui
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel, QWidget

from explainer.gui.dialogs.asking import fault_line
from explainer.gui.dialogs.shared_text import SharedTextDialog
from explainer.lesson.examples import example

MARKUP = ["<b>bold</b>", "a < b & c > d", "&lt;i&gt;", "<img src='x.png'>", "R&D", "plain"]


def shown(tip):
    """Return what a reader of a tip sees: Qt takes for markup what looks like it."""
    if not Gui.mightBeRichText(tip):
        return tip
    document = QTextDocument()
    document.setHtml(tip)
    return document.toPlainText()


def tips_in(window):
    return [shown(widget.toolTip()) for widget in window.findChildren(QWidget)]


@pytest.mark.parametrize("title", MARKUP)
def test_a_title_stands_in_its_tip_as_it_was_typed(desk, title):
    lesson = replace(example("mazur-2-2-2"), title=title)
    desk.stage.do(desk.stage.session.start_lesson, lesson)
    assert title in tips_in(desk.window.top_bar)


def test_what_is_wrong_is_said_as_it_was_typed(desk):
    dialog = SharedTextDialog(desk.stage, "<b>no lesson</b>", desk.window)
    dialog.accept()
    plain = [label for label in dialog.findChildren(QLabel) if label.property("part") == "fault"]
    assert plain == [dialog.fault]
    assert plain[0].text()
    for label in (*plain, fault_line()):
        assert label.textFormat() == Qt.TextFormat.PlainText
    dialog.deleteLater()
