"""How starting weights are drawn: one row each, nothing else to edit."""

from __future__ import annotations

from explainer.maths.update_rows import InitialiserRow
from explainer.messages import message

_ROWS = (
    InitialiserRow(
        name="zeros",
        label=message("zeros"),
        distribution="constant",
        spread=lambda sp, n_in, n_out, p: (0,),
        source="torch.nn.init.zeros_",
    ),
    InitialiserRow(
        name="constant",
        label=message("constant"),
        distribution="constant",
        spread=lambda sp, n_in, n_out, p: (p["value"],),
        parameters={"value": 0.5},
        source="torch.nn.init.constant_",
    ),
    InitialiserRow(
        name="uniform",
        label=message("uniform"),
        distribution="uniform",
        spread=lambda sp, n_in, n_out, p: (p["low"], p["high"]),
        parameters={"low": -0.5, "high": 0.5},
        source="torch.nn.init.uniform_, whose ends are 0 and 1",
    ),
    InitialiserRow(
        name="normal",
        label=message("normal"),
        distribution="normal",
        spread=lambda sp, n_in, n_out, p: (p["mean"], p["std"]),
        parameters={"mean": 0.0, "std": 0.1},
        source="the lectures' N(0, 0.1); torch.nn.init.normal_",
    ),
    InitialiserRow(
        name="xavier_uniform",
        label=message("Xavier, uniform"),
        distribution="uniform",
        spread=lambda sp, n_in, n_out, p: (
            -p["gain"] * sp.sqrt(6 / (n_in + n_out)),
            p["gain"] * sp.sqrt(6 / (n_in + n_out)),
        ),
        parameters={"gain": 1.0},
        source="Glorot, Bengio: Understanding the difficulty of training deep feedforward neural networks (2010); torch.nn.init.xavier_uniform_",
    ),
    InitialiserRow(
        name="xavier_normal",
        label=message("Xavier, normal"),
        distribution="normal",
        spread=lambda sp, n_in, n_out, p: (0, p["gain"] * sp.sqrt(2 / (n_in + n_out))),
        parameters={"gain": 1.0},
        source="Glorot, Bengio (2010); torch.nn.init.xavier_normal_",
    ),
    InitialiserRow(
        name="he_uniform",
        label=message("He, uniform"),
        distribution="uniform",
        spread=lambda sp, n_in, n_out, p: (-sp.sqrt(6 / n_in), sp.sqrt(6 / n_in)),
        source="He, Zhang, Ren, Sun: Delving deep into rectifiers (2015); torch.nn.init.kaiming_uniform_ for ReLU",
    ),
    InitialiserRow(
        name="he_normal",
        label=message("He, normal"),
        distribution="normal",
        spread=lambda sp, n_in, n_out, p: (0, sp.sqrt(2 / n_in)),
        source="He, Zhang, Ren, Sun (2015); torch.nn.init.kaiming_normal_ for ReLU",
    ),
)

INITIALISERS: dict[str, InitialiserRow] = {row.name: row for row in _ROWS}
