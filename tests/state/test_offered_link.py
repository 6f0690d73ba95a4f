"""Whether an outside page's address is offered, and what is said of its last check."""

import datetime

import pytest

from register.links.report import VERDICTS, CheckedLink, LinkReport, LinkVerdict
from register.model import Check, Link
from register.state.offered_link import FOUND, OfferedLink

ADDRESS, OTHER = "https://www.gov.uk/plan", "https://www.gov.uk/older"
CHECKED_AT = datetime.datetime(2026, 3, 30, 5, 0, tzinfo=datetime.UTC)


def link(**fields: object) -> Link:
    """A link with these fields besides its id, name and owner."""
    return Link.model_validate({"id": "plan", "name": "The plan", "owner": "The council", **fields})


CONFIRMED = link(url=ADDRESS, confirmed=Check.model_validate({"by": "An editor", "on": "2024"}))
CANDIDATE = link(candidate=ADDRESS)


def report(verdict: LinkVerdict, url: str = ADDRESS, id_: str = "plan") -> LinkReport:
    """A report of one address."""
    held = CheckedLink(url=url, id=id_, verdict=verdict, detail="", final_url=None, found_on=[])
    return LinkReport(checked_at=CHECKED_AT, links=[held])


def test_it_goes_by_the_words_of_its_entry() -> None:
    offered = OfferedLink(link(note="Ask there."), None)
    assert (offered.id, offered.name, offered.owner, offered.note) == ("plan", "The plan", "The council", "Ask there.")


def test_only_a_confirmed_address_is_offered() -> None:
    assert (OfferedLink(CONFIRMED, None).url, OfferedLink(CONFIRMED, None).unconfirmed) == (ADDRESS, False)
    assert (OfferedLink(CANDIDATE, None).url, OfferedLink(CANDIDATE, None).unconfirmed) == (None, True)


@pytest.mark.parametrize("verdict", VERDICTS)
def test_an_address_that_is_gone_or_anothers_is_withdrawn(verdict: LinkVerdict) -> None:
    withdrawn = verdict in ("gone", "impostor")
    offered = OfferedLink(CONFIRMED, report(verdict))
    assert offered.withdrawn == (verdict if withdrawn else "")
    assert offered.url == (None if withdrawn else ADDRESS)
    assert OfferedLink(CANDIDATE, report(verdict)).withdrawn == ""


def test_what_was_found_is_that_of_its_present_address_confirmed_or_not() -> None:
    for held in (CONFIRMED, CANDIDATE):
        assert OfferedLink(held, report("gone")).checked == report("gone").links[0]
        assert OfferedLink(held, report("gone", OTHER)).checked is None
        assert OfferedLink(held, report("gone", id_="another")).checked is None
        assert OfferedLink(held, None).checked is None
    assert OfferedLink(link(), report("gone")).checked is None
    assert OfferedLink(CONFIRMED, report("gone", OTHER)).url == ADDRESS


def test_the_last_check_is_told_with_its_day() -> None:
    assert OfferedLink(CONFIRMED, report("blocked")).last_check == "30 March 2026: could not be checked by a program"
    assert OfferedLink(CONFIRMED, report("working", OTHER)).last_check == "not checked in this build"
    assert OfferedLink(CONFIRMED, None).last_check == "not checked in this build"


def test_every_verdict_has_readers_words() -> None:
    assert {verdict: FOUND[verdict] for verdict in VERDICTS} == {
        "working": "works",
        "redirected": "works; it leads on to another address of the same owner",
        "moved-away": "leads on to another site",
        "impostor": "shows something else now, so it is not linked here",
        "gone": "the page is gone, so it is not linked here",
        "server-fault": "its server had a fault",
        "blocked": "could not be checked by a program",
        "no-host": "its site was not found",
        "certificate": "its security certificate is faulty or ends soon",
        "timeout": "did not answer in time",
        "loop": "leads in a circle",
        "placeholder": "is not an address",
        "unconfirmed": "looked at by a program; nobody has confirmed it",
    }
