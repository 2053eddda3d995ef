"""The activation functions: one row each, nothing else to edit."""

from __future__ import annotations

from explainer.maths.rows import ActivationRow
from explainer.messages import message

_ROWS = (
    ActivationRow(
        name="identity",
        label=message("identity"),
        name_latex="",
        name_text="",
        formula=lambda sp, z, p: z,
        textbook_derivative=lambda sp, z, a, p: sp.Integer(1),
        source="Rosenblatt's and Widrow's linear unit; torch.nn.Identity",
    ),
    ActivationRow(
        name="sigmoid",
        label=message("sigmoid"),
        name_latex="\\sigma",
        name_text="σ",
        formula=lambda sp, z, p: 1 / (1 + sp.exp(-z)),
        stable=lambda sp, z, p: sp.Piecewise(
            (1 / (1 + sp.exp(-z)), z >= 0), (sp.exp(z) / (1 + sp.exp(z)), True)
        ),
        textbook_derivative=lambda sp, z, a, p: a * (1 - a),
        source="Rumelhart, Hinton, Williams: Learning representations by back-propagating errors, Nature 323 (1986)",
    ),
    ActivationRow(
        name="tanh",
        label=message("tanh"),
        name_latex="\\tanh",
        name_text="tanh",
        formula=lambda sp, z, p: sp.tanh(z),
        # 1 − tanh² loses every digit for large z; 1/cosh² written with the decaying exponential keeps them.
        stable=lambda sp, z, p: sp.Piecewise(
            (2 / (1 + sp.exp(-2 * z)) - 1, z > 1),
            (1 - 2 / (1 + sp.exp(2 * z)), z < -1),
            (sp.tanh(z), True),
        ),
        textbook_derivative=lambda sp, z, a, p: 1 - a**2,
        source="LeCun, Bottou, Orr, Müller: Efficient BackProp (1998)",
    ),
    ActivationRow(
        name="relu",
        label=message("ReLU"),
        name_latex="\\operatorname{ReLU}",
        name_text="ReLU",
        formula=lambda sp, z, p: sp.Piecewise((sp.Integer(0), z <= 0), (z, True)),
        textbook=lambda sp, z, p: sp.Max(sp.Integer(0), z),
        kinks=(0.0,),
        convention=message("At 0 ReLU has no derivative; here ReLU′(0) = 0, as in PyTorch."),
        source="Nair, Hinton: Rectified linear units improve restricted Boltzmann machines, ICML 2010",
    ),
)

ACTIVATIONS: dict[str, ActivationRow] = {row.name: row for row in _ROWS}
