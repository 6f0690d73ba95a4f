"""What is different between two records of one kind, field by field, so that no field of the model can escape."""

from collections.abc import Iterator, Sequence
from typing import Any

from register.characters import capital
from register.guards.passages import sentences_of
from register.model import Prose, Record, fields_of, marked_fields, value_of
from register.review.text_differences import changed_sentences, quoted
from register.review.value_words import ValueWords, label

_SHORT = 60  # signs of a text that is shown whole, before and after


def field_differences(before: Record, after: Record, words: ValueWords, leave_out: Sequence[str] = ()) -> Iterator[str]:
    """Yield a sentence for each thing that is different between two records.

    Args:
        before: the earlier one.
        after: the later one.
        words: says values in words.
        leave_out: fields of which something else speaks.
    """
    prose = marked_fields(type(after), Prose)
    for field, info in fields_of(type(after)).items():
        old, new = (value_of(record, field) for record in (before, after))
        if old == new or field in leave_out:
            continue
        name = capital(label(field))
        if isinstance(old, Record) and isinstance(new, Record):
            yield from (f"{name}: {sentence}" for sentence in field_differences(old, new, words))
        elif _with_ids(old) or _with_ids(new):
            yield from listed_differences(old, new, words)
        elif field in prose and isinstance(old, str) and isinstance(new, str) and len(old) + len(new) > 2 * _SHORT:
            yield from (f"{name}: {one}" for one in changed_sentences(sentences_of(old), sentences_of(new)))
        else:
            yield _changed(name, words.of(before, field), words.of(after, field), info.is_required())


def listed_differences(before: Any, after: Any, words: ValueWords) -> Iterator[str]:
    """Yield a sentence for each thing that is different between two lists of records with ids, such as a vocabulary."""
    old, new = ({one.id: one for one in held or []} for held in (before, after))
    for id_, record in new.items():
        if id_ not in old:
            yield f"New: {quoted(_shown(record))} ({words.all_of(record, ('id', 'label', 'shape'))})"
        else:
            yield from (
                f"{quoted(_shown(record))}: {sentence}" for sentence in field_differences(old[id_], record, words)
            )
    yield from (f"Taken out: {quoted(_shown(record))}" for id_, record in old.items() if id_ not in new)
    kept = [id_ for id_ in new if id_ in old]
    if kept != [id_ for id_ in old if id_ in new]:
        yield f"Another order: {', '.join(_shown(new[id_]) for id_ in new)}"


def _shown(record: Record) -> str:
    return str(getattr(record, "label", None) or getattr(record, "name", None) or getattr(record, "id", ""))


def _with_ids(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], Record) and hasattr(value[0], "id")


def _changed(name: str, old: str, new: str, required: bool) -> str:
    if not old:
        return f"{name}: {new} (new)"
    return f"{name}: {old} → {new}" if new else f"{name} taken out (it was: {old})"
