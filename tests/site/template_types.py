"""Checks templates against the types of their presenters, as mypy checks code: a name that is not there is found unread.

Walks a template's syntax tree with the type of each name. A macro is checked with the types that it is called with.
What cannot be known by type (what a filter returns, a number of a loop) is taken as it comes.
"""

import inspect
import types
import typing
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import jinja2
from jinja2 import nodes

from register.site.presenter import Presenter

UNKNOWN = Any
Names = dict[str, Any]


class Checker:
    """Checks the templates of one environment."""

    def __init__(self, environment: jinja2.Environment) -> None:
        """Take the environment that fills the templates: its globals are known in each."""
        self._environment = environment
        self._globals: Names = {**environment.globals, "href": UNKNOWN}
        self._macros: dict[tuple[str, str], nodes.Macro] = {}
        self._seen: set[tuple[str, str, str]] = set()
        self.mistakes: list[str] = []

    def check(self, presenter: type[Presenter]) -> list[str]:
        """Return what a presenter's template names that it does not have, each as ``template:line: what``."""
        hints = typing.get_type_hints(presenter)
        names = {name: hint for name, hint in hints.items() if typing.get_origin(hint) is not typing.ClassVar}
        self._file(presenter.template, names)
        return self.mistakes

    def _file(self, template: str, names: Names) -> None:
        self._here = template
        self._body(self._parsed(template).body, {**self._globals, **names})

    def _parsed(self, template: str) -> nodes.Template:
        loader = self._environment.loader
        assert loader
        source, _, _ = loader.get_source(self._environment, template)
        return self._environment.parse(source, template)

    def _mistake(self, node: nodes.Node, text: str) -> Any:
        self.mistakes.append(f"{self._here}:{node.lineno}: {text}")
        return UNKNOWN

    # ── statements ─────────────────────────────────────────────────────────────────────────────

    def _body(self, body: list[nodes.Node], names: Names) -> None:
        for node in body:
            getattr(self, f"_do_{type(node).__name__.lower()}")(node, names)

    def _do_output(self, node: nodes.Output, names: Names) -> None:
        for part in node.nodes:
            if not isinstance(part, nodes.TemplateData):
                self._type(part, names)

    def _do_if(self, node: nodes.If, names: Names) -> None:
        self._type(node.test, names)
        for body in (node.body, node.else_):
            self._body(body, dict(names))
        for branch in node.elif_:
            self._do_if(branch, names)

    def _do_for(self, node: nodes.For, names: Names) -> None:
        item = _item(self._type(node.iter, names))
        inner = {**names, "loop": UNKNOWN}
        self._bind(node.target, item, inner)
        if node.test:
            self._type(node.test, inner)
        self._body(node.body, inner)
        self._body(node.else_, dict(names))

    def _bind(self, target: nodes.Node, held: Any, names: Names) -> None:
        if isinstance(target, nodes.Name):
            names[target.name] = held
        elif isinstance(target, nodes.Tuple):
            parts = _parts(held, len(target.items))
            for inner, part in zip(target.items, parts, strict=True):
                self._bind(inner, part, names)

    def _do_assign(self, node: nodes.Assign, names: Names) -> None:
        self._bind(node.target, self._type(node.node, names), names)

    def _do_macro(self, node: nodes.Macro, names: Names) -> None:
        names[node.name] = (self._here, node)

    def _do_fromimport(self, node: nodes.FromImport, names: Names) -> None:
        template = node.template.as_const()
        known: Names = dict(self._globals)
        here, self._here = self._here, template
        for statement in self._parsed(template).body:
            if isinstance(statement, nodes.Macro | nodes.FromImport):
                self._body([statement], known)
        self._here = here
        for imported in node.names:
            name = imported if isinstance(imported, str) else imported[0]
            names[name] = known.get(name) or self._mistake(node, f"{template} has no macro '{name}'")

    # ── expressions ────────────────────────────────────────────────────────────────────────────

    def _type(self, node: nodes.Expr | None, names: Names) -> Any:
        if node is None:
            return UNKNOWN
        found = getattr(self, f"_type_{type(node).__name__.lower()}", self._type_other)
        return found(node, names)

    def _type_other(self, node: nodes.Expr, names: Names) -> Any:
        for child in node.iter_child_nodes():
            self._type(typing.cast(nodes.Expr, child), names)
        return UNKNOWN

    def _type_const(self, node: nodes.Const, names: Names) -> Any:
        return type(node.value)

    def _type_tuple(self, node: nodes.Tuple, names: Names) -> Any:
        return tuple[tuple(self._type(item, names) for item in node.items)]  # type: ignore[misc]

    def _type_list(self, node: nodes.List, names: Names) -> Any:
        held = [self._type(item, names) for item in node.items]
        return list[typing.Union[tuple(held)]] if held and all(map(_is_type, held)) else list[Any]  # noqa: UP007

    def _type_condexpr(self, node: nodes.CondExpr, names: Names) -> Any:
        self._type(node.test, names)
        held = [self._type(node.expr1, names), self._type(node.expr2, names)]
        return typing.Union[tuple(held)] if all(map(_is_type, held)) else UNKNOWN  # noqa: UP007

    def _type_or(self, node: nodes.Or, names: Names) -> Any:
        held = [self._type(node.left, names), self._type(node.right, names)]
        return typing.Union[tuple(held)] if all(map(_is_type, held)) else UNKNOWN  # noqa: UP007

    def _type_name(self, node: nodes.Name, names: Names) -> Any:
        if node.name not in names:
            return self._mistake(node, f"nothing is called '{node.name}'")
        return names[node.name]

    def _type_getattr(self, node: nodes.Getattr, names: Names) -> Any:
        held = self._type(node.node, names)
        if inspect.ismodule(held):
            return getattr(held, node.attr, None) or self._mistake(node, f"{held.__name__} has no '{node.attr}'")
        if held is UNKNOWN or not _is_type(held):
            return UNKNOWN
        return self._attribute(node, held, node.attr)

    def _attribute(self, node: nodes.Node, held: Any, name: str) -> Any:
        found = [_attribute(kind, name) for kind in _members(held)]
        if any(one is None for one in found):
            return self._mistake(node, f"{_name(held)} has no '{name}'")
        return typing.Union[tuple(found)] if all(map(_is_type, found)) else found[0]  # noqa: UP007

    def _type_getitem(self, node: nodes.Getitem, names: Names) -> Any:
        held = self._type(node.node, names)
        self._type(node.arg, names)
        if typing.get_origin(held) is dict:
            return typing.get_args(held)[1]
        return _item(held)

    def _type_filter(self, node: nodes.Filter, names: Names) -> Any:
        held = self._type(node.node, names)
        for argument in node.args:
            self._type(argument, names)
        for keyword in node.kwargs:
            if node.name == "map" and keyword.key == "attribute":
                return list[self._attribute(node, _item(held), keyword.value.as_const())]  # type: ignore[misc]
        return held if node.name in ("unique", "list", "sort") else UNKNOWN

    def _type_call(self, node: nodes.Call, names: Names) -> Any:
        called = self._type(node.node, names)
        arguments = [self._type(argument, names) for argument in node.args]
        if isinstance(called, tuple) and isinstance(called[1], nodes.Macro):
            self._call_macro(node, called, arguments, names)
        if isinstance(node.node, nodes.Getattr) and node.node.attr == "items":
            held = self._type(node.node.node, names)
            if typing.get_origin(held) is dict:
                return list[tuple[typing.get_args(held)]]  # type: ignore[misc]
        return UNKNOWN

    def _call_macro(self, node: nodes.Call, called: Any, arguments: list[Any], names: Names) -> None:
        template, macro = called
        if len(arguments) != len(macro.args):
            self._mistake(node, f"'{macro.name}' takes {len(macro.args)} arguments")
            return
        bound = {one.name: held for one, held in zip(macro.args, arguments, strict=True)}
        key = (template, macro.name, repr(bound))
        if key in self._seen:
            return
        self._seen.add(key)
        here, self._here = self._here, template
        known = {**self._globals, **self._defined_in(template), **bound}
        self._body(macro.body, known)
        self._here = here

    def _defined_in(self, template: str) -> Names:
        """The macros that a template defines or imports."""
        known: Names = dict(self._globals)
        for statement in self._parsed(template).body:
            if isinstance(statement, nodes.Macro | nodes.FromImport):
                self._body([statement], known)
        return known


