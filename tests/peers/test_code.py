"""The source for PyTorch, run by PyTorch: values and autograd's derivatives are those of the operations."""

import math

import pytest

from explainer.maths.code import operation_source
from explainer.maths.typed_activation import typed_activation
from explainer.maths.typed_source import typed_source
from tests.maths.sources import CASES, differentiated, places

torch = pytest.importorskip("torch", reason="PyTorch is not installed")

TYPED = (
    "z/(1 + exp(-z))",
    "max(0, z)*sin(z) + sqrt(2)*pi",
    "relu(z) - z^2/(3 + abs(z)) + sign(2)",
    "logsumexp(z, 1, -z)^2.5",
    "hard_tanh(swish(z))*e^z",
    "abs(sign(4*2))*leaky_relu(leaky_relu(z))",
    "max(2*3, z, min(z, 1/3), relu(-1) + sqrt(2))",
)


def run(text, names, values, lines=()):
    """Return the value and the derivatives that autograd gives to the source, the lines before it run first."""
    tensors = [torch.tensor(value, dtype=torch.float64, requires_grad=True) for value in values]
    known = {"torch": torch, "math": math} | dict(zip(names, tensors, strict=True))
    for line in lines:
        name, _, before = line.partition(" = ")
        known[name] = eval(before, known)  # noqa: S307 - the program's own source
    result = eval(text, known)  # noqa: S307 - the program's own source is run, as a reader would
    result = torch.as_tensor(result, dtype=torch.float64)
    if result.requires_grad:
        result.backward()
    return result.item(), [0.0 if each.grad is None else each.grad.item() for each in tensors]


def compare(operation, place, count=None):
    names = [f"a{index}" for index in range(operation.arity)]
    found = run(operation_source(operation, names, "torch"), names, place)
    agree(operation, found, place, count)


def agree(operation, found, place, count=None):
    value, slopes = found
    assert value == pytest.approx(operation.value(place), rel=1e-11, abs=1e-13)
    if count != 0:
        wanted = list(operation.partials(place)[:count])
        assert slopes[:count] == pytest.approx(wanted, rel=1e-10, abs=1e-12)


@pytest.mark.parametrize("case", CASES)
def test_values_and_slopes_of_the_source(case):
    for place in places(case):
        compare(CASES[case][0], place, differentiated(case))


@pytest.mark.parametrize("text", TYPED)
@pytest.mark.parametrize("z", [-2.5, -0.3, 0.0, 0.75, 2.0])
def test_typed_activations(text, z):
    operation = typed_activation(text)
    lines, result = typed_source(operation.tree, {"z": "z"}, "torch")
    agree(operation, run(result, ["z"], [z], lines), [z])


def test_at_a_tie_the_first_takes_the_derivative():
    compare(CASES["maxout"][0], [1.5, 2.0, 2.0])
