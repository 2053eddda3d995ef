"""Pictures of office files: pandoc is given a stand-in of each, of its size; the pictures themselves are put in afterwards.

Pandoc takes a picture as text inside the document and reads it slowly: many pictures would take it most of a minute.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from functools import partial

from explainer.render.opendocument import Change, with_parts

# The signature of a PNG file and its first chunk, which says how large the picture is.
_HEAD = 33
_KEYWORD = b"Number\0"
_NUMBER = re.compile(rb"tEXtNumber\x00(\d{6})")


def stand_ins(pictures: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return for each picture (PNG) one of the same size with nothing in it but its number."""
    return {
        name: png[:_HEAD] + _chunk(b"tEXt", _KEYWORD + b"%06d" % number) + _chunk(b"IEND", b"")
        for number, (name, png) in enumerate(pictures.items())
    }


def with_pictures(content: bytes, pictures: Mapping[str, bytes]) -> bytes:
    """Return an office file with the pictures in place of their stand-ins."""
    numbered = list(pictures.values())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.endswith(".png")]
    changes: dict[str, Change] = dict.fromkeys(names, partial(_real, numbered))
    return with_parts(content, changes)


def _real(pictures: list[bytes], part: bytes) -> bytes:
    found = _NUMBER.search(part)
    return part if found is None else pictures[int(found[1])]


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)
