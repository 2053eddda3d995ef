"""The figures as a table to read."""

from __future__ import annotations

from collections.abc import Sequence

from scripts.bench.figures import Figure, Target

_HEADER = ("figure", "median", "p99", "floor", "ratio", "target", "holds")


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as a table, and below it what each of them and its floor is."""
    rows = [_HEADER, *(_row(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADER))]
    lines = [_line(row, widths) for row in rows]
    lines.insert(1, "  ".join("-" * width for width in widths))
    lines.append("")
    for figure in figures:
        floor = f"; floor: {figure.floor_is}" if figure.floor_is else ""
        lines.append(f"{figure.name}: {figure.about}{floor}")
    return "\n".join(lines)


def _row(figure: Figure) -> tuple[str, ...]:
    return (
        figure.name,
        _amount(figure.value, figure.unit),
        _amount(figure.p99, figure.unit),
        _amount(figure.floor, figure.unit),
        "" if figure.ratio is None else f"{figure.ratio:.2f}",
        _target(figure.target, figure.unit),
        {True: "yes", False: "NO", None: ""}[figure.holds],
    )


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    name, *cells = (
        cell.ljust(width) if column == 0 else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join((name, *cells)).rstrip()


def _amount(value: float | None, unit: str) -> str:
    return "" if value is None else f"{value:.3g} {unit}" if value < 100 else f"{value:.0f} {unit}"


def _target(target: Target | None, unit: str) -> str:
    if target is None:
        return ""
    if target.part == "ratio":
        return f"ratio ≤ {target.limit:g}"
    what = "p99 ≤" if target.part == "p99" else "≤"
    return f"{what} {target.limit:g} {unit}"
