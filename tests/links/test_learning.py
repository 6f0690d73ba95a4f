"""``links --learn``: words are proposed for pages of which nothing is expected yet, and a person accepts them."""

import json
from pathlib import Path

import pytest
from conftest import SmallProject
from standin import Reply, World, page

from projects import Project

ENTRY = "- id: {id}\n  name: A page\n  owner: Pond Council\n  url: {url}\n  confirmed: {{by: Register editor, on: 2024-01-05}}\n"
WEATHER = Reply("<title>Weather today - Met Office</title><h1>Weather today</h1>")
# What stands at the pages of the small register and at some more, and why nothing is learnt there.
PLACES = {
    "www.gov.uk/report": (Reply(page("The report", "By an inquiry.")), ""),
    "www.gov.uk/minutes": (Reply(page("Minutes | Pond Council")), ""),
    "www.gov.uk/licence": (Reply(page("Before you continue", "Pond Council")), "it shows another page before it: 'before you continue'"),
    "www.gov.uk/plan": (Reply(page("Gone"), 410), "gone: the server says 410, the page was taken away"),
    "a.test/not-found": (Reply(page("Page not found")), "impostor: answers, but is not the page: a page that says 'page not found' with status 200"),
    "a.test/parked": (Reply(page("a.test", "This domain is for sale")), "impostor: answers, but is not the page: a parked or lapsed domain"),
    "a.test/elsewhere": (Reply("", 302, {"Location": "https://b.test/page"}), "moved-away: leads to another host: https://b.test/page"),
    "a.test/challenge": (Reply(page("Just a moment...")), "blocked: the site asks whether its visitor is a person"),
    "a.test/login": (Reply("<title>Sign in</title><input type=password>"), "impostor: answers, but is not the page: a login page ('sign in')"),
    "a.test/dull": (Reply(page("Home")), "neither its title nor its heading says more than any page might"),
    "a.test/file": (Reply(b"%PDF-1.7", kind="application/pdf"), "neither its title nor its heading says more than any page might"),
}  # fmt: skip


def test_words_are_proposed_for_the_pages_that_are_what_they_seem_and_the_reason_said_for_the_others(
    small: SmallProject, world: World
) -> None:
    world.answer("www.metoffice.gov.uk/", WEATHER)
    world.answer("b.test/page", Reply(page("Another's page")))
    for place, (reply, _) in PLACES.items():
        world.answer(place, reply)
        if place.startswith("a.test"):
            small.add_links(ENTRY.format(id=place.partition("/")[2], url=f"https://{place}"))
    before = (small.folder / "data" / "links.yml").read_bytes()
    run = small.run("--learn", "--pause", "0.1", **world.environment)
    assert run.status == 0, run.err
    assert run.out.startswith(
        "Words to know a page by are proposed for 3 of 12 pages.\n"
        "Open each page and read it before you accept its words: they are what it shows, whatever it is.\n"
        "\n"
        "· report  https://www.gov.uk/report\n"
        "    its title: The report\n"
        "    make accept-words ID=report, or paste:\n"
        "  expect:\n"
        "    phrases:\n"
        "      - The report\n"
        "\n"
        "· weather  https://www.metoffice.gov.uk\n"
        "    its title: Weather today - Met Office\n"
        "    make accept-words ID=weather, or paste:\n"
        "  expect:\n"
        "    phrases:\n"
        "      - Weather today\n"
        "      - Met Office\n"
        "\n"
        "· minutes  https://www.gov.uk/minutes\n"
    )
    assert "\nNothing is proposed for 9 pages:\n" in run.out
    assert f"  {PLACES['a.test/dull'][1]}: 2 pages: dull, file\n" in run.out
    for place, (_, reason) in PLACES.items():
        said = [line for line in run.out.splitlines() if line.endswith(f" {place.partition('/')[2]}")]
        assert (
            not reason or any(line.startswith(f"  {reason}") for line in said) or reason == PLACES["a.test/dull"][1]
        ), place
    assert (small.folder / "data" / "links.yml").read_bytes() == before
    learnt = json.loads((small.folder / "learnt-words.json").read_text())["words"]
    assert [held["id"] for held in learnt] == ["report", "weather", "minutes"]
    assert not (small.folder / "link-report.json").exists()


