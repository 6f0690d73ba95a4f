"""Mutation testing: puts small mistakes into the pure modules, one at a time, and sees whether a test notices.

``make mutants`` tries every mutant of every module of modules.toml; ``make mutants MODULES=register/dates.py`` those of
some modules, ``make mutants SAMPLE=200`` a sample that is the same every time. A mutant that no test notices has survived:
either a test is missing, or the mutant does the same as the original, and then survivors.toml says why. The command fails if
a survivor is not listed there, or if fewer than 95 in 100 mutants are killed.

The checkout is never touched: each worker has a copy of the project of its own. A mutant takes a third of a second; see
trying.py for how.
What is known is kept in ``.mutants/`` until code or tests change, so a run that was stopped goes on where it was.
"""

import argparse
import hashlib
import json
import random
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from importing import unaffected_by
from mutating import Key, Mutant, mutants_of
from trying import NotGreen, Original, start, start_on, survives, try_original

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
KEPT = ROOT / ".mutants"
WANTED = 95  # killed of 100
SEED = 47
COPIED = ("register", "tests", "theme", "docs", "data", "macros.py", "mkdocs.yml", "mkdocs.base.yml", "pyproject.toml")
NOT_COPIED = shutil.ignore_patterns("node_modules", "browser", "mutation", "__pycache__")


def main(arguments: list[str]) -> int:
    """Run the command; return its exit code."""
    asked = _parsed(arguments)
    chosen = chosen_modules(asked.modules)
    if not chosen:
        print(f"no module of modules.toml begins with {', '.join(asked.modules)}", file=sys.stderr)
        return 2
    mutants = [
        mutant for module in chosen for mutant in mutants_of((ROOT / module).read_text(encoding="utf-8"), module)
    ]
    if asked.sample and asked.sample < len(mutants):
        picked = sorted(random.Random(SEED).sample(range(len(mutants)), asked.sample))
        mutants = [mutants[place] for place in picked]
    listed = listed_survivors()
    try:
        survivors = list(_surviving(mutants, chosen, asked, listed))
    except NotGreen as failed:
        print(f"the tests do not pass on the code as it is:\n{failed}", file=sys.stderr)
        return 2
    return report(mutants, survivors, listed, whole=not asked.sample)


def _parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="make mutants", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("modules", nargs="*", help="modules, or folders, as paths from the project's folder")
    parser.add_argument("--sample", type=int, default=0, help="try so many only, the same every time")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--again", action="store_true", help="only those that survived when they were last tried")
    return parser.parse_args(arguments)


def chosen_modules(asked: list[str]) -> dict[str, list[str]]:
    """Return the modules of modules.toml that were asked for, each with its tests; all of them if none was."""
    groups = tomllib.loads((HERE / "modules.toml").read_text(encoding="utf-8"))["group"]
    chosen: dict[str, list[str]] = {}
    for group in groups:
        paths = (
            path.relative_to(ROOT).as_posix() for pattern in group["modules"] for path in sorted(ROOT.glob(pattern))
        )
        for path in paths:
            if not asked or path.startswith(tuple(asked)):
                chosen.setdefault(path, group["tests"])
    return chosen


def _surviving(
    mutants: list[Mutant], chosen: dict[str, list[str]], asked: argparse.Namespace, listed: Collection[Key]
) -> Iterator[Mutant]:
    """Try the mutants, module by module; yield those that survive and print how it stands."""
    known = _Known(asked.again)
    originals: dict[tuple[str, ...], Original] = {}
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copies = Path(folder)
        for number in range(asked.workers):
            _copy(copies / str(number))
        for module, tests in chosen.items():
            own = [mutant for mutant in mutants if mutant.module == module]
            new = [mutant for mutant in own if known.of(mutant) is None]
            if new:
                if tuple(tests) not in originals:
                    with _pool(1, start, copies) as pool:
                        originals[tuple(tests)] = pool.submit(try_original, tests).result()
                known_to_all = originals[tuple(tests)], unaffected_by(module, ROOT)
                with _pool(asked.workers, start_on, copies, *known_to_all) as pool:
                    for mutant, survived in zip(new, pool.map(survives, new, [tests] * len(new)), strict=True):
                        known.add(mutant, survived)
                known.write()
            alive = [mutant for mutant in own if known.of(mutant)]
            if own:
                print(
                    f"{module}: {len(own)} mutants, {len(own) - len(alive)} killed, {len(alive)} survived", flush=True
                )
            for mutant in alive:
                print(f"  {'listed' if mutant.key in listed else 'NOT LISTED'}: {mutant}", flush=True)
            yield from alive


