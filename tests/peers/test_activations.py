"""Every activation and its derivative agree with PyTorch: computed now where it is installed, stored values elsewhere."""

import pytest

from explainer.maths import operations
from explainer.maths.activations import ACTIVATIONS
from explainer.maths.extremum import Extremum
from explainer.maths.functions import FUNCTIONS
from tests.peers import torch_activations as peer
from tests.peers.stored import stored

CASES = peer.cases()
SOURCES = ["stored"] + (["installed"] if peer.HAS_TORCH else [])


def near(found, wanted, relative=1e-12):
    return found == pytest.approx(wanted, rel=relative, abs=1e-15)


@pytest.fixture(params=SOURCES)
def peer_values(request):
    def values(case):
        if request.param == "stored":
            return stored()["activations"][case]
        return peer.computed(*CASES[case])

    return values


@pytest.mark.parametrize("case", CASES)
def test_values_and_slopes_agree(case, peer_values):
    name, parameters = CASES[case]
    operation = operations.activation(name, tuple(sorted(parameters.items())))
    wanted = peer_values(case)
    kinks = ACTIVATIONS[name].kinks_at(parameters) if name in peer.OWN_CONVENTION else ()
    for z, value, slope in zip(peer.POINTS, wanted["values"], wanted["slopes"], strict=True):
        assert near(operation.value([z]), value), z
        if slope is not None and z not in kinks:
            relative = 1e-7 if name in peer.SINGLE_PRECISION else 1e-12
            assert near(operation.partials([z])[0], slope, relative), z


def test_every_activation_is_compared():
    assert {name for name, _ in CASES.values()} == set(ACTIVATIONS)
    assert set(stored()["activations"]) == set(CASES)


def test_every_kink_is_among_the_points():
    for name, row in ACTIVATIONS.items():
        assert set(row.kinks_at({})) <= set(peer.POINTS), name


def test_a_convention_that_claims_to_be_that_of_pytorch_is_compared_at_the_kink():
    for name, row in ACTIVATIONS.items():
        if row.convention is not None and "PyTorch" in row.convention.key:
            assert name not in (*peer.OWN_CONVENTION, *peer.NO_SLOPE), name


@pytest.mark.skipif(not peer.HAS_TORCH, reason="PyTorch is not installed")
class TestInstalled:
    def test_the_maximum_with_its_index_gives_all_to_the_first(self):
        import torch

        x = torch.tensor([1.0, 2.0, 2.0], dtype=torch.float64, requires_grad=True)
        torch.max(x, 0).values.backward()
        assert x.grad.tolist() == Extremum(3).partials([1.0, 2.0, 2.0]) == [0, 1, 0]

    def test_the_maximum_of_all_shares(self):
        import torch

        x = torch.tensor([1.0, 2.0, 2.0], dtype=torch.float64, requires_grad=True)
        torch.amax(x).backward()
        shared = Extremum(3, share="equal")
        assert x.grad.tolist() == shared.partials([1.0, 2.0, 2.0]) == [0, 0.5, 0.5]

    @pytest.mark.parametrize("name", ["sin", "cos", "tan", "exp", "log", "sqrt", "abs", "erf"])
    def test_functions_of_formulas_agree(self, name):
        import torch

        for point in (0.25, 0.5, 0.9):
            x = torch.tensor(point, dtype=torch.float64, requires_grad=True)
            value = getattr(torch, name)(x)
            value.backward()
            operation = FUNCTIONS[name].operation(1)
            assert near(operation.value([point]), value.item())
            assert near(operation.partials([point])[0], x.grad.item())

    def test_log_sum_exp_agrees(self):
        import torch

        point = [1.0, -2.0, 800.0]
        x = torch.tensor(point, dtype=torch.float64, requires_grad=True)
        torch.logsumexp(x, 0).backward()
        operation = FUNCTIONS["logsumexp"].operation(3)
        assert near(operation.value(point), torch.logsumexp(x, 0).item())
        assert all(map(near, operation.partials(point), x.grad.tolist()))

    def test_the_gradient_of_a_learnt_slope_agrees(self):
        import torch
        import torch.nn.functional as f

        for point in (-2.0, 0.0, 1.5):
            z = torch.tensor([point], dtype=torch.float64, requires_grad=True)
            alpha = torch.tensor([0.25], dtype=torch.float64, requires_grad=True)
            f.prelu(z, alpha).sum().backward()
            operation = operations.activation("prelu", (), ("alpha",))
            assert operation.partials([point, 0.25]) == [z.grad.item(), alpha.grad.item()]
