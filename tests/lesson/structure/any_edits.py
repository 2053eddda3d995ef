"""Any edit of the structure, drawn by Hypothesis: a function from lesson to lesson that may refuse."""

from hypothesis import strategies as st

from explainer.lesson import structure, worksheet_edits
from explainer.lesson.layers import drawn_columns
from explainer.lesson.worksheet import Worksheet
from explainer.messages import Refused

START = (
    "lecture-2-2-1", "mazur-2-2-2", "xor-2-2-1", "softmax-classifier", "dropout", "batch-norm", "prelu", "maxout",
    "recurrent", "convolution", "bumps", "adam", "perceptron-rule", "xor-feature",
)  # fmt: skip


def ids(lesson):
    return [neuron.id for neuron in lesson.network.neurons]


def some(draw, things, least=1, most=3):
    return draw(st.lists(st.sampled_from(things), min_size=least, max_size=most, unique=True))


def one(draw, things):
    return draw(st.sampled_from(things))


def edge_keys(lesson):
    return [(edge.source, edge.target, edge.piece) for edge in lesson.network.edges]


def all_uses(lesson):
    network = lesson.network
    return [use for name in network.parameters for use in structure.uses_of(network, name)]


def name_at(lesson, use):
    return structure.parameter_at(lesson.network, use)


def columns(lesson):
    return sorted(set(drawn_columns(lesson.network).values()))


def add_neuron(draw, lesson):
    row = draw(st.none() | st.integers(0, 3))
    return structure.add_neuron(lesson, one(draw, columns(lesson)), row)[0]


def add_layer(draw, lesson):
    size = draw(st.none() | st.integers(1, 3))
    return structure.add_layer(lesson, one(draw, columns(lesson)), size)[0]


def add_edge(draw, lesson):
    source, target = one(draw, ids(lesson)), one(draw, ids(lesson))
    possible = [
        (a, b)
        for a in ids(lesson)
        for b in ids(lesson)
        if structure.edge_refusal(lesson, a, b) is None
    ]
    if possible and draw(st.booleans()):
        return structure.add_edge(lesson, *one(draw, possible))
    return structure.add_edge(lesson, source, target, draw(st.sampled_from([0, 0, 0, 1, 2])))


def remove(draw, lesson):
    edges = some(draw, edge_keys(lesson), 0, 2) if lesson.network.edges else []
    return structure.remove(lesson, some(draw, ids(lesson), 0, 2), edges)


def rename_neuron(draw, lesson):
    new = draw(st.sampled_from(["q", "q1", "z9", "o1", "a_b", "1x", "я", "h" * 33]))
    return structure.rename_neuron(lesson, one(draw, ids(lesson)), new)


def rename_parameter(draw, lesson):
    new = draw(st.sampled_from(["q", "q1", "w_h1_o1", "b_h1", "b", "", "w 1"]))
    return structure.rename_parameter(lesson, one(draw, list(lesson.network.parameters)), new)


def set_label(draw, lesson):
    label = draw(st.sampled_from([None, "", "h_1", r"\hat{y}", "\\input", "x'"]))
    return structure.set_label(lesson, one(draw, ids(lesson)), label)


def move_neuron(draw, lesson):
    return structure.move_neuron(lesson, one(draw, ids(lesson)), draw(st.integers(0, 4)))


def pin(draw, lesson):
    at = draw(st.none() | st.tuples(st.integers(0, 4), st.integers(0, 3)))
    return structure.pin(lesson, one(draw, ids(lesson)), at)


def paste(draw, lesson):
    return structure.paste(lesson, structure.copied(lesson, some(draw, ids(lesson))))[0]


def duplicate(draw, lesson):
    return structure.duplicate(lesson, some(draw, ids(lesson)))[0]


def set_bias(draw, lesson):
    return structure.set_bias(lesson, some(draw, ids(lesson)), on=draw(st.booleans()))


def tie(draw, lesson):
    return structure.tie(lesson, some(draw, list(lesson.network.parameters), 1, 3))


