"""One record as typed, checked against its kind: a record of the model comes out, and every problem with its line.

What is wrong is left out and the rest is kept, so that one mistake does not hide the next.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from register.load.validation_messages import problems_of, swallowed
from register.load.yaml_source import MOST_FOUND, Fields, Items, Node
from register.model import Origin, Record
from register.problems import Problem, counted

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Validated(Generic[R]):
    """What became of one record."""

    record: R | None  # made of what is usable; None if too little is
    problems: list[Problem]


def validate(node: Fields, kind: type[R], path: str, name: str) -> Validated[R]:
    """Check one record against its kind.

    Args:
        node: the record as typed.
        kind: the class that it must fit.
        path: the file, as messages show it.
        name: the record, as messages show it.
    """
    lost = list(swallowed(node, kind, path, name))
    problems, away = [problem for problem, _ in lost], {location for _, location in lost}
    usable: Fields | None = node
    explained = False
    while usable is not None:
        try:
            record = kind.model_validate(usable)
        except ValidationError as error:
            errors = error.errors(include_url=False)
            if not explained:
                problems += _problems([one for one in errors if one["loc"] not in away], node, kind, path, name)
                explained = True
            usable = cast(Fields | None, _without(usable, {_smallest_part(error) for error in errors}))
        else:
            _set_origins(record, usable, path, name)
            return Validated(record, problems)
    return Validated(None, problems)


def _problems(errors: list[ErrorDetails], node: Fields, kind: type[Record], path: str, name: str) -> list[Problem]:
    """The first mistakes, each explained, and how many more there are: to explain one takes longer than to find it."""
    problems = problems_of(errors[:MOST_FOUND], node, kind, path, name)
    if more := len(errors[MOST_FOUND:]):
        what = f"has {counted(more, 'mistake')} more"
        problems.append(Problem(path, node.line, name, what, "mend the others first", "more-problems"))
    return problems


def _smallest_part(error: ErrorDetails) -> tuple[int | str, ...]:
    """The least to leave out so that the rest may be valid: the value that is wrong, or the record that lacks one."""
    location = error["loc"]
    return location[:-1] if error["type"] == "missing" else location


def _without(node: Node, left_out: set[tuple[int | str, ...]], at: tuple[int | str, ...] = ()) -> Node | None:
    """A copy of the tree without the parts at these locations; None if nothing is left of a record."""
    if at in left_out:
        return None
    if isinstance(node, Fields):
        return _fields_without(node, left_out, at)
    if isinstance(node, Items):
        return _items_without(node, left_out, at)
    return node


def _fields_without(node: Fields, left_out: set[tuple[int | str, ...]], at: tuple[int | str, ...]) -> Fields:
    kept = Fields(node.line)
    kept.whole = node.whole
    for name, value in node.items():
        inner = _without(value, left_out, (*at, name))
        if inner is None or (isinstance(inner, Items) and not inner.whole):
            kept.whole = False
        if inner is not None:
            kept[name], kept.lines[name] = inner, node.lines[name]
    return kept


def _items_without(node: Items, left_out: set[tuple[int | str, ...]], at: tuple[int | str, ...]) -> Items:
    kept = Items(node.line)
    kept.whole = node.whole
    for index, value in enumerate(node):
        inner = _without(value, left_out, (*at, index))
        if inner is None and isinstance(value, str):
            kept.whole = False
        if inner is not None:
            kept.append(inner)
            kept.lines.append(node.lines[index])
    return kept


def _set_origins(record: Record, node: Fields, path: str, name: str) -> None:
    """Let a record and the records inside it know where they were typed."""
    record.set_origin(Origin(path, node.line, name, node.lines, node.whole))
    for field, value in node.items():
        held = getattr(record, field, None)  # None where a name of Python's stands in the way: "from"
        if isinstance(held, Record):
            _set_origins(held, cast(Fields, value), path, name)
        elif isinstance(held, list):
            for inner, inner_node in zip(held, value, strict=True):
                if isinstance(inner, Record):
                    _set_origins(inner, cast(Fields, inner_node), path, name)
