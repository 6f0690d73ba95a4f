"""What the data of an earlier commit say of addresses, whatever model they were written for.

Only what addresses and permanent names are made from is read, each by itself: numbers, ids, dates and voices. So a field that
has come, gone or changed since does not stand in the way. What cannot be read is reported and left out.
"""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from register import model
from register.dates import PartialDate
from register.load.yaml_source import Fields, Items, Node, parse
from register.problems import Problem, ProblemsFound
from register.site.manifest import Manifest, manifest
from register.state.snapshot import Snapshot

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FIRST_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_MOST = 9999  # the highest number that a recommendation can have


@dataclass
class EarlierData:
    """Reads the files of an earlier commit."""

    files: Mapping[str, str]  # the text of each by its path: "data/register.yml"
    name: str  # the commit, as messages show it
    unread: list[Problem] = field(default_factory=list)
    _year_starts: str = ""

    def manifest(self, today: datetime.date, docs: Iterable[str]) -> Manifest:
        """Return what was published, as far as the data tell.

        Args:
            today: the day up to which there are yearly reports.
            docs: the names of the files of ``docs/`` in that commit.
        """
        snapshot = self._snapshot(today)
        held = manifest(snapshot, docs)
        if not held.register:  # from it all ids of feeds, entries and dates are made
            held = replace(held, items=tuple(item for item in held.items if not item.name.startswith("urn:")))
        if not self._year_starts:
            held = replace(held, items=tuple(item for item in held.items if not item.of.startswith("year/")))
        return replace(held, year_starts=self._year_starts)

    def _snapshot(self, today: datetime.date) -> Snapshot:
        """A snapshot that holds what addresses are made from, and nothing else."""
        header = self._header(today)
        register = model.Register.model_construct(
            header=header,
            recommendations=self._recommendations(header),
            links=[],
            contacts=[],
            topics=[],
            timeline=list(self._timeline()),
            redirects=list(self._redirects()),
            statement=None,
        )
        return Snapshot(register, today)

    def _read(self, path: str) -> Node:
        """A file's content; nothing if it is missing or is no YAML."""
        shown = f"{path} of {self.name}"
        if path not in self.files:
            self._report(path, 1, "", "is not there")
            return Items(1)
        try:
            node, problems = parse(self.files[path], shown)
        except ProblemsFound as found:
            self.unread += found.problems
            return Items(1)
        self.unread += problems
        return node

    def _report(self, path: str, line: int, record: str, what: str) -> None:
        self.unread.append(Problem(f"{path} of {self.name}", line, record, what, "", "not-compared"))

    def _records(self, path: str) -> Iterator[Fields]:
        node = self._read(path)
        yield from (item for item in node if isinstance(item, Fields)) if isinstance(node, Items) else ()

    def _header(self, today: datetime.date) -> model.Header:
        path = "data/register.yml"
        node = self._read(path)
        typed = node if isinstance(node, Fields) else Fields(1)
        starts = _text(typed, "reporting_year_starts")
        self._year_starts = starts if _FIRST_DAY.fullmatch(starts) else ""
        inquiry = typed.get("inquiry")
        published = _date(inquiry, "published") if isinstance(inquiry, Fields) else None
        if not _text(typed, "id") or not published or not self._year_starts:
            self._report(path, 1, "", "its id, the day of the report or the reporting year cannot be read")
        return model.Header.model_construct(
            id=_text(typed, "id"),
            title="",
            total=_number(typed, "total"),
            review_every=1,
            reporting_year_starts=self._year_starts or "01-01",
            inquiry=model.Inquiry.model_construct(published=published or PartialDate(today.isoformat())),
            initial=model.Initial.model_construct(label="", definition="", source=""),
            responses=list(_terms(typed, "responses", model.Term)),
            progress=list(_terms(typed, "progress", model.ProgressTerm)),
            voices=list(_terms(typed, "voices", model.VoiceTerm)),
            bodies=list(_terms(typed, "bodies", model.NamedTerm)),
            themes=list(_terms(typed, "themes", model.NamedTerm)),
            audiences=list(_terms(typed, "audiences", model.NamedTerm)),
        )

    def _recommendations(self, header: model.Header) -> list[model.Recommendation]:
        path = "data/recommendations.yml"
        updates = {number: list[model.Update]() for number in range(1, header.total + 1)}
        voices = {voice.id for voice in header.voices}
        for record in self._records(path):
            number = _number(record, "number")
            listed = record.get("updates")
            for typed in listed if isinstance(listed, Items) and number else ():
                if update := _update(typed, voices):
                    updates.setdefault(number, []).append(update)
                else:
                    line = typed.line if isinstance(typed, Fields) else record.line
                    self._report(
                        path, line, f"recommendation {number}", "an update has no date and voice that can be read"
                    )
        return [
            model.Recommendation.model_construct(number=number, updates=held)
            for number, held in sorted(updates.items())
        ]

    def _timeline(self) -> Iterator[model.Milestone]:
        for record in self._records("data/timeline.yml"):
            if date := _date(record, "date"):
                formerly = _date(record, "formerly")
                yield model.Milestone.model_construct(date=date, formerly=formerly, place="", text="", sources=[])
            else:
                self._report("data/timeline.yml", record.line, "", "a milestone has no date that can be read")

    def _redirects(self) -> Iterator[model.Redirect]:
        """The old addresses that led on then: they must lead on today. There was no such file at first."""
        for record in self._records("data/redirects.yml") if "data/redirects.yml" in self.files else ():
            old, since = _text(record, "from"), _date(record, "since")
            if old.startswith("/") and since:
                yield model.Redirect.model_construct(from_=old, to=_text(record, "to"), since=since, why="")
            else:
                self._report("data/redirects.yml", record.line, "", "a redirect cannot be read")


def _text(record: Fields, name: str) -> str:
    value = record.get(name)
    return value if isinstance(value, str) else ""


def _number(record: Fields, name: str) -> int:
    text = _text(record, name)
    return int(text) if re.fullmatch("[0-9]{1,4}", text) and 1 <= int(text) <= _MOST else 0


def _date(record: Fields, name: str) -> PartialDate | None:
    try:
        return PartialDate(_text(record, name))
    except ValueError:
        return None


T = TypeVar("T", bound=model.VocabularyTerm)


def _terms(header: Fields, name: str, kind: type[T]) -> Iterator[T]:
    listed = header.get(name)
    for typed in listed if isinstance(listed, Items) else ():
        if isinstance(typed, Fields) and _ID.fullmatch(_text(typed, "id")):
            formerly = typed.get("formerly")
            old = (
                [id_ for id_ in formerly if isinstance(id_, str) and _ID.fullmatch(id_)]
                if isinstance(formerly, Items)
                else []
            )
            yield kind.model_construct(id=_text(typed, "id"), label="", definition="", formerly=old)


def _update(typed: Node, voices: set[str]) -> model.Update | None:
    if not isinstance(typed, Fields):
        return None
    date, voice = _date(typed, "date"), _text(typed, "voice")
    return (
        model.Update.model_construct(date=date, recorded=date, voice=voice, note="")
        if date and voice in voices
        else None
    )
