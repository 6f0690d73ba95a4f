"""Fetches the pages that nothing is expected of yet and proposes words by which each could be known, for a person to accept.

They are fetched and judged as the link check does it. From a page that the verdict does not take for the page nothing is learnt.
"""

import datetime
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from register import clock
from register.characters import one_line
from register.edit.data_text import as_yaml
from register.links.check import check_and_read
from register.links.limits import Limits
from register.links.page_words import Known, PageWords, read_words
from register.links.plan import requested
from register.links.verdict import Judgement, Target
from register.model import Link, Register
from register.ordinary_files import read_ordinary, write_whole
from register.problems import Problem, ProblemsFound, counted

NAME = "learnt-words.json"
_MOST_BYTES = 5_000_000


class LearntWords(BaseModel):
    """Words by which one page could be known."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(description="The page's entry in data/links.yml.")]
    url: Annotated[str, Field(description="Its address there.")]
    title: Annotated[str, Field(description="The page's title, cleaned.")]
    phrases: Annotated[list[str], Field(description="The words, as 'expect' holds them.", min_length=1)]


class Learnt(BaseModel):
    """The result of one run, to be accepted by a person."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fetched_at: Annotated[datetime.datetime, Field(description="When the run ended, in UTC.")]
    words: Annotated[list[LearntWords], Field(description="In the order of data/links.yml.")]


@dataclass(frozen=True)
class LearningRun:
    """What one run found: words, and for each of the other pages why none are proposed."""

    words: list[LearntWords]
    without: dict[str, str]  # by id


def without_words(register: Register) -> list[Link]:
    """Return the entries of data/links.yml that have an address and no words to know their page by."""
    return [link for link in register.links if link.address and not link.expect.phrases]


def learn(register: Register, limits: Limits, on_verdict: Callable[[Judgement], None]) -> LearningRun:
    """Fetch each page that nothing is expected of, and choose words that it shows.

    Args:
        register: the register, with its entries of data/links.yml.
        limits: of this run.
        on_verdict: called with the verdict on each page, to show progress.

    Raises:
        CheckImpossible: LinkChecker, or the process that reads pages, cannot be run.
    """
    wanted = without_words(register)
    known = {requested(_address(link)): Known(link.name, link.owner) for link in wanted}
    targets = {requested(_address(link)): Target(requested(_address(link)), link.expect.host or "") for link in wanted}
    answers = check_and_read(targets.values(), limits, on_verdict, partial(read_words, known))
    words, without = [], {}
    for link in wanted:
        judgement, shown = answers[requested(_address(link))]
        if why := _why_not(judgement, shown):
            without[link.id] = why
        else:
            words.append(LearntWords(id=link.id, url=_address(link), title=shown.title, phrases=shown.phrases))
    return LearningRun(words, without)


def _why_not(judgement: Judgement, shown: PageWords | None) -> str:
    """Why nothing is learnt of an answer; "" if there is something."""
    if judgement.verdict not in ("working", "redirected"):
        return f"{judgement.verdict}: {judgement.seen}"
    if shown and shown.unfit:
        return f"it shows another page before it: '{shown.unfit}'"
    return "" if shown and shown.phrases else "neither its title nor its heading says more than any page might"


def _address(link: Link) -> str:
    return link.url or link.candidate or ""


def as_text(run: LearningRun) -> str:
    """Return what was found for a terminal: lines to paste for each page, and why there are none for the others."""
    total = len(run.words) + len(run.without)
    if not total:
        return "Every page has words to know it by."
    lines = [f"Words to know a page by are proposed for {len(run.words)} of {counted(total, 'page')}."]
    if run.words:
        lines += ["Open each page and read it before you accept its words: they are what it shows, whatever it is."]
    for learnt in run.words:
        field = as_yaml({"expect": {"phrases": learnt.phrases}})
        lines += ["", one_line(f"· {learnt.id}  {learnt.url}"), f"    its title: {learnt.title or '(none)'}"]
        lines += [f"    make accept-words ID={learnt.id}, or paste:", *(f"  {line}" for line in field.splitlines())]
    return "\n".join([*lines, *_reasons(run)])


def _reasons(run: LearningRun) -> Iterator[str]:
    """Why nothing is proposed, each reason once."""
    if run.without:
        yield ""
        yield f"Nothing is proposed for {counted(len(run.without), 'page')}:"
    for reason in sorted(set(run.without.values())):
        ids = [link_id for link_id, why in run.without.items() if why == reason]
        yield f"  {reason}: {counted(len(ids), 'page')}: {', '.join(ids)}"


def keep(run: LearningRun, project: Path) -> None:
    """Write what was found into a project's folder, from which 'make accept-words' takes it."""
    learnt = Learnt(fetched_at=clock.moment().replace(microsecond=0), words=run.words)
    text = json.dumps(learnt.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"
    write_whole(project / NAME, text.encode())


def kept(project: Path) -> list[LearntWords]:
    """Return what the last run found; nothing if there was none.

    Raises:
        ProblemsFound: the file is not what a run writes.
    """
    if not os.path.lexists(project / NAME):
        return []
    try:
        return Learnt.model_validate_json(read_ordinary(project / NAME, NAME, _MOST_BYTES)).words
    except ValidationError:
        what, to_do = "this is not what 'make learn-links' writes", "take it out, or run 'make learn-links' again"
        raise ProblemsFound([Problem(NAME, 1, "", what, to_do, "learnt-words")], "nothing was written") from None