def untie(draw, lesson):
    uses = all_uses(lesson)
    tied = [use for use in uses if len(structure.uses_of(lesson.network, name_at(lesson, use))) > 1]
    return structure.untie(lesson, one(draw, tied or uses))


def set_trainable(draw, lesson):
    names = some(draw, list(lesson.network.parameters))
    return structure.set_trainable(lesson, names, on=draw(st.booleans()))


def connect_all(draw, lesson):
    return structure.connect_all(lesson, some(draw, ids(lesson), 0, 4))


def set_dropout(draw, lesson):
    rate = draw(st.sampled_from([None, 0.0, 0.5, 0.9, 1.0]))
    return structure.set_dropout(lesson, some(draw, ids(lesson)), rate)


def set_normalise(draw, lesson):
    return structure.set_normalise(lesson, some(draw, ids(lesson)), on=draw(st.booleans()))


def set_pieces(draw, lesson):
    return structure.set_pieces(lesson, some(draw, ids(lesson), 1, 1), draw(st.integers(1, 3)))


def set_group(draw, lesson):
    return structure.set_group(lesson, some(draw, ids(lesson)), draw(st.sampled_from([None, "g"])))


def set_text(draw, lesson):
    field = draw(st.sampled_from(["title", "description", "notes"]))
    text = draw(st.sampled_from(["", "A title", "a\0b", "two\nlines", "<b>&$x$</b>"]))
    return structure.set_text(lesson, field, text, draw(st.sampled_from([None, "en", "ru"])))


def addresses(draw, lesson):
    """Return addresses of steps, of any neuron and parameter; now and then of none."""
    neuron, name = one(draw, ids(lesson)), one(draw, [*lesson.network.parameters, "w"])
    other = one(draw, ids(lesson))
    possible = [
        f"weighted_sum:{neuron}.z#1", f"activation:{neuron}#1", f"delta:{neuron}.z#2", "loss:E#1",
        f"gradient_weight:{name}@{neuron}>{other}~2#1", f"update:{name}", "nonsense", "a:b:c",
    ]  # fmt: skip
    return some(draw, possible, 0, 3)


def blank_steps(draw, lesson):
    return worksheet_edits.blank_steps(lesson, addresses(draw, lesson), on=draw(st.booleans()))


def worksheets(draw, steps):
    """Return settings for worksheets, most of which a file may hold."""
    if draw(st.integers(0, 3)) == 0:
        return None
    return Worksheet(
        variants=draw(st.sampled_from([1, 30, 1001])),
        blank=tuple(draw(st.sampled_from([("sums",), ("deltas", "symbols"), ()]))),
        share=draw(st.sampled_from([30, 60, 100])),
        steps=tuple(steps),
        points=draw(st.booleans()),
        school=draw(st.sampled_from(["", "A \u201cschool\u201d", "two\nlines"])),
        language=draw(st.sampled_from(["", "en", "ru"])),
    )


def set_worksheet(draw, lesson):
    return worksheet_edits.set_worksheet(lesson, worksheets(draw, addresses(draw, lesson)))


EDITS = (
    add_neuron, add_layer, add_edge, remove, rename_neuron, rename_parameter, set_label, move_neuron, pin, paste,
    duplicate, set_bias, tie, untie, set_trainable, connect_all, set_dropout, set_normalise, set_pieces, set_group,
    set_text, blank_steps, set_worksheet,
)  # fmt: skip
# A network that grows with every edit says no more than a small one, and takes long.
GROWING = {add_neuron, add_layer, paste, duplicate}
LARGEST = 16


def edited(draw, lesson):
    """Return the lesson after any edit, or the lesson itself and the refusal."""
    is_large = len(lesson.network.neurons) > LARGEST
    edit = draw(st.sampled_from([one for one in EDITS if not (is_large and one in GROWING)]))
    try:
        return edit(draw, lesson), None
    except Refused as refusal:
        return lesson, refusal
