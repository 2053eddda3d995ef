"""How the learning rate changes from epoch to epoch: one row each, nothing else to edit."""

from __future__ import annotations

from explainer.maths.update_rows import ScheduleRow
from explainer.messages import message

_ROWS = (
    ScheduleRow(
        name="constant",
        label=message("constant"),
        formula=lambda sp, rate, epochs, p: rate,
        source="torch.optim.lr_scheduler.ConstantLR with factor 1",
    ),
    ScheduleRow(
        name="step",
        label=message("in steps"),
        formula=lambda sp, rate, epochs, p: rate * p["gamma"] ** sp.floor(epochs / p["step_size"]),
        parameters={"step_size": 10.0, "gamma": 0.1},
        source="torch.optim.lr_scheduler.StepLR, stepped after every epoch",
    ),
    ScheduleRow(
        name="exponential",
        label=message("exponential"),
        formula=lambda sp, rate, epochs, p: rate * p["gamma"] ** epochs,
        parameters={"gamma": 0.95},
        source="torch.optim.lr_scheduler.ExponentialLR, stepped after every epoch",
    ),
)

SCHEDULES: dict[str, ScheduleRow] = {row.name: row for row in _ROWS}