def _is_type(held: Any) -> bool:
    return isinstance(held, type | types.UnionType | types.GenericAlias) or typing.get_origin(held) is not None


def _members(held: Any) -> Iterator[Any]:
    """The types that a value can have; that it may be missing is for the template's own ``if``."""
    if typing.get_origin(held) in (typing.Union, types.UnionType):
        yield from (inner for inner in typing.get_args(held) if inner is not type(None))
    elif typing.get_origin(held) is typing.Annotated:
        yield from _members(typing.get_args(held)[0])
    elif held is not type(None):
        yield held


def _item(held: Any) -> Any:
    """What a list, or a tuple of one kind, holds; what a loop over it gives."""
    found = [typing.get_args(kind)[0] for kind in _members(held) if typing.get_args(kind)]
    return found[0] if len(found) == 1 else UNKNOWN


def _parts(held: Any, number: int) -> list[Any]:
    for kind in _members(held):
        if typing.get_origin(kind) is tuple and len(typing.get_args(kind)) == number:
            return list(typing.get_args(kind))
    return [UNKNOWN] * number


def _attribute(kind: Any, name: str) -> Any:
    """The type of an attribute; None if there is none."""
    kind = typing.get_origin(kind) or kind
    if kind is Any:
        return UNKNOWN
    if name in (hints := typing.get_type_hints(kind)):
        return hints[name]
    found = inspect.getattr_static(kind, name, None)
    if isinstance(found, property | cached_property):
        function = found.fget if isinstance(found, property) else found.func
        return typing.get_type_hints(function)["return"]
    return UNKNOWN if found is not None else None


def _name(held: Any) -> str:
    return " or ".join(getattr(kind, "__name__", str(kind)) for kind in _members(held))
