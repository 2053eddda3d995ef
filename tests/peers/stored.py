"""What PyTorch computed, stored for machines without it; `scripts/make_peer_reference.py` makes the file anew."""

import json
from functools import cache
from pathlib import Path
from typing import Any

REFERENCE = Path(__file__).with_name("reference.json")


@cache
def stored() -> dict[str, Any]:
    """Return all stored values, by section."""
    found: dict[str, Any] = json.loads(REFERENCE.read_text(encoding="utf-8"))
    return found
