"""The project as it was at an earlier commit, in a folder of its own."""

import io
import tarfile
from dataclasses import replace
from pathlib import Path

from register.checks.earlier_commit import EarlierCommit, git
from register.problems import Problem, ProblemsFound

_CONTENT = ("data", "docs", "mkdocs.yml", "mkdocs.base.yml")


def common_commit(project: Path, ref: str) -> EarlierCommit:
    """Return the commit from which today's branch and another one part, under the other one's name.

    What was added to the other branch since is no part of this change.

    Args:
        project: the project's folder, inside a git repository.
        ref: a commit, branch or tag, such as ``origin/main``.

    Raises:
        ProblemsFound: git knows no such commit, the two have nothing in common, or there was no register.
    """
    found = git(project, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    base = git(project, "merge-base", "--end-of-options", found.decode().strip(), "HEAD") if found else None
    if not base:
        what = f"git knows no '{ref}' from which this change was begun"
        to_do = "name a branch or commit, like SINCE=origin/main; 'git fetch origin' gets the branches"
        raise ProblemsFound([Problem("mkdocs.yml", 1, "", what, to_do, "unknown-commit")], "nothing was compared")
    return replace(EarlierCommit.find(project, base.decode().strip()), ref=ref)


def unpack(commit: EarlierCommit, folder: Path, paths: tuple[str, ...] = _CONTENT) -> None:
    """Write the files of a commit into a folder: those of a project's content, or all.

    Args:
        commit: the commit.
        folder: an empty folder.
        paths: which files and folders; none for all. What the commit lacks is passed over.
    """
    there = [path for path in paths if git(commit.project, "cat-file", "-e", f"{commit.commit}:./{path}") is not None]
    archive = git(commit.project, "archive", "--format=tar", commit.commit, "--", *there) or b""
    if archive:
        with tarfile.open(fileobj=io.BytesIO(archive)) as held:
            held.extractall(folder, filter=_plain)


def _plain(member: tarfile.TarInfo, folder: str) -> tarfile.TarInfo | None:
    """Files and folders only: a link in an earlier commit leads nowhere here."""
    return tarfile.data_filter(member, folder) if member.isfile() or member.isdir() else None


def changed_files(commit: EarlierCommit) -> list[str]:
    """Return the paths of all files that differ from a commit, new ones too, from the project's folder, in order."""
    differ = git(commit.project, "diff", "--name-only", "--no-renames", "--relative", "-z", commit.commit, "--") or b""
    new = git(commit.project, "ls-files", "--others", "--exclude-standard", "-z") or b""
    return sorted({name for name in (differ + new).decode(errors="replace").split("\0") if name})
