"""Which modules import which: what does not import the mutated module can be read once for all its mutants."""

import ast
from pathlib import Path


def unaffected_by(module: str, root: Path) -> list[str]:
    """Return the names of the package's modules that do not import a module, directly or through others.

    Args:
        module: the module's path from the project's folder.
        root: the project's folder.
    """
    imports = {_name(path, root): _imported(path) for path in sorted((root / "register").rglob("*.py"))}
    affected = {_name(root / module, root)}
    while more := {name for name, named in imports.items() if named & affected} - affected:
        affected |= more
    return [name for name in imports if name not in affected and not name.endswith("__main__")]


def _name(path: Path, root: Path) -> str:
    return ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def _imported(path: Path) -> set[str]:
    """The full names of all that a module imports, anywhere in it, and of the packages around them."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {".".join(name.split(".")[:length]) for name in found for length in range(1, name.count(".") + 2)}
