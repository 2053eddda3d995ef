"""What is remembered, and that damage to it is harmless."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings

from explainer.gui.preferences import Preferences


@pytest.fixture
def settings(tmp_path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


def test_everything_comes_back(settings):
    first = Preferences(settings)
    first.language, first.theme, first.digits, first.speed = "ru", "dark", 7, 2.0
    settings.sync()
    again = Preferences(QSettings(settings.fileName(), QSettings.Format.IniFormat))
    assert (again.language, again.theme, again.digits, again.speed) == ("ru", "dark", 7, 2.0)


@pytest.mark.parametrize("damage", ["xx", "", "-5", "1e9", "９", ["a", "b"], None])
def test_damage_counts_as_nothing(settings, damage):
    for name in ("language", "theme", "digits", "speed", "folder", "geometry", "recent"):
        settings.setValue(name, damage)
    preferences = Preferences(settings)
    assert preferences.language is None
    assert preferences.theme == "system"
    assert 2 <= preferences.digits <= 10
    assert preferences.speed == 1.0
    assert preferences.folder == ""
    assert preferences.recent == ()
    assert preferences.bytes("geometry") is None


def test_digits_stay_within_what_the_slider_offers(settings):
    preferences = Preferences(settings)
    for kept, shown in ((1, 2), (2, 2), (10, 10), (50, 10)):
        preferences.digits = kept
        assert preferences.digits == shown
