"""What a change touches besides written pages and data: pictures and documents, settings, and the program."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from register.characters import capital
from register.load.yaml_source import read_text
from register.problems import ProblemsFound
from register.review.difference import Difference
from register.review.text_differences import changed_sentences

_CONTENT = ("data", "docs")  # folders
_MADE = (".vscode/schemas/", ".github/ISSUE_TEMPLATE/")
_SETTINGS = "mkdocs.yml"
_MOST_LISTED = 10


def file_differences(before: Path, after: Path, changed: Sequence[str]) -> Iterator[Difference]:
    """Yield what is different in files that are neither pages nor data.

    Args:
        before: the folder of the earlier project.
        after: the folder of the later one.
        changed: the paths of all files that differ.
    """
    for path in changed:
        if path.startswith("docs/") and not path.endswith(".md"):
            was, is_ = ((folder / path).is_file() for folder in (before, after))
            what = "It is changed." if was and is_ else "It is new." if is_ else "It is taken out."
            yield Difference(
                "pages", f"The file {path.removeprefix('docs/')}", what, "open it" if is_ else "it is meant to go"
            )
    if _SETTINGS in changed:
        lines = changed_sentences(_lines(before / _SETTINGS), _lines(after / _SETTINGS))
        for line in list(lines) or ["Only how it is laid out is different."]:
            yield Difference(
                "program",
                "The site's name, address and menu",
                capital(line),
                "it is right, for it stands on every page",
            )
    others = [path for path in changed if path.partition("/")[0] not in _CONTENT and path != _SETTINGS]
    if any(path.startswith(_MADE) for path in others):
        what = "The forms, or what editors are shown while they type, are made anew."
        yield Difference("program", "For editors", what)
    if program := [path for path in others if not path.startswith(_MADE)]:
        more = f" and {len(program) - _MOST_LISTED} more" if len(program) > _MOST_LISTED else ""
        what = f"Changed: {', '.join(program[:_MOST_LISTED])}{more}."
        yield Difference("program", "The program behind the site", what, "somebody who knows the program reads these")


def _lines(path: Path) -> list[str]:
    """The lines of the settings that say something; none if they cannot be read, which the check of the project says."""
    try:
        lines = map(str.strip, read_text(path, path.name).splitlines())
    except ProblemsFound:
        return []
    return [line for line in lines if line and not line.startswith("#")]
