"""Accepts what the link check proposes: a kept copy of a page, or words to know it by.

A person looks first; nothing is fetched here.
"""

from register.characters import one_line
from register.edit.asking import Answers, say
from register.edit.entries import NoSuchEntry
from register.edit.finish import Editing
from register.edit.input_fields import input_fields
from register.links import learning
from register.links.report import NAME, FoundCopy, read
from register.model import Archive, Link
from register.problems import InputError


class NotAccepted(InputError):
    """A proposal is not there, or nobody has looked at what it proposes."""


def keep_link(editing: Editing, link_id: str) -> None:
    """Give a link the kept copy that the link check found, or one that is given as an address and a date.

    Raises:
        NoSuchEntry: there is no such link, or it has no address.
        NotAccepted: no copy was found and none is given, or the copy does not show the page.
        ProblemsFound: what was given cannot be used.
    """
    links = {link.id: link for link in editing.snapshot.register.links if link.address}
    if link_id not in links:
        raise NoSuchEntry("link whose page has an address", link_id, links)
    link, asking = links[link_id], editing.asking
    if (found := _found_copy(editing, link)) and "url" not in asking.given:
        say(one_line(f"{found.archive}, copy of {found.taken.isoformat()}: {found.copy_url}"))
        if asking.asks and not asking.yes("Have you opened the copy, and does it show the page?"):
            raise NotAccepted("a copy is kept only when somebody has seen that it shows the page (nothing was written)")
        editing = editing.with_given("url", found.copy_url).with_given("taken", found.taken.isoformat())
    elif not found and not asking.given and not asking.asks:
        raise NotAccepted(f"no copy of '{link_id}' was found (run 'make links' first, or give --url and --taken)")
    elif not found and "url" not in asking.given:
        say(f"No copy of '{link_id}' was found. 'make links' looks for one; if you know one, write it here.")
    answers: Answers = {}
    fields = input_fields(Archive, editing.snapshot.register)
    editing.asking.fill([fields["url"], fields["taken"]], answers)
    edited = editing.data("links.yml")
    edited.set((link_id,), {"archive": answers})
    seen = f"When the page of '{link.name}' is gone, readers get its copy of {answers['taken']}: {answers['url']}"
    editing.finish(editing.checked(edited), [seen])


def _found_copy(editing: Editing, link: Link) -> FoundCopy | None:
    """The copy of the page's present address in the last report of the link check."""
    report = read(editing.project / NAME)
    found = report.found_copies if report else []
    return next((copy for copy in found if (copy.id, copy.url) == (link.id, link.address)), None)


def accept_words(editing: Editing, link_id: str | None) -> None:
    """Expect of a link's page the words that were learnt from it; without a link, ask about one page after the other.

    Raises:
        NoSuchEntry: there is no such link.
        NotAccepted: no words were learnt of its present address, or no link is named and nothing may be asked.
        ProblemsFound: the words cannot be used.
    """
    links = {link.id: link for link in editing.snapshot.register.links}
    if link_id and link_id not in links:
        raise NoSuchEntry("link", link_id, links)
    learnt = [held for held in learning.kept(editing.project) if _is_wanted(links.get(held.id), held)]
    chosen = [held for held in learnt if link_id in (None, held.id)]
    if not chosen:
        of = f"for '{link_id[:60]}'" if link_id else "for any page"
        raise NotAccepted(f"no words are proposed {of} (run 'make learn-links' first; what has words gets none)")
    if not link_id and not editing.asking.asks:
        raise NotAccepted("words are accepted page by page: name a link (nothing was written)")
    accepted = [held for held in chosen if not editing.asking.asks or _is_accepted(editing, links[held.id], held)]
    edited = editing.data("links.yml")
    for held in accepted:
        edited.set((held.id,), {"expect": {**_host(links[held.id]), "phrases": held.phrases}})
    seen = [f"The page of '{links[held.id].name}' must show {_quoted(held.phrases)}." for held in accepted]
    editing.finish(editing.checked(edited), seen)


def _is_wanted(link: Link | None, learnt: learning.LearntWords) -> bool:
    """Whether words were learnt of a link's present address, and it has none."""
    return bool(link and learnt.url == link.address and not link.expect.phrases)


def _is_accepted(editing: Editing, link: Link, learnt: learning.LearntWords) -> bool:
    say(f"{link.name}, {link.owner}: {learnt.url}", before="\n")
    say(one_line(f"Its title: {learnt.title}"))
    for phrase in learnt.phrases:
        say(one_line(f"It shows: {phrase}"))
    return editing.asking.yes("Have you opened the page, and is it the right one?")


def _quoted(phrases: list[str]) -> str:
    return " and ".join(f"'{phrase}'" for phrase in phrases)


def _host(link: Link) -> dict[str, str]:
    return {"host": link.expect.host} if link.expect.host else {}
