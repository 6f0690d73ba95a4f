"""What is published stays: nothing in the manifest of an earlier site or commit may be missing from today's.

The rules see one state of the register only, so a lowered total with its last record taken out would pass them. Here two
states are compared: the site that is to be replaced with the fresh one, and an earlier commit with today's data.

A message names what would be lost once, by its cause, with the lines to add where something may take its place.
"""

import difflib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from register.checks.docs_files import published_names
from register.checks.earlier_commit import EarlierCommit
from register.checks.earlier_data import EarlierData
from register.load.rules import vocabularies
from register.problems import Problem
from register.site import urls
from register.site.manifest import Item, Manifest, from_json, manifest
from register.state.snapshot import Snapshot

_HEADER = "data/register.yml"
_REDIRECTS = "data/redirects.yml"
# What was said with a word of these stays as it was said, so the word keeps its id.
_SAID_WITH = ("responses", "progress", "voices")


@dataclass(frozen=True)
class ComparedWithCommit:
    """What is lost since an earlier state, and what of that state could not be read and so was not compared."""

    lost: list[Problem]
    not_compared: list[Problem]


def lost_from_site(last: Path, snapshot: Snapshot, docs: Iterable[str]) -> list[Problem]:
    """Return what the last built site published and a fresh one would not.

    Args:
        last: the folder of the last site; there may be none.
        snapshot: the register of today.
        docs: the names of the files of ``docs/``.
    """
    if not last.is_dir():
        return []
    unless = "if that site was never published, remove the folder 'site' first"
    try:
        earlier = _published_in(last)
    except ValueError:
        what = "this list of what was published cannot be read, so nothing can be compared with it"
        return [Problem(f"{last.name}/{urls.ADDRESSES.path}", 1, "", what, f"put it back; {unless}", "lost-address")]
    return list(_lost(earlier, manifest(snapshot, docs), snapshot, unless))


def _published_in(site: Path) -> Manifest:
    """The manifest that a built site publishes; of a site without one, its pages and its files to take away."""
    if (site / urls.ADDRESSES.path).is_file():
        return from_json(json.loads((site / urls.ADDRESSES.path).read_text(encoding="utf-8")))
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    pages = [Item("page", name.removesuffix("index.html"), "site") for name in names if name.endswith("index.html")]
    files = [Item("file", name, "site") for name in names if name.startswith(urls.DATA) and not name.endswith(".html")]
    return Manifest("", "", (*pages, *files))


def compare_with_commit(commit: EarlierCommit, snapshot: Snapshot) -> ComparedWithCommit:
    """Return what an earlier commit stands for and today's data do not.

    Args:
        commit: the earlier one.
        snapshot: the register of today.
    """
    texts = {path: content.decode("utf-8-sig", errors="replace") for path, content in commit.data.items()}
    earlier = EarlierData(texts, commit.ref)
    then = earlier.manifest(snapshot.as_of, commit.docs)
    now = manifest(snapshot, published_names(commit.project / "docs"))
    return ComparedWithCommit(list(_lost(then, now, snapshot, f"it stands in '{commit.ref}'")), earlier.unread)


def _lost(then: Manifest, now: Manifest, snapshot: Snapshot, suffix: str) -> Iterator[Problem]:
    """What is in one manifest and not in a later one: a problem for each cause."""
    if then.register and then.register != now.register:
        what = f"this is another register: its id is '{now.register}', and '{then.register}' is published"
        yield _problem(_HEADER, _line(snapshot, "id"), what, f"write 'id: {then.register}'; {suffix}")
        return
    missing = [item for item in then.items if (item.kind, item.name) not in now.named]
    if then.year_starts and then.year_starts != now.year_starts:
        what = f"the reporting year began on {then.year_starts}, so published reports would speak of other days"
        yield _problem(_HEADER, _line(snapshot, "reporting_year_starts"), what, f"write '{then.year_starts}'; {suffix}")
        missing = [item for item in missing if not item.of.startswith("year/")]
    words = {item.name for item in missing if item.kind == "word"}
    numbers = {item.of for item in missing if item.of.startswith("recommendation/") and item.kind == "page"}
    for name in sorted(words):
        yield _lost_word(name, then, snapshot, suffix)
    for number in sorted(numbers):
        what = f"{number.replace('/', ' ')} would disappear, with its page, data, feed and dates in the calendar"
        to_do = f"put its record and the total back: none is ever taken out; {suffix}"
        yield _problem(_HEADER, _line(snapshot, "total"), what, to_do)
    caused = {f"word/{name}" for name in words} | numbers
    came = [item for item in now.items if (item.kind, item.name) not in then.named and not item.says]
    for item in missing:
        if item.kind != "word" and item.of not in caused and not _said_by(item, words):
            yield _lost_item(item, came, snapshot, suffix)


