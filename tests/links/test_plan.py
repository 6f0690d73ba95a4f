"""What there is to check: the entries of data/links.yml and the links of the built site, each address once."""

from types import SimpleNamespace
from typing import Any

import pytest

from register.checks.inside_links import CarriedLink
from register.checks.typed_places import Place
from register.links.plan import Plan, PlannedLink, WrongLink, make_plan
from register.links.verdict import Target
from register.model import Contact, Link, Origin
from register.problems import Problem

CONFIRMED = {"by": "The editor", "on": "2024-01-05"}
HERE = Place("docs/a.md", 3)


def entry(id_: str, **fields: Any) -> Link:
    """An entry of data/links.yml whose fields were typed on lines 11, 12, 13."""
    held = Link.model_validate({"id": id_, "name": "N", "owner": "O", **fields})
    held.set_origin(Origin("data/links.yml", 10, id_, {name: 11 + n for n, name in enumerate(fields)}, True))
    return held


def carried(address: str, page: str = "a/", **fields: Any) -> CarriedLink:
    """A link of a built page."""
    return CarriedLink(address, page, HERE, **fields)


def wrong(address: str, kind: str, page: str = "a/", what: str = "is wrong") -> CarriedLink:
    """A link of a built page with which something is wrong."""
    return carried(address, page, problem=Problem("docs/a.md", 3, "", what, "correct it", kind))


def plan(entries: list[Link], *links: CarriedLink, contacts: tuple[tuple[str, str], ...] = ()) -> Plan:
    """The plan for some entries, links of the site, and contacts by what they are used for and their link."""
    service = {"id": "help", "name": "N", "for_whom": "Anyone.", "hours": "Always."}
    held = [Contact.model_validate(service | {"use": use, "link": link}) for use, link in contacts]
    register: Any = SimpleNamespace(links=entries, contacts=held)  # the two parts of a register that a plan reads
    return make_plan(register, links)


# ── the entries of data/links.yml ──────────────────────────────────────────────────────────────


def test_each_address_of_an_entry_is_checked_at_the_line_where_it_was_typed() -> None:
    held = entry(
        "a",
        url="https://a.test/",
        candidate="https://b.test/",
        archive={"url": "https://c.test/", "taken": "2024-01-05"},
    )
    assert plan([held]).outside == [
        PlannedLink("https://a.test/", "url", Place("data/links.yml", 11), held),
        PlannedLink("https://b.test/", "candidate", Place("data/links.yml", 12), held),
        PlannedLink("https://c.test/", "archive", Place("data/links.yml", 13), held),
    ]


def test_an_entry_without_address_is_not_checked() -> None:
    assert plan([entry("a")]) == Plan([], [], 0, 0)


def test_an_entry_that_was_not_read_from_a_file_stands_at_the_files_beginning() -> None:
    held = Link.model_validate({"id": "a", "name": "N", "owner": "O", "url": "https://a.test/"})
    assert plan([held]).outside[0].place == Place("data/links.yml", 1)


def test_a_link_must_work_if_it_says_so_or_if_a_contact_that_is_shown_leads_to_it() -> None:
    archive = {"url": "https://c.test/", "taken": "2024-01-05"}
    entries = [
        entry("says-so", url="https://a.test/", must_work=True, archive=archive),
        entry("help", url="https://b.test/", archive=archive),
        entry("unchecked-help", url="https://c.test/"),
        entry("guess", candidate="https://d.test/", must_work=True),
        entry("other", url="https://e.test/"),
    ]
    planned = plan(entries, contacts=(("ok", "help"), ("check", "unchecked-help"))).outside
    assert [(link.name, link.must_work) for link in planned] == [
        ("says-so", True),
        ("says-so (kept copy)", False),
        ("help", True),
        ("help (kept copy)", False),
        ("unchecked-help", False),
        ("guess", True),
        ("other", False),
    ]


def test_what_a_page_must_show_is_asked_of_the_page_and_not_of_its_kept_copy() -> None:
    archive = {"url": "https://c.test/", "taken": "2024-01-05"}
    expect = {"host": "b.test", "phrases": ["One", "Two"]}
    targets = plan([entry("a", url="https://a.test/", archive=archive, expect=expect)]).targets()
    assert targets == {
        "https://a.test/": Target("https://a.test/", "b.test", ("One", "Two")),
        "https://c.test/": Target("https://c.test/"),
    }


# ── the links of the site ──────────────────────────────────────────────────────────────────────


def test_a_link_of_a_page_that_has_an_entry_is_checked_once_and_names_its_pages() -> None:
    held = entry("a", url="https://a.test/page")
    links = [carried("https://a.test/page", page) for page in ("b/", "a/", "b/", "")]
    found = plan([held], *links, carried("https://a.test/page#part", "c/"), carried("//a.test/page", "d/"))
    assert [(link.url, link.found_on) for link in found.outside] == [
        ("https://a.test/page", ["b/", "a/", "./", "c/", "d/"])
    ]


