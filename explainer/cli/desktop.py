"""Linux desktops learn of the program by files of the XDG standards: a menu entry, icons, a type for lesson files."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from explainer.lesson.disk import reason, write_bytes
from explainer.lesson.faults import quoted_path
from explainer.lesson.lesson import FORMAT
from explainer.messages import Message, NotWritten, Refused, languages, message, translate
from explainer.resources import resource

MIME_TYPE = "application/x-explainer-lesson+json"
GLOB = "*.lesson.json"

_ENTRY = "applications/explainer.desktop"
_TYPES = "mime/packages/explainer.xml"
_ICON = "icons/hicolor/scalable/apps/explainer.svg"
_TYPE_ICON = f"icons/hicolor/scalable/mimetypes/{MIME_TYPE.replace('/', '-')}.svg"
# What reads the files anew, where it is installed, and the folder it is told.
_UPDATERS = (("update-desktop-database", "applications"), ("update-mime-database", "mime"))
# Seconds; a desktop that takes longer finds the files at the next start.
_PATIENCE = 30


def install() -> Iterator[Message]:
    """Write the files, then have them read; yield a sentence for each. Refused on other systems, NotWritten where it fails."""
    folder = _data_folder()
    for name, content in _files().items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _not_written(path, error) from None
        write_bytes(path, content)
        yield message("written: {path}", path=quoted_path(path))
    _update(folder)


def uninstall() -> Iterator[Message]:
    """Delete exactly the files that `install` writes; yield a sentence for each that was there. NotWritten for one that stays."""
    folder = _data_folder()
    found = False
    for name in _files():
        path = folder / name
        try:
            path.unlink()
        except FileNotFoundError:
            continue
        except OSError as error:
            fault = message(
                "{place}: not removed: {fault}", place=quoted_path(path), fault=reason(error)
            )
            raise NotWritten(fault) from None
        found = True
        yield message("removed: {path}", path=quoted_path(path))
    if found:
        _update(folder)
    else:
        yield message("there is nothing to remove")


def command_line(words: list[str]) -> str:
    """Return a command as the Exec key of a desktop entry has it, its special characters taken literally."""
    return " ".join(_exec_word(word) for word in words)


def _files() -> Mapping[str, bytes]:
    icon = resource("icons", "explainer.svg").read_bytes()
    return {
        _ENTRY: _entry().encode(),
        _ICON: icon,
        _TYPE_ICON: icon,
        _TYPES: _types().encode(),
    }


def _entry() -> str:
    command = command_line([sys.executable, "-m", "explainer"])
    lines = [
        "[Desktop Entry]",
        "Type=Application",
        "Version=1.1",
        "Name=Explainer",
        *_in_every_language("GenericName", message("Back-propagation step by step")),
        *_in_every_language(
            "Comment",
            message("Explain back-propagation step by step, in symbols and then in numbers."),
        ),
        f"Exec={command} %f",
        f"TryExec={_escaped(sys.executable)}",
        "Icon=explainer",
        "Terminal=false",
        "StartupNotify=true",
        "Categories=Education;ArtificialIntelligence;",
        *_in_every_language("Keywords", message("neural network;gradient;derivative;teaching;")),
        f"MimeType={MIME_TYPE};",
    ]
    return "\n".join(lines) + "\n"


def _types() -> str:
    what = message("Explainer lesson")
    comments = [f"    <comment>{escape(translate(what, 'en'))}</comment>"]
    comments += [
        f'    <comment xml:lang="{language}">{escape(translate(what, language))}</comment>'
        for language in languages()
        if language != "en"
    ]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">',
        f'  <mime-type type="{MIME_TYPE}">',
        *comments,
        '    <sub-class-of type="application/json"/>',
        f'    <glob pattern="{GLOB}"/>',
        '    <magic priority="60">',
        f'      <match type="string" offset="0:256" value="&quot;{FORMAT}&quot;"/>',
        "    </magic>",
        "  </mime-type>",
        "</mime-info>",
    ]
    return "\n".join(lines) + "\n"


def _in_every_language(key: str, text: Message) -> Iterator[str]:
    for language in languages():
        name = key if language == "en" else f"{key}[{language}]"
        yield f"{name}={_escaped(translate(text, language))}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _exec_word(word: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_./+:,@-]+", word):
        # Within quotation marks these four are marked; then the value as a whole marks the marks.
        word = '"' + re.sub(r'(["`$\\])', r"\\\1", word) + '"'
    return _escaped(word.replace("%", "%%"))


def _data_folder() -> Path:
    if sys.platform != "linux":
        raise Refused(
            message("There is nothing to install: menu entries of this kind are Linux's alone.")
        )
    stated = os.environ.get("XDG_DATA_HOME", "")
    # The standard has anything but an absolute path count as none.
    return Path(stated) if Path(stated).is_absolute() else Path.home() / ".local" / "share"


def _update(folder: Path) -> None:
    for program, part in _UPDATERS:
        found = shutil.which(program)
        if found is not None and (folder / part).is_dir():
            with contextlib.suppress(OSError, subprocess.SubprocessError):
                subprocess.run(  # noqa: S603 - the desktop's own program, on a folder of ours
                    [found, str(folder / part)],
                    check=False,
                    capture_output=True,
                    timeout=_PATIENCE,
                )


def _not_written(path: Path, error: OSError) -> NotWritten:
    return NotWritten(
        message("{place}: not written: {fault}", place=quoted_path(path), fault=reason(error))
    )
