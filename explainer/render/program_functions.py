"""The activations of a lesson as functions of a program, for NumPy each with its slope."""

from __future__ import annotations

from explainer.lesson.choice import Choice
from explainer.maths.chosen import activation_operation, activation_row
from explainer.maths.code import Library, operation_source
from explainer.maths.slope_source import slope_source, typed_slope_source
from explainer.maths.typed_activation import TypedActivation
from explainer.maths.typed_source import is_constant, typed_source
from explainer.render.program_names import Names, indented


class Functions:
    """Collects the functions that a program needs, each once."""

    def __init__(self, names: Names, library: Library) -> None:
        self.lines: list[str] = []
        self._names = names
        self._library = library
        self._known: set[str] = set()

    def call(self, choice: Choice, arguments: list[str]) -> str:
        """Return the call of an activation; arguments are z and the parameters it learns."""
        name = self._name(choice)
        if name not in self._known:
            self._known.add(name)
            self._define(name, choice)
        return f"{name}({', '.join(arguments)})"

    def slope(self, choice: Choice, index: int, arguments: list[str]) -> str:
        """Return the call of an activation's derivative by one argument, defined for NumPy."""
        name = f"{self._name(choice)}_slope"
        if index:
            name += f"_{choice.named[index - 1][0]}"
        if name not in self._known:
            self._known.add(name)
            self._define_slope(name, choice, index)
        return f"{name}({', '.join(arguments)})"

    def _name(self, choice: Choice) -> str:
        wanted = "f" if choice.expression is not None else choice.name
        return self._names.of(("function", choice), wanted)

    @staticmethod
    def _arguments(choice: Choice) -> list[str]:
        return ["z", *(parameter for parameter, _ in choice.named)]

    def _define(self, name: str, choice: Choice) -> None:
        operation, arguments = activation_operation(choice), self._arguments(choice)
        if isinstance(operation, TypedActivation):
            body = typed_source(operation.tree, {operation.variable: "z"}, self._library)
            # A constant is one for every sample, and autograd wants to come from somewhere.
            result = f"{body.result} + 0 * z" if is_constant(operation.tree) else body.result
            self._add(name, arguments, [*body.lines], result)
            return
        own = self._own_function(choice) if self._library == "torch" else ""
        text = own or operation_source(operation, arguments, self._library)
        self._add(name, arguments, [], text)

    @staticmethod
    def _own_function(choice: Choice) -> str:
        return activation_row(choice).torch_source("z", dict(choice.parameters))

    def _define_slope(self, name: str, choice: Choice, index: int) -> None:
        operation, arguments = activation_operation(choice), self._arguments(choice)
        if isinstance(operation, TypedActivation):
            body = typed_slope_source(operation.tree, {operation.variable: "z"}, operation.variable)
            self._add(name, arguments, [*body.lines], body.result)
        else:
            self._add(name, arguments, [], slope_source(operation, index, arguments))

    def _add(self, name: str, arguments: list[str], lines: list[str], result: str) -> None:
        head = f"def {name}({', '.join(arguments)}):"
        self.lines += [head, *indented([*lines, f"return {result}"]), "", ""]
