"""Whether old addresses are old, and lead to something that is there."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from register.model import Redirect
from register.problems import Problem, nearest
from register.site import urls
from register.state.snapshot import Snapshot

_FILE = "data/redirects.yml"


def check_redirects(snapshot: Snapshot, taken: Mapping[str, str], docs: Iterable[str]) -> Iterator[Problem]:
    """Yield what is wrong with ``data/redirects.yml`` beside what the register's rules say.

    Args:
        snapshot: the register.
        taken: the addresses that theme and register publish, old ones too; each with what it is made from.
        docs: the names of the files of ``docs/``.
    """
    typed = {redirect.old for redirect in snapshot.register.redirects}
    today = {address: source for address, source in taken.items() if address not in typed or source != _FILE}
    today |= {urls.written(name): f"docs/{name}" for name in docs}
    there = [address for address in today if address not in {move.old for move in urls.moves(snapshot)}]
    for redirect in snapshot.register.redirects:
        if blocker := _in_the_way(redirect.old, today):
            what = f"/{blocker} is an address of today: it comes from {today[blocker]}"
            yield _problem(redirect, "from", what, "take this redirect out, or give the other another address")
        page = redirect.new.partition("#")[0]
        if page not in there and page not in typed:  # a rule speaks of old addresses
            to_do = nearest(
                f"/{page}", [f"/{address}" for address in there if address.endswith("/") == page.endswith("/")]
            )
            yield _problem(redirect, "to", f"'{redirect.to}' is no address of this site", to_do)


def _in_the_way(old: str, today: Mapping[str, str]) -> str | None:
    """What is published at an address; or a file of which it would have to be a folder, or a folder of that name."""
    parts = old.rstrip("/").split("/")
    above = ["/".join(parts[:count]) for count in range(1, len(parts) + (1 if old.endswith("/") else 0))]
    at_or_above = next((address for address in (old, *above) if address in today), None)
    if at_or_above is not None or old.endswith("/"):
        return at_or_above
    return next((address for address in today if address.startswith(f"{old}/")), None)


def _problem(redirect: Redirect, field: str, what: str, to_do: str) -> Problem:
    origin = redirect.origin
    line = origin.line_of(field) if origin else 1
    return Problem(_FILE, line, origin.record if origin else "", what, to_do, "redirect")


def missing_parts(site: Path, snapshot: Snapshot) -> Iterator[Problem]:
    """Yield each redirect to a part that its page does not have. Only the built page tells.

    Args:
        site: the folder of the built site.
        snapshot: the register.
    """
    for redirect in snapshot.register.redirects:
        page, _, part = redirect.new.partition("#")
        built = site / page / "index.html"
        if part and built.is_file() and f'id="{part}"' not in built.read_text(encoding="utf-8"):
            to_do = "name another part, or the page alone"
            yield _problem(redirect, "to", f"the page /{page} has no part '{part}'", to_do)
