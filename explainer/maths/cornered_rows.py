"""The activations with flat parts between corners or jumps: one row each, nothing else to edit."""

from __future__ import annotations

from collections.abc import Mapping

from explainer.maths.rows import ActivationRow, ParameterFault
from explainer.messages import message


def _negative_threshold(p: Mapping[str, float]) -> ParameterFault:
    return ("lambd", message("it must not be negative")) if p["lambd"] < 0 else None


ROWS = (
    ActivationRow(
        name="hard_tanh",
        label=message("hard tanh"),
        name_latex="\\operatorname{hardtanh}",
        name_text="hardtanh",
        formula=lambda sp, z, p: sp.Piecewise(
            (p["minimum"], z <= p["minimum"]), (p["maximum"], z >= p["maximum"]), (z, True)
        ),
        parameters={"minimum": -1.0, "maximum": 1.0},
        fault=lambda p: (
            ("minimum", message("it must be less than the maximum"))
            if p["minimum"] >= p["maximum"]
            else None
        ),
        kinks=("minimum", "maximum"),
        convention=message("At both corners the derivative is 0, as in PyTorch."),
        range=message("from the minimum to the maximum"),
        bounds=("minimum", "maximum"),
        saturation=message("the derivative is 0 outside the two corners"),
        pros=(
            message("cheap: a comparison instead of an exponential"),
            message("values on both sides of 0"),
            message("bounded: no sum, however large, makes it explode"),
        ),
        cons=(message("outside its corners the slope is exactly 0: nothing is learnt there"),),
        advice=message("instead of tanh on slow hardware"),
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
        bounds=(0.0, 1.0),
        saturation=message("the derivative is 0 outside −3 … 3"),
        pros=(
            message("cheap: a comparison instead of an exponential"),
            message("its value can be read as a probability"),
        ),
        cons=(
            message("outside its corners the slope is exactly 0: nothing is learnt there"),
            message("its values are not centred at 0"),
        ),
        advice=message("instead of the sigmoid on slow hardware"),
        source="Howard et al.: Searching for MobileNetV3 (2019); torch.nn.Hardsigmoid",
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
        pros=(message("close to Swish without an exponential"),),
        cons=(
            message("for z ≤ −3 the slope is exactly 0"),
            message("not monotonic: it falls for some z < 0"),
        ),
        advice=message("networks for telephones (MobileNetV3)"),
        source="Howard et al.: Searching for MobileNetV3 (2019); torch.nn.Hardswish",
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
        fault=_negative_threshold,
        kinks=("lambd", "-lambd"),
        convention=message("At both corners the derivative is 0, as in PyTorch."),
        range=message("all numbers"),
        saturation=message("the derivative is 0 between the two corners"),
        pros=(
            message("small values become exactly 0"),
            message("values on both sides of 0"),
        ),
        cons=(
            message("between its corners nothing is learnt"),
            message("one more number to choose"),
        ),
        advice=message("sparse codes, removal of noise"),
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
        fault=_negative_threshold,
        kinks=("lambd", "-lambd"),
        convention=message("At both jumps the derivative is 0, as in PyTorch."),
        range=message("0, and all numbers beyond ±λ"),
        saturation=message("the derivative is 0 between the two jumps"),
        pros=(message("small values become 0, large ones stay what they are"),),
        cons=(
            message("it jumps, and between the jumps nothing is learnt"),
            message("one more number to choose"),
        ),
        advice=message("sparse codes, removal of noise"),
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
        range=message("0 or 1; at the jump itself θ₀"),
        bounds=(0.0, 1.0),
        saturation=message("the derivative is 0 everywhere, so no gradient passes"),
        pros=(message("a clear yes or no"),),
        cons=(message("the slope is 0: back-propagation cannot train through it"),),
        advice=message("the McCulloch–Pitts neuron and the perceptron; logic"),
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
        bounds=(-1.0, 1.0),
        saturation=message("the derivative is 0 everywhere, so no gradient passes"),
        pros=(message("a clear yes or no, −1 or 1"),),
        cons=(message("the slope is 0: back-propagation cannot train through it"),),
        advice=message("the perceptron with answers −1 and 1"),
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
        bounds=(0.0, 1.0),
        saturation=message("the derivative is 0 outside −½ … ½"),
        pros=(
            message("cheap: a comparison instead of an exponential"),
            message("bounded: no sum, however large, makes it explode"),
        ),
        cons=(
            message("outside its corners the slope is exactly 0: nothing is learnt there"),
            message("its values are not centred at 0"),
        ),
        advice=message("a threshold with a narrow slope, to compare with the sigmoid"),
        source="the lectures' table of activation functions",
    ),
)
