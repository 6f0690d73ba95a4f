"""A change as a reviewer sees it: what is wrong with it, what to look at first, and all else that it makes different."""

import datetime
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
from register.review.earlier_project import changed_files, unpack
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


def review(commit: EarlierCommit, now: CheckedProject, environment: Mapping[str, str]) -> Review:
    """Return what a project's files, as they are now, change since a commit.

    Args:
        commit: that from which the change was begun.
        now: what the check of the project found; it shows today.
        environment: for today's date (see ``register.clock``).
    """
    with tempfile.TemporaryDirectory() as folder:
        earlier = Path(folder)
        unpack(commit, earlier)
        (earlier / "theme").symlink_to((commit.project / "theme").resolve())
        then = check_today(earlier, environment)
        compared = _Compared(commit, earlier, then, now, clock.today(environment))
        differences = list(compared.differences())
        lost, not_compared = compared.lost_or_rewritten()
    if len(differences) > MOST:
        not_compared.append(f"There are {len(differences) - MOST:,} more differences, which are left out.")
    return Review(
        since=commit.ref[:200],
        problems=sorted({*now.problems, *lost})[:MOST],
        advice=_new(now.advice, then.advice)[:MOST],
        differences=differences[:MOST],
        not_compared=not_compared[-MOST:],
    )


def check_today(project: Path, environment: Mapping[str, str]) -> CheckedProject:
    """Return what the check of a project finds, whatever day its site would show."""
    return check_project(project, {**environment, "AS_OF": ""})


@dataclass(frozen=True)
class _Compared:
    """A project before and after a change."""

    commit: EarlierCommit
    earlier: Path  # the folder with the earlier project
    then: CheckedProject
    now: CheckedProject
    today: datetime.date

    def differences(self) -> Iterator[Difference]:
        """Yield what is different: in the register, on pages, in addresses, in other files."""
        project, before, after = self.commit.project, self.then.snapshot, self.now.snapshot
        if before and after:
            yield from register_differences(before.register, after.register, self.today)
        links = {link.id: link.name for one in (before, after) if one for link in one.register.links}
        yield from page_differences(page_texts(self.earlier / "docs"), page_texts(project / "docs"), links)
        if before and after:
            names = (published_names(folder / "docs") for folder in (self.earlier, project))
            yield from address_differences(before, next(names), after, next(names))
        yield from file_differences(self.earlier, project, changed_files(self.commit))

    def lost_or_rewritten(self) -> tuple[list[Problem], list[str]]:
        """Return what was published and would be lost or reworded, and in words what cannot be compared."""
        if not self.now.snapshot:
            return [], ["What changes in the register can be said when these problems are mended."]
        older = (
            "The earlier register is of another form, so what changes in it is not said here; read data/ line by line."
        )
        not_compared = [] if self.then.snapshot else [older]
        compared = compare_with_commit(self.commit, self.now.snapshot)
        not_compared += map(str, compared.not_compared)
        if compared.lost:
            return compared.lost, not_compared
        try:
            return rewritten_since(self.commit, self.now.snapshot.register, self.today), not_compared
        except NotComparable as found:
            return [], [*not_compared, str(found)]


def _new(now: list[Problem], then: list[Problem]) -> list[Problem]:
    """Advice that was not given before, wherever its line is now."""
    given = {(one.path, one.record, one.what) for one in then}
    return [one for one in now if (one.path, one.record, one.what) not in given]
