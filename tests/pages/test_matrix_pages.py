"""Every step of a layered lesson has a page in matrices, which shows the numbers of the step."""

import re

import msgspec
import pytest
from hypothesis import given

from explainer.lesson.examples import example, example_names
from explainer.lesson.lesson import Lesson, Loss
from explainer.pages.matrices import matrix_page, matrix_section
from explainer.pages.names import Names
from explainer.pages.narrate import narrate
from explainer.pages.page import Heading, Table, plain
from explainer.render.formulas import picture
from explainer.trace.layered import why_not_layered
from explainer.trace.run import trace
from explainer.trace.steps import Step
from tests.pages.matrix_pages import LECTURE, page_of, pages, rows_of, runs_of, said, texts
from tests.render.networks import dense
from tests.trace.layered_lessons import layered_lessons

LAYERED = [name for name in example_names() if why_not_layered(example(name)) is None]


def test_the_forward_page_of_the_lecture():
    page = page_of(LECTURE, "weighted_sum", "h1")
    assert plain(page.title) == "What arrives at layer 1?"
    assert texts(page) == [
        "S₁ [1×2] = X₁ [1×2] · W₁ [2×2]",
        "(h₁ | h₂) = (i₁ | i₂) · (w₁ | w₃; w₂ | w₄)",
        "(h₁ | h₂) = (2 | 3) · (0.11 | 0.12; 0.21 | 0.08)",
        "S₁ = (0.85 | 0.48)",
    ]
    assert said(page)[1:] == [
        "The step on its own is row 1, column 1 of S₁.",
        "The layer passes its sums on unchanged: A₁ = S₁.",
    ]


def test_the_way_back_through_a_layer_of_the_lecture():
    page = page_of(LECTURE, "delta", "h1")
    assert texts(page) == [
        "dA₁ [1×2] = dX₂ = dS₂ [1×1] · W₂ᵀ [1×2]",
        "(∂E/∂h₁ | ∂E/∂h₂) = (δ(ŷ)) · (w₅ | w₆)",
        "(∂E/∂h₁ | ∂E/∂h₂) = (−0.809) · (0.14 | 0.15)",
        "dA₁ = (−0.11326 | −0.12135)",
        "dS₁ = dA₁ = (−0.11326 | −0.12135)",
    ]


def test_the_update_stands_as_the_lecture_prints_it():
    page = page_of(LECTURE, "update", "w5")
    assert texts(page)[1:4] == [
        "(w₅⁺; w₆⁺) = (w₅; w₆) − η · (∂E/∂w₅; ∂E/∂w₆)",
        "(w₅⁺; w₆⁺) = (0.14; 0.15) − 0.05 · (−0.68765; −0.38832)",
        "(w₅⁺; w₆⁺) ≈ (0.14; 0.15) − (−0.034383; −0.019416)",
    ]
    assert rows_of(page)[1].right[0].latex == r"\begin{pmatrix} w_5 \\ w_6 \end{pmatrix}"


@pytest.mark.parametrize("name", LAYERED)
def test_every_step_has_a_page_with_its_own_number(name):
    runs = trace(example(name), 1)
    names = Names(runs[0], "en", 5)
    for step in runs[0].summary.steps:
        page = matrix_page(runs, 0, step.index, "en", 5)
        if page is None:
            assert has_no_matrix(runs[0].lesson, step)
            continue
        assert page.kicker == narrate(runs, 0, step.index, "en", 5).kicker
        # What one sample adds to a gradient is inside the sums of a product of matrices.
        if step.sample is None or len(runs[0].graph.samples) == 1:
            assert names.number(step.value).text in " ".join(texts(page))


@pytest.mark.parametrize("name", LAYERED)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_formula_is_drawn(name, language):
    for _, page in pages(example(name), language):
        for row in rows_of(page):
            for piece in (*row.left, row.relation, *row.right):
                assert picture(piece.latex)


@pytest.mark.parametrize("name", LAYERED)
def test_a_page_wears_no_colours(name):
    for _, page in pages(example(name)):
        assert page.badges == ()
        for row in rows_of(page):
            assert all(piece.factor is None for piece in (*row.left, *row.right))


