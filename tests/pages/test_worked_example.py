"""The worked example says everything there is to say, in order, in both languages."""

import msgspec
import pytest

from explainer.lesson.choice import Choice
from explainer.lesson.edits import set_learning_rate
from explainer.lesson.examples import example, example_names
from explainer.lesson.lesson import Arithmetic, Data, Lesson, Update
from explainer.pages.page import Document, Figure, Formula, Heading, Paragraph, Table, plain
from explainer.pages.worked_example import worked_example
from explainer.trace.run import trace


def document(lesson: Lesson, passes: int = 1, language: str = "en", digits: int = 5) -> Document:
    return worked_example(lesson, trace(lesson, passes), language, digits)


def headings(page: Document, level: int) -> list[str]:
    return [
        plain(block.text)
        for block in page.blocks
        if isinstance(block, Heading) and block.level == level
    ]


def sentences(page: Document) -> list[str]:
    return [plain(block.text) for block in page.blocks if isinstance(block, Paragraph)]


def tables(page: Document) -> list[Table]:
    return [block for block in page.blocks if isinstance(block, Table)]


def cells(table: Table) -> list[list[str]]:
    return [[plain(cell) for cell in row] for row in table.rows]


def before_matrices(page: Document) -> list[object]:
    """Return the blocks that tell of single steps."""
    end = next(
        (place for place, block in enumerate(page.blocks) if is_matrix_heading(block)),
        len(page.blocks),
    )
    return list(page.blocks[:end])


def is_matrix_heading(block: object) -> bool:
    return isinstance(block, Heading) and plain(block.text) == "In matrix form"


LECTURE = example("lecture-2-2-1")


def test_the_parts_stand_in_order():
    page = document(LECTURE)
    assert headings(page, 1) == ["The lecture example"]
    assert headings(page, 2) == [
        "Given",
        "Forward pass",
        "Error",
        "Backward pass",
        "Update",
        "In matrix form",
        "Result",
        "Second forward pass",
        "Conventions",
    ]


def test_every_step_has_its_number_and_its_formula():
    page = document(LECTURE)
    steps = trace(LECTURE, 1)[0].summary.steps
    numbered = [heading for heading in headings(page, 3) if heading[0].isdigit()]
    assert [int(heading.split(".")[0]) for heading in numbered] == list(range(1, len(steps) + 1))
    told = before_matrices(page)
    assert sum(isinstance(block, Formula) for block in told) == len(steps)


def test_given_names_what_the_calculation_needs():
    rows = dict(cells(tables(document(LECTURE))[0]))
    assert rows["Inputs"] == "i₁ = 2, i₂ = 3"
    assert rows["Target"] == "y = 1"
    assert rows["Weights"].startswith("w₁ = 0.11, w₂ = 0.21")
    assert rows["Activation"] == "identity"
    assert rows["Error"] == "half squared error, E = 1/2·(ŷ − y)²"
    assert rows["Update"].endswith("η = 0.05")
    assert "Biases" not in rows
    assert "Not updated" not in rows


def test_given_names_frozen_biases_and_every_target():
    rows = dict(cells(tables(document(example("mazur-2-2-2")))[0]))
    assert rows["Targets"] == "y₁ = 0.01, y₂ = 0.99"
    assert rows["Biases"] == "b₁ = 0.35, b₂ = 0.6"
    assert rows["Not updated"] == "b₁, b₂"
    assert rows["Activation"] == "sigmoid"


def test_several_samples_are_a_table():
    samples = tables(document(example("xor-2-2-1")))[0]
    assert plain(samples.header[0]) == "Sample"
    assert [row[0] for row in cells(samples)] == ["1", "2", "3", "4"]


def test_a_step_of_one_sample_of_several_names_it():
    steps = headings(document(example("xor-2-2-1")), 3)
    assert steps[0] == "1. What arrives at h₁? · sample 1"
    assert "95. Where does b₃ go?" in steps


