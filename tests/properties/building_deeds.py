"""Every edit of a session that builds or adjusts the network, with arguments drawn by Hypothesis."""

from hypothesis import strategies as st

from tests.lesson.structure.any_edits import (
    addresses,
    all_uses,
    columns,
    edge_keys,
    ids,
    one,
    some,
    worksheets,
)

COPIES = ("", "nonsense", "{}", '{"format": "explainer-lesson"}', "1\t2", "[[[[")


def some_name(draw, session):
    return one(draw, sorted(session.lesson.network.parameters))


# --- building ------------------------------------------------------------------------------


def add_neuron(draw, session):
    column = one(draw, columns(session.lesson))
    session.add_neuron(column, draw(st.none() | st.integers(0, 3)))


def add_layer(draw, session):
    session.add_layer(one(draw, columns(session.lesson)), draw(st.none() | st.integers(1, 3)))


def add_edge(draw, session):
    pairs = [(a, b) for a in ids(session.lesson) for b in ids(session.lesson)]
    free = [pair for pair in pairs if session.edge_refusal(*pair) is None]
    source, target = one(draw, free if free and draw(st.integers(0, 3)) else pairs)
    session.add_edge(source, target, draw(st.sampled_from([0, 0, 0, 1])))


def connect_all(draw, session):
    session.connect_all(some(draw, ids(session.lesson), 0, 4))


def delete(draw, session):
    edges = some(draw, edge_keys(session.lesson), 0, 2) if session.lesson.network.edges else []
    session.delete(some(draw, ids(session.lesson), 0, 2), edges)


def move_neuron(draw, session):
    name, index = one(draw, ids(session.lesson)), draw(st.integers(0, 4))
    session.move_neuron(name, index, continuing=draw(st.booleans()))


def pin(draw, session):
    at = draw(st.none() | st.tuples(st.integers(0, 4), st.floats(0, 3)))
    session.pin(one(draw, ids(session.lesson)), at, continuing=draw(st.booleans()))


def copy_and_paste(draw, session):
    copied = session.copy(some(draw, ids(session.lesson)))
    session.paste(one(draw, [copied, copied, *COPIES]))


def duplicate(draw, session):
    session.duplicate(some(draw, ids(session.lesson)))


# --- adjusting -----------------------------------------------------------------------------


def rename_neuron(draw, session):
    new = draw(st.sampled_from(["q", "q1", "z9", "o1", "a_b", "1x", "я", "h" * 33]))
    session.rename_neuron(one(draw, ids(session.lesson)), new)


def rename_parameter(draw, session):
    new = draw(st.sampled_from(["q", "q1", "w_h1_o1", "b_h1", "b", "", "w 1"]))
    session.rename_parameter(some_name(draw, session), new)


def set_label(draw, session):
    label = draw(st.sampled_from([None, "", "h_1", r"\hat{y}", "\\input", "x'"]))
    session.set_label(one(draw, ids(session.lesson)), label, continuing=draw(st.booleans()))


def set_text(draw, session):
    field = draw(st.sampled_from(["title", "description", "notes"]))
    text = draw(st.sampled_from(["", "A title", "a\0b", "two\nlines", "<b>&$x$</b>"]))
    session.set_text(field, text, continuing=draw(st.booleans()))


def set_bias(draw, session):
    session.set_bias(some(draw, ids(session.lesson)), draw(st.booleans()))


def tie(draw, session):
    session.tie(some(draw, sorted(session.lesson.network.parameters), 1, 3))


def untie(draw, session):
    session.untie(one(draw, all_uses(session.lesson)))


def set_trainable(draw, session):
    names = some(draw, sorted(session.lesson.network.parameters))
    session.set_trainable(names, draw(st.booleans()))


def set_dropout(draw, session):
    rate = draw(st.sampled_from([None, 0.0, 0.5, 0.9, 1.0]))
    session.set_dropout(some(draw, ids(session.lesson)), rate, continuing=draw(st.booleans()))


def set_normalise(draw, session):
    session.set_normalise(some(draw, ids(session.lesson)), draw(st.booleans()))


def set_group(draw, session):
    session.set_group(some(draw, ids(session.lesson)), draw(st.sampled_from([None, "g"])))


def set_pieces(draw, session):
    session.set_pieces(some(draw, ids(session.lesson), 1, 1), draw(st.integers(1, 3)))


# --- worksheets ----------------------------------------------------------------------------


def blank_steps(draw, session):
    session.blank_steps(addresses(draw, session.lesson), draw(st.booleans()))


def set_worksheet(draw, session):
    session.set_worksheet(worksheets(draw, addresses(draw, session.lesson)))


GROWING = (add_neuron, add_layer, connect_all, copy_and_paste, duplicate)
OF_STRUCTURE = (
    *GROWING, add_edge, delete, move_neuron, pin, rename_neuron, rename_parameter, set_label, set_text, set_bias, tie,
    untie, set_trainable, set_dropout, set_normalise, set_group, set_pieces,
    blank_steps, set_worksheet,
)  # fmt: skip
