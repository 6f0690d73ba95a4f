"""What may be published of a snapshot, and the words that go with every export."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from register.dates import say
from register.exports.data_format import FORMAT
from register.exports.identifiers import urn
from register.exports.json_schema import inquiry_fields
from register.exports.json_values import JsonObject, json_object
from register.exports.published_records import (
    About,
    DueMove,
    HelpLine,
    PublishedLicence,
    PublishedLink,
    PublishedRecommendation,
    PublishedUpdate,
    Stamp,
    Today,
    Verdict,
)
from register.model import Header, Link, Register, Term
from register.site import urls
from register.state.as_of import was_recorded
from register.state.change_days import register_changed, status_changed
from register.state.help_lines import help_lines
from register.state.permanent_keys import update_keys
from register.state.snapshot import Snapshot
from register.state.status import DueDate, Status, VoicePosition


@dataclass(frozen=True)
class Published:
    """A snapshot as the exports see it: nothing later than its day, no address or contact that readers are not offered."""

    snapshot: Snapshot
    site_url: str = ""  # where the site is published, ending in ``/``; "" where no full address is needed

    @property
    def header(self) -> Header:
        """The register's header."""
        return self.snapshot.header

    @cached_property
    def register(self) -> Register:
        """What of the register may be published: the model's own records, without what is withheld or came later."""
        held, day = self.snapshot.register, self.snapshot.as_of
        return held.model_copy(
            update={
                "recommendations": [
                    status.record.model_copy(update={"updates": [entry.update for entry in status.history]})
                    for status in self.snapshot.statuses.values()
                ],
                "links": [
                    link.model_copy(update={"candidate": None, "url": self.snapshot.links[link.id].url})
                    for link in held.links
                ],
                "contacts": [contact for contact in held.contacts if contact.is_shown],
                "search": None,
                "reported_results": [one for one in held.reported_results if was_recorded(one, day)],
                "timeline": [milestone for milestone in held.timeline if milestone.date.first <= day],
            }
        )

    @cached_property
    def links(self) -> list[PublishedLink]:
        """The links as published, with what the documents of this site are."""
        return [self._link(link) for link in self.register.links]

    def _link(self, link: Link) -> PublishedLink:
        document = self.snapshot.links[link.id].file
        return PublishedLink.model_construct(
            None,
            **dict(link),
            file_url=self.address(urls.hosted_file(document.name)) if document else None,
            file_bytes=document.size or None if document else None,
            file_language=document.language or None if document else None,
        )

    @cached_property
    def recommendations(self) -> dict[int, PublishedRecommendation]:
        """Each recommendation as published, by number."""
        snapshot = self.snapshot
        return {
            number: _recommendation(status, snapshot.digests[number], snapshot.latest_digest(number))
            for number, status in snapshot.statuses.items()
        }

    @cached_property
    def recommendation_objects(self) -> dict[int, JsonObject]:
        """Each recommendation as a JSON object, by number."""
        return {number: json_object(record) for number, record in self.recommendations.items()}

    @cached_property
    def about(self) -> About:
        """What goes with every export."""
        header = self.header
        return About(
            name=urn(header),
            title=header.title,
            site=self.site_url,
            version=self.snapshot.version,
            format=FORMAT,
            changed=register_changed(self.snapshot),
            digest=self.snapshot.digest,
            licence=PublishedLicence.model_validate(
                {
                    **dict(header.licence),
                    "url": self.snapshot.links[header.licence.link].url,
                    "not_ours": inquiry_fields(Register),
                }
            ),
            help=[
                HelpLine(**{name: getattr(line, name) for name in HelpLine.model_fields})
                for line in help_lines(self.snapshot.register, self.snapshot.as_of)
            ],
        )

    @cached_property
    def about_object(self) -> JsonObject:
        """What goes with every export, as a JSON object."""
        return json_object(self.about)

    @property
    def stamp(self) -> Stamp:
        """What every row of a table carries."""
        return Stamp(register_version=self.about.version)

    @property
    def confirmed_licence(self) -> str | None:
        """The licence's address, for formats that have a place for it; None until the licence is confirmed."""
        licence = self.about.licence
        return licence.url if licence.confirmed else None

    @property
    def licence_in_words(self) -> str:
        """The licence and its limits, in two sentences."""
        licence = self.header.licence
        granted = f"This register’s own words and data: {licence.name}."
        proposed = f"Proposed for this register’s own words and data, not yet confirmed: {licence.name}."
        return f"{granted if licence.confirmed else proposed} {licence.wording}"

    @property
    def keywords(self) -> list[str]:
        """What somebody may look for who does not know the register: the inquiry, the place, what it is about."""
        header = self.header
        places = (header.inquiry.name, header.inquiry.place, header.partnership.area)
        return list(dict.fromkeys([*places, *(theme.label for theme in header.themes)]))

    @property
    def help_in_words(self) -> str:
        """The help lines, in a few words each."""
        return " ".join(f"{line.name}: {line.number} ({line.hours})." for line in self.about.help if line.number)

    @property
    def about_in_words(self) -> str:
        """Version, day of the latest change, licence and help lines for formats that carry them as text."""
        about = self.about
        state = f"Register version {about.version}, with what is dated up to {say(about.changed)}."
        return f"{state} {self.licence_in_words} Help: {self.help_in_words}"

    def address(self, path: str) -> str:
        """Return the full address of a page or file of the site."""
        return urls.absolute(self.site_url, path)


def _recommendation(status: Status, digests: list[str], latest: str) -> PublishedRecommendation:
    record = status.record
    keys = update_keys(record.number, (entry.update for entry in status.history))
    updates = [
        PublishedUpdate.model_validate(
            {
                **dict(entry.update),
                "key": key,
                "recommendation": record.number,
                "number": entry.number,
                "reopens": entry.reopens,
                "digest": digest,
            }
        )
        for key, entry, digest in zip(keys, status.history, digests, strict=True)
    ]
    return PublishedRecommendation.model_validate({**dict(record), "updates": updates, "today": _today(status, latest)})


def _today(status: Status, latest: str) -> Today:
    due = status.due
    return Today(
        changed=status_changed(status),
        digest=latest or None,
        grade=status.record.grade,
        response=_id(status.response),
        progress=_id(status.progress),
        closed=status.closed,
        closed_on=status.closed_on,
        last_update=status.last.date if status.last else None,
        stale=status.stale,
        self_assessed=status.self_assessed,
        disagreement=status.disagreement,
        due_at_first=due.first if due else None,
        due_now=due.now if due else None,
        due_moved=len(due.moves) if due else 0,
        overdue=status.overdue,
        recheck=status.recheck,
        lead=status.lead,
        meaning=status.meaning,
        done_when=status.done_when,
        related=status.related,
        review=status.stale_from,
        due_moves=list(_due_moves(due)) if due else [],
        verdicts=[_verdict(status, position) for position in status.positions],
    )


def _due_moves(due: DueDate) -> Iterator[DueMove]:
    for was, move in zip(due.dates, due.moves, strict=False):
        days = (move.to.last - was.last).days
        yield DueMove(was=was, now=move.to, moved_on=move.on, reason=move.reason, days=days)


def _verdict(status: Status, position: VoicePosition) -> Verdict:
    return Verdict(
        voice=position.voice.id,
        said=position.said.date if position.said else None,
        response=_id(position.response),
        response_on=position.response_on,
        progress=_id(position.progress),
        progress_on=position.progress_on,
        differs=bool(status.differs_on(position)),
    )


def _id(term: Term | None) -> str | None:
    return term.id if term else None
