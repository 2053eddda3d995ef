"""What the worker tells while it makes worksheets: first the keys, then the pages, never a full bar while much is to come."""

from explainer.lesson.examples import example
from explainer.lesson.worksheet import Worksheet
from explainer.protocol import HereFile, HereProgress, WantSheets
from explainer.worker.sheets import SheetMaker


def test_before_the_first_pages_are_set_nobody_knows_how_far_it_is():
    told = []
    request = WantSheets(1, b"", Worksheet(variants=2, format="csv"), "en")
    SheetMaker().files(request, example("lecture-2-2-1"), told.append)
    steps = [(one.stage, one.done, one.total) for one in told if isinstance(one, HereProgress)]
    assert steps[:3] == [("checking", 1, 2), ("checking", 2, 2), ("setting", 0, 0)]
    assert steps[-1][1] == steps[-1][2]
    assert [one.name for one in told if isinstance(one, HereFile)][-1] == "answers.csv"
