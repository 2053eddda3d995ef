"""The dialog's modules are there when the menu has opened: nobody waits for them."""

import sys

from explainer.gui import furniture
from explainer.gui.sheets import intents


def test_opening_the_file_menu_imports_the_dialog(desk, monkeypatch):
    asked = []
    monkeypatch.setattr(intents, "import_module", lambda name: asked.append(name))
    desk.program.furniture.menus._menus[0][0].aboutToShow.emit()
    desk.wait(lambda: asked == ["explainer.gui.sheets.dialog"])
    desk.program.furniture.menus._menus[0][0].aboutToShow.emit()
    assert len(asked) == 1
    assert "explainer.gui.sheets.intents" in sys.modules


def test_whoever_only_presses_keys_does_not_wait_for_it_either(open_desk, monkeypatch):
    asked = []
    monkeypatch.setattr(furniture, "FOR_DOCUMENTS", 1)
    monkeypatch.setattr(intents, "import_module", lambda name: asked.append(name))
    desk = open_desk()
    desk.wait(lambda: asked == ["explainer.gui.sheets.dialog"])
