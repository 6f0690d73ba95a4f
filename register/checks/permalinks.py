"""A published address stays: no page of a recommendation, list or kind of work and no file to take away may disappear.

The rules see one state of the register only, so a lowered total with its last record
taken out would pass them. Here two states are compared: the site that is to be replaced
with the fresh one, and, for a copy without a site, an earlier commit's header with today's.
"""

import subprocess
from pathlib import Path

from register.load.yaml_source import Fields, Items, Node, parse
from register.model import Header
from register.problems import Problem, ProblemsFound
from register.site import urls

_HEADER = "data/register.yml"


def lost_from_site(last: Path, fresh: Path) -> list[Problem]:
    """Return the permanent addresses that the last built site has and the fresh one has not."""
    lost = _permanent_in(last) - _permanent_in(fresh)
    return _problems(lost, "if it was never published, run 'make clean' first")


def lost_since(project: Path, ref: str, header: Header) -> list[Problem]:
    """Return the permanent addresses that the header of an earlier commit stands for and today's does not.

    Args:
        project: the project's folder, inside a git repository.
        ref: a commit, branch or tag.
        header: today's header.

    Raises:
        ProblemsFound: git has no such commit, or its header cannot be read.
    """
    command = ["git", "-C", str(project), "show", "--end-of-options", f"{ref}:./{_HEADER}"]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        what = f"git cannot show it as of '{ref}'"
        raise ProblemsFound([Problem(_HEADER, 1, "", what, "name a commit that has it", "unknown-commit")])
    earlier, _ = parse(done.stdout.decode("utf-8-sig", errors="replace"), f"{_HEADER} of {ref}")
    now = urls.permanent(header.total, [audience.id for audience in header.audiences])
    return _problems(urls.permanent(*_counted_in(earlier)) - now, f"it stands in '{ref}'")


def _permanent_in(site: Path) -> set[str]:
    """The permanent addresses of a built site."""
    paths = (path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    addresses = (path.removesuffix("index.html") for path in paths)
    return {address for address in addresses if urls.is_permanent(address)}


def _counted_in(header: Node) -> tuple[int, list[str]]:
    """The total and the audiences' ids of a header as typed, whatever else an earlier header may hold."""
    fields = header if isinstance(header, Fields) else Fields(1)
    total, audiences = fields.get("total"), fields.get("audiences")
    ids = [item.get("id") for item in audiences if isinstance(item, Fields)] if isinstance(audiences, Items) else []
    number = int(total) if isinstance(total, str) and total.isdecimal() else 0
    return number, [id_ for id_ in ids if isinstance(id_, str) and id_]


def _problems(lost: set[str], unless: str) -> list[Problem]:
    to_do = f"put back what it was made from; {unless}"
    return [
        Problem(_HEADER, 1, "", f"the published address /{path} would disappear", to_do, "lost-address")
        for path in lost
    ]
