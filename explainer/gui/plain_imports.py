"""Imported before the rest of the window, so that Python's own `import` does the importing.

PySide replaces it by one that reads the source text of every module after it, in search of a feature that is not used
here. That would take as long as importing the window itself.
"""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401 - it is its import that replaces `import`

builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
