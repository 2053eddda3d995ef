"""The two programs that set documents: pandoc and Typst, started with what they need and nothing more."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from explainer.messages import NotWritten, message
from explainer.resources import resource

if TYPE_CHECKING:
    from pathlib import Path

# A document takes pandoc a tenth of a second; what takes this long hangs.
_TIME_LIMIT = 60
_TEMPLATES = "templates"
# Documents carry no date: the same lesson gives the same file. ZIP archives begin with 1980.
_NO_DATE = "315532800"


def template(ending: str) -> Path:
    """Return the template or reference document of a format."""
    return resource(_TEMPLATES, f"worked-example.{ending}")


def run_pandoc(content: bytes, to: str, options: Sequence[str]) -> bytes:
    """Return a tree as pandoc writes it; pandoc may read nothing but its input, the template and its own data.

    `content` is pandoc's tree as JSON, `to` one of its formats. NotWritten where it is missing, fails, or does not end.
    """
    command = [_pandoc_path(), "--sandbox", "--wrap=none", "--from=json", f"--to={to}", *options]
    try:
        result = subprocess.run(  # noqa: S603 - the program that came with this one, no shell
            [*command, "--output=-"],
            input=content,
            capture_output=True,
            timeout=_TIME_LIMIT,
            check=False,
            env={**os.environ, "SOURCE_DATE_EPOCH": _NO_DATE},
        )
    except subprocess.TimeoutExpired:
        raise NotWritten(
            message("pandoc did not finish within {limit} seconds", limit=_TIME_LIMIT)
        ) from None
    except OSError as error:
        raise NotWritten(
            message("pandoc could not be started: {reason}", reason=_line(error))
        ) from None
    if result.returncode != 0:
        reason = _line(result.stderr.decode("utf-8", "replace"))
        raise NotWritten(message("pandoc could not write the document: {reason}", reason=reason))
    return result.stdout


@cache
def _pandoc_path() -> str:
    try:
        import pypandoc

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError):
        raise NotWritten(
            message("pandoc is missing: install the package pypandoc_binary")
        ) from None


def run_typst(
    source: str, data: dict[str, str], *, system_fonts: bool = False, **settings: Any
) -> Any:
    """Return what Typst makes of a source; what a user typed stands in `data`, never in the source.

    `settings` are Typst's own; for pages as pictures it returns one or a list. NotWritten where it is missing or fails.
    """
    try:
        import typst
    except ImportError:
        raise NotWritten(message("Typst is missing: install the package typst")) from None
    try:
        return typst.compile(
            source.encode(),
            None,
            root=str(resource(_TEMPLATES)),
            font_paths=_fonts(system_fonts=system_fonts),
            sys_inputs=data,
            **settings,
        )
    except typst.TypstError as error:
        raise NotWritten(
            message("Typst could not set the document: {reason}", reason=_line(error))
        ) from None


@cache
def _fonts(*, system_fonts: bool) -> Any:
    """Return the program's fonts and Typst's own, read once; with the computer's where a letter is in none of them."""
    import typst

    return typst.Fonts(include_system_fonts=system_fonts, font_paths=[str(resource("fonts"))])


def _line(reason: object) -> str:
    """Return the first line of what a tool says."""
    return (str(reason).strip().splitlines() or [""])[0]
