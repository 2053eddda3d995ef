"""How tests read documents of other programs back."""

import io
import re
import xml.etree.ElementTree as ET
import zipfile


def parts_of(content):
    """Return the XML parts of an office file by name; each must be well-formed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            ET.fromstring(part)  # noqa: S314 - made by this program
    return parts


def words_in(xml):
    """Return the text of an XML part without blanks."""
    root = ET.fromstring(xml)  # noqa: S314 - made by this program
    return re.sub(r"\s+", "", "".join(root.itertext()))


def squeezed(text):
    """Return text without blanks."""
    return re.sub(r"\s+", "", text)
