"""Whether a published site is what a commit builds, byte for byte.

The site is a folder, of which every file is compared, or an address, of which every file that the commit builds is fetched and compared.
"""

import datetime
import html
import importlib.metadata
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from register.characters import from_outside, one_line
from register.checks.earlier_commit import EarlierCommit, git
from register.inventory.locks import read_lock
from register.links.published_site import NotFetched, fetch_files
from register.problems import SHOWN, InputError, counted
from register.site import urls
from register.site.policy import CODINGS, FOR_HOSTS_ONLY
from register.site.rebuild import BuildSettings, CannotRebuild, rebuilt

_LOCK = "requirements.txt"
# Read by web hosts and served by none (see README, "Publish it").
_FOR_HOSTS = frozenset({*FOR_HOSTS_ONLY, urls.HTACCESS})
_LONGEST = 300
_NO_LINK_REPORT = "if it was built with a report of the link check, give the same one: LINK_REPORT=link-report.json"

Content = bytes | NotFetched | None  # of a file: its bytes, why it could not be had, or None if there is none


class NoPublishedSite(InputError):
    """What was named is no published site; the text says why."""


@dataclass(frozen=True)
class PublishedSite:
    """A published site: a folder, or an address that ends in "/"."""

    at: Path | str

    @classmethod
    def named(cls, at: str) -> "PublishedSite":
        """Return the site that somebody named.

        Raises:
            NoPublishedSite: it is neither an address nor a folder.
        """
        if re.match(r"https?://", at):
            return cls(at if at.endswith("/") else f"{at}/")
        if not Path(at).is_dir():
            raise NoPublishedSite(
                f"'{at[:_LONGEST]}' is neither an address nor a folder (name the site, like https://… or site)"
            )
        return cls(Path(at))

    def read(self, names: Iterable[str]) -> dict[str, Content]:
        """Return some files by their names, which are paths from the site's root."""
        if isinstance(self.at, str):
            return fetch_files(self.at, names)
        return {name: path.read_bytes() if (path := self.at / name).is_file() else None for name in names}

    @property
    def all_names(self) -> set[str]:
        """The names of all its files, as far as they can be known: none of a site at an address."""
        return set() if isinstance(self.at, str) else {name for name in files_of(self.at) if self.shows(name)}

    def shows(self, name: str) -> bool:
        """Return whether it can be seen to hold a file that was built.

        What is compressed beforehand is sent in place of the file itself by some hosts, and by others under its own name. A
        version of the register stays as it was first published, perhaps by an earlier commit.
        """
        if name.startswith(urls.VERSIONS):
            return False
        return isinstance(self.at, Path) or (name not in _FOR_HOSTS and not name.endswith(tuple(CODINGS.values())))


