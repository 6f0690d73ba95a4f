"""A change as a reviewer sees it: what is wrong with it, what to look at first, and all else that it makes different."""

import datetime
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from register import clock
from register.checks.docs_files import published_names
from register.checks.earlier_commit import EarlierCommit
from register.checks.permalinks import compare_with_commit
from register.checks.project import CheckedProject, check_project, page_texts
from register.checks.rewritten import NotComparable, rewritten_since
from register.problems import Problem
from register.review.address_differences import address_differences
from register.review.difference import Difference
from register.review.earlier_project import changed_files, common_commit, unpack
from register.review.file_differences import file_differences
from register.review.page_differences import page_differences
from register.review.register_differences import register_differences

MOST = 2_000  # of anything that a review lists: nobody reads more


class Review(BaseModel):
    """What is said of a change. It can be written as JSON and read again by somebody who trusts none of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    since: str = Field(max_length=200)  # as the earlier commit was named
    problems: list[Problem] = Field(max_length=MOST)  # what has to be mended before it can be published
    advice: list[Problem] = Field(max_length=MOST)  # what will need somebody, and did not before
    differences: list[Difference] = Field(max_length=MOST)
    not_compared: list[str] = Field(max_length=MOST + 1)


def review(project: Path, since: str, environment: Mapping[str, str]) -> Review:
    """Return what a project's files, as they are now, change since they parted from another branch.

    Args:
        project: the project's folder, inside a git repository.
        since: a commit, branch or tag, such as ``origin/main``.
        environment: for today's date (see ``register.clock``).

    Raises:
        ProblemsFound: git knows no such commit, or the two have nothing in common.
    """
    commit = replace(EarlierCommit.find(project, common_commit(project, since)), ref=since)
    today = clock.today(environment)
    now = check_project(project, {**environment, "AS_OF": ""})
    with tempfile.TemporaryDirectory() as folder:
        earlier = Path(folder)
        unpack(project, commit.commit, earlier)
        (earlier / "theme").symlink_to((project / "theme").resolve())
        then = check_project(earlier, {**environment, "AS_OF": ""})
        compared = _Compared(project, commit, earlier, then, now, today)
        not_compared = list(compared.not_compared())
        differences = [
            *compared.differences(),
            *file_differences(earlier, project, changed_files(project, commit.commit)),
        ]
        problems = [*now.problems, *compared.lost_or_rewritten(not_compared)]
    if len(differences) > MOST:
        not_compared.append(f"There are {len(differences) - MOST:,} more differences, which are left out.")
    return Review(
        since=since[:200],
        problems=sorted(set(problems))[:MOST],
        advice=_new(now.advice, then.advice)[:MOST],
        differences=differences[:MOST],
        not_compared=not_compared[-MOST:],
    )


@dataclass(frozen=True)
class _Compared:
    """A project before and after a change."""

    project: Path
    commit: EarlierCommit
    earlier: Path  # the folder with the earlier project
    then: CheckedProject
    now: CheckedProject
    today: datetime.date

    def not_compared(self) -> Iterator[str]:
        """Say what cannot be compared, and why."""
        if not self.now.snapshot:
            yield "What changes in the register can be said when these problems are mended."
        elif not self.then.snapshot:
            yield "The earlier register is of another form, so what changes in it is not said here; read data/ line by line."

    def differences(self) -> Iterator[Difference]:
        """Yield what is different: in the register, on pages, in addresses."""
        before, after = self.then.snapshot, self.now.snapshot
        if before and after:
            yield from register_differences(before.register, after.register, self.today)
        links = {link.id: link.name for one in (before, after) if one for link in one.register.links}
        yield from page_differences(page_texts(self.earlier / "docs"), page_texts(self.project / "docs"), links)
        if before and after:
            names = (published_names(folder / "docs") for folder in (self.earlier, self.project))
            yield from address_differences(before, next(names), after, next(names))

    def lost_or_rewritten(self, not_compared: list[str]) -> Iterator[Problem]:
        """Yield what was published and would be lost or reworded; what cannot be compared is added to a list."""
        if not self.now.snapshot:
            return
        compared = compare_with_commit(self.commit, self.now.snapshot)
        yield from compared.lost
        not_compared += map(str, compared.not_compared)
        if not compared.lost:
            try:
                yield from rewritten_since(self.commit, self.now.snapshot.register, self.today)
            except NotComparable as older:
                not_compared.append(str(older))


def _new(now: list[Problem], then: list[Problem]) -> list[Problem]:
    """Advice that was not given before, wherever its line is now."""
    given = {(one.path, one.record, one.what) for one in then}
    return [one for one in now if (one.path, one.record, one.what) not in given]
