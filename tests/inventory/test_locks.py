"""The locks hold what pyproject.toml asks for, in versions that it allows, with hashes, and nothing that nobody needs."""

import importlib.metadata
import re
import tomllib
from collections.abc import Iterator

import pytest
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from projects import ROOT
from register.inventory.locks import LockFile, read_lock

PROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
LOCKS = {path.name: path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("requirements*.txt"))}


def asked_for(project: dict, group: str) -> list[Requirement]:
    """What pyproject.toml asks for, with one of its groups; "" for none."""
    held = [Requirement(text) for text in project["project"]["dependencies"]]
    for one in project["dependency-groups"][group] if group else []:
        if isinstance(one, str):
            held.append(Requirement(one))
        else:
            held += asked_for(project, one["include-group"])
    return held


def needed(wanted: list[Requirement]) -> set[str]:
    """The names of all that some requirements bring with them, on any system, as the installed packages say.

    What a package that is not installed needs is not known.
    """
    found: set[tuple[str, str]] = set()
    waiting = [(canonicalize_name(one.name), extra) for one in wanted for extra in ("", *one.extras)]
    while waiting:
        if (step := waiting.pop()) in found:
            continue
        found.add(step)
        name, extra = step
        try:
            stated = importlib.metadata.requires(name) or []
        except importlib.metadata.PackageNotFoundError:
            continue
        for one in map(Requirement, stated):
            extras = re.findall(r'extra == "([\w.-]+)"', str(one.marker))
            if not extras or canonicalize_name(extra) in map(canonicalize_name, extras):
                waiting += [(canonicalize_name(one.name), inner) for inner in ("", *one.extras)]
    return {name for name, _ in found}


def disagreements(project_text: str, texts: dict[str, str]) -> Iterator[str]:
    """Where pyproject.toml and its locks, by their names, do not agree."""
    project = tomllib.loads(project_text)
    locks = {name: read_lock(text) for name, text in texts.items()}
    groups = {f"requirements{f'-{group}' if group else ''}.txt": group for group in ("", *project["dependency-groups"])}
    yield from (f"{name}: there is no such lock" for name in groups if name not in locks)
    yield from (f"{name}: no group of pyproject.toml has this lock" for name in locks if name not in groups)
    oldest = str(SpecifierSet(project["project"]["requires-python"])).removeprefix(">=")
    versions: dict[str, dict[str, list[str]]] = {}
    for name, lock in locks.items():
        if lock.python != oldest:
            yield f"{name}: is for Python {lock.python}, not {oldest}"
        yield from (f"{name}: {one.name} has no hash" for one in lock.packages if not one.sha256)
        for one in lock.packages:
            versions.setdefault(one.name, {}).setdefault(one.version, []).append(name)
        if name in groups:
            yield from of_one_lock(name, lock, asked_for(project, groups[name]))
    for package, held in versions.items():
        if len(held) > 1:
            yield f"{package}: locks hold different versions: {', '.join(sorted(held))}"


def of_one_lock(name: str, lock: LockFile, wanted: list[Requirement]) -> Iterator[str]:
    """Where one lock does not hold what is asked for, or holds what nothing needs."""
    held = {one.name: one.version for one in lock.packages}
    for one in wanted:
        version = held.get(canonicalize_name(one.name))
        if version is None:
            yield f"{name}: {one.name} is missing"
        elif not one.specifier.contains(version, prereleases=True):
            yield f"{name}: {one.name} {version} is not {one.specifier}"
    yield from (f"{name}: nothing needs {package}" for package in sorted(set(held) - needed(wanted)))


def test_the_locks_and_the_project_agree() -> None:
    assert list(disagreements(PROJECT, LOCKS)) == []


