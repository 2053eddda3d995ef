"""Every public edit of a session, with arguments drawn by Hypothesis: sensible ones mostly, senseless ones too."""

from hypothesis import strategies as st
from msgspec.structs import replace

from explainer.lesson.choice import Choice
from explainer.lesson.examples import example
from explainer.lesson.lesson import Data, Feature
from explainer.lesson.templates import TEMPLATES, new_lesson
from explainer.maths.initialisers import INITIALISERS
from explainer.session.options import edge_target, sections, targets
from tests.lesson.structure.any_edits import edge_keys, one
from tests.properties.building_deeds import GROWING, OF_STRUCTURE, some_name

# Lessons of every kind; small ones, so that fifty steps of any kind take little.
STARTS = (
    "lecture-2-2-1", "mazur-2-2-2", "xor-2-2-1", "softmax-classifier", "dropout", "batch-norm", "prelu", "maxout",
    "recurrent", "convolution", "circle-features", "adam", "perceptron-rule", "xor-feature", "graph-reuse", "graph-sin",
)  # fmt: skip
# A network that grows with every edit says no more than a small one, and takes long.
MOST_NEURONS = 14
MOST_EDGES = 40
MOST_SAMPLES = 12
VALUES = st.floats(-2, 2).map(lambda value: round(value, 2)) | st.sampled_from(
    [0.0, -0.0, 1.0, 1e-9, 50.0]
)
FORMULAS = (
    "x*y + sin(x)", "(a + b)*(a - b)", "exp(-x**2)", "sigmoid(w*x + b)", "x + x", "u = x*2\nu*u", "3", "x/", "", "q(x",
)  # fmt: skip


def row(draw, session):
    return draw(st.integers(0, len(session.lesson.data.inputs)))


def rows(draw, session):
    return set(draw(st.lists(st.integers(0, len(session.lesson.data.inputs)), max_size=3)))


def place(draw, session, part):
    table = getattr(session.lesson.data, part)
    return draw(st.integers(0, len(table) - 1)), draw(st.integers(0, len(table[0]) - 1))


# --- values --------------------------------------------------------------------------------


def set_parameter(draw, session):
    name, continuing = some_name(draw, session), draw(st.booleans())
    session.set_parameter(name, draw(VALUES), continuing=continuing)


def set_input(draw, session):
    sample, column = place(draw, session, "inputs")
    columns_seen = len(session.lesson.network.of_role("input"))
    column = min(column, columns_seen - 1)
    session.set_input(sample, column, draw(VALUES), continuing=draw(st.booleans()))


def set_target(draw, session):
    session.set_target(
        *place(draw, session, "targets"), draw(VALUES), continuing=draw(st.booleans())
    )


def set_learning_rate(draw, session):
    session.set_learning_rate(draw(st.floats(0, 2)), continuing=draw(st.booleans()))


def keep_these_weights(draw, session):
    session.keep_these_weights()


# --- data ----------------------------------------------------------------------------------


def set_cells(draw, session):
    cell = st.none() | VALUES
    width = draw(st.integers(1, 2))
    block = draw(st.lists(st.lists(cell, min_size=width, max_size=width), min_size=1, max_size=3))
    column = draw(st.integers(0, len(session.lesson.data.inputs[0])))
    session.set_cells(row(draw, session), column, block, pasted=draw(st.booleans()))


def insert_rows(draw, session):
    session.insert_rows(row(draw, session), draw(st.integers(1, 2)))


def delete_rows(draw, session):
    session.delete_rows(rows(draw, session))


def move_rows(draw, session):
    session.move_rows(rows(draw, session), draw(st.sampled_from([-1, 1])))


def set_test(draw, session):
    session.set_test(rows(draw, session), is_test=draw(st.booleans()))


def split_test(draw, session):
    session.split_test(row(draw, session), draw(st.integers(0, 3)))


def add_noise(draw, session):
    deviation = draw(st.sampled_from([0.1, 0.5, 0.0, -1.0]))
    session.add_noise(draw(st.sampled_from(["inputs", "targets"])), deviation, 3)


def replace_data(draw, session):
    width, outputs = draw(st.integers(1, 3)), draw(st.integers(1, 2))
    table = st.tuples(*[VALUES] * width), st.tuples(*[VALUES] * outputs)
    count = draw(st.integers(1, 3))
    inputs, targets = (tuple(draw(st.tuples(*[part] * count))) for part in table)
    session.replace_data(Data(inputs, targets), adapt=draw(st.booleans()))