def _pool(workers: int, begin: Callable[..., None], copies: Path, *known: object) -> ProcessPoolExecutor:
    """Workers with a copy of the project each."""
    context = get_context("spawn")
    numbers = context.Queue()
    for number in range(workers):
        numbers.put(number)
    return ProcessPoolExecutor(workers, context, begin, (copies, numbers, *known))


def _copy(to: Path) -> None:
    """Copy what the tests read of the project."""
    to.mkdir()
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, to / name, ignore=NOT_COPIED)
        else:
            shutil.copy(source, to / name)


class _Known:
    """Whether mutants survived, as long as neither code nor tests change."""

    def __init__(self, again: bool) -> None:
        self._path = KEPT / "results.json"
        held = json.loads(self._path.read_text(encoding="utf-8")) if self._path.is_file() else {}
        self._of = _fingerprint()
        same = held.get("of") == self._of
        # Asked to try survivors again: what was killed by the tests of then is taken to be killed by those of now.
        self._survived: dict[str, bool] = {
            mutant: survived
            for mutant, survived in held.get("survived", {}).items()
            if same or (again and not survived)
        }

    def of(self, mutant: Mutant) -> bool | None:
        """Whether a mutant survived; None if it is not known."""
        return self._survived.get(_digest(mutant))

    def add(self, mutant: Mutant, survived: bool) -> None:
        """Remember whether a mutant survived."""
        self._survived[_digest(mutant)] = survived

    def write(self) -> None:
        """Keep what is known for the next run."""
        KEPT.mkdir(exist_ok=True)
        (KEPT / ".gitignore").write_text("*\n", encoding="utf-8")
        new = self._path.with_suffix(".new")
        new.write_text(json.dumps({"of": self._of, "survived": self._survived}), encoding="utf-8")
        new.replace(self._path)


def _digest(mutant: Mutant) -> str:
    return hashlib.sha256(f"{mutant.module}\n{mutant.source}".encode()).hexdigest()


def _fingerprint() -> str:
    """One value for all code and tests."""
    found = hashlib.sha256()
    for folder in ("register", "tests"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and not {"node_modules", "__pycache__", "browser", "mutation"} & set(path.parts):
                found.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return found.hexdigest()


def report(mutants: list[Mutant], survivors: list[Mutant], listed: Collection[Key], whole: bool) -> int:
    """Print the total and what there is to do; return the exit code.

    Args:
        mutants: all that were tried.
        survivors: those of them that no test noticed.
        listed: the survivors of survivors.toml.
        whole: whether every mutant of its module was tried.
    """
    unlisted = [mutant for mutant in survivors if mutant.key not in listed]
    if unlisted:
        print("\nNot listed in survivors.toml (add a test, or list it with its reason):", *unlisted, sep="\n  ")
    tried, alive = {mutant.module for mutant in mutants}, {mutant.key for mutant in survivors}
    killed = [": ".join(key) for key in listed if whole and key[0] in tried and key not in alive]
    if killed:
        print("\nListed in survivors.toml, but killed or no longer there (take it out):", *killed, sep="\n  ")
    share = 100 * (len(mutants) - len(survivors)) / max(1, len(mutants))
    print(
        f"\n{len(mutants)} mutants, {share:.1f} % killed, {len(survivors)} survived, {len(unlisted)} of them not listed"
    )
    if share < WANTED:
        print(f"at least {WANTED} % must be killed", file=sys.stderr)
    return int(bool(unlisted) or share < WANTED)


def listed_survivors() -> dict[Key, str]:
    """Return the survivors of survivors.toml, each with the reason why no test can or should notice it."""
    entries = tomllib.loads((HERE / "survivors.toml").read_text(encoding="utf-8"))["survivors"]
    return {(entry["module"], entry["in"], mutant): entry["reason"] for entry in entries for mutant in entry["mutants"]}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
