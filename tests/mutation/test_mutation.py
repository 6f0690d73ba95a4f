"""Mutants are small mistakes, each once; and what is known of survivors is compared with what survived."""

from pathlib import Path

import pytest
import run
from importing import unaffected_by
from mutating import Mutant, mutants_of


def changes(source: str) -> list[str]:
    """What mutants make of a source, as lines."""
    return [f"{mutant.before} → {mutant.after}" for mutant in mutants_of(source, "a.py")]


@pytest.mark.parametrize(
    ("line", "made"),
    [
        ("x = a < 2", ["x = None", "x = a <= 2", "x = a < 3", "x = a < 1"]),
        ("x = a and b", ["x = None", "x = a or b", "x = a", "x = b"]),
        ("x = -1", ["x = None", "x = +1", "x = -2", "x = -0"]),
        ("x = not a", ["x = None", "x = a"]),
        ('x = "a"', ["x = None", 'x = "XXaXX"']),
        ('x = f"{a} b"', ["x = None", 'x = f"{a} bXX"']),
        ("x = f(a, b=c)", ["x = None", "x = f(None, b=c)", "x = f(a, b=None)", "x = f(b=c)", "x = f(a, )"]),
        ("x = len(a)", ["x = None"]),
        ("x = f(a, b=True)", ["x = None", "x = f(None, b=True)", "x = f(b=True)", "x = f(a, )", "x = f(a, b=False)"]),
        ("x = a.strip()", ["x = None", "x = a"]),
        ("x = min(a)", ["x = None", "x = min(None)", "x = max(a)"]),
        ("x = sorted(a, key=b)", ["x = None", "x = sorted(None, key=b)", "x = sorted(a, key=None)", "x = sorted(key=b)", "x = sorted(a, )", "x = list(a)"]),
        ("x = [a for a in b if a.c]", ["x = None", "x = [a for a in b if not (a.c)]"]),
        ("x: int = 0", ["x: int = None", "x: int = 1"]),
        ("x: str | None = None", []),
        ("x = False", ["x = True"]),
        ("a.append(b)", ["None", "a.append(None)"]),
        ('"A sentence."', []),
        ('x = f(description="A sentence.")', ["x = None", "x = f(description=None)"]),
    ],
)  # fmt: skip
def test_each_line_has_its_mistakes(line: str, made: list[str]) -> None:
    assert sorted(changes(f"{line}\n")) == sorted(f"{line} → {one}" for one in made)


def test_a_condition_is_turned_round_without_touching_what_stands_below_it() -> None:
    source = "class A:\n    def f(self, a):\n        if a:\n            return a\n"
    [mutant] = mutants_of(source, "register/a.py")
    assert mutant.source == source.replace("if a:", "if not (a):")
    assert mutant.key == ("register/a.py", "A.f", "if a: → if not (a):")
    assert str(mutant) == "register/a.py:3: A.f: if a: → if not (a):"


def test_decorated_functions_and_what_stands_outside_of_functions_are_mutated_too() -> None:
    source = "LIMIT = 2\n\n\n@property\ndef f(a):\n    return a + 1\n"
    assert {mutant.definition for mutant in mutants_of(source, "a.py")} == {"", "f"}


def test_the_same_mistake_stands_once() -> None:
    made = [mutant.source for mutant in mutants_of("x = a != b\nif a != b:\n    pass\n", "a.py")]
    assert len(set(made)) == len(made)


# ── the report ─────────────────────────────────────────────────────────────────────────────────

MUTANTS = [Mutant("register/a.py", "f", line, "a", f"b{line}", "") for line in range(100)]
LISTED = {mutant.key: "It is the same." for mutant in MUTANTS[:3]}


@pytest.mark.parametrize(
    ("survived", "code", "last"),
    [
        (3, 0, "100 mutants, 97.0 % killed, 3 survived, 0 of them not listed"),
        (4, 1, "100 mutants, 96.0 % killed, 4 survived, 1 of them not listed"),
    ],
)
def test_a_survivor_that_is_not_listed_fails(
    capsys: pytest.CaptureFixture[str], survived: int, code: int, last: str
) -> None:
    assert run.report(MUTANTS, MUTANTS[:survived], LISTED, whole=True) == code
    said = capsys.readouterr().out
    assert said.splitlines()[-1] == last
    assert ("  register/a.py:3: f: a → b3" in said) == bool(code)


def test_too_many_survivors_fail_even_if_all_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    listed = {mutant.key: "It is the same." for mutant in MUTANTS}
    assert run.report(MUTANTS, MUTANTS[:5], listed, whole=True) == 0
    assert run.report(MUTANTS, MUTANTS[:6], listed, whole=True) == 1
    assert capsys.readouterr().err == "at least 95 % must be killed\n"


@pytest.mark.parametrize(("whole", "told"), [(True, True), (False, False)])
def test_what_is_listed_and_was_killed_is_to_be_taken_out(
    capsys: pytest.CaptureFixture[str], whole: bool, told: bool
) -> None:
    assert run.report(MUTANTS, MUTANTS[:2], LISTED, whole) == 0
    assert ("register/a.py: f: a → b2" in capsys.readouterr().out) == told


def test_every_listed_survivor_has_a_reason_and_is_one_of_a_mutated_module() -> None:
    listed, mutated = run.listed_survivors(), run.chosen_modules([])
    assert [reason for reason in listed.values() if not reason.endswith(".")] == []
    assert [key for key in listed if key[0] not in mutated] == []


def test_every_module_of_the_list_is_there_and_has_tests_that_are() -> None:
    for module, tests in run.chosen_modules([]).items():
        assert (run.ROOT / module).is_file()
        assert [name for name in tests if not (run.ROOT / name).exists()] == []


# ── what may be read beforehand ────────────────────────────────────────────────────────────────


def test_a_module_is_unaffected_unless_it_imports_the_mutated_one_itself_or_through_others(tmp_path: Path) -> None:
    for name, content in {
        "__init__": "",
        "a": "",
        "b": "from register import a\n",
        "c": "def f():\n    from register.b import g\n",
        "d": "import register.a.x\n",
        "e": "import os\n",
    }.items():
        (tmp_path / "register").mkdir(exist_ok=True)
        (tmp_path / "register" / f"{name}.py").write_text(content)
    assert unaffected_by("register/a.py", tmp_path) == ["register", "register.e"]
    assert unaffected_by("register/c.py", tmp_path) == [f"register{name}" for name in ("", ".a", ".b", ".d", ".e")]
