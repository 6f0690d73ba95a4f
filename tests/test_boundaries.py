"""The boundaries of the design, read off the imports: who may know what."""

import ast
from pathlib import Path

import pytest

from projects import ROOT

MODULES = sorted((ROOT / "register").rglob("*.py"))
SOCKETS = {"socket", "ssl", "http", "requests", "urllib.request", "urllib3", "httpx", "aiohttp", "linkcheck"}
FILES = {"pathlib", "os", "io", "shutil", "tempfile", "glob", "subprocess"}


def imports(path: Path) -> set[str]:
    """The full names of everything a module imports, anywhere in it: ``urllib.request``, ``register.model.Link``."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports by dots; write the full name"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("__import__", "importlib.import_module"):
            found.add(ast.unparse(node))
    return found


def knows(path: Path, names: set[str]) -> set[str]:
    """Which of some modules a module imports, whole or in part."""
    imported = imports(path)
    return {name for name in names if any(held == name or held.startswith(f"{name}.") for held in imported)}


def who_knows(*names: str) -> set[str]:
    """The files of the package, and macros.py, that import any of some modules."""
    paths = [*MODULES, ROOT / "macros.py"]
    return {path.relative_to(ROOT).as_posix() for path in paths if knows(path, set(names))}


def test_the_model_knows_neither_yaml_nor_files_nor_the_rest_of_the_package() -> None:
    model = ROOT / "register" / "model.py"
    assert knows(model, {"yaml", "mkdocs", "jinja2", *FILES, *SOCKETS}) == set()
    assert {name for name in imports(model) if name.startswith("register")} == {"register.dates.PartialDate"}


def test_only_source_reads_yaml() -> None:
    assert who_knows("yaml") == {"register/source.py"}


@pytest.mark.parametrize(
    "name", ["rules", "fold", "views", "dates", "problems", "difference", "yearly", "facets", "audiences", "generated"]
)
def test_what_reckons_knows_no_yaml_no_mkdocs_no_templates_and_no_files(name: str) -> None:
    assert knows(ROOT / "register" / f"{name}.py", {"yaml", "mkdocs", "jinja2", "open", *FILES, *SOCKETS}) == set()


@pytest.mark.parametrize("name", ["rules", "fold"])
def test_rules_and_fold_know_only_the_model_and_its_words(name: str) -> None:
    known = {
        held.rpartition(".")[0] for held in imports(ROOT / "register" / f"{name}.py") if held.startswith("register")
    }
    assert known <= {"register.model", "register.dates", "register.problems"}


def test_mkdocs_is_known_only_to_the_door() -> None:
    assert who_knows("mkdocs", "mkdocs_macros", "material") == {"macros.py"}


def test_only_the_link_check_opens_sockets() -> None:
    assert {name for name in who_knows(*SOCKETS) if not name.startswith("register/links")} == set()


def test_the_exports_write_no_file_and_are_known_only_to_the_door_the_nouns_and_the_promises() -> None:
    room = ROOT / "register" / "exports"
    for path in room.glob("*.py"):
        assert knows(path, {"yaml", "mkdocs", "jinja2", *FILES - {"io"}, *SOCKETS}) == set(), path.name
    outside = {name for name in who_knows("register.exports") if not name.startswith("register/exports/")}
    assert outside == {"macros.py", "register/nouns.py", "register/promises.py"}


def test_the_day_is_asked_of_the_clock_only() -> None:
    asked = {
        path.name
        for path in [*MODULES, ROOT / "macros.py"]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith(("date.today", "datetime.now", "utcnow", "time.time", "time.localtime"))
    }
    assert asked == {"clock.py"}


def test_no_module_keeps_a_cache() -> None:
    kept = [
        f"{path.name}: {ast.unparse(node)}"
        for path in [*MODULES, ROOT / "macros.py"]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Global)
        or (isinstance(node, ast.Name) and node.id in ("cache", "lru_cache"))
        or (isinstance(node, ast.Attribute) and node.attr in ("cache", "lru_cache"))
    ]
    assert kept == []


def test_every_module_is_named_for_what_it_does() -> None:
    vague = {"utils", "util", "helpers", "helper", "manager", "common", "misc", "core", "base", "lib"}
    assert [path.name for path in MODULES if path.stem in vague] == []


@pytest.mark.parametrize("path", [*MODULES, ROOT / "macros.py"], ids=lambda path: path.stem)
def test_every_module_and_everything_public_in_it_says_what_it_is_for(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), path.name
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{path.name}: {node.name}"


def test_no_word_of_the_real_partnership_stands_in_code() -> None:
    """A second partnership adopts this by changing only data/, docs/ and mkdocs.yml."""
    paths = [*MODULES, ROOT / "macros.py", ROOT / "mkdocs.base.yml"]
    paths += [path for folder in ("register/templates", "theme") for path in (ROOT / folder).rglob("*.html")]
    named = [
        f"{path.relative_to(ROOT)} names {word}"
        for path in paths
        for word in ("worcestershire", "telford", "west mercia", "wscp")
        if word in path.read_text(encoding="utf-8").lower()
    ]
    assert named == []
