"""What was published stays: no page of a recommendation, list or kind of work and no file to take away may disappear.

The rules see one state of the register only, so a lowered total with its last record
taken out would pass them. Here two states are compared: the site that is to be replaced
with the fresh one, and, for a copy without a site, an earlier commit's header with today's.
"""

import subprocess
from collections.abc import Iterable
from pathlib import Path

from register.exports import catalogue
from register.problems import Problem, ProblemsFound
from register.source import Fields, Items, Node, parse
from register.views import Snapshot

_HEADER = "data/register.yml"


def lost_from_site(last: Path, fresh: Path) -> list[Problem]:
    """Return what the last built site has at a promised address and the fresh one has not."""
    gone = _promised_in(last) - _promised_in(fresh)
    return _problems(gone, "if it was never published, run 'make clean' first")


def lost_since(project: Path, ref: str, snapshot: Snapshot) -> list[Problem]:
    """Return the promised addresses that the header of an earlier commit stands for and today's does not.

    Raises:
        ProblemsFound: git has no such commit, or its header cannot be read.
    """
    command = ["git", "-C", str(project), "show", "--end-of-options", f"{ref}:./{_HEADER}"]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        raise ProblemsFound([Problem(_HEADER, 1, "", f"git cannot show it as of '{ref}' (name a commit that has it)")])
    earlier, _ = parse(done.stdout.decode("utf-8-sig"), f"{_HEADER} of {ref}")
    now = [audience.id for audience in snapshot.register.header.audiences]
    gone = _promised(*_counted_in(earlier)) - _promised(snapshot.register.header.total, now)
    return _problems(gone, f"it stands in '{ref}'")


def _promised_in(site: Path) -> set[str]:
    """The promised addresses of a built site."""
    made = [*site.glob("recommendations/**/index.html"), *site.glob("for/*/index.html")]
    pages = {f"{path.parent.relative_to(site).as_posix()}/" for path in made}
    files = {path.relative_to(site).as_posix() for path in (site / catalogue.FOLDER).rglob("*") if path.is_file()}
    return pages | files


def _promised(total: int, audiences: Iterable[str]) -> set[str]:
    """The promised addresses that hang on the number of recommendations and on the audiences."""
    pages = {f"recommendations/{number}/" for number in range(1, total + 1)}
    audiences = list(audiences)
    work = {f"for/{audience}/" for audience in audiences}
    return pages | work | {catalogue.audience_feed(audience).path for audience in audiences}


def _counted_in(header: Node) -> tuple[int, list[str]]:
    """The total and the audiences' ids of a header as typed, whatever else an earlier header may hold."""
    fields = header if isinstance(header, Fields) else Fields(1)
    total, audiences = fields.get("total"), fields.get("audiences")
    ids = [item.get("id") for item in audiences if isinstance(item, Fields)] if isinstance(audiences, Items) else []
    return int(total) if isinstance(total, str) and total.isdecimal() else 0, [id_ for id_ in ids if id_]


def _problems(gone: set[str], unless: str) -> list[Problem]:
    repair = f"put back what it was made from; {unless}"
    return [Problem(_HEADER, 1, "", f"the published address /{path} would disappear ({repair})") for path in gone]
