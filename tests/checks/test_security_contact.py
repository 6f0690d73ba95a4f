"""Where a weakness of the site can be reported: published as RFC 9116 says, never invented, and time stops nothing."""

import datetime
from pathlib import Path

import pytest

from projects import Project
from register.checks.security_contact import security_advice
from registers import TODAY

TYPED = "  security: {contact: weaknesses@exampleshire.test, expires: 2027-01-31}\n"
LINE = 12  # of tests/sample/mkdocs.yml


def due(project: Project, day: datetime.date = TODAY) -> list[str]:
    return [str(problem) for problem in security_advice(project.folder, day)]


@pytest.mark.shared_build
def test_what_is_published_is_what_the_settings_say(built_sample: Path) -> None:
    assert (built_sample / ".well-known" / "security.txt").read_text() == (
        "Contact: mailto:weaknesses@exampleshire.test\n"
        "Expires: 2027-01-31T00:00:00Z\n"
        "Preferred-Languages: en\n"
        "Canonical: https://register.exampleshire.test/.well-known/security.txt\n"
    )


@pytest.mark.full_build
def test_nothing_is_published_of_a_contact_that_is_not_known_and_attention_says_so(project: Project) -> None:
    project.edit("mkdocs.yml", TYPED, "")
    done = project.run_here("site")
    assert (done.returncode, done.stderr) == (0, "")
    assert not (project.folder / "site" / ".well-known").exists()
    message = (
        "mkdocs.yml:1: nobody is named to whom a weakness of the site can be reported, so /.well-known/security.txt is not made "
        "(find out who reads such reports, then add 'security' with 'contact' and 'expires' below 'extra')"
    )
    assert due(project) == [message]
    assert message in project.run_here("attention").stdout


@pytest.mark.full_build
def test_an_expired_contact_is_listed_and_stops_no_build(project: Project) -> None:
    project.edit("mkdocs.yml", "expires: 2027-01-31", "expires: 2026-03-01")
    project.edit(
        "mkdocs.yml", "contact: weaknesses@exampleshire.test", "contact: 'https://www.exampleshire.test/report'"
    )
    assert project.run_here("site").returncode == 0
    published = (project.folder / "site" / ".well-known" / "security.txt").read_text().splitlines()
    assert published[:2] == ["Contact: https://www.exampleshire.test/report", "Expires: 2026-03-01T00:00:00Z"]
    listed = project.run_here("attention").stdout
    assert "Reports of weaknesses (1)" in listed
    assert f"mkdocs.yml:{LINE}: the contact for weaknesses expired on 1 March 2026 (make sure" in listed


@pytest.mark.parametrize(
    ("day", "said"),
    [("2026-12-31", None), ("2027-01-01", "expires"), ("2027-01-30", "expires"), ("2027-01-31", "expired")],
)
def test_it_is_listed_from_thirty_days_before_it_expires(content: Project, day: str, said: str | None) -> None:
    expected = f"mkdocs.yml:{LINE}: the contact for weaknesses {said} on 31 January 2027 (make sure that it is right, then write a later day)"
    assert due(content, datetime.date.fromisoformat(day)) == ([expected] if said else [])
