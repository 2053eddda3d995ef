"""The activation functions: one row each, nothing else to edit.

Names and default parameters are PyTorch's. `stable` forms are the same functions written so that no double
overflows or cancels on −1000 … 1000; a test proves every pair equal.
"""

from __future__ import annotations

from explainer.maths.rows import ActivationRow, Expression, SymPy
from explainer.messages import message


def _sigmoid(sp: SymPy, z: Expression) -> Expression:
    return sp.Piecewise((1 / (1 + sp.exp(-z)), z >= 0), (sp.exp(z) / (1 + sp.exp(z)), True))


def _softplus(sp: SymPy, z: Expression) -> Expression:
    from sympy.codegen.cfunctions import log1p

    return sp.Piecewise((z + log1p(sp.exp(-z)), z > 0), (log1p(sp.exp(z)), True))


def _expm1(z: Expression) -> Expression:
    from sympy.codegen.cfunctions import expm1

    return expm1(z)


def _tanh(sp: SymPy, z: Expression) -> Expression:
    # The derivative 1 − tanh² loses every digit for large z; the decaying exponential keeps them.
    return sp.Piecewise(
        (2 / (1 + sp.exp(-2 * z)) - 1, z > 1),
        (1 - 2 / (1 + sp.exp(2 * z)), z < -1),
        (sp.tanh(z), True),
    )


def _mish(sp: SymPy, z: Expression) -> Expression:
    # tanh(ln(1 + eᶻ)) = (e²ᶻ + 2eᶻ)/(e²ᶻ + 2eᶻ + 2), written with the decaying exponential on each side.
    small, large = sp.exp(z), sp.exp(-z)
    return sp.Piecewise(
        (z * (1 + 2 * large) / (1 + 2 * large + 2 * large**2), z > 0),
        (z * small * (small + 2) / (small**2 + 2 * small + 2), True),
    )


