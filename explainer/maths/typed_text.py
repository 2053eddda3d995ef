"""A part of a typed formula as text again, for sentences: in the words of whoever typed it, not in names of ours."""

from __future__ import annotations

from explainer.maths.trees import Apply, Name, Number, Tree

_LONGEST = 40
_SUM, _PRODUCT, _POWER, _ATOM = range(4)


def typed_text(tree: Tree) -> str:
    """Return a tree as one types it, `log(x + 1)`; cut where it is too long for a sentence."""
    text, _ = _written(tree)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _written(tree: Tree) -> tuple[str, int]:
    """Return the text of a tree and how tightly its outermost operation binds."""
    if isinstance(tree, Number):
        return tree.text, _SUM if tree.text.startswith("-") else _ATOM
    if isinstance(tree, Name):
        return tree.name, _ATOM
    return _applied(tree)


def _applied(tree: Apply) -> tuple[str, int]:
    parts = tree.arguments
    match tree.operation:
        case "sum":
            # A minus sign needs parentheses only behind another sign.
            first = _SUM if tree.signs[0] > 0 else _PRODUCT
            pieces = [_within(part, _PRODUCT if at else first) for at, part in enumerate(parts)]
            text = "".join(
                f" {'+' if sign > 0 else '-'} {piece}"
                for sign, piece in zip(tree.signs, pieces, strict=True)
            )
            return (text[3:] if tree.signs[0] > 0 else f"-{text[3:]}"), _SUM
        case "product":
            return "*".join(_within(part, _PRODUCT) for part in parts), _PRODUCT
        case "quotient":
            return f"{_within(parts[0], _PRODUCT)}/{_within(parts[1], _POWER)}", _PRODUCT
        case "power":
            return f"{_within(parts[0], _ATOM)}^{_within(parts[1], _ATOM)}", _POWER
        case "negative":
            return f"-{_within(parts[0], _PRODUCT)}", _SUM
    inside = ", ".join(_written(part)[0] for part in parts)
    return f"{tree.operation}({inside})", _ATOM


def _within(tree: Tree, least: int) -> str:
    text, binds = _written(tree)
    return text if binds >= least else f"({text})"