def _said_by(item: Item, words: set[str]) -> bool:
    """Whether an entry is lost with the voice whose id is part of its key: ``3/2025-07-01/partnership``."""
    parts = item.says.split("/")
    return item.kind == "entry" and len(parts) > 2 and f"voices/{parts[2]}" in words


def _lost_word(name: str, then: Manifest, snapshot: Snapshot, suffix: str) -> Problem:
    vocabulary, _, id_ = name.partition("/")
    had = {item.name for item in then.items if item.kind == "word"}
    now = {f"{held}/{term.id}" for held, terms in vocabularies(snapshot.header) for term in terms}
    new = [word.partition("/")[2] for word in sorted(now - had) if word.startswith(f"{vocabulary}/")]
    beside = f"'id: {new[0]}'" if len(new) == 1 else "the word that takes its place"
    what = f"the word '{id_}' of '{vocabulary}' would disappear, with every address that holds it"
    unless = "; if no update ever named it," if vocabulary in _SAID_WITH else ", or"
    to_do = f"put it back{unless} write beside {beside}: formerly: [{id_}]; {suffix}"
    return _problem(_HEADER, _line(snapshot, vocabulary), what, to_do)


def _lost_item(item: Item, came: list[Item], snapshot: Snapshot, suffix: str) -> Problem:
    if item.kind in ("page", "file"):
        there = _likely(item, came)
        line = f"- {{from: /{item.name}, to: /{there}, since: {snapshot.as_of}, why: …}}"
        to_do = f"put back what it was made from, or add to {_REDIRECTS}: {line}; {suffix}"
        return _problem(_REDIRECTS, 1, f"the published address /{item.name} would disappear", to_do)
    if item.kind == "entry" and item.of.startswith("milestone/"):
        date = item.says.partition("/")[0]
        what = f"the milestone of {date} would disappear from feeds"
        to_do = f"put it back; if its date was wrong, write below the right one: formerly: {date}; {suffix}"
        return _problem("data/timeline.yml", 1, what, to_do)
    if item.kind == "entry":
        return _lost_update(item, snapshot, suffix)
    shown = f"/{item.name}" if item.kind == "part" else f"{item.kind} {item.says}"
    return _problem(_HEADER, 1, f"the published name of {shown} would disappear", f"put it back; {suffix}")


def _lost_update(item: Item, snapshot: Snapshot, suffix: str) -> Problem:
    number, date, voice, *_ = item.says.split("/")
    record = snapshot.statuses[int(number)].record
    what = f"the update of {date} by '{voice}' would disappear from feeds"
    to_do = f"put it back; a wrong one is marked 'withdrawn'; {suffix}"
    line = record.origin.line if record.origin else 1
    return Problem("data/recommendations.yml", line, f"recommendation {number}", what, to_do, "lost-address")


def _likely(item: Item, came: list[Item]) -> str:
    """Where something has probably gone: where it led already, the one new page, or the nearest name; else three dots."""
    if item.says:
        return item.says
    names = [other.name for other in came if other.kind == item.kind]
    near = names if len(names) == 1 else difflib.get_close_matches(item.name, names[:300], n=1)
    return near[0] if near else "…"


def _line(snapshot: Snapshot, field: str) -> int:
    origin = snapshot.header.origin
    return origin.line_of(field) if origin else 1


def _problem(path: str, line: int, what: str, to_do: str) -> Problem:
    return Problem(path, line, "", what, to_do, "lost-address")