def test_make_lock_writes_every_lock_for_the_oldest_python_with_the_versions_of_the_tests() -> None:
    makefile = (ROOT / "Makefile").read_text()
    oldest = tomllib.loads(PROJECT)["project"]["requires-python"].removeprefix(">=")
    assert re.search(rf"(?m)^LOCK := .* --python-version {oldest} --generate-hashes ", makefile)
    recipe = re.search(
        r"(?m)^lock:.*\n\t\$\(LOCK\) --group test --output-file requirements-test.txt .*\n((?:\t.*\n)+)", makefile
    )
    assert recipe
    others = re.findall(r"cp requirements-test.txt (\S+) && \$\(LOCK\) .*--output-file \1 ", recipe[1])
    assert sorted([*others, "requirements-test.txt"]) == sorted(LOCKS)


HASH = f"    --hash=sha256:{'0' * 64}\n"


@pytest.mark.parametrize(
    ("lock", "old", "new", "message"),
    [
        ("requirements.txt", r"(?m)^lxml==.*\n(    .*\n)+", "", "requirements.txt: lxml is missing"),
        ("requirements.txt", r"(?m)^lxml==[\d.]+", "lxml==5.9", "requirements.txt: lxml 5.9 is not >=6"),
        ("requirements.txt", r"(?m)^lxml==[\d.]+", "lxml==6.0.0", "lxml: locks hold different versions: 6.0.0, {lxml}"),
        ("requirements.txt", r"\Z", f"left-pad==1.0 \\\n{HASH}", "requirements.txt: nothing needs left-pad"),
        (
            "requirements.txt",
            r"(?m)^(lxml==[\d.]+) \\\n(    --hash=.*\n)+",
            "\\1\n",
            "requirements.txt: lxml has no hash",
        ),
        (
            "requirements-edit.txt",
            "--python-version 3.11.5",
            "--python-version 3.12",
            "requirements-edit.txt: is for Python 3.12, not 3.11.5",
        ),
    ],
)
def test_a_lock_that_does_not_agree_is_found(lock: str, old: str, new: str, message: str) -> None:
    changed, number = re.subn(old, new, LOCKS[lock], count=1)
    assert number == 1
    lxml = next(one.version for one in read_lock(LOCKS[lock]).packages if one.name == "lxml")
    assert message.replace("{lxml}", lxml) in list(disagreements(PROJECT, {**LOCKS, lock: changed}))


def test_a_lock_without_its_group_or_a_group_without_its_lock_is_found() -> None:
    without = {name: text for name, text in LOCKS.items() if name != "requirements-edit.txt"}
    held = list(disagreements(PROJECT, {**without, "requirements-old.txt": LOCKS["requirements.txt"]}))
    assert held == [
        "requirements-edit.txt: there is no such lock",
        "requirements-old.txt: no group of pyproject.toml has this lock",
    ]


# ── reading ────────────────────────────────────────────────────────────────────────────────────

LOCK = f"""\
#    uv pip compile --universal --python-version 3.11.5 --generate-hashes pyproject.toml
Colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:{"1" * 64} \\
    --hash=sha256:{"2" * 64}
    # via
    #   click
    #   recommendations-register (pyproject.toml)
via.able==2 \\
    --hash=sha256:{"3" * 64}
    # via Colorama
"""


def test_a_lock_is_read_with_markers_hashes_and_who_needs_each() -> None:
    lock = read_lock(LOCK)
    first, second = lock.packages
    assert lock.python == "3.11.5"
    assert (first.name, first.version, str(first.marker)) == ("colorama", "0.4.6", 'sys_platform == "win32"')
    assert first.sha256 == ("1" * 64, "2" * 64)
    assert first.needed_by == ("click", "recommendations-register")
    assert (second.name, second.marker, second.needed_by) == ("via-able", None, ("colorama",))


def test_what_is_no_lock_is_refused() -> None:
    with pytest.raises(ValueError, match=r"'a>=1' does not name one exact version"):
        read_lock("a>=1\n")
    with pytest.raises(InvalidRequirement):
        read_lock("a b c\n")
