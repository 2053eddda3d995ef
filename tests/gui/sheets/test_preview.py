"""The pages of a preview: painted on a thread, sharp at every size, scrolled, zoomed and turned with mouse and keys."""

import threading
import time

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explainer.gui.dialogs.export import ExportDialog
from explainer.gui.paper import rasters
from explainer.gui.paper.page_view import PageView
from explainer.gui.paper.rasters import Wanted, page_of, painted
from explainer.gui.paper.typed_steps import typed_steps
from explainer.gui.theme import themes
from explainer.messages import Refused
from explainer.protocol import HerePreview
from explainer.render.publish import FORMATS
from tests.gui.sheets.helpers import click, settle

Key = Qt.Key
PAGE = '<svg xmlns="http://www.w3.org/2000/svg" width="{w}pt" height="{h}pt" viewBox="0 0 {w} {h}"><rect x="10" y="10" width="{n}" height="20" fill="#ff0000"/></svg>'


def pages(count, width=300, height=400):
    return [PAGE.format(w=width, h=height, n=20 + number) for number in range(count)]


@pytest.fixture
def view(qtbot):
    found = PageView(themes()["light"])
    qtbot.addWidget(found)
    found.resize(600, 500)
    found.show()
    found.show_pages(pages(5))
    yield found
    found.rasters.stop()


def done(view, qtbot):
    qtbot.waitUntil(lambda: not view.rasters.is_busy, timeout=20000)


def wheel(view, turns, modifiers, place):
    spot = QPointF(place)
    event = QWheelEvent(
        spot, QPointF(view.viewport().mapToGlobal(place)), QPoint(), QPoint(0, 120 * turns),
        Qt.MouseButton.NoButton, modifiers, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), event)


def test_a_page_is_as_large_as_it_says():
    assert page_of(pages(1)[0])[1:] == (300.0, 400.0)
    assert page_of("<svg>")[1:] == (595.0, 842.0)
    image = painted(Wanted(page_of(pages(1)[0]), 600))
    assert (image.width(), image.height()) == (600, 800)
    assert image.pixelColor(30, 30) == QColor("#ff0000")
    assert image.pixelColor(300, 500) == QColor("#ffffff")


def test_pages_are_sharp_at_every_size(view, qtbot):
    """What is painted has a pixel for every pixel of the screen."""
    for zoom in (0.5, 1.0, 2.0, 4.0):
        view.zoom_to(zoom)
        done(view, qtbot)
        shown = view._shown()
        assert shown
        for index, place in shown:
            image = view.rasters.image(view._wanted(view._pages[index]))
            assert image is not None
            assert image.width() == round(place.width() * view.devicePixelRatioF())


def test_keys_turn_pages_and_zoom(view, qtbot):
    view.setFocus()
    assert view.current == 0
    QTest.keyClick(view, Key.Key_End)
    assert view.current == 4
    QTest.keyClick(view, Key.Key_PageUp)
    assert view.current < 4
    QTest.keyClick(view, Key.Key_Home)
    assert view.current == 0
    before = view.zoom
    QTest.keyClick(view, Key.Key_Plus)
    assert view.zoom > before
    assert not view.fits
    QTest.keyClick(view, Key.Key_0)
    assert view.fits
    assert view.zoom == before
    done(view, qtbot)


def test_the_wheel_scrolls_and_zooms_round_the_pointer(view, qtbot):
    wheel(view, -3, Qt.KeyboardModifier.NoModifier, QPoint(300, 200))
    assert view.verticalScrollBar().value() > 0
    place = QPoint(250, 210)
    bar = view.verticalScrollBar()
    page = (bar.value() + place.y()) / view.zoom
    wheel(view, 2, Qt.KeyboardModifier.ControlModifier, place)
    assert abs((bar.value() + place.y()) / view.zoom - page) < 3
    done(view, qtbot)


def test_pages_are_dragged_by_hand(view):
    viewport = view.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(300, 400))  # fmt: skip
    QTest.mouseMove(viewport, QPoint(300, 300))
    assert view.verticalScrollBar().value() == 100
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(300, 300))  # fmt: skip
    QTest.mouseMove(viewport, QPoint(300, 200))
    assert view.verticalScrollBar().value() == 100


def test_the_place_stays_when_pages_change_and_pages_that_stay_are_not_painted_again(view, qtbot):
    view.go_to(3)
    done(view, qtbot)
    kept = view._pages[3]
    view.show_pages([*pages(3), pages(4)[3], pages(1, 310)[0]])
    assert view.current == 3
    assert view._pages[3] is kept
    view.show_pages(pages(1))
    assert view.current == 0


