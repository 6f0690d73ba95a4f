"""Makes mutants: copies of a module with one small mistake each, such as ``<`` for ``<=``.

The mistakes are those of mutmut's mutators, and a few more that a hurried person makes: a forgotten condition, a
condition the wrong way round, one too few, ``min`` for ``max``, a forgotten ``sorted``. Only mutmut's mutators are used and
not its command, which leaves out decorated functions and what stands outside functions: here every rule, every
property and the whole model. What is not mutated, and why:

- docstrings, type annotations (mypy checks them) and the descriptions of the model's fields (prose for readers);
- the arguments of ``len`` and ``isinstance``, as in mutmut: any test that gets there sees the error;
- texts in other letter cases, which mutmut also offers: a test that misses a changed text misses those too;
- a name set to None, "" or False at first, set to another value that is as false: mypy refuses most, nothing tells the rest.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import libcst as cst
import libcst.matchers as m
from libcst.metadata import CodeRange, MetadataWrapper, WhitespaceInclusivePositionProvider
from mutmut.mutation.mutators import mutation_operators, operator_arg_removal, operator_assignment, operator_string

Key = tuple[str, str, str]  # module, definition, change


@dataclass(frozen=True)
class Mutant:
    """A module with one mistake."""

    module: str  # its path from the project's folder
    definition: str  # the function or class that holds the mistake; "" outside of any
    line: int
    before: str  # the lines that differ, in one
    after: str
    source: str  # the whole module with the mistake

    @property
    def key(self) -> Key:
        """What it is known by as long as its line is not written otherwise; where the line stands does not matter."""
        return (self.module, self.definition, f"{self.before} → {self.after}")

    def __str__(self) -> str:
        return f"{self.module}:{self.line}: {self.definition or 'module'}: {self.before} → {self.after}"


def mutants_of(source: str, module: str) -> list[Mutant]:
    """Return every mutant of a module, in the order of its lines; none stands twice and all of them compile."""
    visitor = _Visitor()
    wrapper = MetadataWrapper(cst.parse_module(source))
    wrapper.visit(visitor)
    starts = _line_starts(source)
    made: dict[str, Mutant] = {source: Mutant(module, "", 0, "", "", source)}
    for definition, where, code in visitor.found(wrapper.module):
        start, end = (starts[at.line - 1] + at.column for at in (where.start, where.end))
        mutated = source[:start] + code + source[end:]
        if mutated not in made and _compiles(mutated):
            line, before, after = _difference(source, mutated)
            made[mutated] = Mutant(module, definition, line, before, after, mutated)
    return sorted(list(made.values())[1:], key=lambda mutant: mutant.line)


def _line_starts(source: str) -> list[int]:
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    return starts


def _compiles(source: str) -> bool:
    try:
        compile(source, "mutant", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True


def _difference(source: str, mutated: str) -> tuple[int, str, str]:
    """The first line that differs, by its number, and the lines that differ before and after, each in one."""
    before, after = ([line.strip() for line in text.split("\n")] for text in (source, mutated))
    first = next(place for place, (one, two) in enumerate(zip(before, after, strict=False)) if one != two)
    while before[-1] == after[-1] and min(len(before), len(after)) > first + 1:
        before, after = before[:-1], after[:-1]
    return first + 1, _in_one_line(before[first:]), _in_one_line(after[first:])


def _in_one_line(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())


class _Visitor(cst.CSTVisitor):
    """Collects the nodes that may hold a mistake, with the definition that they stand in."""

    METADATA_DEPENDENCIES = (WhitespaceInclusivePositionProvider,)

    def __init__(self) -> None:
        self._definitions: list[str] = []
        self._mistakes: list[tuple[str, CodeRange, cst.CSTNode]] = []

    def found(self, module: cst.Module) -> Iterator[tuple[str, CodeRange, str]]:
        """Yield each mistake: the definition, the place, and the code to put there."""
        for definition, where, mistake in self._mistakes:
            yield definition, where, module.code_for_node(mistake)

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            self._definitions.append(node.name.value)
        if _is_left_out(node):
            return False
        for kind, mutator in MUTATORS:
            for mistake in mutator(node) if isinstance(node, kind) else ():
                replaced, new = mistake if isinstance(mistake, tuple) else (node, mistake)
                where = self.get_metadata(WhitespaceInclusivePositionProvider, replaced)
                self._mistakes.append((".".join(self._definitions), where, new))
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if isinstance(original_node, cst.FunctionDef | cst.ClassDef):
            self._definitions.pop()


def _is_left_out(node: cst.CSTNode) -> bool:
    """Whether nothing within a node is mutated."""
    docstring = m.matches(node, m.Expr(value=m.SimpleString() | m.ConcatenatedString()))
    description = m.matches(node, m.Arg(keyword=m.Name("description")))
    return docstring or description or isinstance(node, cst.Annotation)


# What stands for a node, or for one within it.
Replaced = tuple[cst.CSTNode, cst.CSTNode]


# ── what mutmut has, less what the top of this file leaves out ────────────────────────────────────


def _text(node: cst.BaseString) -> Iterable[cst.BaseString]:
    """Of mutmut's three the first: text with XX on both sides."""
    return [*operator_string(node)][:1]


