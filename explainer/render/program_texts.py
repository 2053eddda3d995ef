"""What stands in every program as it is: its head, its helpers, its end. Source of this program's own."""

from __future__ import annotations

from explainer.maths.code import Library

_HEAD = '''"""A lesson of Explainer, rebuilt with {library} alone.

It computes one update, compares every number with the one Explainer found, then trains on and compares the errors.
An AssertionError names the number that differs.
"""
'''
HEADS: dict[Library, str] = {"torch": _HEAD, "numpy": _HEAD}

_SHARED = '''def check(name, found, expected):
    """Compare what was computed with what Explainer found: one number, or one for every sample."""
    if isinstance(expected, dict):
        for key, each in expected.items():
            check(f"{name} {key}", found[key], each)
        return
    found = numbers(found)
    expected = expected if isinstance(expected, list) else [expected]
    found = found * len(expected) if len(found) == 1 else found
    assert len(found) == len(expected), f"{name}: {len(found)} numbers instead of {len(expected)}"
    for one, other in zip(found, expected):
        assert math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12), f"{name}: {one} instead of {other}"

'''

_TORCH = '''import math

import torch

torch.set_default_dtype(torch.float64)
zero = torch.zeros(())


def tensor(value):
    """Return a number that derivatives are taken by."""
    value = value.item() if isinstance(value, torch.Tensor) else value
    return torch.tensor(float(value), requires_grad=True)


def numbers(found):
    """Return a tensor as a list."""
    return torch.as_tensor(found).detach().reshape(-1).tolist()


def column(table, place, samples):
    """Return one column of a table for some samples."""
    return torch.tensor([table[sample][place] for sample in samples], requires_grad=True)


def softmax(parts):
    """Return the shares of several sums, each for all samples."""
    return torch.softmax(torch.stack(parts), 0)


def max_mean(*parts):
    """Return the largest; the largest share the derivative."""
    return torch.amax(torch.stack(parts), 0)


def max_each(*parts):
    """Return the largest; each of the largest has the whole derivative."""
    stack = torch.stack(parts)
    best = stack.detach().amax(0)
    return best + ((stack.detach() == best) * (stack - stack.detach())).sum(0)


'''

_NUMPY = '''import math

import numpy


def numbers(found):
    """Return an array or a number as a list."""
    return numpy.asarray(found, dtype=float).reshape(-1).tolist()


def column(table, place, samples):
    """Return one column of a table for some samples."""
    return numpy.array([table[sample][place] for sample in samples])


def softmax(parts):
    """Return the shares of several sums, each for all samples."""
    powers = numpy.exp(numpy.stack(parts) - numpy.max(parts, axis=0))
    return powers / powers.sum(axis=0)


'''
HELPERS: dict[Library, list[str]] = {
    "torch": [*(_TORCH + _SHARED).splitlines(), ""],
    "numpy": [*(_NUMPY + _SHARED).splitlines(), ""],
}

TORCH_BACKWARD = """\
def slopes(of, by):
    found = torch.autograd.grad(of, list(by.values()), retain_graph=True, allow_unused=True)
    return {{name: zero if each is None else each for name, each in zip(by, found)}}

made['deltas'] = slopes(losses.sum(), {sums})
made['input_deltas'] = slopes(losses.sum(), {inputs})
gradients = slopes(loss, parameters)"""

CLOSING = """\
def train(passes):
    parameters, memory = PARAMETERS, MEMORY
    for number, each in enumerate(passes):
        masks = {name: column([[mask] for mask in each["masks"][name]], 0, range(len(each["samples"]))) for name in each["masks"]}
        made = one_pass(parameters, memory, each["samples"], masks, each["epoch"], each["step"])
        if number == 0:
            for key, expected in EXPECTED.items():
                check(key, made[key], expected)
            print("one update: every number agrees")
        loss = numbers(made["loss"])[0]
        assert math.isclose(loss, each["loss"], rel_tol=1e-6, abs_tol=1e-9), f"error of pass {number + 1}: {loss}"
        print(f"pass {number + 1}: error {loss:.6g}")
        parameters, memory = made["parameters"], made["memory"]
    return parameters


if __name__ == "__main__":
    train(PASSES)"""

FORMULA_ENDS = """\
print("every number agrees; the result is", numbers({result})[0])"""
