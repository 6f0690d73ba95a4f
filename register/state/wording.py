"""Words that stand where something is not known: one wording for one thing, on pages and in exports alike."""

from register.model import Recommendation, Wording

NOT_PUBLISHED = "not published"
NOT_LINKED = "not linked here yet"
# Of a voice that has said nothing of a recommendation: who decides, and everybody else.
NOT_DECIDED = "not decided yet"
NOT_ASKED = "not yet asked"


def recommendation_name(record: Recommendation) -> str:
    """Return what a recommendation is called where other things are spoken of: ``Recommendation 3: A short title``."""
    return f"Recommendation {record.number}" + (f": {record.title}" if record.title else "")


def heading(record: Recommendation) -> str:
    """Return a recommendation's short title, or plain words for there being none."""
    return record.title or "Title not copied here yet"


def place_in_report(wording: Wording) -> str:
    """Return where in the report a wording stands: ``volume 2, pages 147 to 148, paragraph 6.21``."""
    first, _, last = wording.page.partition("-")
    volume = f"volume {wording.volume}, " if wording.volume else ""
    paragraph = f", paragraph {wording.paragraph}" if wording.paragraph else ""
    return f"{volume}{f'pages {first} to {last}' if last else f'page {first}'}{paragraph}"
