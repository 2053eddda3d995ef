"""The update rules: one row each, nothing else to edit. Formulas and defaults are PyTorch's unless the source says otherwise."""

from __future__ import annotations

from explainer.maths.rows import Expression, SymPy
from explainer.maths.update_rows import PARAMETER, Ingredients, LearningRow, Stage, UpdateRow
from explainer.messages import message


def _against_root(sp: SymPy, q: Ingredients, start: Expression, step: str, root: str) -> Expression:
    """Return start − η·step/(√root + ε)."""
    step_taken = q.results[step] if step else q.gradient
    bottom = sp.sqrt(q.results[root]) + q.parameters["epsilon"]
    return start - q.learning_rate * step_taken / bottom


_ADAM_MOMENTS = (
    Stage(
        "m",
        "m",
        lambda sp, q: (
            q.parameters["beta1"] * q.memory["m"] + (1 - q.parameters["beta1"]) * q.gradient
        ),
    ),
    Stage(
        "v",
        "v",
        lambda sp, q: (
            q.parameters["beta2"] * q.memory["v"] + (1 - q.parameters["beta2"]) * q.gradient**2
        ),
    ),
    Stage(
        "m_hat",
        "\\hat{m}",
        lambda sp, q: q.results["m"] / (1 - q.parameters["beta1"] ** q.time),
        "",
    ),
    Stage(
        "v_hat",
        "\\hat{v}",
        lambda sp, q: q.results["v"] / (1 - q.parameters["beta2"] ** q.time),
        "",
    ),
)
_ADAM_PARAMETERS = {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}

_ROWS = (
    UpdateRow(
        name="sgd",
        label=message("gradient descent (SGD)"),
        idea=message(
            "One step against the gradient, downhill; the learning rate {eta} says how long a step."
        ),
        stages=(Stage(PARAMETER, "", lambda sp, q: q.weight - q.learning_rate * q.gradient),),
        is_plain=True,
        source="Robbins, Monro: A stochastic approximation method (1951); torch.optim.SGD",
    ),
    UpdateRow(
        name="momentum",
        label=message("momentum"),
        idea=message(
            "The velocity v gathers the gradients of all passes, older ones fading; the step follows it."
        ),
        stages=(
            Stage("v", "v", lambda sp, q: q.parameters["momentum"] * q.memory["v"] + q.gradient),
            Stage(PARAMETER, "", lambda sp, q: q.weight - q.learning_rate * q.results["v"]),
        ),
        memory={"v": 0.0},
        parameters={"momentum": 0.9},
        source="Polyak: Some methods of speeding up the convergence of iteration methods (1964); torch.optim.SGD with momentum",
    ),
    UpdateRow(
        name="nesterov",
        label=message("Nesterov's momentum"),
        idea=message(
            "Like momentum, but the step looks ahead: to the new velocity the gradient is added once more."
        ),
        stages=(
            Stage("v", "v", lambda sp, q: q.parameters["momentum"] * q.memory["v"] + q.gradient),
            Stage(
                PARAMETER,
                "",
                lambda sp, q: (
                    q.weight
                    - q.learning_rate * (q.gradient + q.parameters["momentum"] * q.results["v"])
                ),
            ),
        ),
        memory={"v": 0.0},
        parameters={"momentum": 0.9},
        source="Sutskever, Martens, Dahl, Hinton: On the importance of initialization and momentum (2013); torch.optim.SGD with nesterov=True",
    ),
    UpdateRow(
        name="adagrad",
        label=message("Adagrad"),
        idea=message(
            "The sum s of all squared gradients shortens the steps of parameters that have already moved much."
        ),
        stages=(
            Stage("s", "s", lambda sp, q: q.memory["s"] + q.gradient**2),
            Stage(PARAMETER, "", lambda sp, q: _against_root(sp, q, q.weight, "", "s")),
        ),
        memory={"s": 0.0},
        parameters={"epsilon": 1e-10},
        normalises=True,
        source="Duchi, Hazan, Singer: Adaptive subgradient methods (2011); torch.optim.Adagrad",
    ),
    UpdateRow(
        name="rmsprop",
        label=message("RMSprop"),
        idea=message(
            "The running mean s of the squared gradients makes the steps of all parameters about equally long."
        ),
        stages=(
            Stage(
                "s",
                "s",
                lambda sp, q: (
                    q.parameters["decay"] * q.memory["s"]
                    + (1 - q.parameters["decay"]) * q.gradient**2
                ),
            ),
            Stage(PARAMETER, "", lambda sp, q: _against_root(sp, q, q.weight, "", "s")),
        ),
        memory={"s": 0.0},
        parameters={"decay": 0.99, "epsilon": 1e-8},
        normalises=True,
        source="Hinton, Tieleman: Neural networks for machine learning, lecture 6.5 (2012); torch.optim.RMSprop, whose alpha is the decay",
    ),
    UpdateRow(
        name="adam",
        label=message("Adam"),
        idea=message(
            "m and v are running means of the gradient and of its square; as both start at 0, they are corrected for it, then the step is m̂ over √v̂."
        ),
        stages=(
            *_ADAM_MOMENTS,
            Stage(PARAMETER, "", lambda sp, q: _against_root(sp, q, q.weight, "m_hat", "v_hat")),
        ),
        memory={"m": 0.0, "v": 0.0},
        parameters=_ADAM_PARAMETERS,
        counts=True,
        normalises=True,
        source="Kingma, Ba: Adam, a method for stochastic optimization (2015); torch.optim.Adam",
    ),
    UpdateRow(
        name="adamw",
        label=message("AdamW"),
        idea=message(
            "Adam, with every parameter first drawn a little towards 0, whatever its gradient."
        ),
        stages=(
            Stage(
                "w_decayed",
                "",
                lambda sp, q: q.weight - q.learning_rate * q.parameters["weight_decay"] * q.weight,
                "′",
            ),
            *_ADAM_MOMENTS,
            Stage(
                PARAMETER,
                "",
                lambda sp, q: _against_root(sp, q, q.results["w_decayed"], "m_hat", "v_hat"),
            ),
        ),
        memory={"m": 0.0, "v": 0.0},
        parameters={**_ADAM_PARAMETERS, "weight_decay": 0.01},
        counts=True,
        normalises=True,
        source="Loshchilov, Hutter: Decoupled weight decay regularization (2019); torch.optim.AdamW",
    ),
)

