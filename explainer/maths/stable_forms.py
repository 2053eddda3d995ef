"""Functions written so that no double overflows or loses its digits on −1000 … 1000; a test proves them equal to their definitions."""

from __future__ import annotations

from explainer.maths.rows import Expression, SymPy


def absolute(sp: SymPy, x: Expression) -> Expression:
    """Return |x|. SymPy's own has the derivative sgn x, which Python's mathematics makes 1 at 0."""
    return sp.Piecewise((x, x > 0), (-x, x < 0), (sp.Integer(0), True))


def sigmoid(sp: SymPy, z: Expression) -> Expression:
    """Return 1/(1 + e⁻ᶻ) with the decaying exponential on each side."""
    return sp.Piecewise((1 / (1 + sp.exp(-z)), z >= 0), (sp.exp(z) / (1 + sp.exp(z)), True))


def softplus(sp: SymPy, z: Expression) -> Expression:
    """Return ln(1 + eᶻ)."""
    from sympy.codegen.cfunctions import log1p

    return sp.Piecewise((z + log1p(sp.exp(-z)), z > 0), (log1p(sp.exp(z)), True))


def expm1(z: Expression) -> Expression:
    """Return eᶻ − 1."""
    from sympy.codegen import cfunctions

    return cfunctions.expm1(z)


def tanh(sp: SymPy, z: Expression) -> Expression:
    """Return tanh z. Its derivative 1 − tanh² loses every digit for large z; the decaying exponential keeps them."""
    return sp.Piecewise(
        (2 / (1 + sp.exp(-2 * z)) - 1, z > 1),
        (1 - 2 / (1 + sp.exp(2 * z)), z < -1),
        (sp.tanh(z), True),
    )


def mish(sp: SymPy, z: Expression) -> Expression:
    """Return z tanh(ln(1 + eᶻ)) = z (e²ᶻ + 2eᶻ)/(e²ᶻ + 2eᶻ + 2), with the decaying exponential on each side."""
    small, large = sp.exp(z), sp.exp(-z)
    return sp.Piecewise(
        (z * (1 + 2 * large) / (1 + 2 * large + 2 * large**2), z > 0),
        (z * small * (small + 2) / (small**2 + 2 * small + 2), True),
    )


def softsign(sp: SymPy, z: Expression) -> Expression:
    """Return z/(1 + |z|). The derivative of z/(1 + z) loses its digits for large z, that of 1 − 1/(1 + z) keeps them."""
    return sp.Piecewise(
        (1 - 1 / (1 + z), z > 1),
        (1 / (1 - z) - 1, z < -1),
        (z / (1 + z), z >= 0),
        (z / (1 - z), True),
    )


def gelu(sp: SymPy, z: Expression) -> Expression:
    """Return z/2 · (1 + erf(z/√2)). Below 0 the bracket is erfc(|z|/√2); erfc(−z/√2) SymPy would turn into 2 − erfc(z/√2)."""
    return sp.Piecewise(
        (z / 2 * (1 + sp.erf(z / sp.sqrt(2))), z >= 0),
        (z / 2 * sp.erfc(sp.Abs(z) / sp.sqrt(2)), True),
    )
