"""What git holds of an earlier commit: the files of ``data/``, the names of those of ``docs/``, and a day."""

import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from register.load.data_files import FILES
from register.problems import Problem, ProblemsFound

_HEADER = "data/register.yml"
_RECORDS = "data/recommendations.yml"


@dataclass(frozen=True)
class EarlierCommit:
    """A commit that holds a register."""

    project: Path  # the project's folder, inside a git repository
    ref: str  # as it was named: a commit, branch or tag
    commit: str  # its full name

    @classmethod
    def find(cls, project: Path, ref: str) -> "EarlierCommit":
        """Return the commit that a name stands for.

        Args:
            project: the project's folder, inside a git repository.
            ref: a commit, branch or tag.

        Raises:
            ProblemsFound: git has no such commit, or no register in it.
        """
        found = git(project, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
        earlier = cls(project, ref, found.decode().strip() if found else "")
        if not earlier.commit or _HEADER not in earlier.data:
            what = f"git cannot show it as of '{ref}'"
            raise ProblemsFound([Problem(_HEADER, 1, "", what, "name a commit that has it", "unknown-commit")])
        return earlier

    @cached_property
    def data(self) -> dict[str, bytes]:
        """The content of each file of ``data/`` that is there, by its path."""
        shown = {file.path: git(self.project, "show", f"{self.commit}:./{file.path}") for file in FILES}
        return {path: content for path, content in shown.items() if content is not None}

    @property
    def docs(self) -> list[str]:
        """The names of the files of ``docs/``, from there."""
        listed = git(self.project, "ls-tree", "-r", "-z", "--name-only", self.commit, "docs/") or b""
        return [name.removeprefix("docs/") for name in listed.decode(errors="replace").split("\0") if name]

    @property
    def day(self) -> str:
        """The day on which the records were last committed, in ISO form; "" if they never were."""
        said = git(self.project, "log", "-1", "--format=%cs", "--end-of-options", self.commit, "--", _RECORDS)
        return said.decode().strip() if said else ""


def git(project: Path, *arguments: str) -> bytes | None:
    """Return what git prints when it is run in a project's folder; None if it fails."""
    done = subprocess.run(["git", "-C", str(project), *arguments], capture_output=True, check=False)
    return None if done.returncode else done.stdout
