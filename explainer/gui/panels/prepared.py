"""Pages made ready before they are shown: their layouts, and pictures of the ones that may come next."""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple

from PySide6.QtGui import QPainter, QPixmap

from explainer.gui.theme import Theme, colour
from explainer.gui.typeset.atoms import Layout
from explainer.gui.typeset.page_layout import Text, lay_out
from explainer.gui.typeset.painter import Look, PagePainter
from explainer.protocol import HerePage

# Layouts of the pages seen lately; pictures of the page shown, of its neighbours and a few more.
_LAYOUTS_KEPT, _PICTURES_KEPT = 64, 6
# A longer page (px) is painted when it is seen, part by part.
_TALLEST = 4000
# A page that is too high is set with smaller distances before it has to be scrolled.
_LITTLE_AIR = 0.5


class Shown(NamedTuple):
    """What the panel shows: a page, its pictures, the language of its labels."""

    answer: HerePage
    language: str


class Setting(NamedTuple):
    """How wide a page is set, in what height it should fit, how large, in which colours, on how dense a screen."""

    width: int
    room: int
    zoom: float
    theme: Theme
    density: float


# An answer is known by its identity; what is kept under a key holds the answer, so that its id stays its own.
_Key = tuple[int, str, int, int, float]


class PreparedPages:
    """Lays pages out and paints them ahead."""

    def __init__(self) -> None:
        self.painter = PagePainter()
        self._layouts: OrderedDict[_Key, tuple[Shown, Layout]] = OrderedDict()
        self._pictures: OrderedDict[tuple[_Key, str, float], QPixmap] = OrderedDict()

    def layout(self, shown: Shown, setting: Setting) -> Layout:
        """Return the layout of a page."""
        key = _key(shown, setting)
        found = self._layouts.get(key)
        if found is not None:
            return found[1]
        text = Text(shown.answer.pictures, shown.language, setting.zoom)
        made = lay_out(shown.answer.page, text, setting.width)
        if made.height > setting.room:
            made = lay_out(shown.answer.page, text._replace(air=_LITTLE_AIR), setting.width)
        self._layouts[key] = (shown, made)
        if len(self._layouts) > _LAYOUTS_KEPT:
            self._forget(self._layouts.popitem(last=False)[0])
        return made

    def paint_ahead(self, shown: Shown, setting: Setting) -> None:
        """Paint a page, nothing on it lit or selected, so that showing it is one copy."""
        layout = self.layout(shown, setting)
        key = (_key(shown, setting), setting.theme.name, setting.density)
        if key in self._pictures:
            self._pictures.move_to_end(key)
            return
        height = round(layout.height)
        if height > _TALLEST:
            return
        picture = QPixmap(round(setting.width * setting.density), round(height * setting.density))
        picture.setDevicePixelRatio(setting.density)
        picture.fill(colour(setting.theme.paper))
        painter = QPainter(picture)
        look = Look(setting.theme, shown.answer.page.phase, setting.zoom)
        self.painter.paint(painter, layout, shown.answer.pictures, look)
        painter.end()
        self._pictures[key] = picture
        if len(self._pictures) > _PICTURES_KEPT:
            self._pictures.popitem(last=False)

    def picture(self, shown: Shown, setting: Setting) -> QPixmap | None:
        """Return the picture of a page if it was painted ahead."""
        return self._pictures.get((_key(shown, setting), setting.theme.name, setting.density))

    def _forget(self, key: _Key) -> None:
        for picture in [known for known in self._pictures if known[0] == key]:
            del self._pictures[picture]


def _key(shown: Shown, setting: Setting) -> _Key:
    return id(shown.answer), shown.language, setting.width, setting.room, setting.zoom
