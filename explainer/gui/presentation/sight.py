"""What of a page that is too high for the picture is seen: its question always, and the newest lines, each whole."""

from __future__ import annotations

from explainer.gui.typeset.atoms import Atom, Layout, TintedBox

_MORE = " …"
# Edges nearer to each other than this (px) are one.
_SAME = 0.5


def newest_in_sight(layout: Layout, headings: int, room: float, gap: float) -> Layout:
    """Return a page not higher than `room`: the first `headings` blocks, `gap` px below them what fits from its end."""
    heading, body = _parted(layout, headings)
    labels = _labels(body)
    tops = _tops(body, layout.boxes, set(labels.values()))
    below = max((atom.bottom for atom in heading), default=0.0) + gap
    over = layout.height - room
    first = min((top for top in tops.values() if top >= below + over), default=None)
    if over <= 0 or not tops:
        return layout
    if first is None:
        # Even the last line is higher than what is left.
        first = max(tops.values())
    up = first - below
    kept = [
        atom.moved(0, -up)
        for atom in body
        if (tops[atom.line] if atom.block >= 0 else labels[atom][0]) >= first
    ]
    return layout._replace(
        height=layout.height - up,
        atoms=(*heading, *kept),
        hairlines=tuple(
            line._replace(y=line.y - up) for line in layout.hairlines if line.y >= first
        ),
        boxes=tuple(box._replace(y=box.y - up) for box in layout.boxes if box.y >= first),
    )


def beginning_in_sight(layout: Layout, room: float) -> Layout:
    """Return a page of sentences not higher than `room`: as many of its lines as fit from its beginning, then three dots."""
    if layout.height <= room:
        return layout
    ends: dict[int, float] = {}
    for atom in layout.atoms:
        ends[atom.line] = max(ends.get(atom.line, 0.0), atom.bottom)
    kept = [atom for atom in layout.atoms if ends[atom.line] <= room]
    while kept and len(kept) < len(layout.atoms) and kept[-1].latex:
        # A formula cannot end in dots.
        kept.pop()
    if kept and len(kept) < len(layout.atoms):
        last = kept[-1]
        # What it ends with is read as a part of its word.
        kept[-1] = last._replace(text=last.text.rstrip(".,;:") + _MORE)
    return layout._replace(height=room, atoms=tuple(kept))


def _parted(layout: Layout, headings: int) -> tuple[list[Atom], list[Atom]]:
    heading = [atom for atom in layout.atoms if 0 <= atom.block < headings]
    return heading, [atom for atom in layout.atoms if not 0 <= atom.block < headings]


def _labels(body: list[Atom]) -> dict[Atom, tuple[float, float]]:
    """Return from where to where each label reaches that a word belongs to; its words stand right under each other."""
    words = [atom for atom in body if atom.block < 0]
    groups: list[list[Atom]] = []
    for word in words:
        if groups and abs(groups[-1][-1].bottom - word.top) < _SAME:
            groups[-1].append(word)
        else:
            groups.append([word])
    return {word: (group[0].top, group[-1].bottom) for group in groups for word in group}


def _tops(
    body: list[Atom], boxes: tuple[TintedBox, ...], labels: set[tuple[float, float]]
) -> dict[int, float]:
    """Return where each printed line begins, with the box it stands in and its label; labels are no lines."""
    tops: dict[int, float] = {}
    ends: dict[int, float] = {}
    for atom in body:
        if atom.block < 0:
            continue
        around = [box.y for box in boxes if box.y <= atom.baseline <= box.y + box.height]
        tops[atom.line] = min(tops.get(atom.line, atom.top), atom.top, *around)
        ends[atom.line] = max(ends.get(atom.line, atom.bottom), atom.bottom)
    for top, bottom in labels:
        for line, end in ends.items():
            if tops[line] <= (top + bottom) / 2 <= end:
                tops[line] = min(tops[line], top)
    return tops