def test_the_result_has_every_gradient_and_both_parameters():
    """The lecture prints rate × gradient −.011, −.017, −.012, −.018, −.034, −.019 and the new weights."""
    found = tables(document(LECTURE, digits=2))
    rows = next(cells(table) for table in found if plain(table.caption).startswith("All gradients"))
    assert [row[3] for row in rows] == ["0.011", "0.017", "0.012", "0.018", "0.034", "0.019"]
    assert [row[4] for row in rows] == ["0.12", "0.23", "0.13", "0.098", "0.17", "0.17"]


def test_it_says_what_the_update_achieved():
    said = sentences(document(LECTURE))
    assert "The network now answers ŷ = 0.25575 instead of 0.191; the target is 1." in said
    assert "The error E fell from 0.32724 to 0.27696." in said


def test_it_says_when_a_step_was_too_long_or_too_short():
    longer = document(set_learning_rate(LECTURE, 3.0))
    assert any("rose from 0.32724" in sentence for sentence in sentences(longer))
    nowhere = msgspec.structs.replace(LECTURE, data=Data(((0.0, 0.0),), ((0.0,),)))
    assert "The error E stayed at 0." in sentences(document(nowhere))


def test_what_grows_beyond_every_number_is_said_too():
    said = sentences(document(set_learning_rate(LECTURE, 1e160)))
    assert not any("fell" in sentence for sentence in said)


def test_the_error_is_compared_on_the_same_samples():
    xor = example("xor-2-2-1")
    single = msgspec.structs.replace(
        xor, update=Update(Choice("sgd"), learning_rate=0.5, batch_size=1)
    )
    runs = trace(single, 2)
    (verdict,) = [text for text in sentences(document(single, 2)) if text.startswith("The error E")]
    assert f"from {round(runs[1].loss, 5)}" in verdict


def test_two_passes_are_told_apart():
    page = document(LECTURE, 2)
    assert "Pass 1 · Forward pass" in headings(page, 2)
    assert "Pass 2 · Update" in headings(page, 2)
    assert [block.pass_index for block in page.blocks if isinstance(block, Figure)] == [0, 0, 1]
    assert "Pass 2 · In matrix form" in headings(page, 2)
    # What is given, then shapes, gradients and derivatives by the inputs of each pass, the second forward pass.
    assert len(tables(page)) == 8


def test_the_figures_are_described():
    for figure in (block for block in document(LECTURE).blocks if isinstance(block, Figure)):
        assert "h₁ → ŷ: w₅ = 0.14" in figure.alternative
    values = "h₁ = 0.85"
    first, second = (b for b in document(LECTURE).blocks if isinstance(b, Figure))
    assert values not in first.alternative
    assert values in second.alternative


def test_the_conventions_name_rounding_and_order():
    by_hand = msgspec.structs.replace(LECTURE, arithmetic=Arithmetic("rounded", decimals=3))
    assert any("rounded to 3 decimals" in text for text in sentences(document(by_hand)))
    significant = msgspec.structs.replace(LECTURE, arithmetic=Arithmetic("rounded", significant=3))
    assert any("3 significant digits, as by" in text for text in sentences(document(significant)))
    in_place = msgspec.structs.replace(LECTURE, update=Update(Choice("sgd"), 0.05, "in_place"))
    assert any("layer by layer" in text for text in sentences(document(in_place)))


def test_a_sentence_is_not_repeated_within_a_phase():
    said = [text for text in sentences(document(LECTURE)) if "downhill" in text]
    assert len(said) == 1


@pytest.mark.parametrize("name", example_names())
def test_russian_is_russian_and_has_decimal_commas(name):
    page = document(example(name), language="ru")
    assert page.language == "ru"
    assert "Дано" in headings(page, 2)
    for row in cells(tables(page)[-1]):
        assert not any("." in cell for cell in row)
