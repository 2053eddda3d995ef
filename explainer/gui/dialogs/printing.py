"""Print the worked example: the printer's dialog first, then the pages, painted as lines."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMarginsF, QObject, QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QDialog, QWidget

from explainer.gui.dialogs.asking import tell
from explainer.gui.dialogs.waiting import Waiting
from explainer.gui.frame import Trouble
from explainer.gui.stage import Stage
from explainer.lesson.lesson import text_in
from explainer.messages import Message, message
from explainer.protocol import HerePrint


class PrintJob(QObject):
    """One printing, from the dialog to the last page."""

    def __init__(self, stage: Stage, window: QWidget) -> None:
        super().__init__(window)
        self._stage = stage
        self._window = window
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        frame = stage.frame
        self._printer.setDocName(text_in(frame.lesson.title, frame.language))
        # The pages bring their own margins.
        self._printer.setPageLayout(
            QPageLayout(
                QPageSize(QPageSize.PageSizeId.A4),
                QPageLayout.Orientation.Portrait,
                QMarginsF(0, 0, 0, 0),
            )
        )
        self._printer.setFullPage(True)

    def run(self) -> None:
        """Ask for the printer, then print."""
        dialog = QPrintDialog(self._printer, self._window)
        dialog.setWindowTitle(self._stage.say(message("Print the worked example")))
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.print_on(self._printer)
        else:
            self.deleteLater()

    def print_on(self, printer: QPrinter) -> None:
        """Print on a printer that is set up."""
        self._printer = printer
        request = self._stage.errands.print_pages()
        waiting = Waiting(self._stage, request, message("Preparing the pages…"), self._window)
        waiting.answered.connect(self._print)
        waiting.rejected.connect(self.deleteLater)

    def _print(self, result: HerePrint | Trouble) -> None:
        self.deleteLater()
        if isinstance(result, Trouble):
            self._tell(result.sentence)
        elif not paint_pages(self._printer, result.pages):
            self._tell(message("The printer did not accept the pages."))

    def _tell(self, sentence: Message | str) -> None:
        title = message("The worked example was not printed")
        tell(self._window, title, sentence, self._stage.frame.language)


def paint_pages(printer: QPrinter, pages: tuple[str, ...]) -> bool:
    """Paint the chosen pages, each as large as the sheet allows; tell whether the printer took them."""
    first = printer.fromPage() or 1
    last = printer.toPage() or len(pages)
    painter = QPainter()
    if not painter.begin(printer):
        return False
    for number, page in enumerate(pages[first - 1 : last]):
        if number and not printer.newPage():
            painter.end()
            return False
        renderer = QSvgRenderer(QByteArray(page.encode()))
        renderer.render(painter, _on_sheet(printer, renderer))
    return painter.end()


def _on_sheet(printer: QPrinter, renderer: QSvgRenderer) -> QRectF:
    """Return the place of a page in the middle of the sheet."""
    sheet = printer.paperRect(QPrinter.Unit.DevicePixel)
    size = renderer.viewBoxF().size()
    scale = min(sheet.width() / size.width(), sheet.height() / size.height())
    place = QRectF(0, 0, size.width() * scale, size.height() * scale)
    place.moveCenter(QRectF(0, 0, sheet.width(), sheet.height()).center())
    return place
