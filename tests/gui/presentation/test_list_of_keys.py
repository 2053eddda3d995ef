"""The list of the keys, for whoever has forgotten one during a presentation."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from explainer.gui.presentation.keys import KEYS
from tests.gui.presentation.helpers import begin


def test_f1_lists_the_keys_to_the_presenter_alone_where_there_is_a_window_for_that(desk):
    show = begin(desk)

    for with_presenter in (False, True):
        if with_presenter:
            QTest.keyClick(show.projection, Qt.Key.Key_N)
        QTest.keyClick(show.projection, Qt.Key.Key_F1)
        dialog = QApplication.activeModalWidget()
        assert dialog.parent() is (show.presenter if with_presenter else show.projection)
        words = {label.text() for label in dialog.findChildren(QLabel)}
        assert {row.words for row in KEYS} <= words
        # It has the keyboard: Esc closes it and not the presentation.
        before = desk.stage.session.cursor.step_index
        QTest.keyClick(dialog, Qt.Key.Key_Right)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        QApplication.processEvents()
        assert QApplication.activeModalWidget() is None
        assert show.projection.isVisible()
        assert desk.stage.session.cursor.step_index == before
    show.leave()
