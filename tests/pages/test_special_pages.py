"""What is told of neurons across units and samples: lines that are right, the cancellation, the facts beforehand."""

import re

import mpmath
import pytest
from msgspec.structs import replace

from explainer.lesson.choice import Choice
from explainer.lesson.examples import example
from explainer.lesson.lesson import Arithmetic
from explainer.lesson.training_edits import initialised
from explainer.maths.cancellation import softmax_cancelling
from explainer.maths.printed import Printed
from explainer.pages.narrate import narrate
from explainer.pages.page import Formula, Paragraph, Table, joined, plain
from explainer.pages.trace_file import trace_to_builtins
from explainer.pages.worked_example import worked_example
from explainer.trace.run import trace
from tests.maths.reading import read
from tests.trace.special_lessons import (
    ALL,
    dropped,
    maxout,
    normalised,
    normalised_classes,
    softmax_classes,
)

each = pytest.mark.parametrize("lesson", ALL.values(), ids=ALL)
BACKWARD = ["chain", "local", "numbers", "result"]
FORWARD = ["rule", "numbers", "result"]


def rows_of(page):
    return [row for block in page.blocks if isinstance(block, Formula) for row in block.rows]


def said(page):
    return [plain(block.text) for block in page.blocks if isinstance(block, Paragraph)]


def pages_of(lesson, passes=1, language="en", digits=15):
    runs = trace(lesson, passes)
    for run in runs:
        for step in run.summary.steps:
            yield run, step, narrate(runs, run.pass_index, step.index, language, digits)


def page_at(lesson, kind, address, sample=0):
    return next(
        page
        for _, step, page in pages_of(lesson, digits=5)
        if (step.kind, step.address, step.sample) == (kind, address, sample)
    )


@each
@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_line_of_numbers_is_worth_the_value_of_its_step(lesson, language):
    read_lines = 0
    for _, step, page in pages_of(lesson, 2, language):
        last = [row for row in rows_of(page) if row.role in ("numbers", "result")][-2:]
        assert [row.role for row in last] == ["numbers", "result"]
        for row in last:
            for line in (" ".join(piece.text for piece in row.right), joined(row.right)):
                if "…" in line or "dots" in line:
                    continue
                with mpmath.workdps(40):
                    close = abs(read(line) - mpmath.mpf(step.value))
                    assert close <= 1e-9 * max(1, abs(step.value)), f"{step}: {line}"
                read_lines += 1
    assert read_lines > 100


@each
def test_every_step_has_its_lines_in_the_order_of_the_contract(lesson):
    for _, step, page in pages_of(lesson):
        roles = [row.role for row in rows_of(page)]
        wanted = BACKWARD if step.phase == "backward" else FORWARD
        if step.kind == "update":
            roles = roles[-3:]
        assert list(dict.fromkeys(roles)) == wanted, step
        assert roles[-1] == "result"
        assert said(page)[0]


@each
def test_no_page_speaks_of_one_error_where_all_of_them_change(lesson):
    for run, step, page in pages_of(lesson):
        if step.kind != "delta":
            continue
        place = run.graph.place[step.sample, step.address]
        left = rows_of(page)[0].left[0].text
        shared = step.sample is None or place in run.graph.shared
        assert left.startswith("∂E(Σ)/" if shared else f"∂E{'₁₂₃₄₅'[step.sample]}/"), left


def test_a_sum_of_errors_has_no_sign_of_its_own_where_the_batch_adds_up():
    lesson = normalised()
    lesson = replace(lesson, loss=replace(lesson.loss, reduction="sum"))
    page = page_at(lesson, "delta", "h1.mean", None)
    assert rows_of(page)[0].left[0].text == "∂E/∂μ(h₁)"


@each
def test_rounded_arithmetic_is_narrated(lesson):
    by_hand = replace(lesson, arithmetic=Arithmetic("rounded", decimals=3))
    for _, step, page in pages_of(by_hand):
        result = rows_of(page)[-1]
        assert read(joined(result.right)) == pytest.approx(step.value, abs=1e-12)


# --- softmax and cross-entropy -----------------------------------------------------------------


def locals_of(page):
    return [row.right[0].text for row in rows_of(page) if row.role == "local"][1:]


