"""The source of an operation gives what the operation gives: of every row of every table, and of typed formulas."""

import math

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.maths import operations
from explainer.maths.code import operation_source, python_names, source
from explainer.maths.typed_activation import typed_activation
from explainer.maths.typed_source import typed_source
from explainer.messages import Refused
from tests.maths.formulas import parts
from tests.maths.sources import CASES, places


def run(text, names, values):
    """Return the value of NumPy's source at doubles."""
    known = {"numpy": numpy, "math": math}
    known |= dict(zip(names, map(numpy.float64, values), strict=True))
    with numpy.errstate(all="ignore"):
        return float(eval(text, {"__builtins__": {}}, known))  # noqa: S307 - the program's own source is run, as a reader would


def run_typed(operation, z):
    """Return the value of NumPy's source of a typed activation."""
    written = typed_source(operation.tree, {"z": "z"}, "numpy")
    known = {"numpy": numpy, "math": math, "z": numpy.float64(z)}
    with numpy.errstate(all="ignore"):
        for line in written.lines:
            name, _, text = line.partition(" = ")
            known[name] = eval(text, {"__builtins__": {}}, known)  # noqa: S307 - the program's own source
        return float(eval(written.result, {"__builtins__": {}}, known))  # noqa: S307 - likewise


def near(wanted):
    return pytest.approx(wanted, rel=1e-11, abs=1e-13)


@pytest.mark.parametrize("case", CASES)
def test_the_source_gives_what_the_operation_gives(case):
    operation, _ = CASES[case]
    names = [f"a{place}" for place in range(operation.arity)]
    text = operation_source(operation, names, "numpy")
    for place in places(case):
        assert run(text, names, place) == near(operation.value(place)), (text, place)


@given(parts(["z"], 3), st.floats(-2, 2).map(lambda value: round(value, 2)))
def test_the_source_of_a_typed_activation(text, z):
    try:
        operation = typed_activation(text)
    except Refused:
        return
    wanted = operation.value([z])
    if not math.isfinite(wanted):
        return
    found = run_typed(operation, z)
    # The source computes as it is written, without what keeps digits in the operation.
    assert found == pytest.approx(wanted, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("z - (1 - z)", "z - (1 - z)"),
        ("z/(2*z)", "z / (2 * z)"),
        ("(z/2)/z", "(z / 2) / z"),
        ("z*(1/z)", "z * (1 / z)"),
        ("-z^2", "-z ** 2"),
        ("(-z)^2", "(-z) ** 2"),
        ("2^-z", "2 ** (-z)"),
        ("(z^2)^z", "(z ** 2) ** z"),
        ("z^2^z", "z ** (2 ** z)"),
        ("z*-z", "z * (-z)"),
        ("z - -z", "z - (-z)"),
        ("sqrt(2)*z + pi + e", "math.sqrt(2) * z + math.pi + math.e"),
        ("z/3 + 0.1", "z / 3 + 0.1"),
        ("z + x1", None),
    ],
)
def test_the_source_binds_as_python_does(text, written):
    if written is None:
        with pytest.raises(Refused):
            typed_activation(text)
        return
    operation = typed_activation(text)
    assert typed_source(operation.tree, {"z": "z"}, "numpy") == ((), written)
    assert run(written, ["z"], [0.75]) == near(operation.value([0.75]))


@pytest.mark.parametrize(
    "text",
    [
        "abs(sign(4*2))*z",
        "leaky_relu(leaky_relu(z))",
        "abs(abs(-z))",
        "hard_tanh(hard_tanh(0.37*z))",
        "z + hard_tanh(hard_tanh(0.37*1.9*7.98))",
        "max(max_mean(2*3, z), min(z, 1/3), sqrt(2)*pi)",
        "relu(" * 29 + "z" + ")" * 29,
    ],
)
@pytest.mark.parametrize("z", [-1.25, 0.0, 2.5])
def test_the_source_of_functions_of_functions_with_cases(text, z):
    operation = typed_activation(text)
    assert run_typed(operation, z) == near(operation.value([z]))


def test_what_is_needed_twice_gets_a_line_of_its_own():
    tree = typed_activation("relu(2*z + 1) + swish(z)").tree
    assert typed_source(tree, {"z": "v1"}, "torch") == (
        ("v2 = 2 * v1 + 1",),
        "torch.where(v2 <= 0, 0, v2) + v1 * torch.sigmoid(1.0 * v1)",
    )


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("sigmoid", "1 / (1 + torch.exp(-z))"),
        ("tanh", "torch.tanh(z)"),
        ("relu", "torch.where(z <= 0, 0, z)"),
        ("leaky_relu", "torch.where(z > 0, z, 0.01 * z)"),
        ("elu", "torch.where(z > 0, z, torch.exp(torch.where(z > 0, 0.5, z)) - 1)"),
        ("softplus", "torch.log(1 + torch.exp(z))"),
        ("gelu", "z * (1 + torch.erf(z / math.sqrt(2))) / 2"),
        ("hard_sigmoid", "torch.where(z <= -3, 0, torch.where(z >= 3, 1, z / 6 + 0.5))"),
    ],
)
def test_the_source_for_pytorch_can_be_read(name, written):
    assert operation_source(operations.activation(name), ["z"], "torch") == written


@pytest.mark.parametrize(
    "name", ["", "1x", "x y", "lambda", "torch", "numpy", "math", "х", "x.y", "x;y", "f()", "__x\n"]
)
def test_what_python_cannot_have_as_a_name_never_becomes_source(name):
    with pytest.raises(ValueError, match="cannot be a name"):
        operation_source(operations.activation("tanh"), [name], "torch")
    with pytest.raises(ValueError, match="cannot be a name"):
        source(operations.activation("tanh").expression([1]), {1: name}, "torch")


def test_names_that_python_keeps_get_others():
    wanted = ["lambda", "lambda_", "torch", "x", "math", "w_h1"]
    found = python_names(wanted)
    assert list(found) == wanted
    assert len(set(found.values())) == len(wanted)
    assert found["x"] == "x"
    assert found["w_h1"] == "w_h1"
    assert found["lambda_"] == "lambda_"
    for usable in found.values():
        operation_source(operations.activation("tanh"), [usable], "torch")
