"""Where formulas come from, in the reader's language: authors and titles stay as they are, remarks about them do not."""

from __future__ import annotations

from explainer.messages import Message, message, translate

_BETWEEN = "; "
# What stands between two semicolons of a source and is more than a title or a name.
_REMARKS: tuple[Message, ...] = (
    message("the lectures' table of activation functions"),
    message("the lectures' N(0, 0.1)"),
    message("the lectures' loss for unequal costs"),
    message("the lectures' example of a graph"),
    message("the lectures' sign"),
    message("the lectures print it without the factor x"),
    message("the lectures' rule for targets ±1 is the one with only_on_error"),
    message("the lectures' λ‖W‖₂ means the square"),
    message("the mean is over the K outputs"),
    message("the mean is over the K outputs of one sample"),
    message("summed over the K outputs"),
    message("torch.nn.NLLLoss of ln ŷ"),
    message("torch.nn.Softplus, which goes on straight above 20"),
    message("torch.nn.RReLU in evaluation mode"),
    message("torch.nn.init.kaiming_normal_ for ReLU"),
    message("torch.nn.init.kaiming_uniform_ for ReLU"),
    message("torch.nn.init.uniform_, whose ends are 0 and 1"),
    message("torch.optim.SGD with momentum"),
    message("torch.optim.SGD with nesterov=True"),
    message("torch.optim.RMSprop, whose alpha is the decay"),
    message("torch.optim.lr_scheduler.ConstantLR with factor 1"),
    message("torch.optim.lr_scheduler.ExponentialLR, stepped after every epoch"),
    message("torch.optim.lr_scheduler.StepLR, stepped after every epoch"),
    message("Laplace (1774): least absolute deviations"),
    message("Legendre (1805), Gauss (1809): least squares"),
    message("Rumelhart, Hinton, Williams (1986), equation 3"),
    message("LeCun, Bottou, Orr, Müller: Efficient BackProp (1998), section 4.4"),
    message(
        "Pereyra, Tucker, Chorowski, Kaiser, Hinton: Regularizing neural networks by penalizing confident output distributions (2017) use the other"
    ),
)


def source_in(source: str, language: str) -> str:
    """Return the source of a row with its remarks in a language."""
    remarks = {remark.key: remark for remark in _REMARKS}
    parts = source.split(_BETWEEN)
    return _BETWEEN.join(translate(remarks.get(part, part), language) for part in parts)
