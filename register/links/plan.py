"""What to check: every address of data/links.yml, and every link of the built site, so that nothing escapes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urldefrag, urlsplit

from requests.utils import requote_uri

from register.checks.inside_links import CarriedLink, carried_links
from register.links.verdict import Target
from register.load.yaml_source import Fields, Items, read
from register.model import Link, Register

Role = Literal["url", "candidate", "archive", "typed", "placeholder", "inside"]
LINKS_FILE = "data/links.yml"


@dataclass
class Item:
    """One address, where it comes from and who depends on it."""

    url: str
    role: Role
    path: str
    line: int
    link: Link | None = None
    text: str = ""  # what is wrong with a placeholder or an inside link
    must_work: bool = False
    found_on: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """How people are told of it: by its id, or by the address itself."""
        if not self.link:
            return self.url or "(empty)"
        return f"{self.link.id} (archived copy)" if self.role == "archive" else self.link.id

    @property
    def target(self) -> Target:
        """The address as it is asked, and what must be there."""
        address = requote_uri(urldefrag(f"https:{self.url}" if self.url.startswith("//") else self.url).url)
        if not self.link or self.role == "archive":
            return Target(address)
        return Target(address, self.link.expect.host or "", tuple(self.link.expect.phrases))


@dataclass(frozen=True)
class Plan:
    """All that there is to check."""

    outside: list[Item]
    inside: list[Item]  # placeholders, and inside links that lead nowhere
    inside_count: int  # inside links in all
    not_for_programs: int  # links that lead to a login by their nature, and are not asked

    def targets(self) -> dict[str, Target]:
        """Each address to ask, once; what data/links.yml says of it wins over a link typed by hand."""
        found: dict[str, Target] = {}
        for item in self.outside:
            found.setdefault(item.target.url, item.target)
        return found


def plan(register: Register, project: Path) -> Plan:
    """Return what there is to check in a project whose site is built."""
    carried = carried_links(project / "site", project / "docs")
    listed = list(_listed(register, _lines(project / "data" / "links.yml")))
    by_address = {item.target.url: item for item in listed}
    by_id = {item.link.id: item for item in listed if item.role != "archive"}
    typed: dict[str, Item] = {}
    wrong: dict[tuple[str, str], Item] = {}
    inside = not_for_programs = 0
    for link in carried:
        if link.names:
            _note(by_id.get(link.names), link)
        elif link.problem:
            role: Role = "placeholder" if link.problem.kind == "placeholder" else "inside"
            item = wrong.setdefault((link.address, link.problem.message), _item(link, role))
            _note(item, link)
        elif not _outside(link.address):
            inside += not urlsplit(link.address).scheme
        elif known := by_address.get(_item(link, "typed").target.url):
            _note(known, link)
        elif link.for_programs:
            _note(typed.setdefault(link.address, _item(link, "typed")), link)
        else:
            not_for_programs += 1
    return Plan([*listed, *typed.values()], list(wrong.values()), inside + _count_inside(wrong), not_for_programs)


def _count_inside(wrong: dict[tuple[str, str], Item]) -> int:
    return sum(item.role == "inside" for item in wrong.values())


def _outside(address: str) -> bool:
    return address.startswith("//") or urlsplit(address).scheme.lower() in ("http", "https")


def _item(link: CarriedLink, role: Role) -> Item:
    text = link.problem.message if link.problem else ""
    return Item(link.address, role, link.place.path, link.place.line, None, text, role != "typed")


def _note(item: Item | None, link: CarriedLink) -> None:
    page = link.page or "./"
    if item and page not in item.found_on:
        item.found_on.append(page)


def _listed(register: Register, lines: dict[tuple[str, str], int]) -> Iterator[Item]:
    """The addresses of data/links.yml. Pages of help must always work, so links of contacts that are shown do."""
    help_pages = {contact.link for contact in register.contacts if contact.use == "ok"}
    for link in register.links:
        must_work = link.must_work or link.id in help_pages
        for role, url in (("url", link.url), ("candidate", link.candidate)):
            if url:
                yield Item(url, role, LINKS_FILE, lines.get((link.id, role), 1), link, "", must_work)
        if link.archive:
            yield Item(link.archive.url, "archive", LINKS_FILE, lines.get((link.id, "archive"), 1), link)


def _lines(path: Path) -> dict[tuple[str, str], int]:
    """On which line each field of each link stands."""
    node, _ = read(path, LINKS_FILE)
    records = [record for record in node if isinstance(record, Fields)] if isinstance(node, Items) else []
    return {(record.get("id", ""), name): line for record in records for name, line in record.lines.items()}