def files_of(folder: Path) -> set[str]:
    """Return the names of all files in a folder, from there."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


def settings_of(site: PublishedSite) -> BuildSettings:
    """Return what a site was built with, as it says itself.

    ``build.json`` says it; the address for changes stands on the first page.

    Raises:
        NoPublishedSite: it does not say so.
    """
    build, home = urls.BUILD.path, "index.html"
    compressed = [home + ending for ending in CODINGS.values()]
    held = site.read([build, home, *compressed])
    said = _object(held[build])
    try:
        as_of, built = (datetime.date.fromisoformat(str(said[name])) for name in ("as_of", "built"))
        address = str(said["site"])
    except (KeyError, ValueError):
        unread = held[build]
        reason = unread.why if isinstance(unread, NotFetched) else f"it has no {build} that says so"
        raise NoPublishedSite(f"'{site.at}' does not say what it was built with: {reason}") from None
    edit = re.search(r'href="(https?://[^"]*/)index\.md"', _text(held[home]))
    published = any(isinstance(held[name], bytes) for name in compressed)
    return BuildSettings(address, html.unescape(edit[1]) if edit else "", as_of, built, published)


def _object(held: Content) -> dict[str, object]:
    """A JSON object as a file holds it; empty if it holds none."""
    try:
        read = json.loads(held) if isinstance(held, bytes) else None
    except ValueError:
        read = None
    return read if isinstance(read, dict) else {}


def _text(held: Content) -> str:
    return held.decode("utf-8", "replace") if isinstance(held, bytes) else ""


def differences(site: PublishedSite, built: Path) -> Iterator[str]:
    """Yield a sentence for each file in which a site is not what was built: other bytes, missing, or there without being built."""
    names = {name for name in files_of(built) if site.shows(name)}
    published = site.read(sorted(names))
    for name in sorted(names | site.all_names):
        if name not in names:
            yield f"{name}: is on the site, and the commit does not build it"
            continue
        content = published[name]
        if content is None:
            yield f"{name}: is missing from the site"
        elif isinstance(content, NotFetched):
            yield f"{name}: could not be fetched: {content.why}"
        elif content != (wanted := (built / name).read_bytes()):
            yield f"{name}: is not what the commit builds, from {_where(content, wanted)} on"


def _where(content: bytes, wanted: bytes) -> str:
    """Where two files begin to differ."""
    same = next((place for place, (one, other) in enumerate(zip(content, wanted, strict=False)) if one != other), None)
    place = min(len(content), len(wanted)) if same is None else same
    if b"\0" in wanted:
        return f"byte {place + 1}"
    lines_before = wanted[:place].count(b"\n")
    return f"line {lines_before + 1}"


@dataclass(frozen=True)
class SiteComparison:
    """What came of holding a site against a commit."""

    found: list[str]  # a sentence for each file that is not the same
    total: str  # a sentence about all of them

    def __str__(self) -> str:
        lines = [from_outside(line, _LONGEST) for line in self.found[:SHOWN]]
        more = [f"… and {counted(len(self.found) - SHOWN, 'file')} more"] if len(self.found) > SHOWN else []
        return "\n".join([*lines, *more, self.total])


def compare_with_built(project: Path, at: str, ref: str, link_report: Path | None) -> SiteComparison:
    """Build a commit again and return in what a site is not what it builds.

    Args:
        project: the project's folder, inside a git repository.
        at: the site's address or folder.
        ref: a commit, branch or tag.
        link_report: the report of the link check that the site was built with, if any.

    Raises:
        NoPublishedSite: what was named is no published site.
        CannotRebuild: the commit cannot be built with what is installed here.
        ProblemsFound: there is no such commit.
    """
    commit = EarlierCommit.find(project, ref).commit
    site = PublishedSite.named(at)
    settings = settings_of(site)
    if others := list(_other_packages(project, commit)):
        to_do = "check the commit out and run its own 'make verify-site'"
        named = ", ".join(others)
        raise CannotRebuild(f"the commit is built with other packages than are installed here: {named} ({to_do})")
    with rebuilt(project, commit, settings, link_report) as built:
        found = list(differences(site, built))
        number = counted(sum(map(site.shows, files_of(built))), "file")
    what = f"what commit {commit[:12]} builds as at {settings.as_of.isoformat()}"
    if not found:
        return SiteComparison([], f"The site is {what}, byte for byte: {number}.")
    hint = "" if link_report else f" ({_NO_LINK_REPORT})"
    return SiteComparison(found, f"The site is not {what}: {counted(len(found), 'difference')}{hint}.")


def _other_packages(project: Path, commit: str) -> Iterator[str]:
    """Packages that a commit's lock holds in another version than is installed here."""
    lock = git(project, "show", f"{commit}:./{_LOCK}") or b""
    try:
        packages = read_lock(lock.decode()).packages
    except ValueError as wrong:
        raise CannotRebuild(one_line(f"the commit's {_LOCK} is no lock file: {wrong} (name another commit)")) from None
    for package in packages:
        try:
            installed = importlib.metadata.version(package.name)
        except importlib.metadata.PackageNotFoundError:
            if package.marker is None:
                yield f"{package.name} {package.version}, here none"
            continue
        if installed != package.version:
            yield f"{package.name} {package.version}, here {installed}"