_YES_OR_NO = m.Name("True") | m.Name("False")


def _arguments(node: cst.Call) -> Iterable[cst.Call]:
    """An argument left out, or None in its place; True and False are mutated as names already."""
    if m.matches(node.func, m.Name("len") | m.Name("isinstance")):
        return []
    kept = {place for place, argument in enumerate(node.args) if m.matches(argument.value, _YES_OR_NO)}
    return [
        made
        for made in operator_arg_removal(node)
        if len(made.args) < len(node.args) or all(made.args[place] is node.args[place] for place in kept)
    ]


def _assignment(node: cst.Assign | cst.AnnAssign) -> Iterable[cst.CSTNode]:
    false = m.Name("None") | m.Name("False") | m.SimpleString('""')
    return [] if node.value is None or m.matches(node.value, false) else operator_assignment(node)


# ── what mutmut lacks ─────────────────────────────────────────────────────────────────────────────


_TURNED = m.Equal() | m.NotEqual() | m.Is() | m.IsNot() | m.In() | m.NotIn()


def _other_way_round(node: cst.If | cst.While | cst.CompIf) -> Iterator[Replaced]:
    """``if a`` as ``if not (a)``, where no other mutator turns it round."""
    if m.matches(node.test, m.UnaryOperation(m.Not()) | m.Comparison(comparisons=[m.ComparisonTarget(_TURNED)])):
        return
    parenthesised = node.test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    yield node.test, cst.UnaryOperation(cst.Not(), parenthesised)


def _one_side(node: cst.BooleanOperation) -> Iterator[cst.CSTNode]:
    """``a and b`` as ``a`` and as ``b``."""
    yield from (node.left, node.right)


def _one_less(node: cst.Integer) -> Iterator[cst.CSTNode]:
    if node.evaluated_value > 0:
        yield node.with_changes(value=str(node.evaluated_value - 1))


def _text_of_a_sentence(node: cst.FormattedStringText) -> Iterator[cst.CSTNode]:
    """The words of an f-string, which mutmut leaves alone."""
    yield node.with_changes(value=f"{node.value}XX")


_OTHER_FUNCTION = {"min": "max", "max": "min", "any": "all", "all": "any"}


def _another_function(node: cst.Call) -> Iterator[cst.CSTNode]:
    if isinstance(node.func, cst.Name) and node.func.value in _OTHER_FUNCTION:
        yield node.with_changes(func=cst.Name(_OTHER_FUNCTION[node.func.value]))


def _forgotten_call(node: cst.Call) -> Iterator[cst.CSTNode]:
    """``sorted(a)`` as ``list(a)``, and ``a.strip()`` as ``a``."""
    if m.matches(node.func, m.Name("sorted") | m.Name("reversed")):
        yield node.with_changes(
            func=cst.Name("list"), args=[node.args[0].with_changes(comma=cst.MaybeSentinel.DEFAULT)]
        )
    elif isinstance(node.func, cst.Attribute) and node.func.attr.value in (
        "strip",
        "lstrip",
        "rstrip",
        "lower",
        "upper",
    ):
        yield node.func.value


def _forgotten_step(node: cst.Expr) -> Iterator[cst.CSTNode]:
    """A call for its effect, or a yield, not made."""
    if isinstance(node.value, cst.Call):
        yield node.with_changes(value=cst.Name("None"))


_LIMITED = {operator_string: _text, operator_assignment: _assignment, operator_arg_removal: _arguments}
MUTATORS: list[tuple[Any, Callable[[Any], Iterable[cst.CSTNode | Replaced]]]] = [
    *((kind, _LIMITED.get(mutator, mutator)) for kind, mutator in mutation_operators),
    (cst.If, _other_way_round),
    (cst.While, _other_way_round),
    (cst.CompIf, _other_way_round),
    (cst.BooleanOperation, _one_side),
    (cst.Integer, _one_less),
    (cst.FormattedStringText, _text_of_a_sentence),
    (cst.Call, _another_function),
    (cst.Call, _forgotten_call),
    (cst.Expr, _forgotten_step),
]