def test_the_cancellation_is_derived_line_by_line():
    page = page_at(softmax_classes(), "delta", "p1.z")
    assert locals_of(page) == [
        "(−y₁/p₁)·p₁·(1 − p₁) + (−y₂/p₂)·(−p₂·p₁) + (−y₃/p₃)·(−p₃·p₁)",
        "−y₁ + p₁·y₁ + p₁·y₂ + p₁·y₃",
        "p₁·(y₁ + y₂ + y₃) − y₁",
        "p₁ − y₁",
    ]
    assert "made for each other" in said(page)[1]
    assert said(page)[2].startswith("The targets of this sample add up to 1")


def test_targets_that_are_no_shares_keep_their_sum():
    lesson = softmax_classes(targets=((1, 0.5, 0), (0, 1, 0)))
    page = page_at(lesson, "delta", "p2.z")
    assert locals_of(page)[-1] == "p₂·(y₁ + y₂ + y₃) − y₂"
    assert said(page)[2].startswith("The targets of this sample do not add up to 1")
    assert locals_of(page_at(lesson, "delta", "p2.z", 1))[-1] == "p₂ − y₂"


@pytest.mark.parametrize("count", [1, 2, 5])
@pytest.mark.parametrize("index", [0, 1, 4])
def test_every_line_of_the_cancellation_is_worth_the_same(count, index):
    if index >= count:
        return
    shares, targets = [0.5, 0.25, 0.125, 0.0625, 0.0625], [0.25, 0.5, 0.125, 0.0625, 0.0625]
    total = sum(targets[:count])
    targets = [target / total for target in targets[:count]]

    def printed(values):
        return [Printed(str(value), str(value)) for value in values]

    # E = −Σ y ln a, a = softmax(z), by a difference in z.
    def error(move):
        z = [mpmath.log(share) for share in shares[:count]]
        z[index] += move
        whole = sum(mpmath.exp(value) for value in z)
        return -sum(t * mpmath.log(mpmath.exp(v) / whole) for t, v in zip(targets, z, strict=True))

    own = [share / sum(shares[:count]) for share in shares[:count]]
    with mpmath.workdps(30):
        step = mpmath.mpf("1e-10")
        slope = (error(step) - error(-step)) / (2 * step)
        lines = softmax_cancelling(
            "cross_entropy", index, printed(own), printed(targets), "en", adds_up=True
        )
        assert len(lines) == 3
        for line in lines:
            assert abs(read(line.text) - slope) < 1e-12, line.text
            assert abs(read(re.sub(r"(?<=\d) (?=[\d\\])", r" \\cdot ", line.latex)) - slope) < 1e-12


@pytest.mark.parametrize(
    "lesson",
    [
        softmax_classes("half_squared_error"),
        softmax_classes(penalty={"name": "entropy", "rate": 0.1}),
    ],
)
def test_nothing_cancels_where_the_error_has_other_parts(lesson):
    for _, step, page in pages_of(lesson):
        if step.kind == "delta":
            assert not locals_of(page)
            assert not [text for text in said(page) if "made for each other" in text]


def test_sigmoid_and_binary_cross_entropy_cancel_line_by_line():
    page = page_at(dropped(), "delta", "o.z")
    assert locals_of(page) == ["(o − o·y) + (−y + o·y)", "o − y"]
    assert len(locals_of(page)) == 2
    assert "made for each other" in said(page)[1]


# --- conventions -------------------------------------------------------------------------------


def test_a_tie_names_the_three_conventions_and_the_one_that_holds():
    lesson = example("graph-max-tie")
    page = next(
        page for _, step, page in pages_of(lesson) if (step.kind, step.subject) == ("gradient_node", "x")
    )  # fmt: skip
    notes = said(page)[1:]
    assert len(notes) == 3
    for note, which in zip(notes, ("first", "second", "third"), strict=True):
        assert note.count("(max)") == note.count("(max_mean)") == note.count("(max_each)") == 1
        assert note.endswith(f"Here the {which} holds.")


def test_a_tie_of_maxout_names_them_too():
    tree = maxout()
    parameters = dict.fromkeys(tree.network.parameters, 0.0) | {"w5": 1.0}
    tied = replace(tree, network=replace(tree.network, parameters=parameters))
    page = page_at(tied, "delta", "h.z2")
    assert said(page)[1].endswith("Here the first holds.")
    assert rows_of(page)[2].right[-1].text == "0"
    assert said(page_at(maxout(), "delta", "h.z2"))[1].startswith("At a tie")
    assert len(said(page_at(maxout(), "delta", "h"))) == 1


# --- single pages ------------------------------------------------------------------------------


def test_a_normalised_neuron_activates_what_was_normalised():
    page = page_at(normalised(), "activation", "h1")
    assert rows_of(page)[0].text == "h₁ = tanh(z̃(h₁))"
    # An identity neuron puts out what was scaled.
    assert rows_of(page_at(normalised(), "normalise", "h2.scaled"))[0].left[0].text == "h₂"


