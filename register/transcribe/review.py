"""The review in a terminal: one passage after another, each accepted, mended or refused; plain lines, for every terminal."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from pydantic import ValidationError

from register.characters import one_line
from register.load.validation_messages import problems_of
from register.load.yaml_source import Fields
from register.transcribe.review_file import ReviewEntry, write_review

_ASK = "accept, mend, refuse, later or stop"
_ANSWERS = {word[0]: word for word in ("accept", "mend", "refuse", "later", "stop")}


def review(folder: Path, held: Sequence[ReviewEntry]) -> list[ReviewEntry]:
    """Ask about each entry that nobody has decided about; return all entries as they are then.

    Every answer is written at once, so that nothing is lost when the terminal is closed.
    """
    now = list(held)
    waiting = [place for place, entry in enumerate(now) if entry.decision == "open"]
    for count, place in enumerate(waiting, 1):
        click.echo("\n".join(_shown(folder, now[place], f"{count} of {len(waiting)}")))
        try:
            decided = _decided(now[place])
        except click.Abort:  # Ctrl-C, or the end of what is typed
            break
        if decided is None:
            break
        now[place] = decided
        write_review(folder, now)
    return now


def _shown(folder: Path, entry: ReviewEntry, count: str) -> Iterator[str]:
    yield ""
    yield f"Recommendation {entry.number} ({count}): {entry.place}, {_paragraph(entry)}confidence {entry.confidence}."
    yield from (f"  Picture: {one_line(str(folder / name))}" for name in entry.pictures)
    yield from (f"  Because: {one_line(reason)}" for reason in entry.reasons)
    if entry.addressed_to:
        yield f"  Addressed to: {', '.join(entry.addressed_to)}"
    yield ""
    yield from (f"    {one_line(line)}".rstrip() for line in entry.text.split("\n"))
    yield ""


def _paragraph(entry: ReviewEntry) -> str:
    return f"paragraph {one_line(entry.paragraph)}, " if entry.paragraph else ""


def _decided(entry: ReviewEntry) -> ReviewEntry | None:
    """An entry with the answer about it; None to stop."""
    while True:
        answer = click.prompt(_ASK, default="later", show_default=True).strip().casefold()
        word = _ANSWERS.get(answer[:1], "") if _ANSWERS.get(answer[:1], "").startswith(answer) else ""
        if word == "stop":
            return None
        if word == "later":
            return entry
        if word in ("accept", "refuse"):
            return entry.model_copy(update={"decision": word})
        if word == "mend":
            entry = _mended(entry)
            click.echo("\n".join(f"    {one_line(line)}".rstrip() for line in entry.text.split("\n")))
        else:
            click.echo(
                f"'{one_line(answer)[:60]}' is none of the answers (type one of: {', '.join(_ANSWERS.values())})"
            )


def _mended(entry: ReviewEntry) -> ReviewEntry:
    """An entry with the text that was mended in an editor or typed again; unchanged if nothing usable was given."""
    if os.environ.get("VISUAL") or os.environ.get("EDITOR"):
        text = click.edit(entry.text, extension=".txt") or entry.text
    else:
        click.echo("Type the whole text; a line with a single '.' ends it.")
        text = "\n".join(_typed_lines())
    text = "\n".join(line.rstrip() for line in text.strip().split("\n"))
    try:
        return ReviewEntry.model_validate({**entry.model_dump(exclude_none=True), "text": text})
    except ValidationError as error:
        refused = problems_of(error.errors(include_url=False), Fields(1), ReviewEntry, "", "")
        click.echo(f"The text stays as it was: {one_line(refused[0].message)}")
        return entry


def _typed_lines() -> Iterator[str]:
    while (line := click.prompt("", prompt_suffix="", default="", show_default=False)) != ".":
        yield line
