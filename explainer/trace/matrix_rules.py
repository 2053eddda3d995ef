"""Which rules of matrices the statements of a formula spell out in scalars: product, inverse, transpose and others.

Names of one letter with a row and a column, a11 … a22, are the entries of one matrix. A rule is found by what was
written, entry by entry: c11 = a11*b11 + a12*b21 and its three sisters are C = A·B, and nothing else is. Of other
statements nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

from explainer.maths.expression import parse_formula
from explainer.maths.functions import FUNCTIONS
from explainer.maths.trees import Apply, Formula, Name, Tree, walk
from explainer.trace.grids import Grid, Where, grids_among
from explainer.trace.tree_shapes import names_of_product, quotient, squared, terms, weighted

Kind = Literal[
    "product",
    "hadamard",
    "sum",
    "function",
    "transpose",
    "permutation",
    "inverse",
    "weighted",
    "squares",
]


class Rule(NamedTuple):
    """One rule: `result` is the letter of a matrix, or the name of a number for weighted and squares.

    `signs` are those of a sum, `function` the name of what is applied entry by entry, `moves[place]` where a permutation
    takes the entry at a place of the result from, `weights` what each entry counts in a weighted sum. `statements` are
    the names it explains, a determinant among them; a result without a name is "".
    """

    kind: Kind
    result: str
    arguments: tuple[str, ...]
    statements: frozenset[str]
    signs: tuple[int, ...] = ()
    function: str = ""
    moves: Mapping[Where, Where] = {}
    weights: Mapping[Where, float] = {}


class Rules(NamedTuple):
    """The matrices of a formula by their letters, and the rules between them in the order they are computed.

    `unexplained` are the letters of matrices that also go into something that is no rule, `named` all names of the formula.
    """

    grids: Mapping[str, Grid]
    found: tuple[Rule, ...]
    unexplained: frozenset[str]
    named: frozenset[str]

    def of(self, statement: str) -> Rule | None:
        """Return the rule that explains a statement."""
        return next((rule for rule in self.found if statement in rule.statements), None)

    def uses(self, letter: str) -> tuple[Rule, ...]:
        """Return the rules that a matrix goes into."""
        return tuple(rule for rule in self.found if letter in rule.arguments)


@lru_cache(maxsize=64)
def matrix_rules(formula: str, values: frozenset[str]) -> Rules:
    """Return the rules a formula of these variables spells out; none where it spells out none. Refused as `parse_formula`."""
    parsed = parse_formula(formula, values)
    named = {*values, *parsed.variables, *(name for name, *_ in parsed.statements if name)}
    grids = grids_among(named)
    reader = _Reader(parsed, grids)
    rules = tuple(reader.rules())
    known = {letter: grids[letter] for letter in _known(grids, rules)}
    return Rules(known, rules, reader.unexplained(rules), frozenset(named))


def _known(grids: Mapping[str, Grid], rules: tuple[Rule, ...]) -> list[str]:
    """Return the matrices that take part in rules, each after what it is computed from."""
    used = dict.fromkeys(letter for rule in rules for letter in (*rule.arguments, rule.result))
    return [letter for letter in used if letter in grids]


class _Reader:
    """Compares the trees of a matrix's entries with each rule in turn."""

    def __init__(self, formula: Formula, grids: Mapping[str, Grid]) -> None:
        self.formula = formula
        self.grids = grids
        self.trees = {name: tree for name, tree, _ in formula.statements if name is not None}
        self.letter_of = {name: grid for grid in grids.values() for name in grid.names}

    def rules(self) -> Iterator[Rule]:
        """Yield the rules found, in the order of the formula."""
        done: set[str] = set()
        last = self.formula.statements[-1]
        for name, tree, _ in self.formula.statements:
            grid = self.letter_of.get(name or "")
            rule = None
            if grid is not None and grid.letter not in done:
                done.add(grid.letter)
                rule = self._of_matrix(grid)
            elif grid is None and (name, tree) == last[:2]:
                rule = self._result(name or "", tree)
            if rule is not None:
                yield rule

    def unexplained(self, rules: tuple[Rule, ...]) -> frozenset[str]:
        """Return the letters of matrices that statements use of which no rule says anything."""
        explained = {name for rule in rules for name in rule.statements}
        used = {
            part.name
            for name, tree, _ in self.formula.statements
            if (name or "") not in explained
            for part in walk(tree)
            if isinstance(part, Name)
        }
        return frozenset(self.letter_of[name].letter for name in used if name in self.letter_of)

    def _of_matrix(self, grid: Grid) -> Rule | None:
        if not all(name in self.trees for name in grid.names):
            return None
        trees = {place: self.trees[grid.name(*place)] for place in grid.places}
        readers = (
            self._moved,
            self._product,
            self._hadamard,
            self._sum,
            self._function,
            self._inverse,
        )
        return next((rule for read in readers if (rule := read(grid, trees)) is not None), None)

    def _rule(self, kind: Kind, grid: Grid, arguments: tuple[str, ...]) -> Rule:
        return Rule(kind, grid.letter, arguments, frozenset(grid.names))

    def _moved(self, grid: Grid, trees: Mapping[Where, Tree]) -> Rule | None:
        """Read Y = Xᵀ or Y = πX: every entry is one entry of X, each taken once."""
        sources = [tree.name for tree in trees.values() if isinstance(tree, Name)]
        other = self._only([self.letter_of.get(name) for name in sources])
        if other is None or len(sources) != len(trees) or set(sources) != set(other.names):
            return None
        where = dict(zip(other.names, other.places, strict=True))
        moves = {place: where[name] for place, name in zip(trees, sources, strict=True)}
        if (grid.rows, grid.columns) == (other.columns, other.rows) and all(
            moves[i, j] == (j, i) for i, j in moves
        ):
            return self._rule("transpose", grid, (other.letter,))
        if (grid.rows, grid.columns) != (other.rows, other.columns):
            return None
        return self._rule("permutation", grid, (other.letter,))._replace(moves=moves)

    def _product(self, grid: Grid, trees: Mapping[Where, Tree]) -> Rule | None:
        """Read C = A·B."""
        pair = names_of_product(terms(trees[0, 0])[0][1]) or ()
        letters = [self.letter_of.get(name) for name in pair]
        if len(letters) != 2:
            return None
        for left, right in (letters, letters[::-1]):
            if left is not None and right is not None and self._is_product(trees, left, right):
                return self._rule("product", grid, (left.letter, right.letter))
        return None

    def _is_product(self, trees: Mapping[Where, Tree], left: Grid, right: Grid) -> bool:
        rows, columns = max(trees)[0] + 1, max(trees)[1] + 1
        if (left.rows, left.columns, right.columns) != (rows, right.rows, columns):
            return False
        return all(
            self._is_entry(tree, [{left.name(i, k), right.name(k, j)} for k in range(left.columns)])
            for (i, j), tree in trees.items()
        )

    def _is_entry(self, tree: Tree, wanted: list[set[str]]) -> bool:
        """Tell whether a tree is the sum of these products of two."""
        parts = terms(tree)
        found = [set(names_of_product(part) or ()) for _, part in parts]
        positive = all(sign > 0 for sign, _ in parts)
        return positive and sorted(map(sorted, found)) == sorted(map(sorted, wanted))

    def _hadamard(self, grid: Grid, trees: Mapping[Where, Tree]) -> Rule | None:
        """Read C = A ∘ B ∘ … with two factors or more."""
        letters = self._in_place(grid, {at: names_of_product(tree) for at, tree in trees.items()})
        many = letters is not None and len(letters) > 1
        return self._rule("hadamard", grid, letters) if many and letters else None

    def _sum(self, grid: Grid, trees: Mapping[Where, Tree]) -> Rule | None:
        """Read C = A ± B ± … with two terms or more."""
        parts_at = {place: terms(tree) for place, tree in trees.items()}
        signs = {tuple(sign for sign, _ in parts) for parts in parts_at.values()}
        names = {
            place: tuple(part.name for _, part in parts if isinstance(part, Name))
            for place, parts in parts_at.items()
        }
        complete = all(len(names[place]) == len(parts_at[place]) > 1 for place in names)
        letters = self._in_place(grid, names) if complete and len(signs) == 1 else None
        if letters is None:
            return None
        return self._rule("sum", grid, letters)._replace(signs=signs.pop())

    def _in_place(
        self, grid: Grid, names: Mapping[Where, tuple[str, ...] | None]
    ) -> tuple[str, ...] | None:
        """Return the letters of matrices of which each place has the entries of that place, in one order."""
        first = names[0, 0] or ()
        found = [self.letter_of.get(name) for name in first]
        others = [other for other in found if other is not None]
        same_shape = all((other.rows, other.columns) == grid[1:] for other in others)
        if not first or len(others) != len(first) or not same_shape:
            return None
        in_place = all(
            names[place] == tuple(other.name(*place) for other in others) for place in names
        )
        return tuple(other.letter for other in others) if in_place else None

    def _function(self, grid: Grid, trees: Mapping[Where, Tree]) -> Rule | None:
        """Read Y = f(X) with one function of one argument."""
        inside: dict[Where, tuple[str, ...] | None] = {}
        functions = set()
        for place, tree in trees.items():
            if not isinstance(tree, Apply) or tree.operation not in FUNCTIONS:
                return None
            functions.add(tree.operation)
            inside[place] = tuple(part.name for part in tree.arguments if isinstance(part, Name))
        letters = self._in_place(grid, inside)
        if letters is None or len(letters) != 1 or len(functions) != 1:
            return None
        return self._rule("function", grid, letters)._replace(function=functions.pop())

    def _inverse(self, grid: Grid, trees: Mapping[Where, Tree]) -> Rule | None:
        """Read Y = X⁻¹ of a 2×2 matrix, each entry divided by a determinant computed before."""
        parts = {place: quotient(tree) for place, tree in trees.items()}
        if grid[1:] != (2, 2) or None in parts.values():
            return None
        found = {place: part for place, part in parts.items() if part is not None}
        other = self._only([self.letter_of.get(name) for _, name, _ in found.values()])
        below = {name for *_, name in found.values()}
        if other is None or other[1:] != (2, 2) or len(below) != 1:
            return None
        determinant = below.pop()
        a, b, c, d = other.names
        wanted = {(0, 0): (1, d), (0, 1): (-1, b), (1, 0): (-1, c), (1, 1): (1, a)}
        entries = {place: part[:2] for place, part in found.items()}
        if entries != wanted or not self._is_determinant(determinant, other):
            return None
        rule = self._rule("inverse", grid, (other.letter,))
        return rule._replace(statements=rule.statements | {determinant})

    def _is_determinant(self, name: str, grid: Grid) -> bool:
        tree = self.trees.get(name)
        a, b, c, d = grid.names
        if tree is None:
            return False
        found = [(sign, frozenset(names_of_product(part) or ())) for sign, part in terms(tree)]
        return found == [(1, frozenset({a, d})), (-1, frozenset({b, c}))]

    def _result(self, name: str, tree: Tree) -> Rule | None:
        """Read E = Σ ± weight · entry, or E = Σ entry², of all entries of one matrix."""
        parts = terms(tree)
        squares = [squared(part) for _, part in parts]
        if None not in squares and all(sign > 0 for sign, _ in parts):
            return self._of_entries("squares", name, [(str(entry), 1.0) for entry in squares])
        found = [(sign, weighted(part)) for sign, part in parts]
        entries = [(term[0], sign * term[1]) for sign, term in found if term is not None]
        return self._of_entries("weighted", name, entries) if len(entries) == len(parts) else None

    def _of_entries(self, kind: Kind, name: str, entries: list[tuple[str, float]]) -> Rule | None:
        grid = self._only([self.letter_of.get(entry) for entry, _ in entries])
        if grid is None or sorted(entry for entry, _ in entries) != sorted(grid.names):
            return None
        weight = dict(entries)
        places = {place: weight[grid.name(*place)] for place in grid.places}
        return Rule(kind, name, (grid.letter,), frozenset({name}))._replace(weights=places)

    @staticmethod
    def _only(grids: list[Grid | None]) -> Grid | None:
        """Return the one matrix that all of them are."""
        return grids[0] if grids and len(set(grids)) == 1 else None
