"""What the first frame needs of the namespace `Qt`, as Qt's own numbers.

Naming `Qt` has PySide build its hundred enumerations, a tenth of the way to the first frame. Until that is painted the
modules it needs say `QtCore.Qt` where they come to it later, set what they need at once as properties, and leave to Qt
what it does without being told (a test holds them to it).
"""

from __future__ import annotations

from typing import Final

# Qt.ScrollBarPolicy.ScrollBarAlwaysOff
NO_SCROLL_BAR: Final = 1
# Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
TOP_LEFT: Final = 0x21
