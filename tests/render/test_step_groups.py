"""What stays on one page: a formula with its reason, a remark with the formula before it, a few sentences with their heading."""

from explainer.lesson.examples import example
from explainer.pages.page import Formula, Heading, Paragraph, Piece, Row
from explainer.pages.worked_example import worked_example
from explainer.render.dialects import Typst
from explainer.render.pandoc_tree import nodes_of
from explainer.render.step_groups import by_formulas, stays_together, steps
from explainer.trace.run import trace


def piece(latex):
    return Piece(latex, latex, "normal")


def formula(left, count):
    """Return a formula of so many lines."""
    numbers = [piece(str(number)) for number in range(count)]
    return Formula(tuple(Row("rule", (piece(left),), piece("="), (n,)) for n in numbers))


HEADING, WORDS, REMARK = Heading(3, ("Step",)), Paragraph(("Because.",)), Paragraph(("So.",))


def test_a_remark_stays_with_the_last_formula_and_a_reason_with_the_next():
    first, second = formula("a", 2), formula("b", 10)
    group = [HEADING, WORDS, first, WORDS, second, REMARK]
    parts = list(by_formulas(group))
    assert parts[0] == [HEADING, WORDS, first]
    assert parts[1] == [WORDS, second, REMARK]
    assert list(by_formulas([HEADING, WORDS])) == [[HEADING, WORDS]]


def test_a_formula_in_parts_loses_nothing():
    long = Formula(formula("a", 6).rows + formula("b", 6).rows)
    parts = list(by_formulas([HEADING, long, REMARK]))
    assert [type(block) for block in parts[0]] == [Heading, Formula]
    assert [type(block) for block in parts[1]] == [Formula, Paragraph]
    assert parts[0][1].rows + parts[1][0].rows == long.rows


def test_no_step_of_adam_ends_in_a_part_without_a_formula():
    lesson = example("adam")
    document = worked_example(lesson, trace(lesson, 1), "en", 5)
    found = 0
    for group in steps(document.blocks):
        parts = list(by_formulas(group))
        assert [block for part in parts for block in part if not isinstance(block, Formula)] == [
            block for block in group if not isinstance(block, Formula)
        ]
        if len(parts) > 1:
            found += stays_together(parts[-1])
            assert any(isinstance(block, Formula) for block in parts[-1])
    assert found


def test_a_heading_and_its_few_sentences_stay_together():
    def calls(count):
        nodes = nodes_of([Heading(2, ("Conventions",)), *[WORDS] * count], None, Typst())
        return sum(node["c"] == ["typst", "#example-lead["] for node in nodes)

    assert calls(2) == 1
    assert calls(1) == 0
    # More than that may be torn apart.
    assert calls(9) == 0
