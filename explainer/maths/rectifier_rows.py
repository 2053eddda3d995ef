"""The activations like ReLU, and the smooth ones like it: one row each, nothing else to edit."""

from __future__ import annotations

from explainer.maths import stable_forms
from explainer.maths.rows import ActivationRow
from explainer.messages import message

ROWS = (
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
        pros=(
            message("cheap: a comparison instead of an exponential"),
            message("slope 1 for z > 0: the gradient passes undiminished"),
            message("sparse: many neurons are silent"),
        ),
        cons=(
            message("for z ≤ 0 the slope is 0: a neuron can die"),
            message("its values are not centred at 0"),
        ),
        advice=message("the first choice for hidden layers of deep networks"),
        initialiser="he_uniform",
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
        saturation=message("it saturates nowhere as long as α is not 0"),
        pros=(
            message("cheap: a comparison instead of an exponential"),
            message("no dead neurons: there is a slope for z < 0 too"),
            message("slope 1 for z > 0: the gradient passes undiminished"),
        ),
        cons=(message("one more number to choose"),),
        advice=message("instead of ReLU, where neurons die"),
        initialiser="he_uniform",
        usual={"alpha": (0.0, 1.0)},
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
        saturation=message("it saturates nowhere as long as α is not 0"),
        pros=(
            message("no dead neurons: there is a slope for z < 0 too"),
            message("the slope for z < 0 is learnt"),
        ),
        cons=(message("one more parameter for each neuron or layer"),),
        advice=message("large networks with enough data"),
        initialiser="he_uniform",
        usual={"alpha": (0.0, 1.0)},
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
        fault=lambda p: (
            ("lower", message("it must not be greater than the upper bound"))
            if p["lower"] > p["upper"]
            else None
        ),
        kinks=(0.0,),
        convention=message(
            "At 0 the derivative is taken from the left. Here the slope is the mean of its bounds, as PyTorch applies a trained network."
        ),
        range=message("all numbers"),
        saturation=message("it saturates nowhere as long as the mean of its bounds is not 0"),
        pros=(
            message("no dead neurons: there is a slope for z < 0 too"),
            message("chance in the slope acts against overfitting"),
        ),
        cons=(
            message("training and application differ"),
            message("one more number to choose"),
        ),
        advice=message("where there is little data"),
        initialiser="he_uniform",
        source="Xu, Wang, Chen, Li: Empirical evaluation of rectified activations (2015); torch.nn.RReLU in evaluation mode",
    ),
    ActivationRow(
        name="elu",
        label=message("ELU"),
        name_latex="\\operatorname{ELU}",
        name_text="ELU",
        formula=lambda sp, z, p: sp.Piecewise((z, z > 0), (p["alpha"] * (sp.exp(z) - 1), True)),
        stable=lambda sp, z, p: sp.Piecewise(
            (z, z > 0), (p["alpha"] * stable_forms.expm1(z), True)
        ),
        parameters={"alpha": 1.0},
        kinks=(0.0,),
        convention=message("At 0 the derivative is taken from the left: α."),
        range=message("above −α"),
        saturation=message("the derivative tends to 0 for very negative z"),
        pros=(
            message("negative values bring the mean near 0"),
            message("no dead neurons: there is a slope for z < 0 too"),
        ),
        cons=(
            message("needs an exponential"),
            message("for very negative z the slope tends to 0"),
        ),
        advice=message("instead of ReLU, where values centred at 0 matter"),
        initialiser="he_uniform",
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
            (p["scale"] * z, z > 0), (p["scale"] * p["alpha"] * stable_forms.expm1(z), True)
        ),
        parameters={
            "alpha": 1.6732632423543772848170429916717,
            "scale": 1.0507009873554804934193349852946,
        },
        kinks=(0.0,),
        convention=message("At 0 the derivative is taken from the left: scale times α."),
        range=message("above −1.7581 for the default parameters"),
        saturation=message("the derivative tends to 0 for very negative z"),
        pros=(message("keeps mean 0 and variance 1 from layer to layer"),),
        cons=(
            message("only with its own initialisation (LeCun) and without other layers between"),
            message("needs an exponential"),
        ),
        advice=message("deep fully connected networks without batch normalisation"),
        source="Klambauer, Unterthiner, Mayr, Hochreiter: Self-normalizing neural networks (2017); torch.nn.SELU",
    ),
    ActivationRow(
        name="gelu",
        label=message("GELU"),
        name_latex="\\operatorname{GELU}",
        name_text="GELU",
        formula=lambda sp, z, p: z / 2 * (1 + sp.erf(z / sp.sqrt(2))),
        stable=lambda sp, z, p: stable_forms.gelu(sp, z),
        range=message("above −0.17"),
        saturation=message("the derivative tends to 0 for very negative z"),
        pros=(
            message("smooth: it has a derivative everywhere"),
            message("weighs z by how likely it is to be large"),
        ),
        cons=(
            message("needs the error function"),
            message("not monotonic: it falls for some z < 0"),
        ),
        advice=message("transformers"),
        initialiser="he_uniform",
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
            z
            * stable_forms.sigmoid(
                sp, 2 * sp.sqrt(2 / sp.pi) * (z + sp.Rational(44715, 1000000) * z**3)
            )
        ),
        range=message("above −0.1701"),
        saturation=message("the derivative tends to 0 for very negative z"),
        pros=(
            message("smooth: it has a derivative everywhere"),
            message("cheaper than GELU itself"),
        ),
        cons=(
            message("differs from GELU by up to 0.0005"),
            message("not monotonic: it falls for some z < 0"),
        ),
        advice=message("transformers that were trained with it"),
        short="GELU (tanh)",
        source="Hendrycks, Gimpel: Gaussian error linear units (2016); torch.nn.GELU(approximate='tanh')",
    ),
    ActivationRow(
        name="swish",
        label=message("Swish (SiLU)"),
        name_latex="\\operatorname{swish}",
        name_text="swish",
        formula=lambda sp, z, p: z / (1 + sp.exp(-p["beta"] * z)),
        stable=lambda sp, z, p: z * stable_forms.sigmoid(sp, p["beta"] * z),
        torch="{z} * torch.sigmoid({beta} * {z})",
        parameters={"beta": 1.0},
        range=message("above −0.28 for β = 1"),
        saturation=message("the derivative tends to 0 for very negative z"),
        pros=(
            message("smooth: it has a derivative everywhere"),
            message("no dead neurons: there is a slope for z < 0 too"),
        ),
        cons=(
            message("needs an exponential"),
            message("not monotonic: it falls for some z < 0"),
        ),
        advice=message("deep networks, where ReLU is to be improved on"),
        initialiser="he_uniform",
        source="Ramachandran, Zoph, Le: Searching for activation functions (2017); torch.nn.SiLU",
    ),
    ActivationRow(
        name="mish",
        label=message("Mish"),
        name_latex="\\operatorname{Mish}",
        name_text="Mish",
        formula=lambda sp, z, p: z * sp.tanh(sp.log(1 + sp.exp(z))),
        stable=lambda sp, z, p: stable_forms.mish(sp, z),
        torch="torch.nn.functional.mish({z})",
        range=message("above −0.31"),
        saturation=message("the derivative tends to 0 for very negative z"),
        pros=(
            message("smooth: it has a derivative everywhere"),
            message("no dead neurons: there is a slope for z < 0 too"),
        ),
        cons=(
            message("costly: exponential, logarithm and tanh"),
            message("not monotonic: it falls for some z < 0"),
        ),
        advice=message("image recognition, instead of Swish"),
        initialiser="he_uniform",
        source="Misra: Mish, a self regularized non-monotonic activation function (2019); torch.nn.Mish",
    ),
    ActivationRow(
        name="softplus",
        label=message("softplus"),
        name_latex="\\operatorname{softplus}",
        name_text="softplus",
        formula=lambda sp, z, p: 1 / p["beta"] * sp.log(1 + sp.exp(p["beta"] * z)),
        stable=lambda sp, z, p: stable_forms.softplus(sp, p["beta"] * z) / p["beta"],
        torch="torch.nn.functional.softplus({z}, beta={beta}, threshold=50)",
        textbook_derivative=lambda sp, z, a, p: 1 / (1 + sp.exp(-p["beta"] * z)),
        parameters={"beta": 1.0},
        fault=lambda p: ("beta", message("it must be greater than 0")) if p["beta"] <= 0 else None,
        range=message("above 0"),
        saturation=message("the derivative tends to 0 for very negative z"),
        pros=(
            message("smooth: it has a derivative everywhere"),
            message("always positive"),
        ),
        cons=(
            message("needs an exponential"),
            message("for very negative z the slope tends to 0"),
            message("its values are not centred at 0"),
        ),
        advice=message("an output that must be positive, such as a variance"),
        source="Dugas, Bengio, Bélisle, Nadeau, Garcia: Incorporating second-order functional knowledge (2001); torch.nn.Softplus, which goes on straight above 20",
    ),
)
