"""What simple thing a tree of a formula is: terms, a product of names, a square, a weighted entry, a quotient of names."""

from __future__ import annotations

from explainer.maths.trees import Apply, Name, Number, Tree


def terms(tree: Tree) -> list[tuple[int, Tree]]:
    """Return the terms of a sum with their signs; anything else is one term."""
    if isinstance(tree, Apply) and tree.operation == "sum":
        return list(zip(tree.signs, tree.arguments, strict=True))
    return [(1, tree)]


def names_of_product(tree: Tree) -> tuple[str, ...] | None:
    """Return the factors of a product of names, None for anything else."""
    if not isinstance(tree, Apply) or tree.operation != "product":
        return None
    names = tuple(part.name for part in tree.arguments if isinstance(part, Name))
    return names if len(names) == len(tree.arguments) else None


def squared(tree: Tree) -> str | None:
    """Return the name whose square a tree is."""
    names = names_of_product(tree) or ()
    if len(names) == 2 and names[0] == names[1]:
        return names[0]
    if isinstance(tree, Apply) and tree.operation == "power":
        base, exponent = tree.arguments
        if isinstance(base, Name) and isinstance(exponent, Number) and exponent.value == 2:
            return base.name
    return None


def weighted(tree: Tree) -> tuple[str, float] | None:
    """Return the name that a tree is, with 1, or is a number times, with the number."""
    if isinstance(tree, Name):
        return tree.name, 1.0
    if not isinstance(tree, Apply) or tree.operation != "product" or len(tree.arguments) != 2:
        return None
    for one, other in (tree.arguments, tree.arguments[::-1]):
        if isinstance(one, Number) and isinstance(other, Name):
            return other.name, one.value
    return None


def quotient(tree: Tree) -> tuple[int, str, str] | None:
    """Return sign, upper and lower name of ± name/name."""
    if not isinstance(tree, Apply):
        return None
    if tree.operation == "negative":
        inner = quotient(tree.arguments[0])
        return None if inner is None else (-inner[0], *inner[1:])
    if tree.operation != "quotient":
        return None
    above, below = tree.arguments
    sign = 1
    if isinstance(above, Apply) and above.operation == "negative":
        sign, above = -1, above.arguments[0]
    names = isinstance(above, Name) and isinstance(below, Name)
    return (sign, above.name, below.name) if names else None  # type: ignore[union-attr]  # both are names
