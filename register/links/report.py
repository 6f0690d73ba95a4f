"""``link-report.json``: what the link check found, in a form that others can rely on.

The classes are the description; pydantic derives a JSON Schema from them. Links stand in the order
of their addresses, fields in the order given here, so that two reports can be compared line by line.
"""

import datetime
import json
import os
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    ValidationError,
    model_serializer,
)

from register.ordinary_files import read_ordinary, write_whole
from register.problems import Problem, ProblemsFound

NAME = "link-report.json"
MOST_BYTES = 5_000_000  # a report of 10,000 links has about 4 million
CHECKED_AGAIN_AFTER = 14  # days: the check runs weekly, so that older than this a run has not taken place

LinkVerdict = Literal[
    "working",
    "redirected",
    "moved-away",
    "impostor",
    "gone",
    "server-fault",
    "blocked",
    "no-host",
    "certificate",
    "timeout",
    "loop",
    "placeholder",
    "unconfirmed",
]
VERDICTS: tuple[LinkVerdict, ...] = get_args(LinkVerdict)

# The link serves its readers, or the site says beside it that nobody has confirmed the address.
GOOD: frozenset[LinkVerdict] = frozenset({"working", "redirected", "unconfirmed"})
# An address that no longer shows its page is not offered to readers as a link.
WITHDRAWN: frozenset[LinkVerdict] = frozenset({"gone", "impostor"})


class CheckedLink(BaseModel):
    """One address and what was found there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: Annotated[str, Field(description="The address, as data/links.yml or the page has it.")]
    id: Annotated[str | None, Field(description="Its entry in data/links.yml; null if it has none.")]
    verdict: Annotated[LinkVerdict, Field(description="The finding in one word.")]
    detail: Annotated[str, Field(description="What was seen and, in brackets, what to do.")]
    final_url: Annotated[str | None, Field(description="Where the address led in the end; null if it did not answer.")]
    found_on: Annotated[list[str], Field(description="Pages of the site that carry it, from the site's root: 'help/'.")]
    candidate: Annotated[bool, Field(description="True for an address that nobody has confirmed; else left out.")] = (
        False
    )

    @model_serializer(mode="wrap")
    def _leave_out_false(self, serialize: SerializerFunctionWrapHandler) -> dict[str, Any]:
        fields: dict[str, Any] = serialize(self)
        if not self.candidate:
            del fields["candidate"]
        return fields


class FoundCopy(BaseModel):
    """A kept copy of a page that has none in data/links.yml yet: a proposal, which a person accepts or not."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(description="The page's entry in data/links.yml.")]
    url: Annotated[str, Field(description="The page's address there.")]
    archive: Annotated[str, Field(description="The name of the public web archive that keeps the copy.")]
    copy_url: Annotated[str, Field(description="The copy's address.")]
    taken: Annotated[datetime.date, Field(description="When the copy was made, in UTC.")]


class LinkReport(BaseModel):
    """The result of one run of the link check."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    checked_at: Annotated[datetime.datetime, Field(description="When the run ended, in UTC.")]
    links: Annotated[list[CheckedLink], Field(description="Every address, in order.")]
    found_copies: Annotated[
        list[FoundCopy], Field(description="Kept copies to be accepted, in order of ids; left out if there are none.")
    ] = []

    @model_serializer(mode="wrap")
    def _leave_out_no_copies(self, serialize: SerializerFunctionWrapHandler) -> dict[str, Any]:
        fields: dict[str, Any] = serialize(self)
        if not self.found_copies:
            del fields["found_copies"]
        return fields

    def is_old(self, day: datetime.date) -> bool:
        """Return whether, on a day, at least one weekly run must have been left out since."""
        return (day - self.checked_at.date()).days > CHECKED_AGAIN_AFTER

    def of(self, link_id: str, url: str) -> CheckedLink | None:
        """Return what was found for an entry of data/links.yml; None if that address was not checked."""
        return self._index.get((link_id, url))

    @cached_property
    def _index(self) -> dict[tuple[str | None, str], CheckedLink]:
        return {(checked.id, checked.url): checked for checked in self.links}


def write(report: LinkReport, path: Path) -> None:
    """Write a report; the old one stays in place until the new one is complete."""
    text = json.dumps(report.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"
    write_whole(path, text.encode())


def read(path: Path) -> LinkReport | None:
    """Return the report in a file; None if there is no file.

    Raises:
        ProblemsFound: the file is not a report, or no ordinary file.
    """
    if not os.path.lexists(path):
        return None
    content = read_ordinary(path, path.name, MOST_BYTES)
    try:
        return LinkReport.model_validate_json(content)
    except ValidationError:
        what, to_do = "this is not a report of the link check", "take it out, or run 'make links' again"
        raise ProblemsFound([Problem(path.name, 1, "", what, to_do, "link-report")]) from None