_LEARNING_ROWS = (
    LearningRow(
        name="perceptron",
        label=message("Rosenblatt's perceptron rule"),
        idea=message(
            "Only a wrong answer moves the weights: by the input, towards the right answer. There is no chain rule, because a step has no slope."
        ),
        factor=lambda sp, y, answer, z, only_on_error: y - answer,
        source="Rosenblatt: Principles of neurodynamics (1962); the lectures print it without the factor x",
    ),
    LearningRow(
        name="hebb",
        label=message("Hebb's rule"),
        idea=message(
            "What is active together is wired together: the weight grows by input times target. There is no chain rule, because no error is minimised."
        ),
        factor=lambda sp, y, answer, z, only_on_error: (
            sp.Piecewise((y, z * y < 0), (sp.Integer(0), True)) if only_on_error else y
        ),
        switches=("only_on_error",),
        source="Hebb: The organization of behavior (1949); the lectures' rule for targets ±1 is the one with only_on_error",
    ),
    LearningRow(
        name="delta",
        label=message("delta rule (ADALINE)"),
        idea=message(
            "Gradient descent on ½(z − y)², the error of the weighted sum itself, so the activation has no say."
        ),
        factor=lambda sp, y, answer, z, only_on_error: z - y,
        sign=-1,
        descends="half_squared_error",
        source="Widrow, Hoff: Adaptive switching circuits (1960); the lectures print it without the factor x",
    ),
)

UPDATES: dict[str, UpdateRow] = {row.name: row for row in _ROWS}
LEARNING_RULES: dict[str, LearningRow] = {row.name: row for row in _LEARNING_ROWS}
RULES: dict[str, UpdateRow | LearningRow] = {**UPDATES, **LEARNING_RULES}


def is_plain(rule: str) -> bool:
    """Tell whether a rule takes the gradient times the learning rate and nothing else; those of others come from more."""
    return rule in UPDATES and UPDATES[rule].is_plain
