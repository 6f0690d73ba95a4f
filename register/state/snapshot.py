"""A checked register as it stood at the end of one day: what pages and exports are made from."""

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from register.links.report import LinkReport
from register.load.rules import vocabularies
from register.model import Header, Register
from register.state.history_proof import register_digest, update_digests
from register.state.hosted_file import HostedFile
from register.state.offered_link import OfferedLink
from register.state.status import Status, status_on


@dataclass(frozen=True)
class Snapshot:
    """A checked register as it stood at the end of one day."""

    register: Register
    as_of: datetime.date
    report: LinkReport | None = None  # what the last link check found, if it is at hand
    files: Mapping[str, HostedFile] = field(default_factory=dict)  # the documents of docs/files/, by name

    @property
    def header(self) -> Header:
        """The register's header."""
        return self.register.header

    @cached_property
    def version(self) -> str:
        """The register's version: ``v`` and 12 hexadecimal digits of the SHA-256 of its content, however it is laid out.

        Without the letter a program could take ``451234567e12`` for a number.
        """
        return f"v{hashlib.sha256(self.register.model_dump_json().encode()).hexdigest()[:12]}"

    @cached_property
    def statuses(self) -> dict[int, Status]:
        """Where each recommendation stands, by number."""
        return self.statuses_on(self.as_of)

    def statuses_on(self, day: datetime.date) -> dict[int, Status]:
        """Return where each recommendation stood at the end of an earlier day, by number; each day is worked out once."""
        if day not in self._statuses:
            self._statuses[day] = {
                record.number: status_on(record, self.header, day) for record in self.register.recommendations
            }
        return self._statuses[day]

    @cached_property
    def _statuses(self) -> dict[datetime.date, dict[int, Status]]:
        return {}

    @cached_property
    def digests(self) -> dict[int, list[str]]:
        """The digest of each update, by the number of its recommendation; see ``history_proof``."""
        return {
            number: update_digests(number, [entry.update for entry in status.history])
            for number, status in self.statuses.items()
        }

    @cached_property
    def digest(self) -> str:
        """The digest of the whole history."""
        return register_digest((number, self.latest_digest(number)) for number in self.statuses)

    def latest_digest(self, number: int) -> str:
        """Return the digest of the update of a recommendation that was put in last; "" if there is none."""
        last = max(self.statuses[number].history, key=lambda entry: entry.number, default=None)
        return self.digests[number][self.statuses[number].history.index(last)] if last else ""

    @cached_property
    def links(self) -> dict[str, OfferedLink]:
        """The links by id, as readers get them."""
        return {
            link.id: OfferedLink(link, self.report, self.files.get(link.file or "")) for link in self.register.links
        }

    @cached_property
    def labels(self) -> dict[str, dict[str, str]]:
        """For each vocabulary, its labels by id."""
        return {name: {term.id: term.label for term in terms} for name, terms in vocabularies(self.header)}

    def cited(self, ids: list[str]) -> list[OfferedLink]:
        """Return the links of some ids, in their order."""
        return [self.links[id_] for id_ in ids]