def set_features(draw, session):
    known = session.lesson.data.features
    new = [Feature("p", one(draw, ["x1*x1", "sin(x1)", "x1*x2", "1/x1", "x9", "x1 +"]))]
    chosen = draw(st.sampled_from([known, (*known[1:],), (*known, *new), tuple(new), ()]))
    given = len(session.lesson.data.inputs[0])
    seen = draw(st.none() | st.sets(st.integers(0, given - 1)))
    session.set_features(chosen, seen)


# --- choosing ------------------------------------------------------------------------------


def menus_of(draw, session):
    """Draw of whom the choices are, then return all their menus."""
    lesson = session.lesson
    keys = [""]
    if lesson.expression is None:
        keys += [target.key for target in targets(lesson)]
        keys += [edge_target(key) for key in edge_keys(lesson)[:6]]
    found = sections(lesson, draw(st.sampled_from(keys)))
    return [menu for section in found for menu in section.menus if menu.id != "target"]


def choose_option(draw, session):
    menu = one(draw, [menu for menu in menus_of(draw, session) if menu.options or menu.action])
    changes = [option.change for option in menu.options if option.change is not None]
    if menu.action is not None:
        changes.append(menu.action.change)
    if changes:
        session.choose(one(draw, changes))


def choose_number(draw, session):
    numbers = [number for menu in menus_of(draw, session) for number in menu.quantities]
    if numbers:
        number = one(draw, numbers)
        whole = st.integers(-1, 6).map(float)
        session.choose(number.change(draw(whole if number.whole else whole | VALUES)))


def choose_formula(draw, session):
    texts = [menu.typed for menu in menus_of(draw, session) if menu.typed is not None]
    typed = one(draw, [*FORMULAS, "tanh(z) + z", "max(0, z)", "z/(1+exp(-z))"])
    if texts:
        session.choose(one(draw, texts).change(typed))


# --- a formula -----------------------------------------------------------------------------


def set_formula(draw, session):
    session.set_formula(one(draw, FORMULAS))


def set_expression_value(draw, session):
    names = sorted(session.lesson.expression.values)
    if names:
        name = one(draw, names)
        session.set_expression_value(name, draw(VALUES), continuing=draw(st.booleans()))


# --- whole lessons -------------------------------------------------------------------------


def reload(draw, session):
    """Take what somebody else has written to the file meanwhile."""
    lesson = example(draw(st.sampled_from(STARTS)))
    session.reload(replace(lesson, title=draw(st.sampled_from(["one", "another"]))))


def blank_steps_of_formula(draw, session):
    """Blank steps of a formula; its names are those of nodes, some of which there are not."""
    names = [*session.lesson.expression.values, "v1", "u"]
    kinds = st.sampled_from(["operation", "gradient_node"])
    addresses = [f"{draw(kinds)}:{name}#1" for name in draw(st.lists(st.sampled_from(names)))]
    session.blank_steps(addresses, draw(st.booleans()))


MORE_SAMPLES = (insert_rows, set_cells)
OF_VALUES = (set_parameter, set_input, set_target, set_learning_rate, keep_these_weights)
OF_DATA = (
    *MORE_SAMPLES, delete_rows, move_rows, set_test, split_test, add_noise, replace_data, set_features,
)  # fmt: skip
CHOICES = (choose_option, choose_option, choose_number, choose_formula)
OF_FORMULA = (set_formula, set_expression_value, blank_steps_of_formula, *CHOICES)


def deeds_for(lesson):
    """Return the edits that make sense for a lesson."""
    if lesson.expression is not None:
        return OF_FORMULA
    network = lesson.network
    is_large = len(network.neurons) > MOST_NEURONS or len(network.edges) > MOST_EDGES
    avoided = (*(GROWING if is_large else ()),)
    if len(lesson.data.inputs) > MOST_SAMPLES:
        avoided = (*avoided, *MORE_SAMPLES)
    return [deed for deed in (*OF_VALUES, *OF_STRUCTURE, *OF_DATA, *CHOICES) if deed not in avoided]


def fresh_lesson(draw):
    """Return another lesson to begin with: built in, or new from a template."""
    if draw(st.booleans()):
        return example(draw(st.sampled_from(STARTS)))
    sizes = draw(st.lists(st.integers(1, 3), min_size=2, max_size=4))
    activation = draw(st.sampled_from(["sigmoid", "tanh", "relu", "identity"]))
    initialiser = draw(st.sampled_from(sorted(INITIALISERS)))
    template = draw(st.sampled_from(sorted(TEMPLATES)))
    return new_lesson(sizes, Choice(activation), Choice(initialiser), 1, template)
