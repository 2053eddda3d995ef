"""Random formulas: every operation and function, nodes used several times, values at which they can be computed."""

from hypothesis import strategies as st

from explainer.lesson.lesson import FORMAT, VERSION, Expression, Lesson
from explainer.maths.functions import FUNCTIONS

VARIABLES = ("x", "y", "z", "w1")
# They have a value for every argument.
ANYWHERE = sorted(set(FUNCTIONS) - {"log", "sqrt", "asin", "acos", "tan", "exp", "cosh", "sinh"})
numbers = st.integers(-9, 9).map(str) | st.floats(0.1, 9).map(lambda value: f"{value:.2f}")


@st.composite
def parts(draw, names, depth):
    """Draw an expression in these names."""
    leaf = st.sampled_from(names) | numbers.map(lambda text: f"({text})")
    if depth == 0 or draw(st.integers(0, 4)) == 0:
        return draw(leaf)
    inside = parts(names, depth - 1)
    kind = draw(st.sampled_from(["+", "-", "*", "/", "^", "function", "negative"]))
    if kind == "function":
        name = draw(st.sampled_from(ANYWHERE))
        count = FUNCTIONS[name].arity or draw(st.integers(1, 4))
        return f"{name}({', '.join(draw(inside) for _ in range(count))})"
    if kind == "negative":
        return f"(-{draw(inside)})"
    if kind == "^":
        return f"({draw(inside)})^{draw(st.integers(1, 3))}"
    if kind == "/":
        # A denominator of at least 1.
        return f"({draw(inside)})/(1 + ({draw(inside)})^2)"
    terms = draw(st.lists(inside, min_size=2, max_size=4))
    return "(" + f" {kind} ".join(terms) + ")"


@st.composite
def formulas(draw, depth=3):
    """Draw a lesson about a formula of one to three statements."""
    names = list(VARIABLES[: draw(st.integers(1, 4))])
    statements = []
    for index in range(draw(st.integers(1, 3))):
        body = draw(parts(names, depth))
        names.append(f"n{index}")
        statements.append(f"n{index} = {body}")
    if draw(st.booleans()):
        statements[-1] = statements[-1].partition(" = ")[2]
    text = "; ".join(statements)
    values = {name: draw(st.floats(-2, 2).map(lambda value: round(value, 2))) for name in VARIABLES}
    return with_used_values(text, values)


def with_used_values(text, values):
    """Return a lesson about a formula with the values of the variables it has."""
    from explainer.maths.expression import parse_formula

    used = parse_formula(text).variables
    expression = Expression(text, {name: values[name] for name in used})
    return Lesson(FORMAT, VERSION, "A random formula", expression=expression)


# What is written instead of the argument where a function has no value, or too large a one, for some of them.
GUARDS = {
    "log": "0.1 + {x}^2",
    "sqrt": "0.1 + {x}^2",
    "asin": "0.9*sin({x})",
    "acos": "0.9*sin({x})",
    "exp": "tanh({x})",
    "sinh": "3*tanh({x})",
    "cosh": "3*tanh({x})",
}
MOST_NODES = 12


@st.composite
def statements(draw):
    """Draw a lesson about a formula of at most 12 operations, one a statement, over all functions there are."""
    names = list(VARIABLES[: draw(st.integers(1, 4))])
    lines, nodes = [], 0
    while True:
        kind = draw(st.sampled_from(["+", "-", "*", "/", "^", "negative", *["function"] * 6]))
        body, added = draw(operations(names, kind))
        nodes += added
        if lines and (nodes > MOST_NODES or draw(st.integers(0, 7)) == 0):
            break
        names.append(f"n{len(lines)}")
        lines.append(f"{names[-1]} = {body}")
    values = {name: draw(st.floats(-2, 2).map(lambda value: round(value, 2))) for name in VARIABLES}
    return with_used_values("; ".join(lines), values)


@st.composite
def operations(draw, names, kind):
    """Draw one operation on names, and how many nodes it takes."""

    def name():
        # Later names more often, so that statements lead to one another.
        return draw(st.sampled_from([*names, *names[-2:]]))

    if kind == "negative":
        return f"-{name()}", 1
    if kind == "^":
        return f"{name()}^{draw(st.integers(0, 3))}", 1
    if kind == "/":
        return f"{name()}/(1 + {name()}^2)", 3
    if kind != "function":
        number = draw(numbers)
        count = draw(st.integers(2, 3))
        return f" {kind} ".join([*(name() for _ in range(count)), f"({number})"]), 1
    function = draw(st.sampled_from(sorted(FUNCTIONS)))
    if function in GUARDS:
        return f"{function}({GUARDS[function].format(x=name())})", 3
    arguments = [name() for _ in range(FUNCTIONS[function].arity or draw(st.integers(1, 4)))]
    return f"{function}({', '.join(arguments)})", 1
