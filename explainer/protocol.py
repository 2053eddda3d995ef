"""What the window and its worker process say to each other: msgpack frames of the types below.

The worker owns SymPy and ziamath, so that a slow formula can be killed and the window never waits.
A frame is a four-byte big-endian length and a msgpack message.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

from msgspec import Struct, msgpack

from explainer.lesson.lesson import Functions
from explainer.lesson.worksheet import Paper, Worksheet
from explainer.pages.page import Page
from explainer.pages.selection import Depth
from explainer.render.picture import Picture as Picture
from explainer.render.views import View
from explainer.trace.slips.slip import Slip
from explainer.trace.steps import PHASES, Pass, Phase

HEADER = 4
# Bytes. A lesson file is at most some megabytes, a series of documents comes file by file: what claims to be longer is damage.
LARGEST_REQUEST, LARGEST_REPLY = 64 * 1024 * 1024, 256 * 1024 * 1024


class WantPass(Struct, frozen=True, tag="want_pass"):
    """Ask for one pass of a lesson (its JSON); passes before it are computed too. A refusal is told in `language`."""

    number: int
    lesson: bytes
    pass_index: int
    language: str


class WantPage(Struct, frozen=True, tag="want_page"):
    """Ask for the page of a step, its formulas drawn; `step_index` −1 is the page before the first step.

    With `in_matrices` it is told about whole layers, or matrices of a formula, where that can be.
    """

    number: int
    lesson: bytes
    pass_index: int
    step_index: int
    language: str
    digits: int
    in_matrices: bool = False


class WantCheck(Struct, frozen=True, tag="want_check"):
    """Ask whether every gradient of a lesson agrees the three ways; the verdict is told in `language`."""

    number: int
    lesson: bytes
    language: str


class WantExport(Struct, frozen=True, tag="want_export"):
    """Ask for the worked example of a lesson in a format, as bytes; a picture alone shows the lesson in a `view`.

    `phases`, `steps` (ranges of numbers as they are printed, () for all) and `depth` say how much is shown.
    """

    number: int
    lesson: bytes
    format: str
    language: str
    digits: int
    view: View = "neurons"
    phases: tuple[Phase, ...] = PHASES
    steps: tuple[tuple[int, int], ...] = ()
    depth: Depth = "full"
    paper: Paper = "a4"


class WantPreview(Struct, frozen=True, tag="want_preview"):
    """Ask for what an export would show, to be looked at; a refusal is told in `language`."""

    number: int
    export: WantExport
    language: str


class WantSheet(Struct, frozen=True, tag="want_sheet"):
    """Ask for one worksheet, or its key, to be looked at: a variant, from 1, or the one with a form ID.

    `language` is the user's, and the sheet's where the settings name none.
    """

    number: int
    lesson: bytes
    worksheet: Worksheet
    language: str
    variant: int = 1
    part: Literal["sheet", "key"] = "sheet"
    form: str = ""


class WantSheets(Struct, frozen=True, tag="want_sheets"):
    """Ask for all files of a series of worksheets, or of the one with a form ID; they come one by one before the reply."""

    number: int
    lesson: bytes
    worksheet: Worksheet
    language: str
    form: str = ""


class WantPrint(Struct, frozen=True, tag="want_print"):
    """Ask for the pages of the worked example, to be painted on paper."""

    number: int
    lesson: bytes
    language: str
    digits: int


class WantFormulas(Struct, frozen=True, tag="want_formulas"):
    """Ask for the formulas of rows of a table as menus write them; `drawn` for their pictures too, which take longer."""

    number: int
    table: str
    names: tuple[str, ...]
    language: str
    drawn: bool
    functions: Functions = "international"


class WantSlips(Struct, frozen=True, tag="want_slips"):
    """Ask which numbers well-known slips give at a step; a refusal is told in `language`."""

    number: int
    lesson: bytes
    pass_index: int
    step_index: int
    language: str


# What people wait for: documents, and their previews.
Errand = WantExport | WantPrint | WantPreview | WantSheet | WantSheets
Request = WantPass | WantPage | WantCheck | WantFormulas | WantSlips | Errand


class HerePass(Struct, frozen=True, tag="here_pass"):
    """One pass as data."""

    number: int
    one_pass: Pass


class HerePage(Struct, frozen=True, tag="here_page"):
    """A page and its drawn pieces by their LaTeX; `in_matrices` where its results are whole matrices."""

    number: int
    page: Page
    pictures: dict[str, Picture]
    in_matrices: bool = False


class CheckedGradient(Struct, frozen=True):
    """How one parameter's gradient compares: with SymPy (None where left out), with the central difference."""

    name: str
    symbolic_agrees: bool | None
    numeric: float | None
    error: float


