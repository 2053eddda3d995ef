"""The lesson: the types *are* the file format (see `files.py` for reading, writing and checking)."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct, field

from explainer.lesson.choice import Choice
from explainer.lesson.vary import Vary
from explainer.lesson.worksheet import Worksheet

FORMAT: Final = "explainer-lesson"
VERSION = 1

# The running averages of batch normalisation, with what they are before any training.
RUNNING = {"running_mean": 0.0, "running_variance": 1.0}

Role = Literal["input", "hidden", "output"]


class Localised(Struct, frozen=True, forbid_unknown_fields=True):
    """Text for people in both languages of the program."""

    en: str
    ru: str


Text = str | Localised


class Parameter(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A weight or bias; a frozen one (`trainable` false) gets a gradient but no update."""

    value: float
    trainable: bool = True


class Dropout(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Switches a neuron off with probability `rate` while training.

    `scaling` says where the missing signal is made up for: when the trained network is applied (the lecture), or
    already in training by 1/(1 − rate) (PyTorch).
    """

    rate: float
    scaling: Literal["at_application", "inverted"] = "at_application"


class Normalise(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Batch normalisation of z: γ·(z − mean)/√(variance + ε) + β; `gamma` and `beta` name parameters.

    `momentum` is the share of the newest batch in the running averages (torch.nn.BatchNorm1d).
    """

    gamma: str
    beta: str
    epsilon: float = 1e-5
    momentum: float = 0.1


class Neuron(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One neuron. `bias` names a parameter, for maxout one for each piece; `at` pins it to [column, row] of the drawing.

    Softmax neurons of the same `group` share one softmax; without a group those of the same depth do.
    """

    id: str
    role: Role
    activation: Choice = Choice("identity")
    bias: str | tuple[str, ...] | None = None
    label: str | None = None
    at: tuple[float, float] | None = None
    group: str | None = None
    dropout: Dropout | None = None
    normalise: Normalise | None = None

    @property
    def biases(self) -> tuple[str, ...]:
        """The parameters that are added to its weighted sums: none, one, or one for each maxout piece."""
        if self.bias is None:
            return ()
        return (self.bias,) if isinstance(self.bias, str) else self.bias

    @property
    def own_parameters(self) -> tuple[str, ...]:
        """The parameters that are the neuron's and no edge's: biases, scale and shift, what its activation learns."""
        settings = self.normalise
        scale_and_shift = () if settings is None else (settings.gamma, settings.beta)
        return (*self.biases, *scale_and_shift, *(name for _, name in self.activation.named))

    @property
    def is_plain(self) -> bool:
        """Whether its output is a function of its own weighted sum alone."""
        special = self.activation.name in ("softmax", "maxout")
        return not special and self.dropout is None and self.normalise is None


class Edge(
    Struct,
    frozen=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    rename={"source": "from", "target": "to"},
):
    """A connection from an earlier neuron to a later one, weighted by a named parameter.

    `piece` says which linear piece of a maxout neuron it feeds.
    """

    source: str
    target: str
    weight: str
    piece: int = 0


class Network(Struct, frozen=True, forbid_unknown_fields=True):
    """Any feed-forward graph; a parameter named twice is one tied parameter."""

    neurons: tuple[Neuron, ...]
    edges: tuple[Edge, ...]
    parameters: dict[str, float | Parameter]

    def neuron(self, neuron_id: str) -> Neuron:
        """Return the neuron of that id; KeyError where there is none."""
        for neuron in self.neurons:
            if neuron.id == neuron_id:
                return neuron
        raise KeyError(neuron_id)

    def of_role(self, role: Role) -> tuple[Neuron, ...]:
        """Return the neurons of one role in file order: inputs take data columns, outputs target columns."""
        return tuple(neuron for neuron in self.neurons if neuron.role == role)

    def value(self, name: str) -> float:
        """Return the starting value of a parameter."""
        parameter = self.parameters[name]
        return parameter.value if isinstance(parameter, Parameter) else parameter

    def is_trainable(self, name: str) -> bool:
        """Tell whether an update may change the parameter."""
        parameter = self.parameters[name]
        return parameter.trainable if isinstance(parameter, Parameter) else True

    def incoming(self, neuron_id: str) -> tuple[Edge, ...]:
        """Return the edges into a neuron in file order."""
        return tuple(edge for edge in self.edges if edge.target == neuron_id)

    def outgoing(self, neuron_id: str) -> tuple[Edge, ...]:
        """Return the edges out of a neuron in file order."""
        return tuple(edge for edge in self.edges if edge.source == neuron_id)


class Feature(Struct, frozen=True, forbid_unknown_fields=True):
    """A computed column: an expression over the given columns, called x1, x2 … by position, or by their names."""

    name: str
    expression: str


class Samples(Struct, frozen=True, forbid_unknown_fields=True):
    """Held-out samples: given columns and targets, as in the data."""

    inputs: tuple[tuple[float, ...], ...]
    targets: tuple[tuple[float, ...], ...]


class Data(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Samples: `inputs` of shape (samples, given columns), `targets` of shape (samples, outputs).

    The input neurons take the given columns in order, then the `features`. `names` are what the given columns are called;
    `columns` lists those that the network sees, where it does not see all of them. No update uses the `test` samples.
    `inputs.py` says what the input neurons receive.
    """

    inputs: tuple[tuple[float, ...], ...]
    targets: tuple[tuple[float, ...], ...]
    names: tuple[str, ...] = ()
    columns: tuple[str, ...] | None = None
    features: tuple[Feature, ...] = ()
    test: Samples | None = None


class Expression(Struct, frozen=True, forbid_unknown_fields=True):
    """A typed formula instead of a network, and the values of its variables."""

    formula: str
    values: dict[str, float]


class Loss(Struct, frozen=True):
    """The error of one sample (a table row) and how the samples of a batch are put together."""

    choice: Choice = Choice("half_squared_error")
    reduction: Literal["mean", "sum"] = "mean"


class Clip(Struct, frozen=True, forbid_unknown_fields=True):
    """Shortens a gradient before the update: the whole to at most `threshold`, or every component to ±`threshold`."""

    by: Literal["norm", "value"]
    threshold: float


class Update(Struct, frozen=True):
    """The rule that turns gradients into new parameters; the rule's own parameters are in `choice`.

    `learning_rate` is that of the first epoch, which the `schedule` changes. `shuffle` draws the order of the samples anew
    for every epoch. `only_on_error` keeps Hebb's rule to samples whose weighted sum has the wrong sign.
    """

    choice: Choice = Choice("sgd")
    learning_rate: float = 0.1
    order: Literal["simultaneous", "in_place"] = "simultaneous"
    batch_size: int | Literal["all"] = 1
    schedule: Choice = Choice("constant")
    shuffle: bool = False
    clip: Clip | None = None
    only_on_error: bool = False


class State(
    Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, rename={"passes": "pass"}
):
    """Where training stands, so that it can go on: the passes done, what the update rule remembers, running averages.

    `parameters["w1"]["m"]` is the memory cell m of the weight w1; `neurons["h1"]["running_mean"]` and
    `neurons["h1"]["running_variance"]` are what batch normalisation has seen of z of h1, 0 and 1 where they are not stated.
    """

    passes: int = 0
    parameters: dict[str, dict[str, float]] = field(default_factory=dict)
    neurons: dict[str, dict[str, float]] = field(default_factory=dict)


class Arithmetic(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Exact doubles, or every intermediate result rounded as one does by hand."""

    mode: Literal["exact", "rounded"] = "exact"
    decimals: int | None = None
    significant: int | None = None
    ties: Literal["half_up", "half_even"] = "half_up"


Functions = Literal["international", "russian"]


class Notation(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The letters a lesson writes; LaTeX from the same allow-list as neuron labels.

    `functions` says how tangent and arctangent are written: tan and arctan, or, as in Russian textbooks, tg and arctg.
    """

    error: str = "E"
    pre_activation: str = "z"
    learning_rate: str = "\\eta"
    target: str = "y"
    delta: str = "\\delta"
    penalty: str = "R"
    objective: str = "J"
    functions: Functions = "international"


# What a lesson about a formula has instead of a network and samples.
NO_NETWORK = Network((), (), {})
NO_DATA = Data((), ())


class Lesson(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a user opens, edits, saves and exports. Holds the *starting* values of the parameters."""

    format: Literal["explainer-lesson"]
    version: int
    title: Text
    network: Network = NO_NETWORK
    data: Data = NO_DATA
    expression: Expression | None = None
    description: Text = ""
    notes: Text = ""
    loss: Loss = Loss()
    penalty: Choice | None = None
    update: Update = Update()
    initialise: Choice | None = None
    state: State = field(default_factory=State)
    mode: Literal["train", "apply"] = "train"
    seed: int = 0
    arithmetic: Arithmetic = Arithmetic()
    notation: Notation = field(default_factory=Notation)
    vary: Vary | None = None
    worksheet: Worksheet | None = None


def text_in(text: Text, language: str) -> str:
    """Return text for people in one language; a plain string serves both."""
    if isinstance(text, str):
        return text
    return text.ru if language == "ru" else text.en
