"""The boundaries of the design, read off the imports: who may know what."""

import ast
from pathlib import Path

import pytest

from projects import ROOT

MODULES = sorted((ROOT / "register").rglob("*.py"))
SOCKETS = {"socket", "ssl", "http", "requests", "urllib.request", "urllib3", "httpx", "aiohttp", "linkcheck"}
FILES = {"pathlib", "os", "io", "shutil", "tempfile", "glob", "subprocess"}
# What knows neither files nor the network: values in, values out.
PURE = [
    ROOT / "register" / name
    for name in (
        "model.py",
        "dates.py",
        "problems.py",
        "public_hosts.py",
        "edit/input_schema.py",
        "characters.py",
        "load/rules.py",
        "load/telephone.py",
        "load/validation.py",
        "load/validation_messages.py",
        "load/yaml_hints.py",
        "site/search_index.py",
        "site/urls.py",
        "site/prose.py",
        "site/macros.py",
        "site/policy.py",
        "site/web_hosts.py",
        "site/presenter.py",
        "site/generated_pages.py",
    )
] + [path for folder in ("state", "site/pages", "exports") for path in (ROOT / "register" / folder).glob("*.py")]


# What writes a file's bytes in memory.
IN_MEMORY = [ROOT / "register" / "exports" / f"{name}.py" for name in ("tables", "workbook")]


def named(path: Path) -> str:
    """A path from the project's folder."""
    return path.relative_to(ROOT).as_posix()


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


def imported_of(path: Path, names: set[str]) -> set[str]:
    """Which of some modules a module imports, whole or in part."""
    imported = imports(path)
    return {name for name in names if any(held == name or held.startswith(f"{name}.") for held in imported)}


def importers_of(*names: str) -> set[str]:
    """The files of the package, and macros.py, that import any of some modules."""
    return {named(path) for path in [*MODULES, ROOT / "macros.py"] if imported_of(path, set(names))}


def opens_files(path: Path) -> bool:
    """Whether a module calls ``open``, for which nothing need be imported."""
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    return any(isinstance(call.func, ast.Name) and call.func.id == "open" for call in calls)


@pytest.mark.parametrize("path", PURE, ids=named)
def test_values_in_and_values_out_needs_no_file_no_network_no_yaml_and_no_mkdocs(path: Path) -> None:
    forbidden = {"yaml", "mkdocs", *SOCKETS, *(FILES - ({"io"} if path in IN_MEMORY else set()))}
    assert imported_of(path, forbidden) == set()
    assert not opens_files(path)


def test_the_model_knows_nothing_else_of_the_package() -> None:
    known = {name.rpartition(".")[0] for name in imports(ROOT / "register" / "model.py") if name.startswith("register")}
    assert known == {"register.dates", "register.problems", "register.public_hosts"}


def test_only_the_loader_reads_yaml_and_one_module_writes_it() -> None:
    assert importers_of("yaml") == {"register/load/yaml_source.py", "register/edit/data_text.py"}


def test_only_the_process_for_it_reads_a_report() -> None:
    assert importers_of("pypdfium2") == {"register/transcribe/pdf_text.py"}
    assert importers_of("PIL") == {"register/site/share_picture.py"}


def test_one_module_reads_spreadsheets_and_one_writes_each_of_the_two_workbooks() -> None:
    assert importers_of("openpyxl") == {"register/spreadsheet/zipped.py"}
    assert importers_of("zipfile") == {"register/spreadsheet/zipped.py", "register/zip_archive.py"}
    assert importers_of("xlsxwriter") == {"register/spreadsheet/workbook.py", "register/exports/workbook.py"}


def test_only_what_writes_a_bill_of_materials_needs_the_library_for_it() -> None:
    assert importers_of("cyclonedx", "packageurl") == {"register/inventory/sbom.py"}


def test_mkdocs_is_known_only_to_its_hooks_and_to_what_starts_it() -> None:
    assert importers_of("mkdocs", "mkdocs_macros", "material") == {"macros.py", "register/site/mkdocs_build.py"}


def test_only_the_link_check_opens_network_connections() -> None:
    assert {name for name in importers_of(*SOCKETS) if not name.startswith("register/links/")} == set()


def test_only_the_plugin_imports_linkchecker_whose_licence_it_shares() -> None:
    assert importers_of("linkcheck") == {"register/links/plugin/page_report.py"}
    plugin = (ROOT / "register" / "links" / "plugin" / "page_report.py").read_text(encoding="utf-8")
    assert plugin.startswith("# SPDX-License-Identifier: GPL-2.0-or-later\n")


def test_pages_and_exports_do_not_know_each_other() -> None:
    assert {name for name in importers_of("register.exports") if name.startswith("register/site/pages/")} == set()
    assert {name for name in importers_of("register.site.pages") if name.startswith("register/exports/")} == set()


def test_each_part_knows_only_those_before_it() -> None:
    """Data, checked register, snapshot, pages and exports: nothing earlier knows anything later."""
    later = {
        "load": {"register.state", "register.site", "register.exports", "register.checks"},
        "state": {"register.site", "register.exports", "register.checks"},
        "exports": {"register.checks", "register.site.site", "register.site.macros"},
    }
    for folder, names in later.items():
        for path in (ROOT / "register" / folder).rglob("*.py"):
            assert imported_of(path, names) == set(), named(path)


def test_the_hooks_are_short_and_keep_nothing() -> None:
    source = (ROOT / "macros.py").read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 65
    assert module_state(ROOT / "macros.py") == []


