"""Which addresses of the site are new. What is lost is a problem, and what leads elsewhere a redirect: others say those."""

from collections.abc import Iterable, Iterator

from register.review.difference import Difference
from register.site.manifest import manifest
from register.state.snapshot import Snapshot

_MOST_LISTED = 20


def address_differences(
    before: Snapshot, docs_before: Iterable[str], after: Snapshot, docs_after: Iterable[str]
) -> Iterator[Difference]:
    """Yield which pages and files have an address that was not there before.

    Args:
        before: the earlier register.
        docs_before: the names of the files of ``docs/`` then.
        after: the register after the change.
        docs_after: the names of the files of ``docs/`` after it.
    """
    then = manifest(before, docs_before).named
    for kind, noun in (("page", "page"), ("file", "file")):
        came = [
            item.name
            for item in manifest(after, docs_after).items
            if item.kind == kind and (kind, item.name) not in then and not item.says
        ]
        if came:
            listed = ", ".join(f"/{name}" for name in came[:_MOST_LISTED])
            more = f" and {len(came) - _MOST_LISTED} more" if len(came) > _MOST_LISTED else ""
            yield Difference("addresses", f"New {noun}s" if len(came) > 1 else f"A new {noun}", f"{listed}{more}")
