"""What a build takes from Material, as docs-dev/decisions/0013-material-stays-the-base.md says: that much and no more."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import jinja2
import material
import pytest
from jinja2 import meta, nodes
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from projects import ROOT, SAMPLE_DAY, Project

MATERIAL = Path(material.__file__).parent / "templates"
# What a build opens of Material's theme: its settings, and the one template that pages extend.
OPENED = {"mkdocs_theme.yml", "main.html"}
# Builds a site and says which files below a folder were opened (Python's audit events, PEP 578).
WATCHED_BUILD = """
import sys
opened = set()
def watch(event, arguments):
    if event == "open" and str(arguments[0]).startswith(sys.argv[1]):
        opened.add(str(arguments[0]))
sys.addaudithook(watch)
from mkdocs.__main__ import cli
cli(["build", "--quiet"], standalone_mode=False)
print(*sorted(opened), sep="\\n")
"""


@pytest.fixture(scope="module")
def config() -> MkDocsConfig:
    """The project's settings as MkDocs reads them."""
    return load_config(str(ROOT / "mkdocs.yml"))


def templates(environment: jinja2.Environment, name: str) -> Iterator[tuple[str, Path]]:
    """A template and all that it extends or includes, each with its file."""
    assert environment.loader
    source, path, _ = environment.loader.get_source(environment, name)
    yield name, Path(path)
    for other in meta.find_referenced_templates(environment.parse(source)):
        assert other, f"{name} names a template that only a build can know"
        yield from templates(environment, other)


def blocks(path: Path) -> set[str]:
    """The names of the blocks that a template offers to those that extend it."""
    tree = jinja2.Environment(extensions=["jinja2.ext.loopcontrols"]).parse(path.read_text(encoding="utf-8"))
    return {block.name for block in tree.find_all(nodes.Block)}


def test_pages_take_one_template_of_material(config: MkDocsConfig) -> None:
    environment = config.theme.get_env()
    read = [found for name in ("main.html", "404.html") for found in templates(environment, name)]
    assert {name for name, path in read if MATERIAL in path.parents} == {"main.html"}
    assert {name for name, path in read if ROOT / "theme" in path.parents} >= {"404.html", "base.html"}


def test_every_template_of_the_theme_is_used(config: MkDocsConfig) -> None:
    environment = config.theme.get_env()
    read = {path for name in ("main.html", "404.html") for _, path in templates(environment, name)}
    assert set((ROOT / "theme").rglob("*.html")) - read == set()


def test_blocks_keep_the_names_that_material_gives_them() -> None:
    own = blocks(ROOT / "theme" / "base.html") | blocks(ROOT / "theme" / "partials" / "header.html")
    assert own - blocks(MATERIAL / "base.html") == {"title"}, "'title' is for 404.html; all others are Material's"


@pytest.mark.full_build
def test_a_build_opens_two_files_of_material(project: Project) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCHED_BUILD, str(MATERIAL)],
        cwd=project.folder,
        env={**os.environ, "SOURCE_DATE_EPOCH": SAMPLE_DAY, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    opened = [Path(line).relative_to(MATERIAL) for line in done.stdout.splitlines()]
    assert {path.as_posix() for path in opened if path.suffix in (".html", ".yml", ".js", ".css")} == OPENED