def test_the_running_averages_are_told():
    pages = [
        (step.address, page)
        for _, step, page in pages_of(normalised(), digits=5)
        if (step.phase, step.kind) == ("update", "normalise")
    ]
    assert [address for address, _ in pages] == [
        f"{name}.{cell}" for name in ("h1", "h2") for cell in ("running_mean", "running_variance")
    ]
    assert rows_of(pages[0][1])[0].text == "μ̄(h₁)⁺ = (1 − α) · μ̄(h₁) + α · μ(h₁)".replace(
        " · ", "·"
    )
    assert "unbiased" in said(pages[1][1])[1]


def test_no_number_of_paths_is_claimed_where_a_batch_or_a_softmax_lies_between():
    for lesson in (normalised(), softmax_classes()):
        for _, step, page in pages_of(lesson):
            if step.kind == "gradient_weight" and step.edge[0].startswith("x"):
                assert not re.search(r"\d path", said(page)[0]) or step.subject == "skip"


def test_the_trace_file_has_every_value_and_the_running_averages():
    tree = trace_to_builtins(trace(normalised(), 2), "en", 5)
    first, second = tree["passes"]
    assert {"h1.z", "h1.mean", "h1.variance", "h1.normalised", "h1.scaled", "h1"} <= set(
        first["values"]["0"]
    )
    assert second["state_before"] == first["state_after"]
    assert set(first["state_after"]["h2"]) == {"running_mean", "running_variance"}
    assert set(first["deltas"]["0"]) == {"h1", "h2", "o"}
    dropout = trace_to_builtins(trace(dropped()), "en", 5)["passes"][0]["values"]["0"]
    assert {"x2.a", "x2.mask", "x2", "h1.a", "h1.mask", "h2.z", "h2.mask"} <= set(dropout)


# --- what is given -----------------------------------------------------------------------------


def facts(lesson):
    document = worked_example(lesson, trace(lesson), "en", 5)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return [
        (plain(row[0]), " | ".join(plain(cell) for cell in row[1:]))
        for table in tables
        for row in table.rows
    ]


@each
def test_a_worked_example_is_made_of_all_of_them(lesson):
    assert facts(lesson)


def test_a_worked_example_names_what_is_special():
    found = facts(normalised_classes())
    assert ("Mode", "training") in found
    assert ("One softmax", "p₁, p₂") in found
    masks = trace(normalised_classes())[0].summary.values
    drawn = ", ".join(
        f"m(r)⁽{mark}⁾ = {masks[str(sample)]['r.mask']:.0f}" for sample, mark in enumerate("¹²³⁴")
    )
    assert (
        "Dropout",
        (
            "r is switched off with probability p = 0.3, scaled by 1/(1 − p) in training; "
            f"the mask of this pass, from the seed 5: {drawn}"
        ),
    ) in found
    assert (
        "Batch normalisation",
        (
            "of z(p₁), scale γ = g₁, shift β = c₁, ε = 10⁻⁵, share of the newest batch α = 0.1; "
            "running averages μ̄(p₁) = 0, σ̄(p₁)² = 1"
        ),
    ) in found
    assert ("Other parameters", "s = 0.1, g₁ = 1.1, g₂ = 0.9, c₁ = 0.2, c₂ = −0.1") in found
    applied = facts(ALL["batch normalisation, applied"])
    assert any("μ̄(h₁) = 0.3, σ̄(h₁)² = 0.7" in text for _, text in applied)
    assert [text for label, text in applied if label == "Mode"] != ["training"]


def test_the_fans_and_the_spread_are_shown_where_weights_were_drawn():
    drawn = initialised(normalised(), Choice("xavier_uniform"), 7)
    found = facts(drawn)
    assert (
        "Initial weights",
        "Xavier, uniform, drawn from the seed 7; biases start at 0, gain = 1",
    ) in found
    # Two edges lead into h1 and h2; x1 feeds three neurons, x2 two: √(6/5) and √(6/4).
    assert ("w_(x1,h1), w_(x1,h2)", "2 | 3 | evenly from −1.0954 to 1.0954") in found
    assert ("w_(x2,h1), w_(x2,h2)", "2 | 2 | evenly from −1.2247 to 1.2247") in found
    constant = facts(initialised(normalised(), Choice("constant", {"value": 0.25}), 7))
    assert ("skip", "3 | 3 | all 0.25") in constant
