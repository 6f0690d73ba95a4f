"""Values of a record as readers know them: labels in place of ids, dates in words, yes and no."""

from collections.abc import Iterable, Iterator
from typing import Any

from register.dates import PartialDate
from register.load.rules import vocabularies
from register.model import CitesContact, CitesLink, Record, Register, TermOf, fields_of, marked_fields, value_of

# Field names that say little by themselves.
_LABELS = {
    "url": "address",
    "to": "leads to",
    "from": "old address",
    "gist": "what was reported",
    "why": "reason",
    "closed": "nothing more is expected after it",
    "note_was": "note as it was",
}


class ValueWords:
    """Finds the words for ids, in two registers at once: what is new stands in one of them, what is gone in the other."""

    def __init__(self, registers: Iterable[Register]) -> None:
        self._labels: dict[str, dict[str, str]] = {}  # of each vocabulary, by id
        self._links: dict[str, str] = {}
        self._services: dict[str, str] = {}
        for register in registers:
            for vocabulary, terms in vocabularies(register.header):
                self._labels.setdefault(vocabulary, {}).update((term.id, term.label) for term in terms)
            self._links |= {link.id: link.name for link in register.links}
            self._services |= {contact.id: contact.name for contact in register.contacts}

    def of(self, record: Record, field: str) -> str:
        """Return the value of a record's field in words; "" if there is none.

        Args:
            record: the record.
            field: the field's name as it is typed: ``from``, not ``from_``.
        """
        value = value_of(record, field)
        if mark := marked_fields(type(record), TermOf).get(field):
            return self._listed(value, self._labels[mark.vocabulary])
        if field in marked_fields(type(record), CitesLink):
            return self._listed(value, self._links)
        if field in marked_fields(type(record), CitesContact):
            return self._listed(value, self._services)
        return self._said(value)

    def all_of(self, record: Record, leave_out: Iterable[str] = ()) -> str:
        """Return what a record holds, field by field: ``owner: The charity; address: https://…``; what does not hold is left out."""
        return "; ".join(f"{name}: {words}" for name, words in self._pairs(record, set(leave_out)))

    def _pairs(self, record: Record, left_out: set[str]) -> Iterator[tuple[str, str]]:
        for name in fields_of(type(record)):
            holds = value_of(record, name) is not False
            if holds and name not in left_out and (words := self.of(record, name)):
                yield label(name), words

    def _said(self, value: Any) -> str:
        if value is None or value == [] or value == "":
            return ""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, list):
            return ", ".join(map(self._said, value))
        if isinstance(value, Record):
            return ", ".join(f"{name} {words}" for name, words in self._pairs(value, set()))
        return str(value) if isinstance(value, PartialDate | int) else str(value).strip()

    def _listed(self, value: list[str] | str | None, labels: dict[str, str]) -> str:
        ids = value if isinstance(value, list) else [value] if value else []
        return ", ".join(labels.get(id_, id_) for id_ in ids)


def label(field: str) -> str:
    """Return a field's name as words: ``for whom``."""
    return _LABELS.get(field, field.replace("_", " "))