def test_the_window_never_waits_for_a_page(qtbot, desk, monkeypatch):
    """While pages of a real document are painted at twice their size, elsewhere, events are served.

    By its own processor time, so that a busy machine does not count.
    """
    painters = []

    def noted(wanted):
        painters.append(threading.current_thread())
        return painted(wanted)

    monkeypatch.setattr(rasters, "painted", noted)
    dialog = ExportDialog(desk.stage, desk.program.preferences, desk.program.keeper.theme, desk.window)  # fmt: skip
    qtbot.addWidget(dialog)
    dialog.show()
    settle(desk, dialog)
    dialog.preview.pages.zoom_to(2.0)
    took = []
    while dialog.preview.pages.rasters.is_busy:
        began = time.thread_time()
        QApplication.processEvents()
        took.append(time.thread_time() - began)
        time.sleep(0.002)
    assert painters
    assert threading.main_thread() not in painters
    assert took
    assert sorted(took)[len(took) // 2] < 0.05


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_has_a_preview(desk, qtbot, name):
    dialog = ExportDialog(desk.stage, desk.program.preferences, desk.program.keeper.theme, desk.window)  # fmt: skip
    qtbot.addWidget(dialog)
    dialog.show()
    came = []
    dialog.preview.shown.connect(came.append)
    dialog.format.setCurrentIndex(dialog.format.findData(name))
    desk.wait(lambda: dialog.preview.is_current)
    assert isinstance(came[-1], HerePreview)
    assert came[-1].pages or came[-1].text
    dialog.close()


def test_an_export_shows_only_what_is_chosen(desk, qtbot):
    dialog = ExportDialog(desk.stage, desk.program.preferences, desk.program.keeper.theme, desk.window)  # fmt: skip
    qtbot.addWidget(dialog)
    dialog.show()
    settle(desk, dialog)
    whole = dialog.preview.pages.count
    click(dialog.derivations.buttons["results"])
    settle(desk, dialog)
    assert dialog.preview.pages.count < whole
    dialog.steps.setFocus()
    QTest.keyClicks(dialog.steps, "1-2")
    settle(desk, dialog)
    assert dialog.wanted().steps == ((1, 2),)
    few = dialog.preview.pages.count
    assert few <= 2
    QTest.keyClicks(dialog.steps, ", x")
    assert dialog.fault.isVisible()
    assert not dialog.footer.main.isEnabled()
    dialog.steps.clear()
    QTest.keyClicks(dialog.steps, "99")
    desk.wait(lambda: dialog.preview.is_current)
    assert "none of these steps" in dialog.preview.trouble.text()


def test_an_export_remembers_its_choices_and_gives_up(desk, qtbot, tmp_path):
    theme, preferences = desk.program.keeper.theme, desk.program.preferences
    dialog = ExportDialog(desk.stage, preferences, theme, desk.window)
    qtbot.addWidget(dialog)
    click(dialog.paper.buttons["letter"])
    click(dialog.phases["update"])
    dialog.write_to(tmp_path / "a.pdf")
    desk.wait(lambda: dialog.footer.state == "done")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    chosen = dialog.choices()
    assert chosen.paper == "letter"
    assert "update" not in chosen.phases
    dialog.close()
    again = ExportDialog(desk.stage, preferences, theme, desk.window)
    qtbot.addWidget(again)
    assert again.choices() == chosen
    again.write_to(tmp_path / "b.pdf")
    assert again.footer.state == "working"
    click(again.footer.cancel)
    assert again.footer.state == "asking"
    assert not (tmp_path / "b.pdf").exists()
    settle(desk, again)
    again.close()


def test_a_damaged_memory_counts_as_none(preferences):
    from explainer.gui.dialogs.export import ExportChoices

    preferences._settings.setValue("export", '{"paper": "a5"}')
    assert preferences.kept("export", ExportChoices) is None
    preferences.keep("export", replace(ExportChoices(), paper="letter"))
    assert preferences.kept("export", ExportChoices) == ExportChoices(paper="letter")


@pytest.mark.parametrize(
    ("text", "steps"),
    [("", ()), (" 3 ", ((3, 3),)), ("1-4, 9", ((1, 4), (9, 9))), ("2 – 5;7", ((2, 5), (7, 7)))],
)
def test_steps_are_typed_as_people_write_them(text, steps):
    assert typed_steps(text) == steps


@pytest.mark.parametrize("text", ["x", "4-1", "0", "1--2", "1-2-3", "-1"])
def test_other_texts_are_no_steps(text):
    with pytest.raises(Refused):
        typed_steps(text)
