"""One symbol in three forms: LaTeX, plain text, runs for drawing; nothing outside the allow-list."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from explainer.lesson.lesson import Neuron
from explainer.lesson.symbols import neuron_symbol, parse_label, symbol_of
from explainer.messages import Refused

NAMES = [
    ("h1", "h_1", "h₁"),
    ("w12", "w_{12}", "w₁₂"),
    ("b", "b", "b"),
    ("out1", r"\mathrm{out}_1", "out₁"),
    ("w_ij", "w_{ij}", "wᵢⱼ"),
    ("w1_2", "w_{1,2}", "w₁,₂"),
    ("my_bias", r"\mathrm{my}_{\mathrm{bias}}", "my_bias"),
    ("b_h1", "b_{h1}", "bₕ₁"),
    ("a__b2", r"\mathrm{a\_\_b}_2", "a__b₂"),
    ("x_", r"\mathrm{x\_}", "x_"),
    ("w2h", r"\mathrm{w2h}", "w2h"),
]
LABELS = [
    (r"\hat{y}", r"\hat{y}", "ŷ"),
    (r"\hat y_1", r"\hat{y}_1", "ŷ₁"),
    (r"\bar{\delta}_k", r"\bar{\delta}_k", "δ̄ₖ"),
    (r"\tilde{x}", r"\tilde{x}", "x̃"),
    (r"\delta", r"\delta", "δ"),
    ("δ_h", r"\delta_h", "δₕ"),
    (r"h^{(2)}_{12}", "h_{12}^{(2)}", "h₁₂⁽²⁾"),
    ("w_{ij}", "w_{ij}", "wᵢⱼ"),
    ("x_{t-1}", "x_{t-1}", "xₜ₋₁"),
    ("E_{total}", r"E_{\mathrm{total}}", "E_total"),
    ("x'", "x'", "x′"),
    (r"\Delta w", r"\Delta w", "Δw"),
    ("out_1", r"\mathrm{out}_1", "out₁"),
    (" y ", "y", "y"),
]


@pytest.mark.parametrize(("name", "latex", "text"), NAMES)
def test_a_name_is_a_symbol(name, latex, text):
    symbol = symbol_of(name)
    assert (symbol.latex, symbol.text) == (latex, text)


@pytest.mark.parametrize(("label", "latex", "text"), LABELS)
def test_a_label_is_a_symbol(label, latex, text):
    symbol = parse_label(label)
    assert (symbol.latex, symbol.text) == (latex, text)


@pytest.mark.parametrize("label", [label for label, *_ in LABELS])
def test_the_latex_of_a_label_is_a_label_itself(label):
    latex = parse_label(label).latex
    if "mathrm" not in latex:
        assert parse_label(latex).latex == latex


def test_runs_are_what_is_drawn():
    assert symbol_of("h1").runs == (("h", "italic"), ("1", "sub"))
    assert symbol_of("out1").runs == (("out", "text"), ("1", "sub"))
    assert parse_label(r"\hat{y}_{k-1}^{(2)}").runs == (
        ("ŷ", "italic"),
        ("k−1", "sub"),
        ("(2)", "sup"),
    )


def test_the_label_goes_before_the_name():
    assert neuron_symbol(Neuron("o1", "output", label=r"\hat{y}")).text == "ŷ"
    assert neuron_symbol(Neuron("o1", "output")).text == "o₁"


@pytest.mark.parametrize(
    ("label", "fault"),
    [
        ("", "it is empty"),
        ("  ", "it is empty"),
        ("a" * 41, "it is longer than 40 characters"),
        (r"\input{x}", r"the command \input is not among those allowed"),
        (r"\mathrm{x}", r"the command \mathrm is not among those allowed"),
        ("a_", "something is missing at its end"),
        (r"\hat{", "something is missing at its end"),
        ("a_{1", "a brace is not closed"),
        ("a_{}", "it has an empty script"),
        ("a_1_2", "two scripts of one kind"),
        ("a^1'", "two scripts of one kind"),
        (r"\hat{\hat{y}}", "an accent cannot stand on another"),
        ("<script>", "the character < is not allowed"),
        ("a$b", "the character $ is not allowed"),
        ("{a}", "the character { is not allowed"),
        ("_1", "the character _ is not allowed"),
        ("a\u202eb", "the character U+202E is not allowed"),
        ("вх", "the character в is not allowed"),
    ],
)
def test_anything_else_is_refused(label, fault):
    with pytest.raises(Refused, match=re.escape(fault)):
        parse_label(label)


SAFE = re.compile(
    r"(?:\\(?:hat|bar|tilde|mathrm)(?=\{)|\\[A-Za-z]{2,10}(?![A-Za-z])|\\_|[A-Za-z0-9_^{}(),+*'\- ])*"
)


@given(st.text(st.sampled_from(r"\{}_^'abh12αδ$%#&~<>| ") | st.characters(), max_size=45))
@example("\\" * 40)
def test_no_text_reaches_latex_but_what_is_allowed(label):
    try:
        symbol = parse_label(label)
    except Refused:
        return
    assert SAFE.fullmatch(symbol.latex)
    assert symbol.latex.count("{") == symbol.latex.count("}")
    assert "".join(text for text, _ in symbol.runs)


@given(st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,31}", fullmatch=True))
def test_every_name_has_a_symbol(name):
    symbol = symbol_of(name)
    assert SAFE.fullmatch(symbol.latex)
    assert symbol.latex.count("{") == symbol.latex.count("}")
