"""What the recommendations mean for one kind of work: schools, police and so on."""

from register.model import NamedTerm
from register.views import Snapshot


def audiences(snapshot: Snapshot) -> dict:
    """The kinds of work, each with the number of recommendations that matter to it."""
    held = [standing.record.audiences for standing in snapshot.standings.values()]
    return {
        "audiences": [
            {"term": term, "count": sum(term.id in ids for ids in held)} for term in snapshot.register.header.audiences
        ],
        "total": snapshot.register.header.total,
        "unmarked": sum(not ids for ids in held),
    }


def audience(snapshot: Snapshot, term: NamedTerm) -> dict:
    """The recommendations that matter to one kind of work, and how many have not been sorted by work at all."""
    standings = list(snapshot.standings.values())
    return {
        "term": term,
        "rows": [standing for standing in standings if term.id in standing.record.audiences],
        "unmarked": sum(not standing.record.audiences for standing in standings),
        "total": snapshot.register.header.total,
        "header": snapshot.register.header,
        "others": [other for other in snapshot.register.header.audiences if other != term],
    }
