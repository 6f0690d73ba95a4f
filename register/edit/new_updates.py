"""Puts new updates of a recommendation where they belong: updates stand oldest first."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from register.dates import PartialDate
from register.edit.data_text import DataText, Value
from register.model import Recommendation

NewUpdate = Mapping[str, Value]


def add_updates(edited: DataText, record: Recommendation, updates: Sequence[NewUpdate]) -> None:
    """Add updates to the text of ``recommendations.yml``, each behind those that happened before it or on its date.

    Args:
        edited: the text that holds the record.
        record: the recommendation as it stands there.
        updates: their fields as they are typed, each with a ``date``.
    """
    in_order = sorted(updates, key=_date)
    # Those of one place at once: a list that is missing is begun only once.
    for place, group in groupby(in_order, lambda update: _place(record, _date(update))):
        edited.append((str(record.number),), "updates", list(group), place)


def _date(update: NewUpdate) -> PartialDate:
    return PartialDate(str(update["date"]))


def _place(record: Recommendation, date: PartialDate) -> int:
    """The place that an update of a date gets: behind those of earlier dates and of its own."""
    not_later = [place for place, update in enumerate(record.updates) if update.date.first <= date.first]
    return max(not_later, default=-1) + 1
