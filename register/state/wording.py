"""Words that stand where something is not known: one wording for one thing, on pages and in exports alike."""

from register.model import Recommendation

NOT_PUBLISHED = "not published"


def heading(record: Recommendation) -> str:
    """Return a recommendation's short title, or plain words for there being none."""
    return record.title or "Title not copied here yet"
