"""A wording is called proved only as it was proved, and from the day on which that was done."""

import datetime

import pytest

from register.dates import PartialDate
from register.model import Recommendation, Register, ReportProof, Wording
from register.site.pages.recommendation import RecommendationPage
from register.state.as_of import known_on
from register.state.snapshot import Snapshot
from register.state.wording import place_in_report
from register.state.wording_proof import proved_on, wording_digest
from registers import TODAY

WORDING = {
    "text": "All should listen.", "volume": "2", "page": "147", "paragraph": "6.21",
    "checked": {"by": "An editor", "on": "2026-01-05"},
}  # fmt: skip
ON = "2026-02-03"


def wording(**changes: object) -> Wording:
    return Wording.model_validate({**WORDING, **changes})


def proof(held: Wording, number: int = 3) -> ReportProof:
    files = [{"name": "report.pdf", "volume": "2", "pages": "400", "sha256": "0" * 64}]
    wordings = [{"number": number, "sha256": wording_digest(held)}]
    return ReportProof.model_validate({"on": ON, "files": files, "wordings": wordings})


def record(held: Wording | None, number: int = 3) -> Recommendation:
    return Recommendation.model_validate({"number": number, "wording": held})


def test_a_wording_is_proved_on_the_day_of_its_proof() -> None:
    assert proved_on(proof(wording()), record(wording())) == PartialDate(ON)


@pytest.mark.parametrize(
    "changes",
    [{"text": "All must listen."}, {"volume": None}, {"page": "148"}, {"page": "147-148"}, {"paragraph": None}],
)
def test_a_wording_that_was_changed_since_is_proved_no_more(changes: dict[str, object]) -> None:
    assert proved_on(proof(wording()), record(wording(**changes))) is None


def test_who_checked_a_wording_has_no_part_in_its_proof() -> None:
    again = wording(checked={"by": "Another editor", "on": "2026-03-01"})
    assert proved_on(proof(wording()), record(again)) == PartialDate(ON)


def test_nothing_is_claimed_without_a_proof_a_wording_or_for_another_number() -> None:
    assert proved_on(None, record(wording())) is None
    assert proved_on(proof(wording()), record(None)) is None
    assert proved_on(proof(wording()), record(wording(), number=4)) is None


def test_a_proof_is_known_from_its_day_on(sample_register: Register) -> None:
    register = sample_register.model_copy(update={"proof": proof(wording())})
    assert known_on(register, datetime.date(2026, 2, 3)).proof == register.proof
    assert known_on(register, datetime.date(2026, 2, 2)).proof is None


def test_a_page_shows_the_proof_of_its_own_wording(sample_register: Register) -> None:
    held = sample_register.recommendations[0].wording
    snapshot = Snapshot(sample_register.model_copy(update={"proof": proof(held, number=1)}), TODAY)
    shown = RecommendationPage.of(snapshot, 1)
    assert (shown.proved, [file.name for file in shown.files]) == (PartialDate(ON), ["report.pdf"])
    assert RecommendationPage.of(snapshot, 3).proved is None


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({}, "volume 2, page 147, paragraph 6.21"),
        ({"volume": None}, "page 147, paragraph 6.21"),
        ({"paragraph": None}, "volume 2, page 147"),
        ({"page": "147-148", "volume": None, "paragraph": None}, "pages 147 to 148"),
        ({"page": "xii"}, "volume 2, page xii, paragraph 6.21"),
    ],
)
def test_the_place_of_a_wording_is_said_in_words(changes: dict[str, object], place: str) -> None:
    assert place_in_report(wording(**changes)) == place
