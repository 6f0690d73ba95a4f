"""What is said of kept copies: in a terminal with lines to paste, and as Markdown. What is the same for many pages is said once."""

from collections.abc import Callable, Iterator

from register.characters import as_code, one_line
from register.dates import say
from register.edit.data_text import as_yaml
from register.links.kept_copies import SoughtCopy
from register.links.report import FoundCopy
from register.links.web_archives import ARCHIVES
from register.problems import counted

_INTRODUCTION = "Kept copies, for when a page goes. Open a copy and read it before you accept it."
_OF_THE_INQUIRY = "Pages of the inquiry's own site. That site ends some day; each of its pages that is cited here should have a copy before."
_OTHERS = "Other pages"
_NONE_FOUND = "no copy was found (ask for one at https://web.archive.org/save)"


def as_text(sought: list[SoughtCopy]) -> str:
    """Return what was found for a terminal; empty if every page has a copy already."""
    if not sought:
        return ""
    lines = [_INTRODUCTION]
    for title, held in _parts(sought):
        lines += ["", f"{title} ({counted(len(held), 'page')})"]
        for one in (one for one in held if one.found):
            lines += _proposal(one)
        lines += [f"  {line}" for line in _said_once(held, str)]
    return "\n".join(lines)


def as_markdown(sought: list[SoughtCopy]) -> str:
    """Return the same as Markdown."""
    if not sought:
        return ""
    lines = ["### Kept copies", "", _INTRODUCTION, ""]
    for title, held in _parts(sought):
        lines += [f"**{title}** ({counted(len(held), 'page')})", ""]
        for one in held:
            if one.found:
                lines.append(
                    f"- {as_code(one.link.id)} {_of(one.found)}: {as_code(one.found.copy_url)}, accept it with {as_code(_command(one))}"
                )
        lines += [*(f"- {line}" for line in _said_once(held, as_code)), ""]
    return "\n".join(lines)


def _archive_field(found: FoundCopy) -> str:
    """The lines of data/links.yml by which a copy is accepted, indented as in an entry."""
    field = as_yaml({"archive": {"url": found.copy_url, "taken": found.taken.isoformat()}})
    return "\n".join(f"  {line}" for line in field.splitlines())


def _parts(sought: list[SoughtCopy]) -> Iterator[tuple[str, list[SoughtCopy]]]:
    for title, of_the_inquiry in ((_OF_THE_INQUIRY, True), (_OTHERS, False)):
        if held := [one for one in sought if one.of_the_inquiry is of_the_inquiry]:
            yield title, held


def _proposal(sought: SoughtCopy) -> Iterator[str]:
    """The copy of one page, how to accept it by a command, and the lines to paste."""
    origin, found = sought.link.origin, sought.found
    assert found
    place = f"{origin.path}:{origin.line_of('url' if sought.link.url else 'candidate')}" if origin else "data/links.yml"
    yield one_line(f"  · {sought.link.id}  {sought.address}")
    yield f"    {_of(found)}: {_command(sought)}, or paste below {place}"
    yield _archive_field(found)


def _of(found: FoundCopy) -> str:
    return f"copy of {say(found.taken)}, {found.archive}"


def _command(sought: SoughtCopy) -> str:
    return f"make keep-link ID={sought.link.id}"


def _said_once(held: list[SoughtCopy], shown: Callable[[str], str]) -> Iterator[str]:
    """What holds of several pages: that no copy was found, and what an archive did not tell; each with the ids of its pages."""
    reasons: dict[str, list[str]] = {}
    for one in held:
        if not one.found and len(one.unanswered) < len(ARCHIVES):
            reasons.setdefault(_NONE_FOUND, []).append(one.link.id)
        for archive, why in one.unanswered:
            reasons.setdefault(f"{archive.name}: {why} (look there by hand: {archive.by_hand})", []).append(one.link.id)
    for reason, ids in reasons.items():
        yield f"{shown(one_line(reason))}: {counted(len(ids), 'page')}: {', '.join(map(shown, ids))}"
