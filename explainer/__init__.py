"""Explain back-propagation step by step, every formula in symbols and then in numbers."""

__version__ = "0.1.0"