def test_where_every_page_has_its_words_nothing_is_asked(small: SmallProject, world: World) -> None:
    links = small.folder / "data" / "links.yml"
    text = links.read_text()
    for address in ("report", "licence", "minutes", "plan"):
        text = text.replace(f"uk/{address}\n", f"uk/{address}\n  expect: {{phrases: [Some words]}}\n")
    links.write_text(text.replace("metoffice.gov.uk\n", "metoffice.gov.uk\n  expect: {phrases: [Some words]}\n"))
    run = small.run("--learn", **world.environment)
    assert (run.status, run.out) == (0, "Every page has words to know it by.\n")
    assert not world.calls


# ── accepting ──────────────────────────────────────────────────────────────────────────────────

STATEMENT = "https://www.exampleshire.test/statement-2022-06"


def learnt_file(folder: Path, *words: dict) -> None:
    """Write what a run found."""
    held = {"fetched_at": "2026-03-30T05:00:00Z", "words": list(words)}
    (folder / "learnt-words.json").write_text(json.dumps(held))


@pytest.fixture
def learnt(project: Project) -> Project:
    """The sample, and words that were learnt of two of its pages."""
    url = "https://www.exampleshire.test/training/2023"
    learnt_file(
        project.folder,
        {
            "id": "partnership-statement",
            "url": STATEMENT,
            "title": "Our statement",
            "phrases": ["Our statement", "Exampleshire"],
        },
        {"id": "training-record-2023", "url": url, "title": "Training", "phrases": ["Training record"]},
    )
    return project


def test_words_are_written_after_somebody_has_said_that_the_page_is_the_right_one(learnt: Project) -> None:
    done = learnt.run("accept-words", "partnership-statement", typed="yes\nyes\n")
    assert done.returncode == 0, done.stderr
    assert (
        "\nIts title: Our statement\nIt shows: Our statement\nIt shows: Exampleshire\n\n"
        "Have you opened the page, and is it the right one? yes or no > "
    ) in done.stdout
    written = [line.partition("+ ")[2] for line in done.stdout.splitlines() if "+ " in line]
    assert written == ["  expect:", "    phrases:", "      - Our statement", "      - Exampleshire"]
    assert learnt.run_here("check").returncode == 0
    wrong = learnt.run_here("accept-words", "--yes", "partnership-statment")
    assert wrong.stderr.startswith("there is no link 'partnership-statment' (did you mean 'partnership-statement'?")
    again = learnt.run_here("accept-words", "--yes", "partnership-statement")
    assert (again.returncode, again.stderr) == (
        2,
        "no words are proposed for 'partnership-statement' (run 'make learn-links' first; what has words gets none)\n",
    )


def test_without_a_name_each_page_is_asked_about_and_those_that_are_not_right_are_left(learnt: Project) -> None:
    done = learnt.run("accept-words", typed="no\nyes\nyes\n")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("Have you opened the page") == 2
    text = (learnt.folder / "data" / "links.yml").read_text()
    assert "Training record\n" in text and "Our statement\n" not in text


def test_words_are_not_accepted_for_all_pages_at_once(learnt: Project) -> None:
    done = learnt.run_here("accept-words", "--yes")
    assert (done.returncode, done.stderr) == (
        2,
        "words are accepted page by page: name a link (nothing was written)\n",
    )


def test_words_of_an_address_that_was_changed_since_are_not_offered(learnt: Project) -> None:
    learnt.edit("data/links.yml", f"url: {STATEMENT}", "url: https://www.exampleshire.test/statement")
    assert learnt.run_here("accept-words", "--yes", "partnership-statement").returncode == 2


def test_a_host_that_is_expected_already_stays(learnt: Project) -> None:
    learnt.edit("data/links.yml", f"url: {STATEMENT}", f"url: {STATEMENT}\n  expect:\n    host: www.exampleshire.test")
    done = learnt.run_here("accept-words", "--yes", "partnership-statement")
    assert done.returncode == 0, done.stderr
    text = (learnt.folder / "data" / "links.yml").read_text()
    assert "expect:\n    host: www.exampleshire.test\n    phrases:\n      - Our statement\n" in text


def test_a_file_that_no_run_wrote_is_named_and_nothing_is_written(learnt: Project) -> None:
    learnt.write("learnt-words.json", '{"words": 3}')
    done = learnt.run_here("accept-words", "--yes", "partnership-statement")
    assert (done.returncode, done.stderr) == (
        1,
        "learnt-words.json:1: this is not what 'make learn-links' writes (take it out, or run 'make learn-links' again)\n"
        "1 problem in 1 file; nothing was written\n",
    )