def test_the_day_is_asked_of_the_clock_only() -> None:
    asked = {
        named(path)
        for path in [*MODULES, ROOT / "macros.py"]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith(("date.today", "datetime.now", "utcnow", "time.time", "time.localtime"))
    }
    assert asked == {"register/clock.py"}


# ── no module keeps anything ───────────────────────────────────────────────────────────────────

MUTABLE = (ast.Dict, ast.List, ast.Set, ast.DictComp, ast.ListComp, ast.SetComp)
CHANGES = {"append", "add", "update", "setdefault", "pop", "clear", "extend", "insert", "remove", "popitem", "discard"}
# Filled while the module is read, and never again: each rule enters itself where it stands.
FILLED_ONCE = {"register/load/rules.py: RULES"}
# Worked out of a kind of record alone, which never changes; a build asks for it dozens of times.
WORKED_OUT_ONCE = {f"register/{name}.py: cache" for name in ("model", "exports/json_schema", "exports/tables")}


def module_state(path: Path) -> list[str]:
    """What a module keeps from call to call: caches, globals that are assigned, containers that functions change."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    containers = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name) and (isinstance(node.value, MUTABLE) or _makes_container(node.value))
    }
    found = set[str]()
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Lambda)):
        for node in ast.walk(function):
            found |= {name for name in _changed(node) if name in containers}
            if isinstance(node, ast.Global):
                found |= set(node.names)
    caches = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id in ("cache", "lru_cache")}
    caches |= {
        node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in ("cache", "lru_cache")
    }
    return sorted(found | caches)


def _makes_container(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func).partition("[")[0] in ("dict", "list", "set", "Counter")


def _changed(node: ast.AST) -> set[str]:
    """The names whose content one step of code changes."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGES:
        return {ast.unparse(node.func.value)}
    if isinstance(node, ast.Assign | ast.AugAssign | ast.Delete):
        targets = [node.target] if isinstance(node, ast.AugAssign) else node.targets
        held = {ast.unparse(one.value) for one in targets if isinstance(one, ast.Subscript)}
        return held | ({ast.unparse(node.target)} if isinstance(node, ast.AugAssign) else set())
    return set()


def cached_functions(path: Path) -> list[ast.FunctionDef]:
    """The functions of a module that are asked once for each argument."""
    functions = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)]
    return [node for node in functions if any(ast.unparse(one) == "cache" for one in node.decorator_list)]


def test_what_is_worked_out_once_comes_from_a_kind_of_record_alone() -> None:
    functions = [node for path in MODULES for node in cached_functions(path)]
    assert {node.name: ast.unparse(node.args) for node in functions} == {
        "inquiry_fields": "kind: type[Record]",
        "columns": "kind: type[Record]",
        "_marks": "kind: type[Record]",
    }


def test_no_module_keeps_anything_from_call_to_call() -> None:
    kept = [f"{named(path)}: {name}" for path in [*MODULES, ROOT / "macros.py"] for name in module_state(path)]
    assert set(kept) == FILLED_ONCE | WORKED_OUT_ONCE


@pytest.mark.parametrize(
    "source",
    [
        "COMMAND = {'name': 'build'}\ndef f(command):\n    COMMAND['name'] = command\n",
        "SEEN: set[str] = set()\ndef f(x):\n    SEEN.add(x)\n",
        "HELD = []\ndef f(x):\n    global HELD\n    HELD = [x]\n",
        "HELD = []\ndef f(x):\n    HELD += [x]\n",
        "import functools\n@functools.cache\ndef f(x):\n    return x\n",
        "from functools import lru_cache\n@lru_cache\ndef f(x):\n    return x\n",
        "HELD = dict[str, int]()\nclass A:\n    def f(self, x):\n        del HELD[x]\n",
    ],
)
def test_a_module_that_keeps_something_is_found(tmp_path: Path, source: str) -> None:
    path = tmp_path / "module.py"
    path.write_text(source)
    assert module_state(path) != []


# ── names and words ────────────────────────────────────────────────────────────────────────────


def test_every_module_is_named_for_what_it_does() -> None:
    vague = {"utils", "util", "helpers", "helper", "manager", "common", "misc", "core", "base", "lib"}
    assert [named(path) for path in MODULES if path.stem in vague] == []


def test_every_type_has_a_name_of_its_own() -> None:
    """One word, one thing: no two classes of the package share a name."""
    classes: dict[str, list[str]] = {}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                classes.setdefault(node.name.lstrip("_"), []).append(named(path))
    assert {name: places for name, places in classes.items() if len(places) > 1} == {}


@pytest.mark.parametrize("path", [*MODULES, ROOT / "macros.py"], ids=named)
def test_every_module_and_everything_public_in_it_says_what_it_is_for(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), path.name
    public = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    public += [
        inner
        for node in public
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
        for inner in node.body
        if isinstance(inner, ast.FunctionDef)
    ]
    for node in public:
        if not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{path.name}: {node.name}"


def test_no_word_of_the_real_partnership_stands_in_code() -> None:
    """A second partnership adopts this by changing only data/, docs/ and mkdocs.yml."""
    paths = [*MODULES, ROOT / "macros.py", ROOT / "mkdocs.base.yml"]
    paths += [path for folder in ("register", "theme") for path in (ROOT / folder).rglob("*.html")]
    text = {named(path): path.read_text(encoding="utf-8").lower() for path in paths}
    assert "register/site/pages/recommendation.html" in text
    found = [
        f"{name} names {word}"
        for name, held in text.items()
        for word in ("worcestershire", "telford", "west mercia", "wscp")
        if word in held
    ]
    assert found == []
