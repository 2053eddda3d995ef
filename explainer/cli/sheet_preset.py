"""What a lesson says of its worksheets takes the place of what the command line leaves out."""

from __future__ import annotations

import argparse

from explainer.lesson.worksheet import Worksheet
from explainer.pages.sheets.preset import steps_for

_SHARES = {30: "30", 60: "60", 100: "all"}


def with_preset(options: argparse.Namespace, preset: Worksheet | None) -> argparse.Namespace:
    """Return the options of `explainer worksheet` with those of the lesson, or the usual ones, where none were given.

    A form ID says everything itself but the head, the steps chosen by hand and how files are written.
    """
    asked = preset if preset is not None else Worksheet()
    given = {name: value for name, value in vars(options).items() if value not in (None, [])}
    usual: dict[str, object] = {
        "lang": asked.language or options.spoken,
        "digits": asked.digits,
        "format": asked.format,
        "combined": asked.combined,
        "points": asked.points,
        "school": asked.school,
        "course": asked.course,
        "date": asked.date,
        "key": asked.key,
    }
    # Blanks that are asked for on the command line are not those chosen by hand.
    if not {"step", "blank", "share"} & given.keys():
        usual["step"] = list(asked.steps)
        if "form" in given:
            usual["step"] = list(steps_for(options.form, asked.steps))
    if "form" not in given:
        usual |= {
            "variants": asked.variants,
            "seed": asked.seed,
            "blank": list(asked.blank),
            "share": _SHARES[asked.share],
            "space": asked.space,
            "paper": asked.paper,
        }
    return argparse.Namespace(**{**vars(options), **usual, **given})
