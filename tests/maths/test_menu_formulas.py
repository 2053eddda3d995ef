"""The formulas beside the entries of menus, against the way books write them."""

from collections.abc import Mapping

import pytest

from explainer.maths.activations import ACTIVATIONS
from explainer.maths.initialisers import INITIALISERS
from explainer.maths.losses import LOSSES
from explainer.maths.menu_formulas import menu_formula
from explainer.maths.penalties import PENALTIES
from explainer.maths.schedules import SCHEDULES
from explainer.maths.updates import RULES
from explainer.maths.vector_activations import VECTOR_ACTIVATIONS
from explainer.messages import Refused
from explainer.render.formulas import picture

TABLES: dict[str, Mapping[str, object]] = {
    "activations": {**ACTIVATIONS, **VECTOR_ACTIVATIONS},
    "losses": LOSSES,
    "penalties": {**PENALTIES, "none": None},
    "rules": RULES,
    "schedules": SCHEDULES,
    "initialisers": INITIALISERS,
}
ROWS = [(table, name) for table, rows in TABLES.items() for name in rows]


@pytest.mark.parametrize(("table", "name"), ROWS)
def test_every_row_has_a_formula_that_can_be_drawn(table, name):
    for language in ("en", "ru"):
        written = menu_formula(table, name, language)
        assert "=" in written.text or "∼" in written.text
        assert "parameter_" not in written.latex + written.text
        assert picture(written.latex).width > 20


@pytest.mark.parametrize(
    ("table", "name", "text"),
    [
        ("activations", "sigmoid", "f(z) = 1/(1 + e^(−z))"),
        ("activations", "relu", "f(z) = max(0, z)"),
        ("activations", "leaky_relu", "f(z) = {z (z > 0); α·z (otherwise)}"),
        ("losses", "half_squared_error", "E = Σ 1/2·(ŷ − y)²"),
        ("losses", "squared_error", "E = Σ (ŷ − y)²"),
        ("losses", "mean_squared_error", "E = 1/K · Σ (ŷ − y)²"),
        ("losses", "mean_absolute_error", "E = 1/K · Σ |ŷ − y|"),
        ("losses", "hinge", "E = Σ max(0, 1 − y·ŷ)"),
        ("losses", "cross_entropy", "E = −Σ y·ln(ŷ)"),
        ("losses", "binary_cross_entropy", "E = −Σ (y·ln(ŷ) + (1 − y)·ln(1 − ŷ))"),
        ("penalties", "l1", "R = λ · Σ |w|"),
        ("penalties", "entropy", "R = −λ · Σ ŷ·ln(ŷ)"),
        ("rules", "sgd", "w⁺ = w − η·g"),
        ("rules", "momentum", "v⁺ = μ·v + g, w⁺ = w − η·v⁺"),
        ("rules", "adam", "w⁺ = w − η·m̂/(√(v̂) + ε)"),
        ("rules", "perceptron", "w⁺ = w + η·(y − ŷ)·x"),
        ("rules", "delta", "w⁺ = w − η·(z − y)·x"),
        ("schedules", "exponential", "η = η₀·γ^k"),
        ("initialisers", "he_normal", "w ∼ N(0; √(2/n_in))"),
        ("typed", "z*exp(-z)", "f(z) = z·e^(−z)"),
    ],
)
def test_formulas_as_books_have_them(table, name, text):
    assert menu_formula(table, name, "en").text == text


def test_words_follow_the_language():
    assert "иначе" in menu_formula("activations", "elu", "ru").latex


def test_what_is_no_row_is_told():
    with pytest.raises(KeyError):
        menu_formula("activations", "sigmoidal", "en")
    with pytest.raises(Refused):
        menu_formula("typed", "__import__('os')", "en")