def test_an_entry_that_a_page_names_without_a_link_names_that_page() -> None:
    archive = {"url": "https://c.test/", "taken": "2024-01-05"}
    held = entry("a", candidate="https://a.test/", archive=archive)
    found = plan([held], CarriedLink("", "a/", HERE, names="a"), CarriedLink("", "b/", HERE, names="unknown"))
    assert [(link.role, link.found_on) for link in found.outside] == [("candidate", ["a/"]), ("archive", [])]
    assert found.inside_count == 0


def test_a_link_typed_by_hand_is_checked_once_for_each_way_of_typing_it() -> None:
    links = [carried("https://a.test/#one", "b/"), carried("https://a.test/#one", "a/"), carried("https://a.test/")]
    found = plan([], *links)
    assert found.outside == [
        PlannedLink("https://a.test/#one", "typed", HERE, found_on=["b/", "a/"]),
        PlannedLink("https://a.test/", "typed", HERE, found_on=["a/"]),
    ]
    assert found.targets() == {"https://a.test/": Target("https://a.test/")}


def test_what_an_entry_says_of_an_address_wins_over_a_link_typed_by_hand() -> None:
    held = entry("a", url="https://a.test/", expect={"phrases": ["One"]})
    other = entry("b", candidate="https://a.test/")
    assert plan([held, other], carried("https://a.test/")).targets() == {
        "https://a.test/": Target("https://a.test/", "", ("One",))
    }


@pytest.mark.parametrize(
    ("typed", "requested"),
    [
        ("https://a.test/café#part", "https://a.test/caf%C3%A9"),
        ("//a.test/a b", "https://a.test/a%20b"),
        ("http://a.test/a%20b", "http://a.test/a%20b"),
    ],
)
def test_an_address_is_asked_for_as_browsers_would(typed: str, requested: str) -> None:
    assert plan([], carried(typed)).outside[0].target == Target(requested)


def test_a_link_that_leads_to_a_login_by_its_nature_is_counted_and_not_checked() -> None:
    found = plan(
        [], carried("https://edit.test/x", for_programs=False), carried("https://edit.test/y", for_programs=False)
    )
    assert found == Plan([], [], 0, 2)


def test_a_link_that_leads_to_a_login_is_checked_if_it_has_an_entry() -> None:
    held = entry("a", url="https://edit.test/x")
    found = plan([held], carried("https://edit.test/x", for_programs=False))
    assert (found.outside[0].found_on, found.not_for_programs) == (["a/"], 0)


def test_inside_links_are_counted_and_addresses_for_mail_and_telephone_are_neither() -> None:
    links = [carried("../"), carried("../"), carried("#part"), carried("mailto:a@b.test"), carried("tel:999")]
    assert plan([], *links) == Plan([], [], 3, 0)


def test_http_and_https_in_any_letter_case_lead_outside() -> None:
    found = plan([], carried("HTTP://a.test/"), carried("https://b.test/"))
    assert ([link.url for link in found.outside], found.inside_count) == (["HTTP://a.test/", "https://b.test/"], 0)


# ── what is wrong without asking ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", ["inside-link", "missing-part"])
def test_an_inside_link_that_leads_nowhere_is_known_by_its_kind_and_counts_as_an_inside_link(kind: str) -> None:
    link = wrong("nowhere/", kind, what="<a href> 'placeholder/' leads nowhere")
    found = plan([], link, carried("../"))
    assert found.wrong == [WrongLink("nowhere/", "inside", HERE, must_work=True, found_on=["a/"], problem=link.problem)]
    assert (found.inside_count, found.outside) == (2, [])


@pytest.mark.parametrize("kind", ["placeholder", "not-an-address"])
def test_a_placeholder_is_known_by_its_kind_and_is_no_inside_link(kind: str) -> None:
    found = plan([], wrong("#", kind))
    assert [(link.role, link.must_work) for link in found.wrong] == [("placeholder", True)]
    assert found.inside_count == 0


def test_the_same_mistake_on_several_pages_is_one_and_names_them() -> None:
    links = [wrong("#", "placeholder", "b/"), wrong("#", "placeholder", "a/"), wrong("#", "placeholder", what="other")]
    assert [(link.url, link.problem.what, link.found_on) for link in plan([], *links).wrong] == [
        ("#", "is wrong", ["b/", "a/"]),
        ("#", "other", ["a/"]),
    ]


def test_a_link_without_entry_is_called_by_its_address() -> None:
    assert PlannedLink("https://a.test/", "typed", HERE).name == "https://a.test/"
    assert PlannedLink("", "placeholder", HERE).name == "(empty)"
    assert PlannedLink("https://a.test/", "url", HERE, entry("a")).name == "a"
