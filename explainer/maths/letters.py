"""The letters that stand for a table row's own parameters in a formula: β₁, ε, α."""

from __future__ import annotations

from explainer.maths.printed import Printed

_GREEK = {
    "at_zero": Printed("\\theta_0", "θ₀"),
    "alpha": Printed("\\alpha", "α"),
    "beta": Printed("\\beta", "β"),
    "beta1": Printed("\\beta_1", "β₁"),
    "beta2": Printed("\\beta_2", "β₂"),
    "decay": Printed("\\rho", "ρ"),
    "delta": Printed("\\delta", "δ"),
    "epsilon": Printed("\\varepsilon", "ε"),
    "gamma": Printed("\\gamma", "γ"),
    "lambd": Printed("\\lambda", "λ"),
    "maximum": Printed("z_{\\max}", "z_max"),
    "minimum": Printed("z_{\\min}", "z_min"),
    "momentum": Printed("\\mu", "μ"),
    "rate": Printed("\\lambda", "λ"),
    "scale": Printed("\\lambda", "λ"),
    "std": Printed("\\sigma", "σ"),
    "step_size": Printed("s", "s"),
    "threshold": Printed("\\theta", "θ"),
    "weight_decay": Printed("\\lambda", "λ"),
}


def letter(name: str) -> Printed:
    """Return how a parameter of a table row is written; one without a letter keeps its name."""
    if name in _GREEK:
        return _GREEK[name]
    if len(name) == 1:
        return Printed(name, name)
    escaped = name.replace("_", "\\_")
    return Printed(f"\\mathrm{{{escaped}}}", name)
