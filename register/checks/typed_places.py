"""Finds the place in the Markdown pages where something that was found in a built page was typed."""

from dataclasses import dataclass, field
from pathlib import Path

from register.checks.built_pages import BuiltPage
from register.checks.line_of import line_of


@dataclass(frozen=True, order=True)
class Place:
    """A line of a file; the path stands from the project's folder."""

    path: str
    line: int


@dataclass
class TypedPlaces:
    """The Markdown pages of a project; each is read once."""

    docs: Path
    _texts: dict[str, str | None] = field(default_factory=dict)

    def find(self, page: BuiltPage, line: int, typed: tuple[str, ...]) -> Place:
        """Return where something in a built page was typed: in its Markdown, or else in the built page itself.

        Args:
            page: the built page.
            line: the line of its HTML.
            typed: how it may stand in Markdown, the likeliest first; nothing for what is about a page as a whole.
        """
        for source in (f"{page.address.rstrip('/')}.md", f"{page.address}index.md"):
            text = self._read(source.lstrip("/"))
            if text is not None and (number := line_of(text, typed) if typed else 1):
                return Place(f"{self.docs.name}/{source.lstrip('/')}", number)
        return Place(f"site/{page.path}", line)

    def _read(self, source: str) -> str | None:
        """The text of a Markdown page; None if there is no such page."""
        if source not in self._texts:
            path = self.docs / source
            self._texts[source] = path.read_text(encoding="utf-8-sig") if path.is_file() else None
        return self._texts[source]


def quoted(text: str) -> tuple[str, ...]:
    """Return how an address may stand in Markdown: as a whole in quotes or brackets, or else as part of a line."""
    whole = (f"]({text})", f'"{text}"', f"'{text}'", f"({text})", f"<{text}>")
    return (*whole, text) if len(text) > 1 else whole
