"""An option of a menu: its formula leaves room for the words of its name."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from explainer.gui.choosing.entry import _LABEL_SIZE, Shown, _formula_size, _label_room
from explainer.gui.theme import font
from explainer.maths.catalogue import TABLES
from explainer.messages import translate
from explainer.protocol import MenuFormula

_WRAPPED = Qt.TextFlag.TextWordWrap.value
# A long formula: it would take all it may.
_FORMULA = MenuFormula("f(z) = " + "z + " * 60 + "1")


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("width", [262.0, 366.0])
def test_no_word_of_a_name_is_cut_by_its_formula(fonts, language, width):
    metrics = QFontMetricsF(font(_LABEL_SIZE))
    for table in TABLES.values():
        for row in table.values():
            label = translate(row.label, language)
            room = _label_room(width, _formula_size(Shown(label, _FORMULA), width)[0])
            bounds = metrics.boundingRect(QRectF(0, 0, room, 1000), _WRAPPED, label)
            assert bounds.width() <= room, label
