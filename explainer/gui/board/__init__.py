"""The lesson as a table: the same step in words and numbers, for keyboards and screen readers."""