@pytest.mark.parametrize("name", LAYERED)
def test_russian_pages_have_russian_words_and_decimal_commas(name):
    for _, page in pages(example(name), "ru"):
        for text in [*said(page), plain(page.title)]:
            assert re.search("[а-я]", text)
        assert not any(re.search(r"\d\.\d", row.text) for row in rows_of(page))


def has_no_matrix(shown: Lesson, step: Step) -> bool:
    """Tell whether a step is about a penalty, clipping, a slope that is learnt, or an input thinned out."""
    inputs = [neuron.id for neuron in shown.network.of_role("input")]
    learnt = {name for neuron in shown.network.neurons for _, name in neuron.activation.named}
    # What is drawn as "a_…" may belong to an activation that does not learn, and then to none.
    is_slope = step.subject in learnt or step.subject.startswith("a_")
    return step.kind in ("penalty", "clip") or is_slope or step.subject in inputs


@given(layered_lessons())
def test_any_layered_lesson_has_pages(shown):
    runs = runs_of(shown)
    for run in runs:
        for step in run.summary.steps:
            page = matrix_page(runs, 0, step.index, "en", 5)
            assert page is not None or has_no_matrix(shown, step)
        assert list(matrix_section(Names(run, "ru", 5)))


def test_before_the_first_step_stands_the_whole_network():
    runs = trace(example("xor-2-2-1"), 1)
    page = matrix_page(runs, 0, -1, "en", 5)
    assert page is not None
    assert page.phase is None
    (table,) = [block for block in page.blocks if isinstance(block, Table)]
    cells = [[plain(cell) for cell in row] for row in table.rows]
    assert cells == [
        ["1", "4 × 2", "2 × 2", "1 × 2", "4 × 2"],
        ["2", "4 × 2", "2 × 1", "1 × 1", "4 × 1"],
    ]


def test_a_lesson_without_layers_has_no_pages():
    skipping = dense(2, 2, 1, extra=[("x0_1", "o2_1")])
    runs = trace(skipping, 1)
    assert matrix_page(runs, 0, 0, "en", 5) is None
    assert matrix_page(runs, 0, -1, "en", 5) is None
    assert list(matrix_section(Names(runs[0], "en", 5))) == []


def test_the_only_layer_needs_no_number():
    page = page_of(example("logistic-neuron"), "weighted_sum")
    assert texts(page)[0].startswith("S [1×1] = X [1×2] · W [2×1] + b [1×1]")


def test_a_batch_spreads_its_biases_and_takes_the_mean():
    xor = example("xor-2-2-1")
    assert "1 [4×1] · b₁ [1×2]" in texts(page_of(xor, "weighted_sum"))[0]
    assert texts(page_of(xor, "gradient_bias", "b3"))[0] == "db₂ [1×1] = 1/4 · 1ᵀ [1×4] · dS₂ [4×1]"
    summed = msgspec.structs.replace(xor, loss=Loss(xor.loss.choice, "sum"))
    assert texts(page_of(summed, "gradient_bias", "b3"))[0] == "db₂ [1×1] = 1ᵀ [1×4] · dS₂ [4×1]"
    assert texts(page_of(xor, "batch_loss"))[0] == "E = 1/4 · 1ᵀ [1×4] · e [4×1]"


def test_large_matrices_are_cut():
    page = page_of(dense(12, 10, 1), "weighted_sum")
    symbols, weights = (rows_of(page)[line].right[2].latex for line in (1, 2))
    assert (symbols.count(r"\\"), symbols.count("&")) == (4, 5 * 4)
    assert (weights.count(r"\\"), weights.count("&")) == (7, 8 * 5)
    assert (weights.count(r"\vdots"), weights.count(r"\cdots"), weights.count(r"\ddots")) == (
        5,
        7,
        1,
    )


def test_the_section_goes_forward_back_and_to_the_new_weights():
    blocks = list(matrix_section(Names(trace(LECTURE, 1)[0], "en", 5)))
    assert [plain(block.text) for block in blocks if isinstance(block, Heading)] == [
        "Layer 1, forward",
        "Layer 2, forward",
        "Layer 2, backward",
        "Layer 1, backward",
        "Layer 1, update",
        "Layer 2, update",
    ]
