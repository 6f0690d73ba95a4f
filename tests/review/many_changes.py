"""A register in which much is changed at once, to see how each change is put into words."""

from typing import Any

from register import model
from register.model import Recommendation, Register, Update


def _update(**fields: Any) -> Update:
    return Update.model_validate({"voice": "partnership", "note": "It met.", "recorded": "2026-03-20", **fields})


def _with(record: Recommendation, place: int, **fields: Any) -> Recommendation:
    """A recommendation in which one update has other fields."""
    update = Update.model_validate({**record.updates[place].model_dump(exclude_none=True), **fields})
    return record.model_copy(update={"updates": [*record.updates[:place], update, *record.updates[place + 1 :]]})


def _and(record: Recommendation, *updates: Update) -> Recommendation:
    return record.model_copy(update={"updates": [*record.updates, *updates]})


def changed(before: Register) -> Register:
    """The sample register with a change of every sort; not all of them would pass the check."""
    header, recommendations = before.header, list(before.recommendations)
    first, second = header.progress[0], header.progress[1]
    renamed = first.model_copy(update={"label": "not begun", "needs": ["reason"], "closed": True})
    new = second.model_copy(
        update={"id": "resting", "label": "resting", "definition": "Nobody works on it for a while."}
    )
    recommendations[0] = recommendations[0].model_copy(update={"title": "Another title", "addressed_to": ["council"]})
    recommendations[0] = _with(
        recommendations[0], 1, edited={"on": "2026-03-20", "reason": "A slip."}, note="The board agreed."
    )
    recommendations[1] = _and(
        recommendations[1], _update(date="2026-02", response="not-for-us", reason="Others do it.", progress="done")
    )
    withdrawn = {"on": "2026-03-20", "by": "The board", "reason": "It was another county."}
    recommendations[2] = _and(recommendations[2], _update(date="2026-03", note="They met.", withdrawn=withdrawn))
    recommendations[3] = _with(recommendations[3], 0, reason="Another reason. It is longer.")
    recommendations[4] = recommendations[4].model_copy(update={"updates": []})
    recommendations[6] = _and(
        recommendations[6], _update(date="2026-03-20", ends=["response", "progress"], reason="It was too early.")
    )
    recommendations[7] = _with(recommendations[7], _place_of_withdrawn(recommendations[7]), withdrawn=withdrawn)
    recommendations.append(Recommendation(number=15))
    proof = model.ReportProof.model_validate(
        {
            "on": "2026-03-01",
            "files": [{"name": "report.pdf", "pages": 9, "sha256": "0" * 64}],
            "wordings": [{"number": 1, "sha256": "1" * 64}],
        }
    )
    return before.model_copy(
        update={
            "header": header.model_copy(
                update={
                    "title": "Another title of the register",
                    "partnership": header.partnership.model_copy(update={"email": None, "area": "Farshire"}),
                    "progress": [new, renamed, *header.progress[2:]],
                    "bodies": [header.bodies[1], header.bodies[0], *header.bodies[2:]],
                }
            ),
            "recommendations": recommendations,
            "proof": proof,
            "links": [*before.links[1:], before.links[0].model_copy(update={"id": "another", "name": "Another page"})],
            "timeline": [
                *before.timeline[1:],
                before.timeline[-1].model_copy(update={"text": "More happened that day."}),
            ],
        }
    )


def _place_of_withdrawn(record: Recommendation) -> int:
    return next(place for place, update in enumerate(record.updates) if update.withdrawn)