_ROWS = (
    ActivationRow(
        name="identity",
        label=message("identity"),
        name_latex="",
        name_text="",
        formula=lambda sp, z, p: z,
        textbook_derivative=lambda sp, z, a, p: sp.Integer(1),
        range=message("all numbers"),
        source="Widrow, Hoff: Adaptive switching circuits (1960); torch.nn.Identity",
    ),
    ActivationRow(
        name="sigmoid",
        label=message("sigmoid"),
        name_latex="\\sigma",
        name_text="σ",
        formula=lambda sp, z, p: 1 / (1 + sp.exp(-z)),
        stable=lambda sp, z, p: _sigmoid(sp, z),
        textbook_derivative=lambda sp, z, a, p: a * (1 - a),
        range=message("between 0 and 1"),
        saturation=message("σ′ ≤ 0.25 and falls below 0.01 outside −4.6 … 4.6"),
        source="Rumelhart, Hinton, Williams: Learning representations by back-propagating errors, Nature 323 (1986); torch.nn.Sigmoid",
    ),
    ActivationRow(
        name="tanh",
        label=message("tanh"),
        name_latex="\\tanh",
        name_text="tanh",
        formula=lambda sp, z, p: sp.tanh(z),
        stable=lambda sp, z, p: _tanh(sp, z),
        textbook_derivative=lambda sp, z, a, p: 1 - a**2,
        range=message("between −1 and 1"),
        saturation=message("tanh′ falls below 0.01 outside −3 … 3"),
        source="LeCun, Bottou, Orr, Müller: Efficient BackProp (1998); torch.nn.Tanh",
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
        range=message("0 and above"),
        saturation=message("the derivative is 0 for z ≤ 0: a dead neuron learns nothing"),
        source="Nair, Hinton: Rectified linear units improve restricted Boltzmann machines, ICML 2010; torch.nn.ReLU",
    ),
    ActivationRow(
        name="leaky_relu",
        label=message("leaky ReLU"),
        name_latex="\\operatorname{LReLU}",
        name_text="LReLU",
        formula=lambda sp, z, p: sp.Piecewise((z, z > 0), (p["alpha"] * z, True)),
        parameters={"alpha": 0.01},
        kinks=(0.0,),
        convention=message(
            "At 0 the derivative is taken from the left, α, as in PyTorch. The lecture's slope is α = 0.1."
        ),
        range=message("all numbers"),
        source="Maas, Hannun, Ng: Rectifier nonlinearities improve neural network acoustic models (2013); torch.nn.LeakyReLU",
    ),
    ActivationRow(
        name="prelu",
        label=message("parametric ReLU"),
        name_latex="\\operatorname{PReLU}",
        name_text="PReLU",
        formula=lambda sp, z, p: sp.Piecewise((z, z > 0), (p["alpha"] * z, True)),
        parameters={"alpha": 0.25},
        trained=("alpha",),
        kinks=(0.0,),
        convention=message("At 0 the derivative is taken from the left, α, as in PyTorch."),
        range=message("all numbers"),
        source="He, Zhang, Ren, Sun: Delving deep into rectifiers (2015); torch.nn.PReLU",
    ),
    ActivationRow(
        name="rrelu",
        label=message("randomised ReLU"),
        name_latex="\\operatorname{RReLU}",
        name_text="RReLU",
        formula=lambda sp, z, p: sp.Piecewise(
            (z, z > 0), ((p["lower"] + p["upper"]) / 2 * z, True)
        ),
        parameters={"lower": 0.125, "upper": 1 / 3},
        kinks=(0.0,),
        convention=message(
            "At 0 the derivative is taken from the left. Here the slope is the mean of its bounds, as PyTorch applies a trained network."
        ),
        range=message("all numbers"),
        source="Xu, Wang, Chen, Li: Empirical evaluation of rectified activations (2015); torch.nn.RReLU in evaluation mode",
    ),
    ActivationRow(
        name="elu",
        label=message("ELU"),
        name_latex="\\operatorname{ELU}",
        name_text="ELU",
        formula=lambda sp, z, p: sp.Piecewise((z, z > 0), (p["alpha"] * (sp.exp(z) - 1), True)),
        stable=lambda sp, z, p: sp.Piecewise((z, z > 0), (p["alpha"] * _expm1(z), True)),
        parameters={"alpha": 1.0},
        kinks=(0.0,),
        convention=message("At 0 the derivative is taken from the left: α."),
        range=message("above −α"),
        saturation=message("the derivative tends to 0 for very negative z"),
        source="Clevert, Unterthiner, Hochreiter: Fast and accurate deep network learning by ELUs (2016); torch.nn.ELU",
    ),
    ActivationRow(
        name="selu",
        label=message("SELU"),
        name_latex="\\operatorname{SELU}",
        name_text="SELU",
        formula=lambda sp, z, p: sp.Piecewise(
            (p["scale"] * z, z > 0), (p["scale"] * p["alpha"] * (sp.exp(z) - 1), True)
        ),
        stable=lambda sp, z, p: sp.Piecewise(
            (p["scale"] * z, z > 0), (p["scale"] * p["alpha"] * _expm1(z), True)
        ),
        parameters={
            "alpha": 1.6732632423543772848170429916717,
            "scale": 1.0507009873554804934193349852946,
        },
        kinks=(0.0,),
        convention=message("At 0 the derivative is taken from the left: scale times α."),
        range=message("above −1.758"),
        saturation=message("the derivative tends to 0 for very negative z"),
        source="Klambauer, Unterthiner, Mayr, Hochreiter: Self-normalizing neural networks (2017); torch.nn.SELU",
    ),
    ActivationRow(
        name="gelu",
        label=message("GELU"),
        name_latex="\\operatorname{GELU}",
        name_text="GELU",
        formula=lambda sp, z, p: z / 2 * (1 + sp.erf(z / sp.sqrt(2))),
        stable=lambda sp, z, p: z / 2 * sp.erfc(-z / sp.sqrt(2)),
        range=message("above −0.17"),
        saturation=message("the derivative tends to 0 for very negative z"),
        source="Hendrycks, Gimpel: Gaussian error linear units (2016); torch.nn.GELU",
    ),
    ActivationRow(
        name="gelu_tanh",
        label=message("GELU, tanh approximation"),
        name_latex="\\operatorname{GELU}_t",
        name_text="GELUₜ",
        formula=lambda sp, z, p: (
            z / 2 * (1 + sp.tanh(sp.sqrt(2 / sp.pi) * (z + sp.Rational(44715, 1000000) * z**3)))
        ),
        stable=lambda sp, z, p: (
            z * _sigmoid(sp, 2 * sp.sqrt(2 / sp.pi) * (z + sp.Rational(44715, 1000000) * z**3))
        ),
        range=message("above −0.17"),
        saturation=message("the derivative tends to 0 for very negative z"),
        source="Hendrycks, Gimpel: Gaussian error linear units (2016); torch.nn.GELU(approximate='tanh')",
    ),
    ActivationRow(
        name="swish",
        label=message("Swish (SiLU)"),
        name_latex="\\operatorname{swish}",
        name_text="swish",
        formula=lambda sp, z, p: z / (1 + sp.exp(-p["beta"] * z)),
        stable=lambda sp, z, p: z * _sigmoid(sp, p["beta"] * z),
        parameters={"beta": 1.0},
        range=message("above −0.28 for β = 1"),
        saturation=message("the derivative tends to 0 for very negative z"),
        source="Ramachandran, Zoph, Le: Searching for activation functions (2017); torch.nn.SiLU",
    ),
    ActivationRow(
        name="mish",
        label=message("Mish"),
        name_latex="\\operatorname{Mish}",
        name_text="Mish",
        formula=lambda sp, z, p: z * sp.tanh(sp.log(1 + sp.exp(z))),
        stable=lambda sp, z, p: _mish(sp, z),
        range=message("above −0.31"),
        saturation=message("the derivative tends to 0 for very negative z"),
        source="Misra: Mish, a self regularized non-monotonic activation function (2019); torch.nn.Mish",
    ),
    ActivationRow(
        name="softplus",
        label=message("softplus"),
        name_latex="\\operatorname{softplus}",
        name_text="softplus",
        formula=lambda sp, z, p: 1 / p["beta"] * sp.log(1 + sp.exp(p["beta"] * z)),
        stable=lambda sp, z, p: _softplus(sp, p["beta"] * z) / p["beta"],
        textbook_derivative=lambda sp, z, a, p: 1 / (1 + sp.exp(-p["beta"] * z)),
        parameters={"beta": 1.0},
        range=message("above 0"),
        saturation=message("the derivative tends to 0 for very negative z"),
        source="Dugas, Bengio, Bélisle, Nadeau, Garcia: Incorporating second-order functional knowledge (2001); torch.nn.Softplus",
    ),
    ActivationRow(
        name="softsign",
        label=message("softsign"),
        name_latex="\\operatorname{softsign}",
        name_text="softsign",
        formula=lambda sp, z, p: z / (1 + sp.Abs(z)),
        # The derivative of z/(1 + z) loses its digits for large z, that of 1 − 1/(1 + z) keeps them.
        stable=lambda sp, z, p: sp.Piecewise(
            (1 - 1 / (1 + z), z > 1),
            (1 / (1 - z) - 1, z < -1),
            (z / (1 + z), z >= 0),
            (z / (1 - z), True),
        ),
        textbook_derivative=lambda sp, z, a, p: 1 / (1 + sp.Abs(z)) ** 2,
        range=message("between −1 and 1"),
        saturation=message("the derivative falls below 0.01 outside −9 … 9"),
        source="Turian, Bergstra, Bengio: Quadratic features and deep architectures for chunking (2009); torch.nn.Softsign",
    ),
    ActivationRow(
        name="arctan",
        label=message("arctangent"),
        name_latex="\\arctan",
        name_text="arctan",
        formula=lambda sp, z, p: sp.atan(z),
        textbook_derivative=lambda sp, z, a, p: 1 / (1 + z**2),
        range=message("between −π/2 and π/2"),
        saturation=message("the derivative falls below 0.01 outside −10 … 10"),
        source="the lectures' table of activation functions; torch.atan",
    ),
    ActivationRow(
        name="hard_tanh",
        label=message("hard tanh"),
        name_latex="\\operatorname{hardtanh}",
        name_text="hardtanh",
        formula=lambda sp, z, p: sp.Piecewise(
            (p["minimum"], z <= p["minimum"]), (p["maximum"], z >= p["maximum"]), (z, True)
        ),
        parameters={"minimum": -1.0, "maximum": 1.0},
        kinks=("minimum", "maximum"),
        convention=message("At both corners the derivative is 0, as in PyTorch."),
        range=message("from the minimum to the maximum"),
        saturation=message("the derivative is 0 outside the two corners"),
        source="Collobert: Large scale machine learning (2004); torch.nn.Hardtanh",
    ),
    ActivationRow(
        name="hard_sigmoid",
        label=message("hard sigmoid"),
        name_latex="\\operatorname{hardsigmoid}",
        name_text="hardsigmoid",
        formula=lambda sp, z, p: sp.Piecewise(
            (sp.Integer(0), z <= -3), (sp.Integer(1), z >= 3), (z / 6 + sp.Rational(1, 2), True)
        ),
        kinks=(-3.0, 3.0),
        convention=message("At both corners the derivative is 0, as in PyTorch."),
        range=message("from 0 to 1"),
        saturation=message("the derivative is 0 outside −3 … 3"),
        source="Courbariaux, Bengio, David: BinaryConnect (2015); torch.nn.Hardsigmoid",
    ),
    ActivationRow(
        name="hard_swish",
        label=message("hard swish"),
        name_latex="\\operatorname{hardswish}",
        name_text="hardswish",
        formula=lambda sp, z, p: sp.Piecewise(
            (sp.Integer(0), z <= -3), (z, z >= 3), (z * (z + 3) / 6, True)
        ),
        kinks=(-3.0, 3.0),
        convention=message("At −3 the derivative is 0, at 3 it is 1, as in PyTorch."),
        range=message("−0.375 and above"),
        saturation=message("the derivative is 0 for z ≤ −3"),
        source="Howard et al.: Searching for MobileNetV3 (2019); torch.nn.Hardswish",
    ),
    ActivationRow(
        name="tanh_shrink",
        label=message("tanh shrink"),
        name_latex="\\operatorname{tanhshrink}",
        name_text="tanhshrink",
        formula=lambda sp, z, p: z - sp.tanh(z),
        textbook_derivative=lambda sp, z, a, p: sp.tanh(z) ** 2,
        range=message("all numbers"),
        saturation=message("the derivative is close to 0 around z = 0"),
        source="torch.nn.Tanhshrink",
    ),
    ActivationRow(
        name="soft_shrink",
        label=message("soft shrink"),
        name_latex="\\operatorname{softshrink}",
        name_text="softshrink",
        formula=lambda sp, z, p: sp.Piecewise(
            (z - p["lambd"], z > p["lambd"]),
            (z + p["lambd"], z < -p["lambd"]),
            (sp.Integer(0), True),
        ),
        parameters={"lambd": 0.5},
        kinks=("lambd", "-lambd"),
        convention=message("At both corners the derivative is 0, as in PyTorch."),
        range=message("all numbers"),
        saturation=message("the derivative is 0 between the two corners"),
        source="Donoho, Johnstone: Ideal spatial adaptation by wavelet shrinkage (1994); torch.nn.Softshrink",
    ),
    ActivationRow(
        name="hard_shrink",
        label=message("hard shrink"),
        name_latex="\\operatorname{hardshrink}",
        name_text="hardshrink",
        formula=lambda sp, z, p: sp.Piecewise(
            (z, z > p["lambd"]), (z, z < -p["lambd"]), (sp.Integer(0), True)
        ),
        parameters={"lambd": 0.5},
        kinks=("lambd", "-lambd"),
        convention=message("At both jumps the derivative is 0, as in PyTorch."),
        range=message("all numbers"),
        saturation=message("the derivative is 0 between the two jumps"),
        source="Donoho, Johnstone: Ideal spatial adaptation by wavelet shrinkage (1994); torch.nn.Hardshrink",
    ),
    ActivationRow(
        name="heaviside",
        label=message("step (Heaviside)"),
        name_latex="\\theta",
        name_text="θ",
        formula=lambda sp, z, p: sp.Piecewise(
            (sp.Integer(0), z < 0), (sp.Integer(1), z > 0), (p["at_zero"], True)
        ),
        parameters={"at_zero": 0.5},
        kinks=(0.0,),
        convention=message(
            "The step is flat: its derivative is 0, and at the jump itself it is taken as 0."
        ),
        range=message("0 or 1"),
        saturation=message("the derivative is 0 everywhere, so no gradient passes"),
        source="McCulloch, Pitts: A logical calculus of the ideas immanent in nervous activity (1943); torch.heaviside",
    ),
    ActivationRow(
        name="sign",
        label=message("sign"),
        name_latex="\\operatorname{sgn}",
        name_text="sgn",
        formula=lambda sp, z, p: sp.Piecewise(
            (sp.Integer(-1), z < 0), (sp.Integer(1), z > 0), (sp.Integer(0), True)
        ),
        kinks=(0.0,),
        convention=message(
            "The sign is flat: its derivative is 0, and at the jump itself it is taken as 0."
        ),
        range=message("−1, 0 or 1"),
        saturation=message("the derivative is 0 everywhere, so no gradient passes"),
        source="Rosenblatt: The perceptron (1958); torch.sign",
    ),
    ActivationRow(
        name="piecewise_linear",
        label=message("piecewise linear"),
        name_latex="\\operatorname{pl}",
        name_text="pl",
        formula=lambda sp, z, p: sp.Piecewise(
            (sp.Integer(1), z >= sp.Rational(1, 2)),
            (sp.Integer(0), z <= -sp.Rational(1, 2)),
            (z + sp.Rational(1, 2), True),
        ),
        kinks=(-0.5, 0.5),
        convention=message("At both corners the derivative is 0."),
        range=message("from 0 to 1"),
        saturation=message("the derivative is 0 outside −½ … ½"),
        source="the lectures' table of activation functions",
    ),
    ActivationRow(
        name="tanh_linear",
        label=message("tanh with a linear term"),
        name_latex="",
        name_text="",
        formula=lambda sp, z, p: sp.tanh(z) + p["a"] * z,
        stable=lambda sp, z, p: _tanh(sp, z) + p["a"] * z,
        parameters={"a": 0.1},
        range=message("all numbers"),
        saturation=message("none: the linear term keeps the slope above a"),
        source="LeCun, Bottou, Orr, Müller: Efficient BackProp (1998), section 4.4",
    ),
)

ACTIVATIONS: dict[str, ActivationRow] = {row.name: row for row in _ROWS}
