"""The window. The only room that knows Qt."""

import builtins

import PySide6.QtCore  # noqa: F401 - replaces `import`, as follows

# PySide replaces `import` by one that reads the source text of every module after it, in search of a feature that is
# not used here. That would take as long as importing the window itself.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
