"""Every step of a formula that spells out rules of matrices has a page with the rule, forward and back."""

import re

import pytest
from msgspec.structs import replace

from explainer.lesson.examples import example
from explainer.lesson.lesson import Expression, Lesson
from explainer.pages.formula_matrices import rules_section
from explainer.pages.matrices import matrix_page
from explainer.pages.names import Names
from explainer.pages.page import Heading, Page, Table, plain
from explainer.pages.worked_example import worked_example
from explainer.render.formulas import picture
from explainer.trace.run import trace
from tests.pages.matrix_pages import pages, rows_of, said, texts

LESSONS = ["product", "hadamard", "function", "inverse", "transpose", "permutation", "mse"]
PRODUCT = example("matrix-product")


def lesson_of(formula: str, **values: float) -> Lesson:
    return replace(PRODUCT, expression=Expression(formula, values))


def page_about(shown: Lesson, kind: str, subject: str) -> Page | None:
    runs = trace(shown, 1)
    (step,) = [
        step for step in runs[0].summary.steps if (step.kind, step.subject) == (kind, subject)
    ]
    return matrix_page(runs, 0, step.index, "en", 5)


def back(name: str, subject: str) -> list[str]:
    page = page_about(example(name), "gradient_node", subject)
    assert page is not None
    return texts(page)


def test_a_product_forward():
    page = page_about(PRODUCT, "operation", "c12")
    assert page is not None
    assert plain(page.title) == "What is the matrix C?"
    assert texts(page) == [
        "C [2×2] = A [2×2] · B [2×2]",
        "(c₁₁ | c₁₂; c₂₁ | c₂₂) = (a₁₁ | a₁₂; a₂₁ | a₂₂) · (b₁₁ | b₁₂; b₂₁ | b₂₂)",
        "(c₁₁ | c₁₂; c₂₁ | c₂₂) = (1 | 2; 3 | 4) · (2 | −1; 0.5 | 3)",
        "C = (3 | 5; 8 | 9)",
    ]
    assert said(page)[-1] == "The step on its own is row 1, column 2 of C."


@pytest.mark.parametrize(
    ("name", "subject", "first", "last"),
    [
        ("matrix-product", "a21", "dA [2×2] = dC [2×2] · Bᵀ [2×2]", "dA = (5 | −2; 5 | 4.5)"),
        ("matrix-product", "b12", "dB [2×2] = Aᵀ [2×2] · dC [2×2]", "dB = (11 | 2; 16 | 2)"),
        (
            "matrix-hadamard",
            "b11",
            "dB [2×2] = A [2×2] ∘ dC [2×2] ∘ D [2×2]",
            "dB = (10 | −6; −18 | 2)",
        ),
        (
            "matrix-function",
            "x21",
            "dX [2×2] = tanh′(X) ∘ dY [2×2]",
            "dX ≈ (1.5729 | −0.41997; 3 | 0.070651)",
        ),
        (
            "matrix-inverse",
            "x22",
            "dX [2×2] = − Yᵀ [2×2] · dY [2×2] · Yᵀ [2×2]",
            "dX = (−0.12 | 0.44; −0.52 | 0.24)",
        ),
        ("matrix-transpose", "x12", "dX [2×2] = dYᵀ [2×2]", "dX = (2 | 3; −1 | 1)"),
        ("matrix-permutation", "x12", "dX [2×2] = π⁻¹dY", "dX = (3 | 2; 1 | −1)"),
        ("matrix-mse", "a11", "dA [2×1] = Xᵀ [2×3] · dP [3×1]", "dA = (4.25; 3)"),
        ("matrix-mse", "y11", "dY [3×1] = − dD [3×1]", "dY = (−1; −1; −0.5)"),
        ("matrix-mse", "d31", "dD [3×1] = 2 · D [3×1]", "dD = (1; 1; 0.5)"),
        ("matrix-product", "c11", "dC [2×2] = ∂E/∂C", "dC = (2 | −1; 3 | 1)"),
    ],
)
def test_the_rules_back(name, subject, first, last):
    found = back(name, subject)
    assert (found[0], found[-1]) == (first, last)


@pytest.mark.parametrize("name", LESSONS)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_step_but_the_result_itself_has_a_page_that_is_drawn(name, language):
    shown = example(f"matrix-{name}")
    runs = trace(shown, 1)
    found = pages(shown, language)
    assert len(found) == len(runs[0].summary.steps) - 1
    for _, page in found:
        for row in rows_of(page):
            assert all(picture(piece.latex) for piece in (*row.left, row.relation, *row.right))
            assert language == "en" or not re.search(r"\d\.\d", row.text)
        assert language == "en" or all(re.search("[а-я]", text) for text in said(page))


def test_before_the_first_step_stand_the_matrices_and_their_rules():
    page = matrix_page(trace(example("matrix-mse"), 1), 0, -1, "en", 5)
    assert page is not None
    (table,) = [block for block in page.blocks if isinstance(block, Table)]
    assert [[plain(cell) for cell in row] for row in table.rows] == [
        ["X", "3 × 2", "given"],
        ["A", "2 × 1", "given"],
        ["P", "3 × 1", "P = X · A"],
        ["Y", "3 × 1", "given"],
        ["D", "3 × 1", "D = P − Y"],
    ]


def test_uses_add_up():
    shown = lesson_of(
        "c11 = a11*b11; c12 = a12*b12; d11 = c11 - a11; d12 = c12 - a12; 2*d11 + d12",
        a11=1, a12=2, b11=3, b12=4,
    )  # fmt: skip
    page = page_about(shown, "gradient_node", "a12")
    assert page is not None
    assert texts(page)[0] == "dA [1×2] = dC [1×2] ∘ B [1×2] − dD [1×2]"
    assert texts(page)[-1] == "dA = (4 | 3)"


def test_what_is_no_rule_has_no_page():
    shown = lesson_of(
        "c11 = a11*b11; c12 = a12*b12; t = a11 + 1; c11*c12*t", a11=1, a12=2, b11=3, b12=4
    )
    assert page_about(shown, "operation", "c11") is not None
    assert page_about(shown, "operation", "t") is None
    assert page_about(shown, "gradient_node", "a12") is None
    assert page_about(shown, "gradient_node", "b12") is not None
    plain_formula = lesson_of("x*y", x=1, y=2)
    assert matrix_page(trace(plain_formula, 1), 0, -1, "en", 5) is None
    assert list(rules_section(Names(trace(plain_formula, 1)[0], "en", 5))) == []


def test_the_worked_formula_ends_with_its_rules():
    document = worked_example(PRODUCT, trace(PRODUCT, 1), "en", 5)
    found = [plain(block.text) for block in document.blocks if isinstance(block, Heading)]
    start = found.index("In matrix form")
    assert found[start + 1 : start + 6] == [
        "What is the matrix C?",
        "What is E?",
        "How does the result change with the matrix C?",
        "How does the result change with the matrix A?",
        "How does the result change with the matrix B?",
    ]