class HereCheck(Struct, frozen=True, tag="here_check"):
    """The verdict: `worst` is the largest relative disagreement of all gradients."""

    number: int
    agrees: bool
    worst: float
    sentence: str
    gradients: tuple[CheckedGradient, ...] = ()


class HereExport(Struct, frozen=True, tag="here_export"):
    """The content of the file that was asked for."""

    number: int
    content: bytes


class HerePrint(Struct, frozen=True, tag="here_print"):
    """The pages as SVG text, each as large as its sheet in points."""

    number: int
    pages: tuple[str, ...]


class HerePreview(Struct, frozen=True, tag="here_preview"):
    """The pages as SVG text, a picture alone, or the text of a file that is read as it is."""

    number: int
    pages: tuple[str, ...] = ()
    text: str = ""


class HereSheet(Struct, frozen=True, tag="here_sheet"):
    """The pages of a worksheet or key as SVG text, its form ID, and how many answers it asks for."""

    number: int
    pages: tuple[str, ...]
    form: str
    answers: int


Stage = Literal["checking", "setting"]


class HereProgress(Struct, frozen=True, tag="here_progress"):
    """How far a series of worksheets is: keys checked, then documents set. The reply is still to come."""

    number: int
    stage: Stage
    done: int
    total: int


class HereFile(Struct, frozen=True, tag="here_file"):
    """One file of a series. The reply is still to come."""

    number: int
    name: str
    content: bytes


class HereSheets(Struct, frozen=True, tag="here_sheets"):
    """The end of a series: so many files have come."""

    number: int
    files: int


class MenuFormula(Struct, frozen=True):
    """A formula for a menu: as plain text, and as a picture where that was asked for and can be drawn."""

    text: str
    picture: Picture | None = None


class HereFormulas(Struct, frozen=True, tag="here_formulas"):
    """The formulas by the names of their rows; what cannot be written is left out."""

    number: int
    formulas: dict[str, MenuFormula]


class HereSlips(Struct, frozen=True, tag="here_slips"):
    """The slips with their numbers, the most telling first; their sentences are in no language yet."""

    number: int
    slips: tuple[Slip, ...]


class Failed(Struct, frozen=True, tag="failed"):
    """The request was refused (`details` empty) or broke (`details` is the traceback)."""

    number: int
    sentence: str
    details: str = ""


Answer = HereExport | HerePrint | HerePreview | HereSheet | HereSheets
# What comes before a reply.
OnTheWay = HereProgress | HereFile
Reply = HerePass | HerePage | HereCheck | HereFormulas | HereSlips | Answer | OnTheWay | Failed

_encoder = msgpack.Encoder()


@cache
def _decoder(kind: Any) -> msgpack.Decoder[Any]:
    # Reading the types takes a while that the window has only after its first frame.
    return msgpack.Decoder(kind)


def frame(message: Request | Reply) -> bytes:
    """Encode a message with its length in front."""
    body = _encoder.encode(message)
    return len(body).to_bytes(HEADER, "big") + body


def decode_request(body: bytes) -> Request:
    """Decode what the window asks; msgspec.DecodeError where it is damaged."""
    request: Request = _decoder(Request).decode(body)
    return request


def decode_reply(body: bytes) -> Reply:
    """Decode what the worker answers; msgspec.DecodeError where it is damaged."""
    reply: Reply = _decoder(Reply).decode(body)
    return reply
