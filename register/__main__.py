"""The commands: ``python -m register check``, ``site``, ``diff``, ``links`` and ``kept``; `make` calls all but ``diff``."""

import argparse
import os
import signal
import sys
import time
from pathlib import Path

from register import clock
from register.checks.built_site import count_pages
from register.checks.markdown_pages import check_pages
from register.checks.permalinks import lost_since
from register.links import report
from register.links.command import LinkCheckOptions, check_links
from register.load.loader import load, load_with_advice
from register.problems import Problem, ProblemsFound
from register.site.build import build
from register.state.comparison import describe
from register.state.snapshot import Snapshot


def main(arguments: list[str]) -> int:
    """Run one command; return the exit status: 0 good, 1 problems found, 2 wrong use."""
    options = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that a run that is called off tidies up, too
    environment = dict(os.environ)
    if options.as_of:
        environment["AS_OF"] = options.as_of
    try:
        status = options.command(options, environment)
        sys.stdout.flush()
        return status
    except BrokenPipeError:  # whoever reads the output has seen enough; nothing more can be said to them
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except ProblemsFound as found:
        print(found, file=sys.stderr)
        return 1
    except clock.WrongDay as wrong:
        print(wrong, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m register", description="Check a register and build its site. Options stand before the command."
    )
    parser.add_argument("--project", type=Path, default=Path(), help="the folder with mkdocs.yml, data/ and docs/")
    parser.add_argument("--as-of", metavar="DATE", help="show the register as it stood on this day, like 2026-02-28")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    commands.add_parser("check", help="check data and pages; links and raw HTML are checked by site").set_defaults(
        command=check
    )
    commands.add_parser("site", help="check, build and check what was built").set_defaults(command=site)
    difference = commands.add_parser("diff", help="say what changed from one day to another, both included")
    difference.add_argument("first", metavar="FIRST", help="the first day, like 2023-04-01")
    difference.add_argument("last", metavar="LAST", help="the last day, like 2024-03-31")
    difference.set_defaults(command=diff)
    links_parser = commands.add_parser("links", help="check every link of the built site, with the real LinkChecker")
    _add_link_options(links_parser)
    links_parser.set_defaults(command=links)
    comparison = commands.add_parser("kept", help="check that no published address is lost since a commit")
    comparison.add_argument("since", metavar="COMMIT", help="what is published: a commit, a branch or a tag of git")
    comparison.set_defaults(command=kept)
    return parser


def _add_link_options(parser: argparse.ArgumentParser) -> None:
    usual = LinkCheckOptions()
    parser.add_argument("--offline", action="store_true", help="check inside links and placeholders only")
    gate_help = "which failing links give exit status 1: any, or only those that must always work"
    parser.add_argument("--gate", choices=("all", "must-work"), default=usual.gate, help=gate_help)
    parser.add_argument("--summary", type=Path, metavar="FILE", help="write a Markdown summary here")
    parser.add_argument("--junit", type=Path, metavar="FILE", help="write JUnit XML here")
    parser.add_argument(
        "--timeout", type=int, default=usual.timeout, help="for one server to answer", metavar="SECONDS"
    )
    parser.add_argument("--limit", type=float, default=usual.limit, help="for the whole check", metavar="SECONDS")
    parser.add_argument("--pause", type=float, default=usual.pause, help="before the second try", metavar="SECONDS")


def check(options: argparse.Namespace, environment: dict[str, str]) -> int:
    """Check data and pages; say in one line that all is well, after what needs somebody's attention soon."""
    advice = list[Problem]()
    snapshot = _checked(options.project, environment, advice)
    register = snapshot.register
    for worth_attention in advice:
        print(f"Soon: {worth_attention}")
    print(
        f"All is well: {len(register.recommendations)} recommendations, {len(register.links)} links, "
        f"{len(register.contacts)} contacts, register version {snapshot.version}."
    )
    return 0


def site(options: argparse.Namespace, environment: dict[str, str]) -> int:
    """Check everything, build the site and say what was built."""
    begun = time.monotonic()
    snapshot = _checked(options.project, environment)
    report.read(options.project / report.NAME)
    built = build(options.project, environment)
    print(f"Built {len(snapshot.statuses)} recommendations into {count_pages(built)} pages, in {built}/.")
    print(f"Register version {snapshot.version}, as at {snapshot.as_of.isoformat()}.")
    print("To look at it: make serve, then open http://127.0.0.1:8000/")
    print(f"It took {time.monotonic() - begun:.1f} seconds.")
    return 0


def diff(options: argparse.Namespace, environment: dict[str, str]) -> int:
    """Say in words what changed from one day to another, both included: a reporting year by its first and last day."""
    first, last = clock.day(options.first, "FIRST"), clock.past(options.last, "LAST", environment)
    if first > last:
        raise clock.WrongDay(f"FIRST is later than LAST: '{first}', '{last}' (put the earlier day first)")
    print(describe(load(options.project / "data", clock.today(environment)), first, last))
    return 0


def links(options: argparse.Namespace, environment: dict[str, str]) -> int:
    """Check every link; see ``register.links.command``."""
    names = ("offline", "gate", "summary", "junit", "timeout", "limit", "pause")
    chosen = LinkCheckOptions(**{name: getattr(options, name) for name in names})
    return check_links(load(options.project / "data", clock.today(environment)), options.project, chosen, environment)


def kept(options: argparse.Namespace, environment: dict[str, str]) -> int:
    """Check that every address published as of a commit is still there, and say so in one line."""
    snapshot = _checked(options.project, environment)
    if problems := lost_since(options.project, options.since, snapshot.header):
        raise ProblemsFound(problems)
    print(f"Every address that was published as of '{options.since}' is still there.")
    return 0


def _checked(project: Path, environment: dict[str, str], advice: list[Problem] | None = None) -> Snapshot:
    """The register of a project whose data and pages are right; ``advice`` receives what only needs attention.

    Raises:
        ProblemsFound: with the problems of data and pages together.
    """
    snapshot, problems = None, list[Problem]()
    try:
        loaded = load_with_advice(project / "data", clock.today(environment))
        if advice is not None:
            advice += loaded.advice
        snapshot = Snapshot(loaded.register, clock.as_of(environment))
    except ProblemsFound as found:
        problems += found.problems
    problems += check_pages(project / "docs", snapshot, clock.today(environment))
    if problems:
        raise ProblemsFound(problems)
    return snapshot


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
