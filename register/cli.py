"""The commands: ``python -m register check``, ``site``, ``serve``, ``diff``, ``links``, …; ``make`` calls all but ``diff``."""

import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import click

from register import clock
from register.checks.permalinks import lost_since
from register.checks.project import check_project
from register.checks.site_settings import check_settings
from register.links.command import LinkCheckOptions, check_links
from register.links.findings import Gate
from register.links.last_report import take_over
from register.load.loader import load
from register.problems import InputError, ProblemsFound, as_json
from register.state.comparison import describe

FOUND, WRONG_USE, CALLED_OFF = 1, 2, 130


def main(arguments: list[str]) -> int:
    """Run one command; return the exit status: 0 good, 1 problems found, 2 wrong use."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that a run that is called off tidies up, too
    try:
        status = commands.main(arguments, prog_name="python -m register", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of the output, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FOUND
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except click.Abort:  # Ctrl-C
        return CALLED_OFF
    except InputError as error:
        print(error, file=sys.stderr)
        return FOUND if isinstance(error, ProblemsFound) else WRONG_USE
    return int(status or 0)


@dataclass(frozen=True)
class Run:
    """What every command works on."""

    project: Path
    environment: dict[str, str]


@click.group()
@click.option(
    "--project",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="FOLDER",
    help="The folder with mkdocs.yml, data/ and docs/.",
)
@click.option("--as-of", metavar="DATE", help="Show the register as it stood on this day, like 2026-02-28.")
@click.pass_context
def commands(context: click.Context, project: Path, as_of: str | None) -> None:
    """Check a register and build its site. These options stand before the command."""
    context.obj = Run(project, {**os.environ, **({"AS_OF": as_of} if as_of else {})})


@commands.command("check")
@click.option(
    "--format",
    "written",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How problems and advice are written.",
)
@click.pass_obj
def check_command(run: Run, written: str) -> int:
    """Check data and pages; links and raw HTML are checked by site."""
    checked = check_project(run.project, run.environment)
    if written == "json":
        print(as_json(checked.problems, checked.advice))
        return FOUND if checked.problems else 0
    snapshot = checked.good
    register = snapshot.register
    for worth_attention in checked.advice:
        print(f"Soon: {worth_attention}")
    print(
        f"All is well: {len(register.recommendations)} recommendations, {len(register.links)} links, "
        f"{len(register.contacts)} contacts, register version {snapshot.version}."
    )
    return 0


@commands.command("site")
@click.pass_obj
def site_command(run: Run) -> None:
    """Check, build and check what was built."""
    # Loaded here, with MkDocs: that takes as long as the whole check of data and pages.
    from register.checks.built_site import count_pages
    from register.site.build import build

    begun = time.monotonic()
    snapshot = check_project(run.project, run.environment).good
    built = build(run.project, snapshot, run.environment)
    print(f"Built {len(snapshot.statuses)} recommendations into {count_pages(built)} pages, in {built}/.")
    print(f"Register version {snapshot.version}, as at {snapshot.as_of.isoformat()}.")
    print("To look at it: make serve, then open http://127.0.0.1:8000/")
    print(f"It took {time.monotonic() - begun:.1f} seconds.")


@commands.command("rollback")
@click.pass_obj
def rollback_command(run: Run) -> int:
    """Put the site before the last build back in its place; once more, and it is undone."""
    from register.site.swap import PREVIOUS, SITE, roll_back

    if not roll_back(run.project):
        print(f"there is no earlier site in {PREVIOUS}/ (nothing was changed)", file=sys.stderr)
        return FOUND
    print(f"The site before the last build is in {SITE}/ again; the other one is in {PREVIOUS}/.")
    return 0


@commands.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, help="The port on this machine.")
@click.pass_obj
def serve_command(run: Run, port: int) -> None:
    """Show the site at http://127.0.0.1:8000/ and follow every change."""
    from register.site.mkdocs_build import serve

    # Before MkDocs reads them: it would run what they name.
    if problems := check_settings(run.project):
        raise ProblemsFound(problems)
    serve(run.project, port, run.environment)


@commands.command("diff")
@click.argument("first")
@click.argument("last")
@click.pass_obj
def diff_command(run: Run, first: str, last: str) -> None:
    """Say what changed from FIRST to LAST, both included: days like 2023-04-01."""
    begin, end = clock.day(first, "FIRST"), clock.past(last, "LAST", run.environment)
    if begin > end:
        raise clock.WrongDay(f"FIRST is later than LAST: '{begin}', '{end}' (put the earlier day first)")
    print(describe(load(run.project / "data", clock.today(run.environment)), begin, end))


_USUAL = LinkCheckOptions()


@commands.command("links")
@click.option("--offline", is_flag=True, help="Check inside links and placeholders only.")
@click.option(
    "--gate",
    type=click.Choice(["all", "must-work"]),
    default=_USUAL.gate,
    help="Which failing links give exit status 1: any, or only those that must always work.",
)
@click.option("--summary", type=click.Path(path_type=Path), metavar="FILE", help="Write a Markdown summary here.")
@click.option("--junit", type=click.Path(path_type=Path), metavar="FILE", help="Write JUnit XML here.")
@click.option("--timeout", type=int, default=_USUAL.timeout, metavar="SECONDS", help="For one server to answer.")
@click.option("--limit", type=float, default=_USUAL.limit, metavar="SECONDS", help="For the whole check.")
@click.option("--pause", type=float, default=_USUAL.pause, metavar="SECONDS", help="Before the second try.")
@click.pass_obj
def links_command(
    run: Run,
    offline: bool,
    gate: Gate,
    summary: Path | None,
    junit: Path | None,
    timeout: int,
    limit: float,
    pause: float,
) -> int:
    """Check every link of the built site, with the real LinkChecker."""
    options = LinkCheckOptions(offline, gate, summary, junit, timeout, limit, pause)
    return check_links(load(run.project / "data", clock.today(run.environment)), run.project, options, run.environment)


@commands.command("last-links")
@click.pass_obj
def last_links_command(run: Run) -> None:
    """Take over what the weekly link check found last."""
    print(take_over(run.project))


@commands.command("kept")
@click.argument("since", metavar="COMMIT")
@click.pass_obj
def kept_command(run: Run, since: str) -> None:
    """Check that no published address is lost since COMMIT: a commit, a branch or a tag of git."""
    snapshot = check_project(run.project, run.environment).good
    if problems := lost_since(run.project, since, snapshot.header):
        raise ProblemsFound(problems)
    print(f"Every address that was published as of '{since}' is still there.")
