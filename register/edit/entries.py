"""Adds a link, an event or a page, and notes who confirmed a link or a help line."""

import json
import re
import unicodedata
from collections.abc import Iterable

from register.dates import PartialDate
from register.edit.asking import Answers
from register.edit.change import Change, FileText
from register.edit.finish import Editing
from register.edit.input_fields import input_fields
from register.model import Check, Contact, FrontMatter, Link, Milestone
from register.problems import InputError, nearest


class NoSuchEntry(InputError):
    """There is no link or contact of this id."""

    def __init__(self, noun: str, wanted: str, ids: Iterable[str]) -> None:
        super().__init__(f"there is no {noun} '{wanted[:60]}' ({nearest(wanted, ids)})")


class TakenName(InputError):
    """A page or link of this name is already there."""


def add_link(editing: Editing) -> None:
    """Add a link. Nothing is fetched: a person opens the page, and says so.

    Raises:
        TakenName: its id is another link's.
        ProblemsFound: what was given cannot be used.
    """
    asking = editing.asking
    fields = input_fields(Link, editing.snapshot.register)
    answers: Answers = {}
    asking.fill([fields["name"], fields["owner"]], answers)
    answers["id"] = asking.given.get("id", (_id(str(answers["name"])),))[-1]
    if any(link.id == answers["id"] for link in editing.snapshot.register.links):
        raise TakenName(f"there is a link '{answers['id']}' already (give another one with --id)")
    answers["recorded"] = editing.today
    seen = "url" in asking.given or (asking.asks and asking.yes("Have you opened the page yourself and read it?"))
    address = fields["url" if seen else "candidate"]
    if value := asking.answer(address, required=seen):
        answers[address.name] = value
    if seen:
        answers["confirmed"] = _check(editing)
    asking.fill([fields["note"]], answers)
    edited = editing.data("links.yml")
    edited.add_record({name: answers[name] for name in fields if name in answers})
    shown = "with a link" if seen else "without a link, until somebody confirms its address"
    editing.finish(editing.checked(edited), [f"Readers see '{answers['name']}' {shown}. Cite it as '{answers['id']}'."])


def confirm_link(editing: Editing, link_id: str) -> None:
    """Note that somebody opened a link's page and read it; a candidate becomes the link's address.

    Raises:
        NoSuchEntry: there is no such link, or it has no address.
        ProblemsFound: what was given cannot be used.
    """
    links = {link.id: link for link in editing.snapshot.register.links if link.address}
    if link_id not in links:
        raise NoSuchEntry("link with an address", link_id, links)
    link, edited = links[link_id], editing.data("links.yml")
    edited.set((link_id,), {"url": link.address or "", "confirmed": _check(editing)})
    if link.candidate:
        edited.remove((link_id,), "candidate")
    editing.finish(editing.checked(edited), [f"'{link.name}' leads readers to {link.address}"])


def confirm_contact(editing: Editing, contact_id: str) -> None:
    """Note that somebody rang or asked a service, and that what stands here about it is right.

    Raises:
        NoSuchEntry: there is no such contact.
        ProblemsFound: what was given cannot be used.
    """
    contacts = {contact.id: contact for contact in editing.snapshot.register.contacts}
    if contact_id not in contacts:
        raise NoSuchEntry("contact", contact_id, contacts)
    contact, edited = contacts[contact_id], editing.data("contacts.yml")
    edited.set((contact_id,), {"use": "ok", "confirmed": _check(editing)})
    if contact.unconfirmed:
        edited.remove((contact_id,), "unconfirmed")
    editing.finish(editing.checked(edited), [f"{_line(contact)} is shown as confirmed."])


def _line(contact: Contact) -> str:
    return f"{contact.name} ({contact.number})" if contact.number else contact.name


def _check(editing: Editing) -> Answers:
    """Who looked, and today."""
    answers: Answers = {}
    editing.asking.fill([input_fields(Check, editing.snapshot.register)["by"]], answers)
    return {**answers, "on": editing.today}


def add_event(editing: Editing) -> None:
    """Add an event to the timeline, where it belongs: events stand oldest first.

    Raises:
        ProblemsFound: what was given cannot be used.
    """
    fields = input_fields(Milestone, editing.snapshot.register)
    answers: Answers = {}
    editing.asking.fill([fields[name] for name in ("date", "place", "text", "sources")], answers)
    answers["recorded"] = editing.today
    date = PartialDate(str(answers["date"]))
    timeline = editing.snapshot.register.timeline
    later = [place for place, event in enumerate(timeline) if event.date.first > date.first]
    edited = editing.data("timeline.yml")
    edited.add_record({name: answers[name] for name in fields if name in answers}, min(later, default=None))
    editing.finish(editing.checked(edited), [f"{date}, {answers['place']}: {answers['text']}"])


def new_page(editing: Editing) -> None:
    """Begin a page, at the end of the menu.

    Raises:
        TakenName: there is such a page already.
        ProblemsFound: what was given cannot be used.
    """
    answers: Answers = {}
    fields = input_fields(FrontMatter, editing.snapshot.register)
    editing.asking.fill([fields["title"], fields["description"]], answers)
    title, name = str(answers["title"]), f"{_id(str(answers['title']))}.md"
    path = f"docs/{name}"
    if (editing.project / path).exists():
        raise TakenName(f"{path} is there already (open it, or give the page another title)")
    page = f"---\ntitle: {_quoted(title)}\ndescription: {_quoted(str(answers['description']))}\nupdated: {editing.today}\n---\n\n# {title}\n"
    settings = FileText.read(editing.project, "mkdocs.yml").text
    change = Change.of(
        editing.project,
        {path: page, "mkdocs.yml": f"{settings.rstrip()}\n  - {_quoted(title)}: {name}\n"},
        editing.environment,
    )
    editing.finish(change, [f"The page '{title}' stands last in the menu. Write its words into {path}."])


def _quoted(text: str) -> str:
    """A text as YAML: in double quotes where a plain one might be read as something else (YAML 1.2, 7.3)."""
    return (
        text
        if re.fullmatch(r"[A-Za-z][\w ,'’()-]*\w|[A-Za-z][\w ,'’()-]*[.)]", text)
        else json.dumps(text, ensure_ascii=False)
    )


def _id(name: str) -> str:
    """A name as an id: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return "-".join(re.findall("[a-z0-9]+", plain.replace("'", "")))[:60].strip("-") or "entry"
