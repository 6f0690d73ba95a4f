"""Compiled templates that are kept save time and change nothing: whatever is wrong with them, pages are the same."""

import sys
from collections.abc import Callable
from pathlib import Path

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.site.compiled_templates import CompiledTemplates
from register.site.render import Renderer


class Pages:
    """A folder of templates and a package with a filter, as a build has them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.kept, self.package = folder, folder / "kept", folder / "package"
        self.package.mkdir()
        self.write("page.html", "{{ 'one' | loud }} and {{ two }}")
        self.change_code("1")

    def write(self, name: str, template: str) -> None:
        """Write a template."""
        (self.folder / name).write_text(template, encoding="utf-8")

    def change_code(self, code: str) -> None:
        """Change the package."""
        (self.package / "module.py").write_text(code, encoding="utf-8")

    def shown(self, loud: Callable[[str], str] = str.upper) -> tuple[str, list[str]]:
        """What the page shows in a build of its own, and which templates had to be compiled."""
        compiled = list[str]()

        class Counting(jinja2.Environment):
            def _compile(self, source: str, filename: str) -> object:
                compiled.append(Path(filename).name)
                return super()._compile(source, filename)

        environment = Counting(
            loader=jinja2.FileSystemLoader(self.folder), bytecode_cache=CompiledTemplates(self.kept, self.package)
        )
        environment.filters["loud"] = loud
        return environment.get_template("page.html").render(two="2"), compiled

    @property
    def files(self) -> list[Path]:
        """What is kept."""
        return sorted(self.kept.iterdir()) if self.kept.is_dir() else []


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pages:
    """Templates where Python may keep what it compiles, as it usually may."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return Pages(tmp_path)


def test_a_template_is_compiled_once_and_shows_the_same_again(pages: Pages) -> None:
    assert pages.shown() == ("ONE and 2", ["page.html"])
    assert pages.shown() == ("ONE and 2", [])


def test_a_changed_template_is_compiled_again_and_takes_the_place_of_the_last(pages: Pages) -> None:
    pages.shown()
    pages.write("page.html", "only {{ two }}")
    assert pages.shown() == ("only 2", ["page.html"])
    assert [path.name for path in pages.files] == ["page.html.compiled"]


def test_a_filter_that_jinja_applied_beforehand_is_applied_anew_when_the_code_has_changed(pages: Pages) -> None:
    pages.shown()
    pages.change_code("2")
    assert pages.shown(str.title) == ("One and 2", ["page.html"])


@given(at=st.integers(min_value=0), sign=st.binary(max_size=3), cut=st.booleans())
def test_a_broken_file_is_as_good_as_none(
    tmp_path_factory: pytest.TempPathFactory, at: int, sign: bytes, cut: bool
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "dont_write_bytecode", False)
        pages = Pages(tmp_path_factory.mktemp("broken"))
        pages.shown()
        (kept,) = pages.files
        whole = kept.read_bytes()
        place = at % len(whole)
        broken = whole[:place] + sign + (b"" if cut else whole[place + len(sign) :])
        kept.write_bytes(broken)
        assert pages.shown() == ("ONE and 2", [] if broken == whole else ["page.html"])
        assert kept.read_bytes() == whole


def test_where_nothing_can_be_kept_pages_are_the_same(pages: Pages) -> None:
    pages.kept.write_text("a file where the folder would be", encoding="utf-8")
    assert pages.shown() == pages.shown() == ("ONE and 2", ["page.html"])


def test_nothing_is_kept_where_python_may_keep_nothing(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert pages.shown() == pages.shown() == ("ONE and 2", ["page.html"])
    assert pages.files == []


def test_the_build_keeps_its_templates_beside_them_in_a_folder_that_git_ignores() -> None:
    cache = Renderer().environment.bytecode_cache
    assert isinstance(cache, CompiledTemplates)
    assert cache.folder.name == "__pycache__"
    assert (cache.folder.parent / "recommendation.html").is_file()
