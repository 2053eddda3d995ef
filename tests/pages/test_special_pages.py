"""What is told of neurons across units and samples: lines that are right, the cancellation, the facts beforehand."""

import re

import mpmath
import pytest
from msgspec.structs import replace

from explainer.lesson.examples import example
from explainer.lesson.lesson import Arithmetic
from explainer.pages.page import joined
from explainer.pages.trace_file import trace_to_builtins
from explainer.trace.run import trace
from tests.maths.reading import read
from tests.pages.telling import page_at, pages_of, rows_of, said
from tests.trace.special_lessons import (
    ALL,
    dropped,
    maxout,
    normalised,
    softmax_classes,
)

each = pytest.mark.parametrize("lesson", ALL.values(), ids=ALL)
BACKWARD = ["chain", "local", "numbers", "result"]
FORWARD = ["rule", "numbers", "result"]


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


def test_the_line_over_the_question_says_which_sample():
    places = [page.kicker for _, _, page in pages_of(normalised())]
    assert places[0] == f"Forward · step 1 of {len(places)} · sample 1"
    # A mean belongs to all of them.
    assert places[6] == f"Forward · step 7 of {len(places)}"
